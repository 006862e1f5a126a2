import { cookies } from 'next/headers'
import { browserSecretOf } from '@/app/sso/saml/answers'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { signInCookieName, signInCookieOptions } from '@/lib/features/sso-connections/browser-cookie'
import { beginOidc } from '@/lib/features/sso-connections/oidc-door'
import { testerOf } from '@/lib/features/saml-connections/tester'
import { refusedTo, withConnection } from '../../answers'

/** Begins a sign-in at the identity provider; with `test` one that opens nothing and shows what came. */
export function GET(request: Request, context: { params: Promise<{ connection: string }> }): Promise<Response> {
  return withConnection(context, async (connection) => {
    const { searchParams } = new URL(request.url)
    const tester = searchParams.has('test') ? await testerOf(connection) : null
    const browserSecret = (await browserSecretOf()) ?? newBrowserSecret()
    const next = safeNextPath(searchParams.get('next') ?? undefined)
    const begun = await beginOidc(connection, { browserSecret, next, purpose: tester ? 'test' : 'sign-in', ...(tester && { sessionId: tester.sessionId }) })
    if (begun.kind === 'refused') return refusedTo(connection, begun)
    const jar = await cookies()
    jar.set(signInCookieName(), browserSecret, signInCookieOptions())
    return new Response(null, { status: 303, headers: { location: begun.url, 'cache-control': 'no-store' } })
  })
}
