import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { one, type PageInput } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { PlainLink } from '@/components/accounts/plain-link'
import { AddressForm } from '@/components/accounts/address-form'
import { MethodLinks } from '@/components/accounts/method-links'
import { PasswordSignIn } from '@/components/accounts/password-sign-in'
import { AuthCard } from '@/components/layout/auth-card'
import { currentActor } from '@/lib/boundary/browser'
import { absoluteUrl } from '@/lib/env'
import { signInAction } from '@/lib/features/accounts/actions'
import { accountMethods, type AccountMethod } from '@/lib/features/account-providers/settings'
import { landingPath } from '@/lib/features/accounts/landing'
import { safeNextPath, signInNotice } from '@/lib/features/accounts/rules'
import { findLastMethod, findMethodsOf, type Method } from '@/lib/features/sso-connections/methods'
import { rememberedAddress, rememberedMethod } from '@/lib/features/sso-connections/remembered'
import { chooseMethodAction } from '@/lib/features/sso-connections/sign-in-actions'

export const metadata: Metadata = { title: 'Sign in' }

/** Where to go afterwards: ours is `next`, a path; NextAuth's `callbackUrl` is a whole address. */
function nextOf(next: string | undefined, callbackUrl: string | undefined): string | null {
  const site = absoluteUrl('/')
  return safeNextPath(next ?? (callbackUrl?.startsWith(site) ? callbackUrl.slice(site.length - 1) : undefined))
}

/** Address first, then the ways in for it. Without an address of the step before it begins anew. */
export default async function SignInPage({ searchParams }: PageInput) {
  const search = await searchParams
  const next = nextOf(one(search['next']), one(search['callbackUrl']))
  const notice = signInNotice(one(search['reason']), one(search['error']), one(search['request']))
  const actor = currentActor()
  if (actor && !notice) redirect(await landingPath(actor, next ?? undefined))
  const last = await rememberedMethod()
  const everywhere = accountMethods(last)
  const email = one(search['step']) === 'method' ? await rememberedAddress() : null
  return (
    <AuthCard title="Sign in" footer={actor ? <SignedInAs email={actor.email} /> : null}>
      {notice ? <Notice tone={notice.tone}>{notice.text}</Notice> : null}
      {email === null ? <FirstStep next={next} last={await findLastMethod(last)} everywhere={everywhere} /> : <SecondStep email={email} methods={[...(await findMethodsOf(email)), ...everywhere]} next={next} />}
    </AuthCard>
  )
}

type Ways = readonly (Method | AccountMethod)[]

const FirstStep = ({ next, last, everywhere }: { next: string | null; last: Method | null; everywhere: Ways }) => (
  <div className="grid gap-4">
    <MethodLinks methods={[...(last ? [last] : []), ...everywhere]} next={next} />
    <AddressForm action={chooseMethodAction} next={next} />
  </div>
)

/** A password stays possible where there is another way: it opens other organizations of the person. */
const SecondStep = ({ email, methods, next }: { email: string; methods: Ways; next: string | null }) => (
  <div className="grid gap-4">
    <p className="text-ink-2">
      {email} · <PlainLink href={`/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`}>Use another address</PlainLink>
    </p>
    <MethodLinks methods={methods} next={next} />
    <PasswordSignIn action={signInAction} email={email} next={next} />
  </div>
)

const SignedInAs = ({ email }: { email: string }) => (
  <p>
    You are signed in as {email}.{' '}
    <PlainLink href="/organizations">Go to your organizations</PlainLink>
  </p>
)
