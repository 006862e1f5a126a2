import { browserSecretOf } from '@/app/sso/saml/answers'
import { currentActor, setSessionCookie } from '@/lib/boundary/browser'
import { testPagePath } from '@/lib/features/sso-connections/connection-test'
import { rememberMethod } from '@/lib/features/sso-connections/remembered'
import { finishOidc, oidcRedirectUri } from '@/lib/features/sso-connections/oidc-door'
import { refusedTo, seeOther, withConnection } from '../../answers'

/** Where the identity provider sends the browser back to. */
export function GET(request: Request, context: { params: Promise<{ connection: string }> }): Promise<Response> {
  return withConnection(context, async (connection) => {
    // Next.js writes its own host into the address; ours is the configured one.
    const address = new URL(oidcRedirectUri(connection.id))
    address.search = new URL(request.url).search
    const finished = await finishOidc(connection, address, await browserSecretOf(), currentActor())
    if (finished.kind === 'refused') return refusedTo(connection, finished)
    if (finished.kind === 'tested') return seeOther(await testPagePath(connection))
    if (finished.kind === 'confirmed') return seeOther(finished.next ?? '/confirm?done=1')
    await setSessionCookie(finished.session.secret)
    await rememberMethod(connection.id)
    return seeOther(finished.next ?? `/${finished.session.slug}`)
  })
}
