import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { forgetEnv } from '@/lib/env'
import { base64Of, makeTestIdp, testMetadata } from '@/lib/testing/saml-responses'
import { certificatePem, daysLeft, readCertificate } from './certificate'
import { MetadataError, readMetadata } from './metadata'
import { makeOwnCertificate, pemOf } from './own-certificate'
import { serviceAddresses, serviceProviderMetadata } from './service-provider'
import { readXml } from './xml'
import { attributeOf, isNamed, NS, textOf, walk } from './xml-tree'

process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none'

const idp = await makeTestIdp()
const other = await makeTestIdp('https://other.example.test/metadata')
const NOW = new Date()

afterEach(() => {
  delete process.env['GATEHOUSE_ALLOW_PRIVATE_IDP']
  forgetEnv()
})

function refusal(xml: string): string {
  try {
    readMetadata(xml, NOW)
    return 'read'
  } catch (error) {
    return error instanceof MetadataError ? error.message : `unexpected: ${String(error)}`
  }
}

const wrapped = (...parts: string[]): string => `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${parts.map((part) => part.replace('<?xml version="1.0"?>', '')).join('')}</EntitiesDescriptor>`

describe('metadata of an identity provider', () => {
  test('is read', () => {
    const read = readMetadata(testMetadata(idp), NOW)
    expect(read).toMatchObject({ entityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', wantsSignedRequests: false, validUntil: null, name: null })
    expect(read.certificates).toHaveLength(1)
    expect(read.certificates[0]).toMatchObject({ pem: idp.certificate, subject: 'Test identity provider', keyBits: 2048 })
  })

  test('comments, an outer element for one provider, and a certificate that comes twice are taken', () => {
    const twice = testMetadata(idp).replace(/<KeyDescriptor[\s\S]*<\/KeyDescriptor>/, (key) => `<!-- the old one -->${key}${key.replace(' use="signing"', '')}`)
    expect(readMetadata(wrapped(twice), NOW).certificates).toHaveLength(1)
  })

  test('several certificates are all read, those that encrypt are not', () => {
    const key = (use: string) => `<KeyDescriptor use="${use}"><KeyInfo xmlns="${NS.signature}"><X509Data><X509Certificate>${base64Of(other.certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
    const xml = (use: string) => testMetadata(idp).replace('<SingleSignOn', `${key(use)}<SingleSignOn`)
    expect(readMetadata(xml('signing'), NOW).certificates.map(({ pem }) => pem)).toEqual([idp.certificate, other.certificate])
    expect(readMetadata(xml('encryption'), NOW).certificates).toHaveLength(1)
  })

  test('by POST where there is no redirect', () => {
    expect(readMetadata(testMetadata(idp).replace('HTTP-Redirect', 'HTTP-POST'), NOW)).toMatchObject({ binding: 'post', signInUrl: idp.signInUrl })
  })

  test('a name and the wish for signed requests', () => {
    const xml = testMetadata(idp).replace('<IDPSSODescriptor', '<IDPSSODescriptor WantAuthnRequestsSigned="true"').replace('</EntityDescriptor>', '<Organization><OrganizationName xml:lang="en">Example</OrganizationName></Organization></EntityDescriptor>')
    expect(readMetadata(xml, NOW)).toMatchObject({ name: 'Example', wantsSignedRequests: true })
  })

  test.each<[string, string, string]>([
    ['nothing', '', 'it is not well-formed XML: expected an element at character 1'],
    ['a web page', '<!DOCTYPE html><html></html>', 'this is a web page, not metadata; use the address that gives the XML'],
    ['a document type', `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>${testMetadata(idp)}`.replace('<?xml version="1.0"?>', ''), 'it holds a document type, which is never read'],
    ['other XML', '<feed/>', 'it is XML, but not SAML 2.0 metadata: there is no `EntityDescriptor`'],
    ['an application', '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><SPSSODescriptor/></EntityDescriptor>', 'it describes no identity provider; perhaps it is the metadata of an application'],
    ['two identity providers', wrapped(testMetadata(idp), testMetadata(other)), 'it describes 2 identity providers; one is wanted'],
    ['no certificate', testMetadata(idp).replace(/<KeyDescriptor[\s\S]*<\/KeyDescriptor>/, ''), 'it holds no certificate that signs; without one no response can be checked'],
    ['a certificate that is none', testMetadata(idp).replace(base64Of(idp.certificate), 'AAAA'), 'a certificate cannot be read'],
    ['no address', testMetadata(idp).replace(/<SingleSignOnService[^>]*>/, ''), 'it names no address for sign-in by HTTP-Redirect or HTTP-POST'],
    ['an address that runs script', testMetadata(idp).replace(idp.signInUrl, 'javascript:alert(1)'), 'its sign-in address `javascript:alert(1)` is not used: it has to begin with `https://`'],
    ['an address without encryption', testMetadata(idp).replace(idp.signInUrl, 'http://idp.example.test/'), 'its sign-in address `http://idp.example.test/` is not used: it has to begin with `https://`'],
    ['SAML 1', testMetadata(idp).replace('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:1.1:protocol'), 'the identity provider does not speak SAML 2.0'],
    ['out of date', testMetadata(idp, { attributes: ' validUntil="2020-01-02T00:00:00Z"' }), 'it was valid until 2020-01-02; fetch it again at the identity provider'],
    ['too large', `<a>${'x'.repeat(600_000)}</a>`, 'it is larger than metadata of one identity provider is (512 KiB)'],
    ['no entity id', testMetadata({ ...idp, entityId: '' }), 'its `entityID` is missing or too long'],
  ])('%s is refused', (_name, xml, expected) => expect(refusal(xml)).toBe(expected))

  test('tests may use http', () => {
    process.env['GATEHOUSE_ALLOW_PRIVATE_IDP'] = '1'
    forgetEnv()
    expect(readMetadata(testMetadata({ ...idp, signInUrl: 'http://127.0.0.1:4000/sso' }), NOW).signInUrl).toBe('http://127.0.0.1:4000/sso')
  })
})

describe('certificates', () => {
  test('one of our own is a certificate that any reader understands', async () => {
    const { certificate, privateKey } = await makeOwnCertificate('Acme – Gatehouse', new Date('2049-06-01T12:00:00Z'))
    const read = new X509Certificate(certificate)
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.checkPrivateKey(createPrivateKey(privateKey))).toBe(true)
    expect(read.ca).toBe(false)
    expect(read.subject).toBe('CN=Acme – Gatehouse')
    expect(read.issuer).toBe(read.subject)
    expect([new Date(read.validFrom).toISOString(), new Date(read.validTo).getUTCFullYear()]).toEqual(['2049-06-01T11:00:00.000Z', 2054])
    expect(read.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/)
  })

  test('keys that are weak or not RSA are told', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
    expect(createPublicKey(weak.privateKey).asymmetricKeyDetails?.modulusLength).toBe(1024)
    expect(readCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toEqual({ ok: false, problem: 'unreadable' })
    expect(readCertificate(EC_CERTIFICATE)).toEqual({ ok: false, problem: 'not-rsa' })
  })

  test.each([
    ['base64 in lines', base64Of(idp.certificate).replace(/.{76}/g, '$&\r\n'), idp.certificate],
    ['PEM', idp.certificate, idp.certificate],
    ['anything else', 'no certificate <', null],
    ['nothing', '', null],
  ])('%s', (_name, text, expected) => expect(certificatePem(text)).toBe(expected))

  test('days left are whole and go below zero', () => {
    const at = new Date('2026-01-10T00:00:00Z')
    expect([daysLeft(new Date('2026-01-11T23:00:00Z'), at), daysLeft(new Date('2026-01-10T12:00:00Z'), at), daysLeft(new Date('2026-01-09T12:00:00Z'), at)]).toEqual([1, 0, -1])
  })
})

test('our metadata names our addresses and both certificates; the present one encrypts', async () => {
  const next = await makeOwnCertificate('Next', NOW)
  const connection = 'sso_01936000-0000-7000-8000-000000000001'
  const root = readXml(serviceProviderMetadata(connection, [idp.certificate, next.certificate]), { maxLength: 50_000, maxDepth: 20, maxElements: 200 })
  const { entityId, acsUrl } = serviceAddresses(connection)
  expect(acsUrl).toBe(`http://localhost:3000/sso/saml/${connection}/acs`)
  expect(attributeOf(root, 'entityID')).toBe(entityId)
  const all = [...walk(root)].map(({ element }) => element)
  expect(all.filter((element) => isNamed(element, NS.metadata, 'AssertionConsumerService')).map((element) => attributeOf(element, 'Location'))).toEqual([acsUrl])
  const keys = all.filter((element) => isNamed(element, NS.metadata, 'KeyDescriptor'))
  expect(keys.map((key) => [attributeOf(key, 'use'), textOf(key).trim()])).toEqual([
    ['signing', base64Of(idp.certificate)], ['signing', base64Of(next.certificate)], ['encryption', base64Of(idp.certificate)],
  ])
})

const EC_CERTIFICATE = ecCertificate()

/** A certificate of ours whose RSA key is replaced by one on an elliptic curve; its signature is wrong, which nobody asks here. */
function ecCertificate(): string {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' })
  const bytes = Buffer.from(base64Of(idp.certificate), 'base64')
  const rsa = new X509Certificate(idp.certificate).publicKey.export({ type: 'spki', format: 'der' })
  const at = bytes.indexOf(rsa)
  const shorter = rsa.length - ec.length
  const changed = Buffer.concat([bytes.subarray(0, at), ec, bytes.subarray(at + rsa.length)])
  // Both outer lengths are two bytes long, at 2 and at 6.
  for (const place of [2, 6]) changed.writeUInt16BE(changed.readUInt16BE(place) - shorter, place)
  return pemOf('CERTIFICATE', changed)
}
