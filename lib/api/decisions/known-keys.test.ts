import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { callerAtOnce } from '@/lib/access/principals/verified-keys'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

const database = testDatabase()
type Store = ReturnType<typeof indexStore>
let org: TestOrganization
let stores: Store[]
let servers: DecisionServer[]
let following: { stop: () => Promise<void> }[]

/** Another index on the same database, as another process has it. */
function anotherStore(name: string): Store {
  const before = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = `${database.url}${database.url.includes('?') ? '&' : '?'}application_name=${name}`
  forgetEnv()
  const store = indexStore()
  process.env['DATABASE_URL'] = before
  forgetEnv()
  return store
}

beforeAll(async () => {
  org = await makeOrganization()
  stores = [anotherStore('first'), anotherStore('second')]
  following = stores.map((store) => store.start())
  servers = await Promise.all(stores.map((store) => startDecisions({ store })))
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await Promise.all(following.map(({ stop }) => stop()))
})

const body = (member: TestMember) => ({ subject: { type: 'user', id: member.id }, action: { name: 'gatehouse/key:self' }, resource: { type: 'organization', id: org.id } })

/** Asks both until each knows the key by heart. */
async function acquaint(member: TestMember, key: TestKey): Promise<void> {
  for (const server of servers)
    for (let times = 0; times < 3; times++) expect((await server.ask('/access/v1/evaluation', { key, body: body(member) })).body).toEqual({ decision: true })
  for (const store of stores) expect(callerAtOnce(store, key.secret, Date.now())).toMatchObject({ source: { id: key.id }, principalId: member.id })
}

/** Waits until no store lets the key in by heart; answers the milliseconds that took. */
async function forgotten(key: TestKey): Promise<number> {
  const since = Date.now()
  await vi.waitUntil(() => stores.every((store) => callerAtOnce(store, key.secret, Date.now()) === null), { interval: 5, timeout: 20_000 })
  return Date.now() - since
}

const where = ({ id }: { id: string }) => ({ organizationId_id: { organizationId: org.id, id } })

test.each([
  ['revoked', 'the key was revoked', (key: TestKey) => db().apiKey.update({ where: where(key), data: { status: 'revoked' } })],
  ['suspended', 'the key is suspended', (key: TestKey) => db().apiKey.update({ where: where(key), data: { status: 'suspended' } })],
  ['expired', 'the key has expired', (key: TestKey) => db().apiKey.update({ where: where(key), data: { expiresAt: new Date(Date.now() - 1000) } })],
  ['deleted', 'the credential is not known', (key: TestKey) => db().apiKey.delete({ where: where(key) })],
  ['given another secret', 'the credential is not known', (key: TestKey) => db().apiKey.update({ where: where(key), data: { secretHash: 'x:y' } })],
  ['of a suspended owner', 'the owner of the key is suspended', (_: TestKey, member: TestMember) => db().membership.update({ where: where(member), data: { status: 'suspended' } })],
])('a key that is %s is refused by every process', async (_what, reason, change) => {
  const member = await makeMember(org)
  const key = await makeKey(org, member)
  await acquaint(member, key)
  await change(key, member)
  expect(await forgotten(key)).toBeLessThan(5000)
  for (const server of servers) {
    const { status, text } = await server.ask('/access/v1/evaluation', { key, body: body(member) })
    expect([status, text]).toEqual([401, `${reason}\n`])
  }
})

test('using a key is no change of it, and is noted', async () => {
  const member = await makeMember(org)
  const key = await makeKey(org, member)
  await acquaint(member, key)
  const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id } })
  await db().apiKey.update({ where: where(key), data: { lastUsedAt: new Date() } })
  expect((await db().organization.findUniqueOrThrow({ where: { id: org.id } })).accessVersion).toBe(accessVersion)
  expect((await db().apiKey.findUniqueOrThrow({ where: where(key) })).lastUsedAddress).toBe('127.0.0.1')
})

test('changes of keys never carry the hash of the secret', async () => {
  const rows = await db().accessChange.findMany({ where: { organizationId: org.id, kind: 'ApiKey' } })
  expect(rows.length).toBeGreaterThan(5)
  for (const { row } of rows) expect(Object.keys(Object(row)).sort()).toEqual(['addresses', 'expiresAt', 'id', 'membershipId', 'publicId', 'roleId', 'scopeId', 'serviceAccountId', 'status', 'tokensValidFrom'])
})

test('a wrong secret with the public part of a good key is refused', async () => {
  const member = await makeMember(org)
  const key = await makeKey(org, member)
  await acquaint(member, key)
  const forged = key.secret.slice(0, 30) + 'A'.repeat(key.secret.length - 30)
  expect(stores.map((store) => callerAtOnce(store, forged, Date.now()))).toEqual([null, null])
})
