import { randomBytes } from 'node:crypto'
import { librarySaml, type SamlSettings } from './library'

/** Where to send the browser: to an address, or with a form that posts itself. */
export type AuthnRequest = { kind: 'redirect'; url: string } | { kind: 'post'; url: string; fields: Readonly<Record<string, string>> }

/** An unguessable id that XML allows. */
export const newRequestId = (): string => `_${randomBytes(20).toString('hex')}`

/**
 * A signed request to the identity provider. It carries no RelayState: where to go afterwards is kept with the
 * request, so that nobody on the way can change it.
 *
 * @param asksAgain the identity provider is to ask who it is though it knows already (ForceAuthn)
 */
export async function makeAuthnRequest(settings: SamlSettings, requestId: string, asksAgain = false): Promise<AuthnRequest> {
  const saml = librarySaml(settings, { requestId, asksAgain })
  if (settings.binding === 'redirect') return { kind: 'redirect', url: await saml.getAuthorizeUrlAsync('', undefined, {}) }
  const { SAMLRequest } = await saml.getAuthorizeMessageAsync('')
  return { kind: 'post', url: settings.signInUrl, fields: { SAMLRequest: String(SAMLRequest) } }
}
