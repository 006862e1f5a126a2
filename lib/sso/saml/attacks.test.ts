import { describe, expect, test } from 'vitest'
import { asField, makeTestIdp, signed, testAssertion, testResponse, type Given } from '@/lib/testing/saml-responses'
import type { SamlSettings } from './library'
import { makeOwnCertificate } from './own-certificate'
import { isSamlRefused } from './refusals'
import { checkResponse } from './response'
import { serviceAddresses } from './service-provider'

/*
 * The eight classic ways to wrap a signature (Somorovsky and others, "On breaking SAML", 2012), and their kin. Each
 * leaves the signed part unchanged somewhere in the document, and puts a forged assertion where a careless reader looks.
 */

// Nothing here asks a database; the environment wants one named.
process.env['DATABASE_URL'] = 'postgresql://nobody@localhost/none'

const CONNECTION = 'sso_01936000-0000-7000-8000-000000000001'
const { entityId: audience, acsUrl } = serviceAddresses(CONNECTION)
const REQUEST = '_0123456789abcdef'
const idp = await makeTestIdp()
const own = await makeOwnCertificate('Gatehouse', new Date())
const settings: SamlSettings = {
  connectionId: CONNECTION, idpEntityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', idpCertificates: [idp.certificate],
  own: [own], signedParts: 'assertion', wantsEncryption: false, allowsIdpInitiated: false,
}
const given: Given = { idp, acsUrl, audience, inResponseTo: REQUEST }

async function refusal(xml: string, more: Partial<SamlSettings> = {}): Promise<string> {
  try {
    await checkResponse({ ...settings, ...more }, asField(xml), { now: new Date(), findRequest: async (id) => (id === REQUEST ? new Date() : null) })
    return 'accepted'
  } catch (error) {
    return isSamlRefused(error) ? error.code : `unexpected: ${String(error)}`
  }
}

const SIGNATURE = /<Signature[\s\S]*?<\/Signature>/
const signedAssertion = signed(testAssertion(given), 'Assertion', idp)
const signature = SIGNATURE.exec(signedAssertion)?.[0] ?? ''
const bare = signedAssertion.replace(SIGNATURE, '')
const forged = testAssertion({ ...given, nameId: 'admin@example.test', assertionId: '_evil' })
const forgedWithSameId = testAssertion({ ...given, nameId: 'admin@example.test', assertionId: /ID="([^"]+)"/.exec(bare)?.[1] ?? '' })
const signedResponse = signed(testResponse(given, testAssertion(given)), 'Response', idp)
const responseSignature = SIGNATURE.exec(signedResponse)?.[0] ?? ''
const bareResponse = signedResponse.replace(SIGNATURE, '')
/** A response of the attacker around what is given, without signature. */
const around = (inside: string): string => testResponse(given, inside)
const forgedResponse = (inside: string): string => around(forged).replace('<samlp:Status>', `${inside}<samlp:Status>`)
const within = (assertion: string, inside: string): string => assertion.replace('</saml:Assertion>', `${inside}</saml:Assertion>`)
const withSignature = (assertion: string, inside = signature): string => assertion.replace('</saml:Issuer>', `</saml:Issuer>${inside}`)
const objectWith = (inside: string): string => signature.replace('</Signature>', `<Object>${inside}</Object></Signature>`)

test('the pieces are what they should be', async () => {
  expect(signature).not.toBe('')
  expect(await refusal(around(signedAssertion))).toBe('accepted')
  expect(await refusal(signedResponse, { signedParts: 'response' })).toBe('accepted')
})

