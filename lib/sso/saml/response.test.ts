import { describe, expect, test } from 'vitest'
import { asField, encrypted, makeTestIdp, signed, testAssertion, testResponse, type Given, type TestIdp } from '@/lib/testing/saml-responses'
import type { SamlSettings } from './library'
import { makeOwnCertificate } from './own-certificate'
import { isSamlRefused } from './refusals'
import { checkResponse } from './response'
import { serviceAddresses } from './service-provider'

// Nothing here asks a database; the environment wants one named.
process.env['DATABASE_URL'] = 'postgresql://nobody@localhost/none'

const CONNECTION = 'sso_01936000-0000-7000-8000-000000000001'
const { entityId: audience, acsUrl } = serviceAddresses(CONNECTION)
const REQUEST = '_0123456789abcdef'
const idp = await makeTestIdp()
const stranger = await makeTestIdp()
const own = await makeOwnCertificate('Gatehouse', new Date())
const next = await makeOwnCertificate('Gatehouse, next', new Date())
const MINUTE = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE)

const settings: SamlSettings = {
  connectionId: CONNECTION, idpEntityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', idpCertificates: [idp.certificate],
  own: [own, next], signedParts: 'assertion', wantsEncryption: false, allowsIdpInitiated: false,
}
const findRequest = async (id: string) => (id === REQUEST ? ago(1) : null)
const check = (xml: string, more: Partial<SamlSettings> = {}) => checkResponse({ ...settings, ...more }, asField(xml), { now: new Date(), findRequest })

/** Why it is refused. */
async function refusal(xml: string | Promise<string>, more: Partial<SamlSettings> = {}): Promise<string> {
  try {
    await check(await xml, more)
    return 'accepted'
  } catch (error) {
    return isSamlRefused(error) ? error.code : `unexpected: ${String(error)}`
  }
}

const given = (more: Partial<Given> = {}): Given => ({ idp, acsUrl, audience, inResponseTo: REQUEST, ...more })
/** A response whose assertion is signed, as most identity providers send it. */
const good = (more: Partial<Given> = {}, key: TestIdp = idp): string => {
  const all = given(more)
  return testResponse(all, signed(testAssertion(all), 'Assertion', key))
}

describe('what is accepted', () => {
  test('a signed assertion, with what it says', async () => {
    expect(await check(good({ nameId: 'robin@example.test', attributes: { email: ['robin@example.test'], groups: ['Engineering', 'Ops & more'] } }))).toMatchObject({
      inResponseTo: REQUEST, nameId: 'robin@example.test', nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      attributes: { email: ['robin@example.test'], groups: ['Engineering', 'Ops & more'] },
    })
  })

  test('signed by any of the certificates, with SHA-512, and both parts signed', async () => {
    expect(await refusal(good({}, stranger), { idpCertificates: [idp.certificate, stranger.certificate] })).toBe('accepted')
    const all = given()
    expect(await refusal(testResponse(all, signed(testAssertion(all), 'Assertion', idp, 'sha512')))).toBe('accepted')
    const both = signed(good(), 'Response', idp)
    for (const signedParts of ['assertion', 'response', 'both'] as const) expect(await refusal(both, { signedParts })).toBe('accepted')
  })

  test('a signed response around an unsigned assertion, where the connection asks for that', async () => {
    const all = given()
    const xml = signed(testResponse(all, testAssertion(all)), 'Response', idp)
    expect(await refusal(xml, { signedParts: 'response' })).toBe('accepted')
    expect(await refusal(xml)).toBe('assertion-unsigned')
    expect(await refusal(xml, { signedParts: 'both' })).toBe('assertion-unsigned')
  })

  test.each(['aes256-gcm', 'aes256-cbc'] as const)('encrypted with %s for the present key or for the next', async (cipher) => {
    const all = given()
    for (const { certificate } of [own, next]) {
      const xml = testResponse(all, encrypted(signed(testAssertion(all), 'Assertion', idp), certificate, cipher))
      expect(await check(xml, { wantsEncryption: true })).toMatchObject({ nameId: 'robin@example.test' })
      expect(await refusal(signed(xml, 'Response', idp), { signedParts: 'both' })).toBe('accepted')
    }
  })

  test('clocks that differ by less than a minute', async () => {
    expect(await refusal(good({ at: new Date(Date.now() + 50_000) }))).toBe('accepted')
    expect(await refusal(good({ at: ago(5.8), validMinutes: 5 }))).toBe('accepted')
  })

  test('one that answers no request, where the connection allows it', async () => {
    const xml = good({ inResponseTo: null })
    expect(await refusal(xml)).toBe('unsolicited')
    expect(await check(xml, { allowsIdpInitiated: true })).toMatchObject({ inResponseTo: null })
  })
})

