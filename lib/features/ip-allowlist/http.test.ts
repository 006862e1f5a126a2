import { beforeEach, expect, test } from 'vitest'
import { db, transaction } from '@/lib/db'
import { perform, read } from '@/lib/boundary/perform'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { writeSightings } from '@/lib/jobs/allowlist-sightings'
import { makeKey, testApi, type ApiCall, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { from } from '@/lib/testing/people'
import { entriesAsCsv } from './export'
import { confirmAllowlist } from './operations'
import { findAllowlist } from './queries'

testDatabase()
const api = testApi()
/** `testApi` comes from there. */
const OWN = '198.51.100.7'
let org: TestOrganization
let key: TestKey

beforeEach(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
})

const call = (request: string, body?: unknown, more: ApiCall = {}) => api(request, { key, ...(body !== undefined && { body }), ...more })
const put = (body: unknown) => call('PUT /ip-allowlist', body)
const eventsOf = async () => (await db().auditEvent.findMany({ where: { organizationId: org.id, event: { startsWith: 'allowlist' } }, orderBy: { id: 'asc' } })).map(({ event, outcome }) => `${event} ${outcome}`)
/** Moves the moment at which a waiting change lapses, instead of waiting for it. */
const lapse = () => db().allowlist.update({ where: { organizationId: org.id }, data: { revertAt: new Date(Date.now() - 1) } })

test('off until told otherwise, and then as told', async () => {
  expect((await call('GET /ip-allowlist')).body).toEqual({ mode: 'off', entries: [], entryCount: 0, revertAt: null, revertMode: null, emptyAt: null })
  const set = await put({ mode: 'report', entries: [{ cidr: '203.0.113.0/24', description: 'Office' }, { cidr: '2001:DB8::1', surfaces: ['api'] }] })
  expect(set.body).toMatchObject({ mode: 'report', revertAt: null, entries: [{ cidr: '203.0.113.0/24', description: 'Office', surfaces: ['console', 'api', 'data'], expiresAt: null }, { cidr: '2001:db8::1', surfaces: ['api'] }] })
})

test.each([
  [[{ cidr: '10.1.2.3/8' }], '#/entries/0/cidr', 'write 10.0.0.0/8'],
  [[{ cidr: '010.0.0.1' }], '#/entries/0/cidr', 'neither'],
  [[{ cidr: '10.0.0.1' }, { cidr: '10.0.0.1/32' }], '#/entries/1/cidr', 'already, as entry 1'],
  [[{ cidr: '10.0.0.1', surfaces: [] }], '#/entries/0/surfaces', 'at least one'],
  [[{ cidr: 'fe80::1%eth0' }], '#/entries/0/cidr', 'neither'],
])('%j is refused in words, never repaired silently', async (entries, pointer, words) => {
  const { status, body } = await put({ mode: 'off', entries })
  expect([status, body['errors']]).toEqual([422, [expect.objectContaining({ pointer, detail: expect.stringContaining(words) })]])
})

test('without the own address it is refused, unless meant; and then it is taken back by itself', async () => {
  const entries = [{ cidr: '203.0.113.0/24' }]
  expect(await put({ mode: 'enforced', entries })).toMatchObject({ status: 409, body: { type: expect.stringContaining('allowlist-lockout') } })
  expect((await call('GET /ip-allowlist')).body).toMatchObject({ mode: 'off', entries: [] })
  expect(await put({ mode: 'enforced', entries, confirmLockout: true })).toMatchObject({ status: 200, body: { mode: 'enforced', revertAt: expect.any(String), revertMode: 'off' } })
  const refused = await call('GET /whoami')
  expect(refused).toMatchObject({ status: 403, body: { type: expect.stringContaining('address-not-allowed'), detail: expect.stringContaining(OWN), instance: expect.any(String) } })
  expect(JSON.stringify(refused.body)).not.toContain('203.0.113')
  expect((await call('POST /ip-allowlist/confirm')).status).toBe(403)
  expect(await db().allowlist.findUniqueOrThrow({ where: { organizationId: org.id } })).toMatchObject({ mode: 'enforced', revertAt: expect.any(Date) })
  await lapse()
  expect((await call('GET /ip-allowlist')).body).toMatchObject({ mode: 'off', revertAt: null, entries: [] })
  await writeSightings()
  expect(await eventsOf()).toEqual(['allowlist.update failed', 'allowlist.update success', 'allowlist.refuse denied', 'allowlist.lapse success'])
  expect(await db().allowlistEntry.count({ where: { organizationId: org.id } })).toBe(0)
})

