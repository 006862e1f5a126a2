import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asField, makeTestIdp, signed, testAssertion, testResponse, type Given } from '@/lib/testing/saml-responses'
import type { SamlClaims } from './claims'
import type { SamlSettings } from './library'
import { makeOwnCertificate } from './own-certificate'
import { isSamlRefused } from './refusals'
import { checkResponse } from './response'
import { serviceAddresses } from './service-provider'

process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none'

const CONNECTION = 'sso_01936000-0000-7000-8000-000000000001'
const { entityId: audience, acsUrl } = serviceAddresses(CONNECTION)
const idp = await makeTestIdp()
const settings: SamlSettings = {
  connectionId: CONNECTION, idpEntityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', idpCertificates: [idp.certificate],
  own: [await makeOwnCertificate('Gatehouse', new Date())], signedParts: 'assertion', wantsEncryption: false, allowsIdpInitiated: false,
}
const given: Given = { idp, acsUrl, audience, inResponseTo: '_1' }
const forged = testAssertion({ ...given, nameId: 'admin@example.test' })
const good = testResponse(given, signed(testAssertion(given), 'Assertion', idp))

const check = (xml: string): Promise<SamlClaims> => checkResponse(settings, asField(xml), { now: new Date(), findRequest: async () => new Date() })

/** Tags and texts of a document, in order. */
const piecesOf = (xml: string): string[] => xml.match(/<[^>]+>|[^<]+/g) ?? []
const pieces = piecesOf(good)
const strange = [...new Set([...piecesOf(forged), '<x>', '</x>', '<x/>', '<!---->', '<Signature/>', 'admin@example.test', ' '])]

type Change = { kind: 'drop' | 'double' | 'swap' | 'insert' | 'move'; at: number; to: number; what: number }
const change: fc.Arbitrary<Change> = fc.record({ kind: fc.constantFrom('drop', 'double', 'swap', 'insert', 'move'), at: fc.nat(pieces.length - 1), to: fc.nat(pieces.length - 1), what: fc.nat(strange.length - 1) })

function changed(all: readonly string[], { kind, at, to, what }: Change): string[] {
  const copy = [...all]
  const piece = copy[at] ?? ''
  const length = kind === 'insert' || kind === 'double' ? 0 : 1
  const instead = { drop: [], double: [piece], insert: [strange[what] ?? ''], swap: [copy[to] ?? ''], move: [] }[kind]
  copy.splice(at, length, ...instead)
  if (kind === 'swap' || kind === 'move') copy.splice(to, kind === 'swap' ? 1 : 0, piece)
  return copy
}

test('whatever is done to a signed response, it says what was signed or is refused', async () => {
  const { nameId, attributes, assertionId } = await check(good)
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
    const xml = changes.reduce<string[]>(changed, pieces).join('')
    const outcome = await check(xml).catch((error: unknown) => (isSamlRefused(error) ? null : Promise.reject(error)))
    if (outcome) expect([outcome.nameId, outcome.attributes, outcome.assertionId]).toEqual([nameId, attributes, assertionId])
  }), { numRuns: 1500 })
}, 120_000)
