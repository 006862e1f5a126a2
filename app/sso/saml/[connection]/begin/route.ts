import { cookies } from 'next/headers'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { signInCookieName, signInCookieOptions } from '@/lib/features/sso-connections/browser-cookie'
import { beginSaml } from '@/lib/features/saml-connections/door'
import { testerOf } from '@/lib/features/saml-connections/tester'
import { answering, browserSecretOf, connectionOf, leavingPage, toRefusal, type Context } from '../../answers'

/** Begins a sign-in at the identity provider; with `test` one that opens nothing and shows what came. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(async () => {
    const connection = await connectionOf(context)
    const { searchParams } = new URL(request.url)
    const tester = searchParams.has('test') ? await testerOf(connection) : null
    const browserSecret = (await browserSecretOf()) ?? newBrowserSecret()
    const next = safeNextPath(searchParams.get('next') ?? undefined)
    const begun = await beginSaml(connection, { browserSecret, next, purpose: tester ? 'test' : 'sign-in', ...(tester && { sessionId: tester.sessionId }) })
    if (begun.kind === 'refused') return toRefusal(begun.reason)
    const jar = await cookies()
    jar.set(signInCookieName(), browserSecret, signInCookieOptions())
    return leavingPage(connection, begun)
  })
}