test('enabled with the own address it waits to be confirmed, from a listed one only', async () => {
  expect((await put({ mode: 'enforced', entries: [{ cidr: OWN }] })).body).toMatchObject({ mode: 'enforced', revertAt: expect.any(String) })
  await expect(from('192.0.2.1', () => perform(confirmAllowlist, org.admin.actor, org.id, {}))).rejects.toMatchObject({ code: 'address-not-allowed' })
  expect((await call('POST /ip-allowlist/confirm')).body).toMatchObject({ mode: 'enforced', revertAt: null })
  expect((await call('POST /ip-allowlist/confirm')).status).toBe(409)
  expect((await put({ entries: [{ cidr: '198.51.100.0/24' }] })).body).toMatchObject({ mode: 'enforced', revertAt: null, entries: [{ cidr: '198.51.100.0/24', waiting: null }] })
})

test('taking the last entry off opens nothing, and taking that back restores it', async () => {
  await put({ mode: 'enforced', entries: [{ cidr: OWN, description: 'me', expiresAt: '2999-01-01T00:00:00Z' }] })
  await call('POST /ip-allowlist/confirm')
  const { body } = await call('GET /ip-allowlist/entries')
  const id = String((body['data'] as { id: string }[])[0]?.id)
  expect((await call(`DELETE /ip-allowlist/entries/${id}`)).status).toBe(409)
  expect((await call(`DELETE /ip-allowlist/entries/${id}?confirmLockout=true`)).status).toBe(204)
  expect((await call('GET /whoami')).status).toBe(403)
  await lapse()
  expect((await call('GET /ip-allowlist')).body).toMatchObject({ mode: 'enforced', entries: [{ id, cidr: OWN, description: 'me', expiresAt: '2999-01-01T00:00:00.000Z' }] })
})

test('what is changed while something waits is taken back with it', async () => {
  await put({ mode: 'report', entries: [{ cidr: OWN, description: 'before' }, { cidr: '203.0.113.0/24' }] })
  await put({ mode: 'enforced' })
  const [mine, other] = ((await call('GET /ip-allowlist')).body['entries'] as { id: string }[]).map(({ id }) => id)
  await call(`PATCH /ip-allowlist/entries/${mine}`, { description: 'after', surfaces: ['api'] })
  await call(`DELETE /ip-allowlist/entries/${other}`)
  await call('POST /ip-allowlist/entries', { cidr: '192.0.2.0/24' })
  expect((await call('GET /ip-allowlist')).body['entries']).toMatchObject([{ cidr: OWN, description: 'after', waiting: 'changed' }, { cidr: '192.0.2.0/24', waiting: 'added' }])
  expect((await call('POST /ip-allowlist/revert')).body).toMatchObject({ mode: 'report', entries: [{ cidr: OWN, description: 'before', surfaces: ['console', 'api', 'data'] }, { cidr: '203.0.113.0/24', waiting: null }] })
})

test('check, search and import', async () => {
  await put({ mode: 'off', entries: [{ cidr: '10.0.0.0/8', description: 'inside' }, { cidr: '10.1.0.0/16', surfaces: ['api'] }] })
  expect((await call('POST /ip-allowlist/check', { address: '::ffff:10.1.2.3' })).body).toMatchObject({ address: '10.1.2.3', allowed: true, surfaces: { console: true, api: true, data: true } })
  expect((await call('POST /ip-allowlist/check', { address: '11.0.0.1' })).body).toMatchObject({ allowed: false, entry: null })
  expect((await call('POST /ip-allowlist/check', { address: '10.0.0.256' })).status).toBe(422)
  expect((await call('GET /ip-allowlist/entries?q=10.1.9.9')).body['data']).toMatchObject([{ cidr: '10.1.0.0/16', coveredBy: '10.0.0.0/8' }, { cidr: '10.0.0.0/8', coveredBy: null }])
  const csv = 'address,description\n192.0.2.1,one\n192.0.2.77/24,two\n10.0.0.0/8,again\nnonsense,\n'
  const tried = await call('POST /ip-allowlist/import?dryRun=true', { csv })
  expect(tried.body).toMatchObject({ added: 1, rows: [{ status: 'new' }, { status: 'repairable', repaired: '192.0.2.0/24' }, { status: 'duplicate' }, { status: 'invalid' }] })
  expect((await call('POST /ip-allowlist/import', { csv })).status).toBe(422)
  expect((await call('POST /ip-allowlist/import', { csv: csv.replace('nonsense,\n', ''), repair: true })).body).toEqual({ added: 2 })
  expect((await call('GET /ip-allowlist')).body).toMatchObject({ entryCount: 4 })
})

