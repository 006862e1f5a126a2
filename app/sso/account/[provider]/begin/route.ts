import { cookies } from 'next/headers'
import { answering, browserSecretOf, toRefusal } from '@/app/sso/saml/answers'
import { AppError } from '@/lib/errors'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { findAccountProvider } from '@/lib/features/account-providers/settings'
import { beginAttempt, newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { signInCookieName, signInCookieOptions } from '@/lib/features/sso-connections/browser-cookie'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { makeProviderRequest } from '../../ask'

/** Begins a sign-in at a provider of the whole installation. */
export function GET(request: Request, context: { params: Promise<{ provider: string }> }): Promise<Response> {
  return answering(async () => {
    const { provider: id } = await context.params
    const provider = findAccountProvider(id)
    if (!provider) throw new AppError('not-found', `\`${id.slice(0, 60)}\` is not set up here`)
    await countAttempt('saml-address', requestFacts().address)
    const made = await makeProviderRequest(provider.id)
    if (!made) return toRefusal('provider-unreachable')
    const browserSecret = (await browserSecretOf()) ?? newBrowserSecret()
    const next = safeNextPath(new URL(request.url).searchParams.get('next') ?? undefined)
    await beginAttempt({ connection: null, state: made.url.searchParams.get('state') ?? '', browserSecret, purpose: 'sign-in', next, data: { provider: provider.id } })
    const jar = await cookies()
    jar.set(signInCookieName(), browserSecret, signInCookieOptions())
    const answer = new Response(null, { status: 303, headers: { location: made.url.href, 'cache-control': 'no-store' } })
    for (const cookie of made.cookies) answer.headers.append('set-cookie', cookie)
    return answer
  })
}