describe('signature wrapping', () => {
  test.each<[string, string, string]>([
    ['1: the signed response within the signature of a forged one', forgedResponse(responseSignature.replace('</Signature>', `<Object>${bareResponse}</Object></Signature>`)), 'misplaced-element'],
    ['2: the signed response beside the signature of a forged one', forgedResponse(`${bareResponse}${responseSignature}`), 'misplaced-element'],
    ['3: a forged assertion before the signed one', around(`${forged}${signedAssertion}`), 'several-assertions'],
    ['3, after it', around(`${signedAssertion}${forged}`), 'several-assertions'],
    ['4: the signed assertion within a forged one', around(within(forged, signedAssertion)), 'misplaced-element'],
    ['5: the signed assertion at the end, its signature in the forged one', around(`${withSignature(forged)}${bare}`), 'several-assertions'],
    ['6: the signed assertion within the signature that a forged one bears', around(withSignature(forged, signature.replace('</Signature>', `${bare}</Signature>`))), 'misplaced-element'],
    ['7: the forged assertion in Extensions', around(`<samlp:Extensions>${forged}</samlp:Extensions>${signedAssertion}`), 'misplaced-element'],
    ['7, the signed one there', around(`<samlp:Extensions>${signedAssertion}</samlp:Extensions>${forged}`), 'misplaced-element'],
    ['8: the signed assertion in an Object of the signature of a forged one', around(withSignature(forged, objectWith(bare))), 'misplaced-element'],
  ])('%s', async (_name, xml, expected) => {
    expect(await refusal(xml)).toBe(expected)
    expect(await refusal(xml, { signedParts: 'response' })).not.toBe('accepted')
  })

  test.each<[string, string, string]>([
    ['two assertions with the id that is signed', around(within(forgedWithSameId, '').replace('</saml:Assertion>', `</saml:Assertion>`).replace('<saml:Subject>', `<saml:Advice>${bare}</saml:Advice><saml:Subject>`)), 'duplicate-id'],
    ['the id under another name', around(withSignature(forged).replace('ID="_evil"', `Id="${/ID="([^"]+)"/.exec(bare)?.[1] ?? ''}"`)), 'bad-signature'],
    ['a forged assertion with the signature of the good one', around(withSignature(forged)), 'bad-signature'],
    ['a forged assertion with the id and the signature of the good one', around(withSignature(forgedWithSameId)), 'signature-invalid'],
    ['an assertion of no namespace beside the good one', around(`${signedAssertion}<Assertion><Subject/></Assertion>`), 'misplaced-element'],
    ['an assertion of another namespace', around(forged.replaceAll('SAML:2.0:assertion', 'SAML:9.9:assertion')), 'misplaced-element'],
    ['two signatures', around(withSignature(signedAssertion)), 'misplaced-element'],
    ['a signature in the subject', around(bare.replace('<saml:Subject>', `<saml:Subject>${signature}`)), 'misplaced-element'],
    ['the good assertion in an attribute of the forged one', around(forged.replace('<saml:AttributeValue>', `<saml:AttributeValue>${signedAssertion}`)), 'misplaced-element'],
    ['a response around a response', testResponse(given, around(signedAssertion)), 'misplaced-element'],
    ['a second reference', around(signedAssertion.replace(/<Reference[\s\S]*?<\/Reference>/, (reference) => `${reference}${reference}`)), 'bad-signature'],
    ['two places to look for what is signed', around(signedAssertion.replace('</Signature>', '<SignedInfo/></Signature>')), 'bad-signature'],
  ])('%s', async (_name, xml, expected) => expect(await refusal(xml)).toBe(expected))
})

describe('names cut in two', () => {
  test.each<[string, string, string]>([
    ['a comment', 'admin@example.test<!---->.evil.test', 'comment'],
    ['a comment after signing is no change to what is signed, and still refused', 'robin@example<!-- -->.test', 'comment'],
    ['a CDATA section', 'admin@example.test<![CDATA[.evil.test]]>', 'cdata'],
    ['a processing instruction', 'admin@example.test<?x?>.evil.test', 'processing-instruction'],
    ['an entity', 'admin@example.test&cut;.evil.test', 'malformed'],
  ])('%s', async (_name, nameId, expected) => {
    expect(await refusal(around(signedAssertion.replace('>robin@example.test</saml:NameID>', `>${nameId}</saml:NameID>`)))).toBe(expected)
  })

  test('an element within a name', async () => {
    const split = testAssertion(given).replace('>robin@example.test</saml:NameID>', '>admin@example.test<x/>.evil.test</saml:NameID>')
    expect(await refusal(around(signed(split, 'Assertion', idp)))).toBe('no-subject')
  })
})

describe('entities', () => {
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  test.each<[string, string]>([
    ['a file', `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${around(signedAssertion).replace('robin@example.test</saml:NameID>', '&x;</saml:NameID>')}`],
    ['an address', `<!DOCTYPE r SYSTEM "http://127.0.0.1:1/evil.dtd">${around(signedAssertion)}`],
    ['a billion laughs', `<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]>${around(signedAssertion).replace('robin@example.test</saml:NameID>', '&l9;</saml:NameID>')}`],
    ['a parameter entity', `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/">%p;]>${around(signedAssertion)}`],
  ])('%s is never read', async (_name, xml) => expect(await refusal(xml)).toBe('doctype'))
})
