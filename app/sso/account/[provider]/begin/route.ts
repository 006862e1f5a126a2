import { cookies } from 'next/headers'
import { isRecentlyProven } from '@/lib/access/principals/recent'
import { answering, browserSecretOf, seeOther, toRefusal } from '@/app/sso/saml/answers'
import { requireActor } from '@/lib/boundary/browser'
import { now } from '@/lib/clock'
import { AppError } from '@/lib/errors'
import { requireConfirmerAt } from '@/lib/features/account-providers/confirmation'
import { findAccountProvider, type AccountProvider } from '@/lib/features/account-providers/settings'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { beginAttempt, newBrowserSecret, type AttemptPurpose } from '@/lib/features/sso-connections/attempts'
import { signInCookieName, signInCookieOptions } from '@/lib/features/sso-connections/browser-cookie'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { asksAgain } from '@/lib/sso/oidc/asks-again'
import { makeProviderRequest } from '../../ask'

type Asked = { purpose: AttemptPurpose; sessionId?: string; next: string | null }

/** What a browser asks for that begins, and for which session; null when a proof of who sits there has to come first. */
async function askedOf(request: Request, provider: AccountProvider): Promise<Asked | null> {
  const search = new URL(request.url).searchParams
  const next = safeNextPath(search.get('next') ?? undefined)
  if (search.has('confirm')) return { purpose: 'confirm', next, sessionId: (await requireConfirmerAt(requireActor(), provider.id)).sessionId }
  if (!search.has('link')) return { purpose: 'sign-in', next }
  // A page elsewhere could lead here somebody whom it has signed in at the provider as somebody else.
  if (request.headers.get('sec-fetch-site') === 'cross-site') throw new AppError('forbidden', 'a provider is linked from the Security page of the account')
  const actor = requireActor()
  if (actor.through) throw new AppError('session-elsewhere', 'this session came through the identity provider of an organization, which cannot change your account')
  return isRecentlyProven(actor, now()) ? { purpose: 'link', next, sessionId: actor.sessionId } : null
}

/** Begins a sign-in at a provider of the whole installation; with `confirm` a proof of who is signed in, with `link` one that is to open their account. */
export function GET(request: Request, context: { params: Promise<{ provider: string }> }): Promise<Response> {
  return answering(async () => {
    const { provider: id } = await context.params
    const provider = findAccountProvider(id)
    if (!provider) throw new AppError('not-found', `\`${id.slice(0, 60)}\` is not set up here`)
    await countAttempt('provider-address', requestFacts().address)
    const asked = await askedOf(request, provider)
    if (asked === null) return seeOther('/confirm?next=/security')
    const made = await makeProviderRequest(provider.id, asked.purpose === 'confirm' ? asksAgain(provider.issuer) : {})
    if (!made) return toRefusal('provider-unreachable')
    const browserSecret = (await browserSecretOf()) ?? newBrowserSecret()
    await beginAttempt({ ...asked, connection: null, state: made.url.searchParams.get('state') ?? '', browserSecret, data: { provider: provider.id } })
    const jar = await cookies()
    jar.set(signInCookieName(), browserSecret, signInCookieOptions())
    const answer = new Response(null, { status: 303, headers: { location: made.url.href, 'cache-control': 'no-store' } })
    for (const cookie of made.cookies) answer.headers.append('set-cookie', cookie)
    return answer
  })
}