test('100,000 entries: imported at once, known at once, listed a page at a time', async () => {
  const entries = Array.from({ length: 100_000 }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`)
  const { importEntries } = await import('./operations')
  expect(await from(OWN, () => perform(importEntries, org.admin.actor, org.id, { entries }))).toEqual({ added: 100_000, rows: 100_000 })
  expect((await call('POST /ip-allowlist/check', { address: '10.1.134.159' })).body).toMatchObject({ allowed: true })
  expect((await call('GET /ip-allowlist/entries?limit=2')).body).toMatchObject({ data: [{ cidr: '10.1.134.159' }, { cidr: '10.1.134.158' }], nextCursor: expect.any(String) })
}, 120_000)

test('report only lets everybody in and counts; a person of two organizations is refused in one', async () => {
  const other = await makeOrganization()
  const member = await makeMember(other, [], { id: org.admin.accountId, email: org.admin.email })
  await put({ mode: 'report', entries: [{ cidr: '203.0.113.0/24' }] })
  await call('GET /whoami')
  await writeSightings()
  expect((await call('GET /ip-allowlist/unlisted')).body['data']).toMatchObject([{ address: OWN, surface: 'api', reported: expect.any(Number), refused: 0, actor: org.admin.email }])
  await put({ mode: 'enforced', confirmLockout: true })
  const look = (id: string) => from('192.0.2.1', () => read(org.admin.actor, id, null, findAllowlist))
  await expect(look(org.id)).rejects.toMatchObject({ code: 'address-not-allowed' })
  await expect(look(other.id)).resolves.toMatchObject({ mode: 'off' })
  expect(member.accountId).toBe(org.admin.accountId)
})

test('refusals from one address are one event a minute, with how many it stands for', async () => {
  await put({ mode: 'enforced', entries: [{ cidr: '203.0.113.0/24' }], confirmLockout: true })
  const counts = async () => (await db().auditEvent.findMany({ where: { organizationId: org.id, event: 'allowlist.refuse' }, orderBy: { id: 'asc' } })).map(({ detail, address }) => ({ detail, address }))
  for (let n = 0; n < 3; n++) await call('GET /whoami')
  await writeSightings()
  await call('GET /whoami')
  await call('GET /users')
  await writeSightings()
  expect(await counts()).toEqual([{ address: OWN, detail: { count: 3, address: OWN, surfaces: ['api'] } }])
  await db().allowlistSighting.updateMany({ where: { organizationId: org.id }, data: { toldAt: new Date(Date.now() - 61_000) } })
  await writeSightings()
  expect((await counts())[1]).toEqual({ address: OWN, detail: { count: 2, address: OWN, surfaces: ['api'] } })
})

test('entries that add nothing go by one click, and come back when the change is taken back', async () => {
  await put({ mode: 'off', entries: [{ cidr: '198.51.100.0/24' }, { cidr: OWN }, { cidr: '198.51.100.9', surfaces: ['api'] }, { cidr: '203.0.113.1' }] })
  const cidrs = async () => ((await call('GET /ip-allowlist')).body['entries'] as { cidr: string }[]).map(({ cidr }) => cidr)
  expect((await call('POST /ip-allowlist/tidy')).body).toEqual({ removed: 2 })
  expect(await cidrs()).toEqual(['198.51.100.0/24', '203.0.113.1'])
  expect((await call('POST /ip-allowlist/tidy')).body).toEqual({ removed: 0 })
  await call('POST /ip-allowlist/entries', { cidr: OWN })
  await put({ mode: 'enforced' })
  expect((await call('POST /ip-allowlist/tidy')).body).toEqual({ removed: 1 })
  expect(await cidrs()).toEqual(['198.51.100.0/24', '203.0.113.1'])
  await call('POST /ip-allowlist/revert')
  expect(await cidrs()).toEqual(['198.51.100.0/24', '203.0.113.1', OWN])
})

test('tidying waits for a change under way: what that leaves covered by nothing stays', async () => {
  await put({ mode: 'off', entries: [{ cidr: '198.51.100.0/24' }, { cidr: '198.51.100.9' }] })
  const isWaiting = async () => (await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)[0]?.count
  const { tidied } = await transaction(async (tx) => {
    await lockOrganization(tx, org.id)
    await tx.allowlistEntry.deleteMany({ where: { organizationId: org.id, cidr: '198.51.100.0/24' } })
    const answer = call('POST /ip-allowlist/tidy')
    await expect.poll(isWaiting).toBe(1)
    return { tidied: answer }
  })
  expect((await tidied).body).toEqual({ removed: 0 })
  expect(await db().allowlistEntry.count({ where: { organizationId: org.id } })).toBe(1)
})

test('entries are downloaded in the form the import takes, with nothing in them that a spreadsheet would run', async () => {
  await put({ mode: 'off', entries: [{ cidr: '198.51.100.0/24', description: '=cmd()' }, { cidr: '203.0.113.1', description: 'Office, east', surfaces: ['api', 'data'], expiresAt: '2099-01-01T00:00:00Z' }] })
  const csv = await read(org.admin.actor, org.id, 'allowlist:read', entriesAsCsv)
  expect(csv).toBe(`cidr,description,surfaces,expiresAt\r\n198.51.100.0/24,'=cmd(),console api data,\r\n203.0.113.1,"Office, east",api data,2099-01-01T00:00:00.000Z\r\n`)
  await put({ mode: 'off', entries: [] })
  expect((await call('POST /ip-allowlist/import', { csv })).body).toMatchObject({ added: 2 })
})
