import { absoluteUrl } from '@/lib/env'
import { escapeXml, NS } from './xml-tree'

const pathOf = (connectionId: string, word: string): string => `/sso/saml/${connectionId}/${word}`

/** The addresses of one connection. The entity id is where its metadata is. */
export const serviceAddresses = (connectionId: string) => ({
  entityId: absoluteUrl(pathOf(connectionId, 'metadata')),
  acsUrl: absoluteUrl(pathOf(connectionId, 'acs')),
  metadataUrl: absoluteUrl(pathOf(connectionId, 'metadata')),
})

const base64Of = (pem: string): string => pem.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s/g, '')

/** What an identity provider may use to encrypt, best first. */
const ENCRYPTION_METHODS = ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2009/xmlenc11#aes128-gcm', 'http://www.w3.org/2001/04/xmlenc#aes256-cbc', 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p']

function keyDescriptor(use: 'signing' | 'encryption', certificate: string): string {
  const methods = use === 'encryption' ? ENCRYPTION_METHODS.map((algorithm) => `\n      <md:EncryptionMethod Algorithm="${algorithm}"/>`).join('') : ''
  return `
    <md:KeyDescriptor use="${use}">
      <ds:KeyInfo xmlns:ds="${NS.signature}"><ds:X509Data><ds:X509Certificate>${base64Of(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}
    </md:KeyDescriptor>`
}

/**
 * Our metadata for one connection. Requests may be signed by each of the certificates; what is encrypted should be
 * for the first, which is the present one.
 *
 * @param certificates PEM, the present one first
 */
export function serviceProviderMetadata(connectionId: string, certificates: readonly string[]): string {
  const { entityId, acsUrl } = serviceAddresses(connectionId)
  const keys = [...certificates.map((certificate) => keyDescriptor('signing', certificate)), ...certificates.slice(0, 1).map((certificate) => keyDescriptor('encryption', certificate))]
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${NS.metadata}" entityID="${escapeXml(entityId)}">
  <md:SPSSODescriptor protocolSupportEnumeration="${NS.protocol}" AuthnRequestsSigned="true" WantAssertionsSigned="true">${keys.join('')}
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escapeXml(acsUrl)}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`
}
