import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { one, type PageInput } from '@/app/page-input'
import { PlainLink } from '@/components/accounts/plain-link'
import { ProofForm } from '@/components/identity/proof-form'
import { AuthCard } from '@/components/layout/auth-card'
import { browserSecret } from '@/lib/boundary/browser'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { findSecondStep } from '@/lib/features/accounts/second-step'
import { methodInWords } from '@/lib/features/sessions/device'
import { askPendingPasskeyAction, completeSignInAction } from '@/lib/features/accounts/second-step-actions'

export const metadata: Metadata = { title: 'Second step' }

/** The second step of signing in, for whoever has taken the first in this browser within ten minutes. */
export default async function SecondStepPage({ searchParams }: PageInput) {
  const search = await searchParams
  const next = safeNextPath(one(search['next']))
  const step = await findSecondStep(await browserSecret('pending'))
  if (!step) redirect(`/sign-in?reason=second-step-over${next ? `&next=${encodeURIComponent(next)}` : ''}`)
  return (
    <AuthCard title="Second step" description={`${step.method === 'password' ? 'Your password is right.' : `${methodInWords(step.method)} knows you.`} Now show that it is you, ${step.email}.`} footer={<PlainLink href="/sign-in">Sign in as somebody else</PlainLink>}>
      <ProofForm
        action={completeSignInAction}
        askPasskey={askPendingPasskeyAction}
        path="/sign-in/second-step"
        next={next}
        kinds={step.kinds}
        wanted={one(search['way']) ?? (await browserSecret('factor'))}
        email={step.email}
        submitLabel="Sign in"
      />
    </AuthCard>
  )
}
