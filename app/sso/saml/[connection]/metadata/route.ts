import { publicCertificates } from '@/lib/features/saml-connections/keys'
import { serviceProviderMetadata } from '@/lib/sso/saml/service-provider'
import { answering, connectionOf, type Context } from '../../answers'

/** Our metadata for one connection, for its identity provider to read. */
export function GET(_request: Request, context: Context): Promise<Response> {
  return answering(async () => {
    const connection = await connectionOf(context)
    const xml = serviceProviderMetadata(connection.id, await publicCertificates(connection))
    return new Response(xml, { headers: { 'content-type': 'application/samlmetadata+xml; charset=utf-8', 'content-disposition': 'inline; filename="gatehouse-saml-metadata.xml"', 'cache-control': 'no-cache' } })
  })
}
