import type { NextRequest } from 'next/server'
import { answering, browserSecretOf, confirmPagePath, seeOther, toRefusal } from '@/app/sso/saml/answers'
import { isRecentlyProven } from '@/lib/access/principals/recent'
import { currentActor } from '@/lib/boundary/browser'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { now } from '@/lib/clock'
import { absoluteUrl } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { completeAccountConfirmation } from '@/lib/features/account-providers/confirmation'
import { failureOfRequest, refusalOfFailure } from '@/lib/features/account-providers/failures'
import { linkProvider } from '@/lib/features/account-providers/links'
import { signInByProvider } from '@/lib/features/account-providers/operations'
import type { ProviderIdentity } from '@/lib/features/account-providers/schema'
import { findAccountProvider, type AccountProvider } from '@/lib/features/account-providers/settings'
import { goOn } from '@/lib/features/accounts/go-on'
import { authOptions } from '@/lib/features/accounts/next-auth'
import { purposeUnderWay, takeAttempt, type Attempt, type AttemptPurpose } from '@/lib/features/sso-connections/attempts'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { rememberMethod } from '@/lib/features/sso-connections/remembered'
import { authenticatedAtOf, identityOfClaims } from '@/lib/features/sso-connections/rules'
import { log } from '@/lib/log'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { askNextAuth } from './ask'

type Result = { path: string } | { reason: SignInRefusal }

async function signIn(identity: ProviderIdentity, next: string | null): Promise<Result> {
  const signedIn = await performPublic(signInByProvider, identity, currentActor())
  if (!signedIn.ok) return { reason: signedIn.reason }
  await rememberMethod(identity.provider)
  return { path: await goOn(signedIn.outcome, next ?? undefined) }
}

/** For the session that asked, and no other that this browser may have by now. */
async function link(identity: ProviderIdentity, { sessionId }: Attempt): Promise<Result> {
  const actor = currentActor()
  if (actor === null || actor.sessionId !== sessionId) return { reason: 'other-browser' }
  if (!isRecentlyProven(actor, now())) return { reason: 'state-unknown' }
  const { refused } = await performForAccount(linkProvider, actor, identity)
  return refused === null ? { path: '/security' } : { reason: refused }
}

/** What the claims come to. Their signature, audience, nonce and times were checked by NextAuth. */
async function judgeClaims(provider: AccountProvider, claims: Readonly<Record<string, unknown>>, attempt: Attempt): Promise<Result> {
  if (claims['iss'] !== provider.issuer) return { reason: 'issuer-mismatch' }
  const { subject, email, emailVerified, name } = identityOfClaims(claims, {}, false)
  const identity = { provider: provider.id, issuer: provider.issuer, subject, email, emailVerified, name }
  if (attempt.purpose === 'link') return link(identity, attempt)
  if (attempt.purpose !== 'confirm') return signIn(identity, attempt.next)
  const refused = await completeAccountConfirmation(identity, authenticatedAtOf(claims), attempt, currentActor())
  return refused === null ? { path: attempt.next ?? '/confirm?done=1' } : { reason: refused }
}

/** Hands the answer to NextAuth, which takes its cookies up, asks for the token and checks it. */
async function check(request: NextRequest, provider: AccountProvider, attempt: Attempt): Promise<Result & { cookies: string[] }> {
  const judged: { result: Result | null } = { result: null }
  const options = authOptions()
  const answer = await askNextAuth(request, ['callback', provider.id], {
    ...options,
    callbacks: {
      ...options.callbacks,
      // Whatever comes of it is answered here: NextAuth opens no session of its own.
      signIn: async ({ profile }) => {
        judged.result = await judgeClaims(provider, { ...profile }, attempt)
        return absoluteUrl('/')
      },
    },
  })
  return { ...(judged.result ?? { reason: refusalOfFailure(failureOfRequest()) }), cookies: answer.headers.getSetCookie() }
}

/** Why an answer is refused before anything is asked for; null when it may be looked at. */
function earlyRefusal(provider: AccountProvider, attempt: Attempt, search: URLSearchParams): SignInRefusal | null {
  const told = search.get('iss')
  if (attempt.data['provider'] !== provider.id || (told !== null && told !== provider.issuer)) return 'issuer-mismatch'
  return search.has('error') ? 'provider-refused' : null
}

/** To the page that says why it did not work: of the confirmation, of the account, or of signing in. */
function toPageOf({ purpose, next }: { purpose: AttemptPurpose; next: string | null }, reason: SignInRefusal): Response {
  if (!currentActor() || purpose === 'sign-in') return toRefusal(reason)
  return seeOther(purpose === 'confirm' ? confirmPagePath(reason, next) : `/security?refused=${reason}`)
}

function refuse(provider: AccountProvider, reason: SignInRefusal, asked: { purpose: AttemptPurpose; next: string | null }): Response {
  log().info({ provider: provider.id, reason, address: requestFacts().address, found: failureOfRequest().slice(0, 200) }, 'a sign-in through a provider was refused')
  return toPageOf(asked, reason)
}

/** The end of a sign-in through a provider of the whole installation, in the browser that began it. */
export const finishAtProvider = (request: NextRequest, id: string): Promise<Response> =>
  answering(async () => {
    const provider = findAccountProvider(id)
    if (!provider) throw new AppError('not-found', `\`${id.slice(0, 60)}\` is not set up here`)
    await countAttempt('provider-address', requestFacts().address)
    const search = request.nextUrl.searchParams
    const browserSecret = await browserSecretOf()
    const underWay = await purposeUnderWay(null, browserSecret)
    const taken = await takeAttempt(search.get('state'), browserSecret, null)
    if (!taken.ok) return refuse(provider, taken.reason, { purpose: underWay, next: null })
    const { attempt } = taken
    const early = earlyRefusal(provider, attempt, search)
    if (early) return refuse(provider, early, attempt)
    const result = await check(request, provider, attempt)
    const answer = 'path' in result ? seeOther(result.path) : refuse(provider, result.reason, attempt)
    for (const cookie of result.cookies) answer.headers.append('set-cookie', cookie)
    return answer
  })
