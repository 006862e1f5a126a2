import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import { signXml } from '@node-saml/node-saml/lib/xml.js'
import { makeOwnCertificate, type OwnCertificate } from '@/lib/sso/saml/own-certificate'
import { escapeXml } from '@/lib/sso/saml/xml-tree'

/** The identity provider of a test: its name, where people sign in, its key. */
export type TestIdp = OwnCertificate & { entityId: string; signInUrl: string }

export async function makeTestIdp(entityId = 'https://idp.example.test/metadata', signInUrl = 'https://idp.example.test/sso'): Promise<TestIdp> {
  return { entityId, signInUrl, ...(await makeOwnCertificate('Test identity provider', new Date())) }
}

export const base64Of = (pem: string): string => pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '')

/** Metadata of a test's identity provider. */
export const testMetadata = ({ entityId, signInUrl, certificate }: TestIdp, { more = '', attributes = '' } = {}): string => `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeXml(entityId)}"${attributes}>
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>
      ${base64Of(certificate)}
    </X509Certificate></X509Data></KeyInfo></KeyDescriptor>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${escapeXml(signInUrl)}"/>${more}
  </IDPSSODescriptor>
</EntityDescriptor>`

export type ResponseParts = {
  idp: TestIdp
  acsUrl: string
  audience: string
  inResponseTo: string | null
  nameId: string
  attributes: Readonly<Record<string, readonly string[]>>
  /** When it was made. */
  at: Date
  /** When the identity provider asked who it is; null: it does not say. Usually when the assertion was made. */
  authenticatedAt?: Date | null
  validMinutes: number
  issuer: string
  destination: string
  recipient: string
  subjectInResponseTo: string | null
  status: string
  /** Put into the assertion before its end. */
  assertionMore: string
  assertionId: string
}

export type Given = Pick<ResponseParts, 'idp' | 'acsUrl' | 'audience' | 'inResponseTo'> & Partial<ResponseParts>

const newXmlId = (): string => `_${randomBytes(16).toString('hex')}`

function partsOf(given: Given): ResponseParts {
  return {
    nameId: 'robin@example.test', attributes: { email: ['robin@example.test'], groups: ['Engineering'] }, at: new Date(), validMinutes: 5,
    issuer: given.idp.entityId, destination: given.acsUrl, recipient: given.acsUrl, subjectInResponseTo: given.inResponseTo,
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success', assertionMore: '', assertionId: newXmlId(), ...given,
  }
}

const attribute = (name: string, value: string | null): string => (value === null ? '' : ` ${name}="${escapeXml(value)}"`)

/** An assertion without signature. */
export function testAssertion(given: Given): string {
  const { idp: _idp, ...parts } = partsOf(given)
  const at = parts.at.toISOString()
  const until = new Date(parts.at.getTime() + parts.validMinutes * 60_000).toISOString()
  const attributes = Object.entries(parts.attributes).map(([name, values]) =>
    `<saml:Attribute Name="${escapeXml(name)}">${values.map((value) => `<saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`)
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.assertionId}" Version="2.0" IssueInstant="${at}"><saml:Issuer>${escapeXml(parts.issuer)}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${escapeXml(parts.nameId)}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${escapeXml(parts.recipient)}"${attribute('InResponseTo', parts.subjectInResponseTo)}/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${escapeXml(parts.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    (parts.authenticatedAt === null ? '' : `<saml:AuthnStatement AuthnInstant="${parts.authenticatedAt?.toISOString() ?? at}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`) +
    `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>${parts.assertionMore}</saml:Assertion>`
}

/** A response around an assertion, without signature of its own. */
export function testResponse(given: Given, assertion: string): string {
  const parts = partsOf(given)
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${newXmlId()}" Version="2.0" IssueInstant="${parts.at.toISOString()}" Destination="${escapeXml(parts.destination)}"${attribute('InResponseTo', parts.inResponseTo)}>` +
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${escapeXml(parts.issuer)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${parts.status}"/></samlp:Status>${assertion}</samlp:Response>`
}

export type Algorithm = 'sha1' | 'sha256' | 'sha512'

/** Signs the assertion or the response of a document, where SAML wants the signature. */
export function signed(xml: string, part: 'Assertion' | 'Response', key: OwnCertificate, algorithm: Algorithm = 'sha256'): string {
  const path = part === 'Response' ? "/*[local-name(.)='Response']" : "//*[local-name(.)='Assertion']"
  const options = { privateKey: key.privateKey, publicCert: key.certificate, signatureAlgorithm: algorithm, digestAlgorithm: algorithm }
  return signXml(xml, path, { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' }, options)
}

const OAEP = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p'
const CIPHERS = { 'aes256-gcm': ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 12], 'aes256-cbc': ['http://www.w3.org/2001/04/xmlenc#aes256-cbc', 16] } as const

function sealedByGcm(text: string, key: Buffer, iv: Buffer): Buffer {
  const sealing = createCipheriv('aes-256-gcm', key, iv)
  return Buffer.concat([iv, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()])
}

function sealedByCbc(text: string, key: Buffer, iv: Buffer): Buffer {
  const sealing = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([iv, sealing.update(text, 'utf8'), sealing.final()])
}

/** An assertion encrypted for a certificate. */
export function encrypted(assertion: string, certificate: string, cipher: keyof typeof CIPHERS = 'aes256-gcm', transport = OAEP): string {
  const key = randomBytes(32)
  const [algorithm, ivBytes] = CIPHERS[cipher]
  const iv = randomBytes(ivBytes)
  const data = cipher === 'aes256-gcm' ? sealedByGcm(assertion, key, iv) : sealedByCbc(assertion, key, iv)
  const sealedKey = publicEncrypt({ key: certificate, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key)
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="${algorithm}"/>` +
    `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${transport}"/><xenc:CipherData><xenc:CipherValue>${sealedKey.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>` +
    `<xenc:CipherData><xenc:CipherValue>${data.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>`
}

/** A response as a browser would post it. */
export const asField = (xml: string): string => Buffer.from(xml).toString('base64')
