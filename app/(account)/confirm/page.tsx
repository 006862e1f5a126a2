import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { one, type PageInput } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { PlainLink } from '@/components/accounts/plain-link'
import { ProviderProof } from '@/components/identity/provider-proof'
import { ProofForm } from '@/components/identity/proof-form'
import { AuthCard } from '@/components/layout/auth-card'
import { browserSecret, currentActor } from '@/lib/boundary/browser'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { askPasskeyAction, confirmIdentityFormAction } from '@/lib/features/identity-proofs/actions'
import { findOwnProofProvider } from '@/lib/features/identity-proofs/providers'
import { findProofFacts } from '@/lib/features/identity-proofs/queries'
import { isSignInRefusal, refusalSentence } from '@/lib/features/sso-connections/refusals'
import { proofKinds } from '@/lib/features/identity-proofs/rules'

export const metadata: Metadata = { title: 'Confirm that it is you' }

/** Step-up as a page: for browsers without script, and for organizations that demand a second factor of a session without. */
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
  const provider = await findOwnProofProvider(actor)
  const refused = one(search['refused'])
  const kinds = proofKinds(await findProofFacts(actor.accountId))
  const why = one(search['reason']) === 'second-factor' ? 'The organization lets in only sessions that have shown a second factor.' : 'What comes next needs a proof not older than ten minutes.'
  return (
    <AuthCard title="Confirm that it is you" description={`You are signed in as ${actor.email}. ${why}`}>
      {isSignInRefusal(refused) ? <Notice tone="bad">{`That proved nothing. ${refusalSentence(refused)}`}</Notice> : null}
      {provider ? <div className={kinds.length > 0 ? 'mb-5' : undefined}><ProviderProof provider={provider} next={next} /></div> : null}
      {kinds.length === 0 && (provider === null || isSignInRefusal(refused)) ? <Notice tone="warn">You have neither a password nor a second factor. Set a password through “Forgot password?” on the sign-in page.</Notice> : null}
      <ProofForm
        action={confirmIdentityFormAction}
        askPasskey={askPasskeyAction.bind(null, {})}
        path="/confirm"
        next={next}
        kinds={kinds}
        wanted={one(search['way']) ?? (await browserSecret('factor'))}
        email={actor.email}
        submitLabel="Confirm"
      />
    </AuthCard>
  )
}
