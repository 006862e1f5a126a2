import { createVerify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { getVerifiedXml, parseDomFromString } from '@node-saml/node-saml/lib/xml.js'
import { expect, test } from 'vitest'
import { makeTestIdp } from '@/lib/testing/saml-responses'
import { makeAuthnRequest, newRequestId } from './authn-request'
import type { SamlSettings } from './library'
import { makeOwnCertificate } from './own-certificate'
import { readXml } from './xml'
import { attributeOf, elementsOf, isNamed, NS, textOf } from './xml-tree'

process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none'

const CONNECTION = 'sso_01936000-0000-7000-8000-000000000001'
const idp = await makeTestIdp('https://idp.example.test/metadata', 'https://idp.example.test/sso?tenant=a&b=c')
const own = await makeOwnCertificate('Gatehouse', new Date())
const settings: SamlSettings = {
  connectionId: CONNECTION, idpEntityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', idpCertificates: [idp.certificate],
  own: [own], signedParts: 'assertion', wantsEncryption: false, allowsIdpInitiated: false,
}
const read = (xml: string) => readXml(xml, { maxLength: 10_000, maxDepth: 20, maxElements: 100 })

test('by redirect: signed with SHA-256, with our addresses and without RelayState', async () => {
  const id = newRequestId()
  const made = await makeAuthnRequest(settings, id)
  const url = new URL(made.url)
  expect(made.kind).toBe('redirect')
  expect(url.origin + url.pathname).toBe('https://idp.example.test/sso')
  expect([...url.searchParams.keys()]).toEqual(['tenant', 'b', 'SAMLRequest', 'SigAlg', 'Signature'])
  const root = read(inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString())
  expect(attributeOf(root, 'ID')).toBe(id)
  expect(attributeOf(root, 'AssertionConsumerServiceURL')).toBe(`http://localhost:3000/sso/saml/${CONNECTION}/acs`)
  expect(attributeOf(root, 'Destination')).toBe(idp.signInUrl)
  expect(elementsOf(root).filter((element) => isNamed(element, NS.assertion, 'Issuer')).map(textOf)).toEqual([`http://localhost:3000/sso/saml/${CONNECTION}/metadata`])
  expect(url.searchParams.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
  const signedText = ['SAMLRequest', 'SigAlg'].map((name) => `${name}=${encodeURIComponent(url.searchParams.get(name) ?? '')}`).join('&')
  expect(createVerify('sha256').update(signedText).verify(own.certificate, url.searchParams.get('Signature') ?? '', 'base64')).toBe(true)
})

test('who is to prove themselves once more is asked for though the provider knows them', async () => {
  const forced = async (asksAgain: boolean) => {
    const { url } = await makeAuthnRequest(settings, newRequestId(), asksAgain)
    return attributeOf(read(inflateRawSync(Buffer.from(new URL(url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()), 'ForceAuthn')
  }
  expect([await forced(true), await forced(false)]).toEqual(['true', undefined])
})

test('by POST: the signature is in the document', async () => {
  const made = await makeAuthnRequest({ ...settings, binding: 'post' }, newRequestId())
  if (made.kind !== 'post') throw new Error('expected a form')
  const xml = Buffer.from(made.fields['SAMLRequest'] ?? '', 'base64').toString()
  const dom = await parseDomFromString(xml)
  expect(getVerifiedXml(xml, dom.documentElement, [own.certificate])).toContain('AuthnRequest')
  expect(getVerifiedXml(xml, dom.documentElement, [idp.certificate])).toBeNull()
  expect(Object.keys(made.fields)).toEqual(['SAMLRequest'])
})

test('ids begin as XML wants and never come twice', () => {
  const ids = new Set(Array.from({ length: 100 }, newRequestId))
  expect(ids.size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^_[0-9a-f]{40}$/)
})
