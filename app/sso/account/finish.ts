import type { NextRequest } from 'next/server'
import { answering, browserSecretOf, seeOther, toRefusal } from '@/app/sso/saml/answers'
import { currentActor } from '@/lib/boundary/browser'
import { performPublic } from '@/lib/boundary/public-operation'
import { absoluteUrl } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { failureOfRequest, refusalOfFailure } from '@/lib/features/account-providers/failures'
import { signInByProvider } from '@/lib/features/account-providers/operations'
import { findAccountProvider, type AccountProvider } from '@/lib/features/account-providers/settings'
import { goOn } from '@/lib/features/accounts/go-on'
import { authOptions } from '@/lib/features/accounts/next-auth'
import { takeAttempt, type Attempt } from '@/lib/features/sso-connections/attempts'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { rememberMethod } from '@/lib/features/sso-connections/remembered'
import { identityOfClaims } from '@/lib/features/sso-connections/rules'
import { log } from '@/lib/log'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { askNextAuth } from './ask'

type Result = { path: string } | { reason: SignInRefusal }

/** What the claims come to. Their signature, audience, nonce and times were checked by NextAuth. */
async function judgeClaims(provider: AccountProvider, claims: Readonly<Record<string, unknown>>, next: string | null): Promise<Result> {
  if (claims['iss'] !== provider.issuer) return { reason: 'issuer-mismatch' }
  const { subject, email, emailVerified, name } = identityOfClaims(claims, {}, false)
  const signedIn = await performPublic(signInByProvider, { provider: provider.id, issuer: provider.issuer, subject, email, emailVerified, name }, currentActor())
  if (!signedIn.ok) return { reason: signedIn.reason }
  await rememberMethod(provider.id)
  return { path: await goOn(signedIn.outcome, next ?? undefined) }
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
        judged.result = await judgeClaims(provider, { ...profile }, attempt.next)
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

function refuse(provider: AccountProvider, reason: SignInRefusal): Response {
  log().info({ provider: provider.id, reason, address: requestFacts().address, found: failureOfRequest().slice(0, 200) }, 'a sign-in through a provider was refused')
  return toRefusal(reason)
}

/** The end of a sign-in through a provider of the whole installation, in the browser that began it. */
export const finishAtProvider = (request: NextRequest, id: string): Promise<Response> =>
  answering(async () => {
    const provider = findAccountProvider(id)
    if (!provider) throw new AppError('not-found', `\`${id.slice(0, 60)}\` is not set up here`)
    await countAttempt('saml-address', requestFacts().address)
    const search = request.nextUrl.searchParams
    const taken = await takeAttempt(search.get('state'), await browserSecretOf(), null)
    if (!taken.ok) return refuse(provider, taken.reason)
    const early = earlyRefusal(provider, taken.attempt, search)
    if (early) return refuse(provider, early)
    const result = await check(request, provider, taken.attempt)
    const answer = 'path' in result ? seeOther(result.path) : refuse(provider, result.reason)
    for (const cookie of result.cookies) answer.headers.append('set-cookie', cookie)
    return answer
  })
