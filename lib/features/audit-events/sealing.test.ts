import { afterEach, beforeEach, expect, test } from 'vitest'
import { SYSTEM_ACTOR, writeAudit, type AuditEntry } from '@/lib/boundary/audit'
import { db, transaction } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { sealPending } from './sealing'
import { findAnchor, verifyChain, type VerifyOptions } from './verification'

testDatabase()

let org: string

beforeEach(async () => {
  org = (await makeOrganization()).id
})

const entry = (name: string): AuditEntry => ({ event: 'member.suspend', targets: [{ type: 'user', id: newId('user'), name }], before: { status: 'active', nested: { b: 1, a: [true, null, 1e21, 'ü \u2028'] } }, after: { status: 'suspended' } })

async function write(...names: string[]): Promise<void> {
  await transaction((tx) => writeAudit(tx, names.map((name) => ({ ...entry(name), event: 'member.suspend', organizationId: org, outcome: 'success' as const, actor: SYSTEM_ACTOR }))))
}

/** Five sealed events; answers their ids, in the order of the chain. */
async function sealFive(): Promise<string[]> {
  await write('1', '2', '3', '4', '5')
  await sealPending(org)
  const seals = await db().auditSeal.findMany({ where: { organizationId: org }, orderBy: { sequence: 'asc' } })
  return seals.map((seal) => seal.eventId)
}

/** Somebody with the database's password, who sets the triggers aside. */
async function tamper(...statements: string[]): Promise<void> {
  const tables = ['AuditEvent', 'AuditSeal', 'AuditAnchor']
  await transaction(async (tx) => {
    for (const table of tables) await tx.$executeRawUnsafe(`ALTER TABLE "${table}" DISABLE TRIGGER USER`)
    for (const statement of statements) expect(await tx.$executeRawUnsafe(statement)).toBeGreaterThan(0)
    for (const table of tables) await tx.$executeRawUnsafe(`ALTER TABLE "${table}" ENABLE TRIGGER USER`)
  })
}

const verify = (options?: VerifyOptions) => verifyChain(db(), org, options)

/** Kind and sequence (or event) of each problem found. */
async function problems(options?: VerifyOptions): Promise<(string | undefined)[][]> {
  const found = await verify(options)
  return found.state === 'intact' ? [] : found.problems.map(({ kind, sequence, eventId }) => [kind, sequence ?? eventId])
}

const copyOf = (id: string, newIdText: string) =>
  `INSERT INTO "AuditEvent" SELECT (jsonb_populate_record(e, '{"id": "${newIdText}"}')).* FROM "AuditEvent" e WHERE "id" = '${id}'`

test('a new organization’s chain is intact and empty', async () => {
  expect(await verify()).toEqual({ state: 'intact', count: 0, head: '', sealedThrough: null })
})

