import type { Metadata } from 'next'
import { one, type PageInput } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { PlainLink } from '@/components/accounts/plain-link'
import { Form } from '@/components/forms/form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { AuthCard } from '@/components/layout/auth-card'
import { requestPasswordResetAction } from '@/lib/features/accounts/actions'
import { mailServerConfigured } from '@/lib/mail/outbox'

export const metadata: Metadata = { title: 'Reset password' }

const back = <PlainLink href="/sign-in">Back to sign-in</PlainLink>

export default async function ForgotPasswordPage({ searchParams }: PageInput) {
  const isSent = one((await searchParams)['sent']) === '1'
  if (isSent) {
    return (
      <AuthCard title="Look into your mail" footer={back}>
        <p className="text-ink-2">If the address has an account, a mail with a link is on its way there. The link works once, for one hour. Nothing there? Look into the spam folder, or check the spelling and ask again.</p>
      </AuthCard>
    )
  }
  return (
    <AuthCard title="Reset password" description="We mail you a link with which you choose a new password." footer={back}>
      {mailServerConfigured() ? null : <Notice tone="warn">This installation has no mail server yet, so no mail will arrive. Ask whoever runs it.</Notice>}
      <Form action={requestPasswordResetAction} label="Reset password">
        <TextField name="email" label="E-mail address" type="email" autoComplete="username" inputMode="email" autoCapitalize="none" spellCheck={false} autoFocus />
        <SubmitButton size="wide">Send link</SubmitButton>
      </Form>
    </AuthCard>
  )
}
