import type { Metadata } from 'next'
import { tokenOf, type PageInput } from '@/app/page-input'
import { DeadLink } from '@/components/accounts/dead-link'
import { Form } from '@/components/forms/form'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { AuthCard } from '@/components/layout/auth-card'
import { resetPasswordAction } from '@/lib/features/accounts/actions'
import { oneTimeLinkWorks } from '@/lib/features/accounts/queries'
import { PASSWORD_HINT } from '@/lib/features/accounts/words'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function ResetPage(input: PageInput) {
  const token = await tokenOf(input)
  if (!(await oneTimeLinkWorks('password-reset', token))) {
    return (
      <DeadLink title="This link does not work any more" action={{ label: 'Ask for a new link', href: '/forgot-password' }}>
        <p>A reset link works once, for one hour, and only the newest one. Your password is as it was.</p>
      </DeadLink>
    )
  }
  return (
    <AuthCard title="Choose a new password" description="Every session of your account ends; sign in with the new password afterwards.">
      <Form action={resetPasswordAction} label="Choose a new password">
        <input type="hidden" name="token" value={token} />
        <PasswordField name="password" label="New password" autoComplete="new-password" hint={PASSWORD_HINT} autoFocus />
        <SubmitButton size="wide">Save password</SubmitButton>
      </Form>
    </AuthCard>
  )
}
