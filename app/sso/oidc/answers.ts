import { answering, confirmPagePath, seeOther, toRefusal } from '@/app/sso/saml/answers'
import { currentActor } from '@/lib/boundary/browser'
import { AppError } from '@/lib/errors'
import { testPagePath } from '@/lib/features/sso-connections/connection-test'
import type { Refused } from '@/lib/features/sso-connections/oidc-door'
import { findOidcConnection, type OidcConnection } from '@/lib/features/sso-connections/queries'

export { answering, seeOther }

type Context = { params: Promise<{ connection: string }> }

/** Does a door's work for the connection that the address names. */
export const withConnection = (context: Context, work: (connection: OidcConnection) => Promise<Response>): Promise<Response> =>
  answering(async () => {
    const { connection: id } = await context.params
    const connection = await findOidcConnection(id)
    if (!connection) throw new AppError('not-found', `no connection \`${id.slice(0, 60)}\``)
    return work(connection)
  })

/** To the page that says why it did not work: that of the test, of the confirmation, or of signing in. */
export async function refusedTo(connection: OidcConnection, { reason, purpose, next }: Refused): Promise<Response> {
  if (!currentActor() || purpose === 'sign-in') return toRefusal(reason)
  return seeOther(purpose === 'test' ? await testPagePath(connection, reason) : confirmPagePath(reason, next))
}