describe('who signed what', () => {
  test.each<[string, () => string, string]>([
    ['nothing signed', () => testResponse(given(), testAssertion(given())), 'assertion-unsigned'],
    ['signed by another identity provider', () => good({}, stranger), 'signature-invalid'],
    ['changed after it was signed', () => good().replaceAll('robin@example.test', 'admin@example.test'), 'signature-invalid'],
    ['the digest changed', () => good().replace(/<DigestValue>..../, '<DigestValue>AAAA'), 'signature-invalid'],
    ['a response signed by somebody else around a good assertion', () => signed(good(), 'Response', stranger), 'signature-invalid'],
    ['SHA-1', () => testResponse(given(), signed(testAssertion(given()), 'Assertion', idp, 'sha1')), 'weak-algorithm'],
    ['HMAC with the certificate as its secret', () => good().replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'), 'weak-algorithm'],
    ['a transform that leaves parts out', () => good().replace('http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/TR/1999/REC-xpath-19991116'), 'bad-signature'],
    ['a reference to nothing', () => good().replace(/URI="#[^"]+"/, 'URI=""'), 'bad-signature'],
    ['a signature around data of its own', () => good().replace('</Signature>', '<Object><x/></Object></Signature>'), 'bad-signature'],
  ])('%s', async (_name, make, expected) => expect(await refusal(make())).toBe(expected))

  test('a required signature that is missing is told', async () => {
    expect(await refusal(good(), { signedParts: 'response' })).toBe('response-unsigned')
    expect(await refusal(good(), { signedParts: 'both' })).toBe('response-unsigned')
  })
})

describe('what an assertion says', () => {
  test.each<[string, Partial<Given>, string]>([
    ['another audience', { audience: 'https://other.example.test/metadata' }, 'wrong-audience'],
    ['another recipient', { recipient: acsUrl.replace('000000000001', '000000000002') }, 'wrong-recipient'],
    ['another destination', { destination: 'https://other.example.test/acs' }, 'wrong-destination'],
    ['another issuer', { issuer: 'https://other.example.test/metadata' }, 'wrong-issuer'],
    ['expired', { at: ago(7), validMinutes: 5 }, 'expired'],
    ['made too long ago, though valid for long', { at: ago(12), validMinutes: 600 }, 'too-old'],
    ['from the future', { at: new Date(Date.now() + 2 * MINUTE) }, 'not-yet-valid'],
    ['without a request', { inResponseTo: null }, 'unsolicited'],
    ['a request that was never sent', { inResponseTo: '_ffff' }, 'unknown-request'],
    ['another request within than around', { subjectInResponseTo: '_ffff' }, 'wrong-request'],
    ['a request around, none within', { subjectInResponseTo: null }, 'wrong-request'],
    ['the status of a failure', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }, 'idp-refused'],
    ['an empty name', { nameId: ' ' }, 'no-subject'],
    ['a second subject', { assertionMore: '<saml:Subject><saml:NameID>admin@example.test</saml:NameID></saml:Subject>' }, 'misplaced-element'],
  ])('%s', async (_name, more, expected) => expect(await refusal(good(more))).toBe(expected))

  test('an InResponseTo around that the signed assertion does not know', async () => {
    expect(await refusal(good({ inResponseTo: null }).replace('Destination=', `InResponseTo="${REQUEST}" Destination=`), { allowsIdpInitiated: true })).toBe('wrong-request')
  })
})

describe('encryption', () => {
  const assertion = () => signed(testAssertion(given()), 'Assertion', idp)
  test.each<[string, () => string, string]>([
    ['for another key', () => encrypted(assertion(), stranger.certificate), 'not-decryptable'],
    ['an unsigned assertion within', () => encrypted(testAssertion(given()), own.certificate), 'assertion-unsigned'],
    ['an assertion of another identity provider within', () => encrypted(signed(testAssertion(given()), 'Assertion', stranger), own.certificate), 'signature-invalid'],
    ['something else within', () => encrypted('<x/>', own.certificate), 'misplaced-element'],
    ['a comment within', () => encrypted(assertion().replace('robin@', 'robin<!-- -->@'), own.certificate), 'comment'],
    ['RSA 1.5', () => encrypted(assertion(), own.certificate, 'aes256-gcm', 'http://www.w3.org/2001/04/xmlenc#rsa-1_5'), 'weak-encryption'],
    ['triple DES', () => encrypted(assertion(), own.certificate).replace('http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc'), 'weak-encryption'],
    ['changed on the way', () => encrypted(assertion(), own.certificate).replace(/.{4}<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/, (end) => `AAAA${end.slice(4)}`), 'not-decryptable'],
  ])('%s', async (_name, make, expected) => expect(await refusal(testResponse(given(), make()))).toBe(expected))

  test('a plain assertion where encryption is required', async () => expect(await refusal(good(), { wantsEncryption: true })).toBe('not-encrypted'))
})

describe('what is no response', () => {
  const fields: [string, string | undefined, string][] = [
    ['no field', undefined, 'no-response'],
    ['an empty field', '  ', 'no-response'],
    ['no base64', '<Response/>', 'malformed'],
    ['base64 of what is no UTF-8', Buffer.from([0xff, 0xfe, 0x3c]).toString('base64'), 'malformed'],
    ['another document', asField('<html/>'), 'not-a-response'],
    ['a request', asField('<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"/>'), 'not-a-response'],
    ['a huge document', asField(`<a>${'x'.repeat(300_000)}</a>`), 'too-large'],
    ['a deep document', asField('<a>'.repeat(5000)), 'too-large'],
  ]
  test.each(fields)('%s', async (_name, field, expected) => {
    await expect(checkResponse(settings, field, { now: new Date(), findRequest })).rejects.toMatchObject({ name: 'SamlRefused', code: expected })
  })
})
