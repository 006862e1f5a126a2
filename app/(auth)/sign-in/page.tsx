import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { one, type PageInput } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { PlainLink } from '@/components/accounts/plain-link'
import { PasswordSignIn } from '@/components/accounts/password-sign-in'
import { AuthCard } from '@/components/layout/auth-card'
import { currentActor } from '@/lib/boundary/browser'
import { absoluteUrl } from '@/lib/env'
import { signInAction } from '@/lib/features/accounts/actions'
import { landingPath } from '@/lib/features/accounts/landing'
import { safeNextPath, signInNotice } from '@/lib/features/accounts/rules'

export const metadata: Metadata = { title: 'Sign in' }

/** Where to go afterwards: ours is `next`, a path; NextAuth's `callbackUrl` is a whole address. */
function nextOf(next: string | undefined, callbackUrl: string | undefined): string | null {
  const site = absoluteUrl('/')
  return safeNextPath(next ?? (callbackUrl?.startsWith(site) ? callbackUrl.slice(site.length - 1) : undefined))
}

/** Further methods stand beside the password form when they come. */
export default async function SignInPage({ searchParams }: PageInput) {
  const search = await searchParams
  const next = nextOf(one(search['next']), one(search['callbackUrl']))
  const notice = signInNotice(one(search['reason']), one(search['error']), one(search['request']))
  const actor = currentActor()
  if (actor && !notice) redirect(await landingPath(actor, next ?? undefined))
  return (
    <AuthCard title="Sign in" footer={actor ? <SignedInAs email={actor.email} /> : null}>
      {notice ? <Notice tone={notice.tone}>{notice.text}</Notice> : null}
      <PasswordSignIn action={signInAction} next={next} />
    </AuthCard>
  )
}

const SignedInAs = ({ email }: { email: string }) => (
  <p>
    You are signed in as {email}.{' '}
    <PlainLink href="/organizations">Go to your organizations</PlainLink>
  </p>
)