test('events are sealed in order, leave the queue, and the anchor counts them', async () => {
  const ids = await sealFive()
  expect(ids).toEqual([...ids].sort())
  expect(await db().auditQueue.count({ where: { organizationId: org } })).toBe(0)
  const anchor = await findAnchor(db(), org)
  expect(anchor).toMatchObject({ count: 5, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await verify()).toEqual({ state: 'intact', count: 5, head: anchor?.head, sealedThrough: expect.stringMatching(/Z$/) })
  await write('6')
  await sealPending(org)
  expect(await verify()).toMatchObject({ state: 'intact', count: 6 })
})

test('events that still wait are no problem', async () => {
  await sealFive()
  await write('6')
  expect(await verify()).toMatchObject({ state: 'intact', count: 5 })
})

test('several sealers at once make one chain, while writers go on', async () => {
  await Promise.all([write('a', 'b'), sealPending(org), write('c'), sealPending(org), write('d', 'e'), sealPending(), sealPending()])
  await Promise.all([sealPending(org), sealPending(org)])
  const seals = await db().auditSeal.findMany({ where: { organizationId: org }, orderBy: { sequence: 'asc' } })
  expect(seals.map((seal) => seal.sequence)).toEqual([1n, 2n, 3n, 4n, 5n])
  expect(await verify()).toMatchObject({ state: 'intact', count: 5 })
})

test('a sealer that is at it does not keep a writer waiting, and another sealer leaves it alone', async () => {
  await write('a')
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`audit-seal:${org}`}, 0))`
    await write('b')
    expect(await sealPending()).toBe(0)
  })
  expect(await sealPending()).toBe(2)
})

test('organizations have chains of their own', async () => {
  await sealFive()
  const first = org
  org = (await makeOrganization()).id
  await write('x')
  expect(await sealPending()).toBe(1)
  expect(await verify()).toMatchObject({ state: 'intact', count: 1 })
  expect(await verifyChain(db(), first)).toMatchObject({ state: 'intact', count: 5 })
})

test.each([
  ['an event', (id: string) => `UPDATE "AuditEvent" SET "actorName" = 'somebody else' WHERE "id" = '${id}'`],
  ['a value inside of it', (id: string) => `UPDATE "AuditEvent" SET "after" = '{"status": "active"}' WHERE "id" = '${id}'`],
  ['its time', (id: string) => `UPDATE "AuditEvent" SET "at" = "at" - interval '1 ms' WHERE "id" = '${id}'`],
  ['its seal', (id: string) => `UPDATE "AuditSeal" SET "seal" = repeat('0', 64) WHERE "eventId" = '${id}'`],
])('a change of %s is found', async (_, statement) => {
  const ids = await sealFive()
  await tamper(statement(ids[2] ?? ''))
  expect(await problems()).toContainEqual(['changed', '3'])
})

test('a removed event is found', async () => {
  const ids = await sealFive()
  await tamper(`DELETE FROM "AuditEvent" WHERE "id" = '${ids[1]}'`)
  expect(await problems()).toEqual([['removed', '2']])
})

test('an event removed with its seal is found', async () => {
  const ids = await sealFive()
  await tamper(`DELETE FROM "AuditEvent" WHERE "id" = '${ids[1]}'`, `DELETE FROM "AuditSeal" WHERE "eventId" = '${ids[1]}'`)
  expect(await problems()).toEqual([['removed', '2']])
})

test('an event moved to another organization is found in both', async () => {
  const other = await makeOrganization()
  const ids = await sealFive()
  await tamper(`UPDATE "AuditEvent" SET "organizationId" = '${other.id}' WHERE "id" = '${ids[0]}'`)
  expect(await problems()).toEqual([['removed', '1']])
  expect(await verifyChain(db(), other.id)).toMatchObject({ state: 'broken', problems: [{ kind: 'inserted', eventId: ids[0] }] })
})

test('an event put in past the triggers is found', async () => {
  const [first = ''] = await sealFive()
  const planted = newId('event')
  await tamper(copyOf(first, planted))
  expect(await problems()).toEqual([['inserted', planted]])
})

test('an event put in by an ordinary INSERT is sealed like any other and found all the same', async () => {
  const [first = ''] = await sealFive()
  expect(await db().$executeRawUnsafe(copyOf(first, newId('event')))).toBe(1)
  await sealPending(org)
  expect(await problems()).toEqual([['inserted', '6']])
})

test('events that changed places are found', async () => {
  await sealFive()
  const to = (from: number, place: number) => `UPDATE "AuditSeal" SET "sequence" = ${place} WHERE "organizationId" = '${org}' AND "sequence" = ${from}`
  await tamper(to(2, 99), to(3, 2), to(99, 3))
  expect(await problems()).toEqual([['reordered', '2'], ['reordered', '3']])
})

test('the newest events, removed with their seals, are found by the anchor, also after more were sealed', async () => {
  const ids = await sealFive()
  const last = `('${ids.slice(3).join("', '")}')`
  await tamper(`DELETE FROM "AuditEvent" WHERE "id" IN ${last}`, `DELETE FROM "AuditSeal" WHERE "eventId" IN ${last}`)
  expect(await problems()).toEqual([['anchor', '5']])
  await write('6')
  await sealPending(org)
  expect(await problems()).toEqual([['removed', '4'], ['removed', '5']])
})

test.each([
  ['changed', () => `UPDATE "AuditAnchor" SET "count" = 3 WHERE "organizationId" = '${org}'`],
  ['removed', () => `DELETE FROM "AuditAnchor" WHERE "organizationId" = '${org}'`],
])('an anchor that was %s is found, and sealing on does not heal it', async (_, statement) => {
  await sealFive()
  await tamper(statement())
  expect((await problems()).map(([kind]) => kind)).toEqual(['anchor'])
  await write('6')
  await sealPending(org)
  expect(await problems()).toEqual([['removed', '6']])
})

test('a whole log that was removed, anchor and all, is found', async () => {
  await sealFive()
  await tamper(...['AuditEvent', 'AuditSeal', 'AuditAnchor'].map((table) => `DELETE FROM "${table}" WHERE "organizationId" = '${org}'`))
  expect(await problems()).toEqual([['anchor', undefined]])
})

test('an old anchor put back is found by a copy kept outside', async () => {
  await sealFive()
  const old = await db().auditAnchor.findUniqueOrThrow({ where: { organizationId: org } })
  await write('6')
  await sealPending(org)
  const kept = await findAnchor(db(), org)
  await tamper(
    `DELETE FROM "AuditEvent" WHERE "id" = (SELECT "eventId" FROM "AuditSeal" WHERE "organizationId" = '${org}' AND "sequence" = 6)`,
    `DELETE FROM "AuditSeal" WHERE "organizationId" = '${org}' AND "sequence" = 6`,
    `UPDATE "AuditAnchor" SET "count" = 5, "head" = '${old.head}', "mac" = '${old.mac}' WHERE "organizationId" = '${org}'`,
  )
  expect(await problems()).toEqual([])
  expect(await problems({ kept: { count: 6n, head: kept?.head ?? '' } })).toEqual([['anchor', '6']])
  expect(await problems({ kept: { count: 5n, head: old.head } })).toEqual([])
  expect(await problems({ kept: { count: 4n, head: old.head } })).toEqual([['anchor', '4']])
})

test('an event removed while it waited, or taken out of the queue, is found', async () => {
  await write('1', '2')
  const [first, second] = await db().auditQueue.findMany({ where: { organizationId: org }, orderBy: { eventId: 'asc' } })
  await tamper(`DELETE FROM "AuditEvent" WHERE "id" = '${first?.eventId}'`, `DELETE FROM "AuditQueue" WHERE "eventId" = '${second?.eventId}'`)
  await sealPending(org)
  expect(await problems()).toEqual([['inserted', second?.eventId], ['unsealed-missing', first?.eventId]])
})

test('a seal queued again is not made twice and does not stop sealing', async () => {
  const [first = ''] = await sealFive()
  await db().auditQueue.create({ data: { eventId: first, organizationId: org } })
  await write('6')
  expect(await sealPending(org)).toBe(2)
  expect(await verify()).toMatchObject({ state: 'intact', count: 6 })
})

test('triggers refuse to change or remove events and seals, and to shrink or remove an anchor', async () => {
  await sealFive()
  for (const statement of [
    `UPDATE "AuditEvent" SET "actorName" = 'x' WHERE "organizationId" = '${org}'`,
    `DELETE FROM "AuditEvent" WHERE "organizationId" = '${org}'`,
    'TRUNCATE "AuditEvent"',
    `UPDATE "AuditSeal" SET "seal" = 'x' WHERE "organizationId" = '${org}'`,
    `DELETE FROM "AuditSeal" WHERE "organizationId" = '${org}'`,
    'TRUNCATE "AuditSeal"',
    `DELETE FROM "AuditAnchor" WHERE "organizationId" = '${org}'`,
    'TRUNCATE "AuditAnchor"',
  ]) await expect(db().$executeRawUnsafe(statement)).rejects.toThrow('is append only')
  await expect(db().$executeRawUnsafe(`UPDATE "AuditAnchor" SET "count" = 2 WHERE "organizationId" = '${org}'`)).rejects.toThrow('only grows')
})

const KEY = process.env['GATEHOUSE_SECRET_KEY'] ?? ''

function useKeys(keys: string): void {
  process.env['GATEHOUSE_SECRET_KEY'] = keys
  forgetEnv()
}

afterEach(() => useKeys(KEY))

test('keys rotate: old seals are checked under the old key, new ones under the new, and a lost key is told', async () => {
  await sealFive()
  useKeys(`a-new-key-that-is-long-enough-for-everybody,${KEY}`)
  await write('6')
  await sealPending(org)
  expect(await verify()).toMatchObject({ state: 'intact', count: 6 })
  useKeys('a-new-key-that-is-long-enough-for-everybody')
  expect(await problems()).toEqual([['key', '1'], ['key', '2'], ['key', '3'], ['key', '4'], ['key', '5']])
})

test('progress is told batch by batch, and problems beyond a hundred are counted', async () => {
  await write(...Array.from({ length: 1100 }, (_, index) => String(index)))
  expect(await sealPending(org)).toBe(1100)
  const told: number[][] = []
  expect(await verify({ onProgress: (checked, total) => told.push([checked, total]) })).toMatchObject({ state: 'intact', count: 1100 })
  expect(told).toEqual([[500, 1100], [1000, 1100], [1100, 1100]])
  await tamper(`DELETE FROM "AuditSeal" WHERE "organizationId" = '${org}' AND "sequence" BETWEEN 100 AND 399`)
  expect(await verify()).toMatchObject({ state: 'broken', total: 600 })
})
