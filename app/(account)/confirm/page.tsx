import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { one, type PageInput } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { PlainLink } from '@/components/accounts/plain-link'
import { Form } from '@/components/forms/form'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { AuthCard } from '@/components/layout/auth-card'
import { currentActor } from '@/lib/boundary/browser'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { confirmIdentityFormAction } from '@/lib/features/identity-proofs/actions'
import { findProofFacts } from '@/lib/features/identity-proofs/queries'
import { proofKinds } from '@/lib/features/identity-proofs/rules'

export const metadata: Metadata = { title: 'Confirm that it is you' }

/** Step-up as a page, for browsers without script. */
export default async function ConfirmPage({ searchParams }: PageInput) {
  const search = await searchParams
  const next = safeNextPath(one(search['next']))
  const actor = currentActor()
  if (!actor) redirect(`/sign-in?next=${encodeURIComponent(next ?? '/')}`)
  if (one(search['done']) === '1') {
    return (
      <AuthCard title="Thank you" description="For ten minutes Gatehouse takes it as proven that it is you.">
        <PlainLink href="/organizations" button>
          Go on
        </PlainLink>
      </AuthCard>
    )
  }
  const [kind] = proofKinds(await findProofFacts(actor.accountId))
  return (
    <AuthCard title="Confirm that it is you" description={`You are signed in as ${actor.email}. What comes next needs a proof not older than ten minutes.`}>
      {kind === undefined ? <Notice tone="warn">You have neither a password nor a second factor. Set a password through “Forgot password?” on the sign-in page.</Notice> : (
        <Form action={confirmIdentityFormAction} label="Confirm that it is you">
          <input type="hidden" name="kind" value={kind} />
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <input type="hidden" name="username" autoComplete="username" value={actor.email} readOnly />
          <PasswordField name="value" label="Your password" autoComplete="current-password" autoFocus />
          <SubmitButton size="wide">Confirm</SubmitButton>
        </Form>
      )}
    </AuthCard>
  )
}
