import { cookies } from 'next/headers'
import { newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { signInCookieName, signInCookieOptions } from '@/lib/features/sso-connections/browser-cookie'
import { beginSaml } from '@/lib/features/saml-connections/door'
import { answering, askedOf, browserSecretOf, connectionOf, leavingPage, toRefusal, type Context } from '../../answers'

/** Begins a sign-in at the identity provider; with `test` one that opens nothing and shows what came, with `confirm` one that proves who is signed in. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(async () => {
    const connection = await connectionOf(context)
    const asked = await askedOf(connection, new URL(request.url).searchParams)
    const browserSecret = (await browserSecretOf()) ?? newBrowserSecret()
    const begun = await beginSaml(connection, { browserSecret, ...asked })
    if (begun.kind === 'refused') return toRefusal(begun.reason)
    const jar = await cookies()
    jar.set(signInCookieName(), browserSecret, signInCookieOptions())
    return leavingPage(connection, begun)
  })
}
