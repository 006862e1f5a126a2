import { beforeAll, expect, test } from 'vitest'
import { anchorFor, canonicalEvent, firstAnchor, isAnchorGenuine, isProven, proofOf, sealOf, type AuditRecord } from './audit-chain'

// Keys come from the environment, which is checked as a whole; no database is used here.
beforeAll(() => void (process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none'))

const event: AuditRecord = {
  id: 'evt_1', organizationId: 'org_1', at: new Date('2026-11-22T05:00:00.123Z'), event: 'member.suspend', outcome: 'success', source: 'console', actorType: 'user', actorId: 'usr_1',
  actorName: 'ops@acme.test', credentialId: null, targets: [{ type: 'user', id: 'usr_2', name: 'b' }], targetIds: ['usr_2'], before: { b: 1, a: [true, null, 'ü'] }, after: undefined, detail: null,
  address: '192.0.2.1', userAgent: 'x', requestId: 'req_1',
}

test('the text of an event holds every field once, nested keys in order', () => {
  expect(canonicalEvent(event)).toBe(
    '["evt_1","org_1","2026-11-22T05:00:00.123Z","member.suspend","success","console","user","usr_1","ops@acme.test",null,"192.0.2.1","x","req_1",["usr_2"],[{"id":"usr_2","name":"b","type":"user"}],{"a":[true,null,"ü"],"b":1},null,null]',
  )
})

test.each<[string, Partial<AuditRecord>]>([
  ['the order of keys', { before: { a: [true, null, 'ü'], b: 1 } }],
  ['what JSON leaves out', { before: { b: 1, a: [true, undefined, 'ü'], c: undefined } }],
  ['null and nothing', { after: null, detail: undefined }],
])('%s makes no difference', (_, change) => expect(canonicalEvent({ ...event, ...change })).toBe(canonicalEvent(event)))

test('values with a JSON form of their own and lone surrogates count as they are stored', () => {
  expect(canonicalEvent({ ...event, detail: { at: new Date(0), odd: '\ud800', n: Number.NaN } })).toContain('{"at":"1970-01-01T00:00:00.000Z","n":null,"odd":"\ufffd"}')
})

test('any other field makes a difference to the proof', () => {
  const proof = proofOf(event)
  expect(isProven(canonicalEvent(event), proof)).toBe(true)
  for (const name of Object.keys(event)) {
    const changed = { ...event, [name]: name === 'at' ? new Date(0) : name === 'targetIds' ? ['usr_3'] : 'other' }
    expect([name, isProven(canonicalEvent(changed), proof)]).toEqual([name, false])
  }
  for (const forged of ['', 'x', `${proof}0`, proof.replace(/^[^.]*/, 'deadbeef'), proof.slice(0, -1)]) expect(isProven(canonicalEvent(event), forged)).toBe(false)
})

test('a seal depends on the one before, the place, the event and its proof', () => {
  const link = { previous: 'a', sequence: 1n, canonical: 'c', proof: 'p' }
  const keyId = anchorFor('org_1', 0n, '').keyId
  const seals = [link, { ...link, previous: 'b' }, { ...link, sequence: 2n }, { ...link, canonical: 'd' }, { ...link, proof: 'q' }].map((each) => sealOf(each, keyId))
  expect(new Set(seals).size).toBe(5)
  expect(sealOf(link, keyId)).toBe(seals[0])
})

test('an anchor is genuine for its organization, count and head only', () => {
  const anchor = anchorFor('org_1', 3n, 'abc')
  expect(isAnchorGenuine(anchor)).toBe(true)
  expect(isAnchorGenuine(firstAnchor('org_1'))).toBe(true)
  for (const change of [{ organizationId: 'org_2' }, { count: 2n }, { head: 'abd' }, { keyId: 'deadbeef' }, { mac: '' }]) expect(isAnchorGenuine({ ...anchor, ...change })).toBe(false)
})
