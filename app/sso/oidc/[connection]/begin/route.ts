import { cookies } from 'next/headers'
import { askedOf, browserSecretOf } from '@/app/sso/saml/answers'
import { newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { signInCookieName, signInCookieOptions } from '@/lib/features/sso-connections/browser-cookie'
import { beginOidc } from '@/lib/features/sso-connections/oidc-door'
import { refusedTo, withConnection } from '../../answers'

/** Begins a sign-in at the identity provider; with `test` one that opens nothing and shows what came, with `confirm` one that proves who is signed in. */
export function GET(request: Request, context: { params: Promise<{ connection: string }> }): Promise<Response> {
  return withConnection(context, async (connection) => {
    const asked = await askedOf(connection, new URL(request.url).searchParams)
    const browserSecret = (await browserSecretOf()) ?? newBrowserSecret()
    const begun = await beginOidc(connection, { browserSecret, ...asked })
    if (begun.kind === 'refused') return refusedTo(connection, begun)
    const jar = await cookies()
    jar.set(signInCookieName(), browserSecret, signInCookieOptions())
    return new Response(null, { status: 303, headers: { location: begun.url, 'cache-control': 'no-store' } })
  })
}
