import { beforeAll, expect, test } from 'vitest'
import { requirePermission, enter } from '@/lib/access/enter'
import type { Ctx } from '@/lib/access/context'
import { proofOf } from '@/lib/boundary/audit-chain'
import { parseInput } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { firstIdAt, newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { findEvent, histogram, listEvents, nameOf, NO_FILTERS, suggestionsOf } from './queries'
import { AuditFilters, type AuditFiltersInput } from './schema'

testDatabase()

let org: TestOrganization
let auditor: TestMember
let ctx: Ctx<'audit:read'>
let folder: string

const asAuditor = async (who: TestMember, organization = org) => requirePermission(await enter(db(), who.actor, organization.slug), 'audit:read')

let made = 0

/** An event at a time of our choosing; its id is made for that time. */
async function event(at: string, parts: Partial<Parameters<typeof proofOf>[0]> & { targetId?: string } = {}, organizationId = org.id): Promise<string> {
  const id = `${firstIdAt('event', new Date(at)).slice(0, -12)}${String(++made).padStart(12, '0')}`
  const { targetId, ...rest } = parts
  const targets = targetId ? [{ type: 'user', id: targetId, name: `name of ${targetId}` }] : []
  const record = {
    id, organizationId, at: new Date(at), event: 'member.suspend', outcome: 'success', source: 'console', actorType: 'user', actorId: 'usr_somebody', actorName: 'somebody@acme.test',
    credentialId: null, targets, targetIds: targets.map((target) => target.id), address: '192.0.2.1', userAgent: '', requestId: 'req_1', before: undefined, after: undefined, detail: undefined, ...rest,
  }
  const { before, after, detail, targetIds, ...columns } = record
  expect([before, after, detail]).toEqual([undefined, undefined, undefined])
  await db().auditEvent.create({ data: { ...columns, targets, targetIds: [...targetIds], proof: proofOf(record) } })
  return id
}

const filtersOf = (input: AuditFiltersInput): AuditFilters => parseInput(AuditFilters, input)

/** Ids of all events a filter finds, newest first. */
async function found(input: AuditFiltersInput, who = ctx): Promise<string[]> {
  return (await listEvents(who, filtersOf(input), { limit: 200, last: false })).rows.map((row) => row.id)
}

const ids = { target: newId('user') }
let [old, suspended, denied, keyed, renamed, v6] = ['', '', '', '', '', '']

beforeAll(async () => {
  org = await makeOrganization()
  auditor = await makeMember(org, ['audit:read'])
  ctx = await asAuditor(auditor)
  folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: org.id, type: 'folder', name: 'Analytics', parentId: org.id } })
  const deeper = newId('cluster')
  await db().resource.create({ data: { id: deeper, organizationId: org.id, type: 'cluster', name: 'eu-1', parentId: folder } })
  old = await event('2026-01-01T00:00:00Z')
  suspended = await event('2026-03-01T10:00:00Z', { targetId: ids.target, actorId: org.admin.id, actorName: org.admin.email })
  denied = await event('2026-03-01T10:30:00Z', { outcome: 'denied', actorId: auditor.id, actorName: auditor.email })
  keyed = await event('2026-03-01T11:00:00Z', { event: 'api-key.create', targetId: deeper, requestId: 'req_special' })
  renamed = await event('2026-03-01T12:00:00Z', { event: 'account.rename', actorType: 'account', actorId: org.admin.accountId, actorName: org.admin.email })
  v6 = await event('2026-03-02T00:00:00Z', { event: 'organization.rename', address: '2001:db8::7' })
  await event('2026-03-01T10:00:00Z', {}, (await makeOrganization()).id)
})

test('without filters everything is there, newest first', async () => {
  expect(await found({})).toEqual([v6, renamed, keyed, denied, suspended, old])
})

test.each<[string, AuditFiltersInput, () => string[]]>([
  ['from, included', { from: '2026-03-01T10:30:00Z' }, () => [v6, renamed, keyed, denied]],
  ['to, excluded', { to: '2026-03-01T10:30:00Z' }, () => [suspended, old]],
  ['times with an offset', { from: '2026-03-01T12:30:00+01:30', to: '2026-03-01T12:00:00Z' }, () => [keyed]],
  ['a date as its first moment in UTC', { from: '2026-03-02' }, () => [v6]],
  ['an event', { event: 'member.suspend' }, () => [denied, suspended, old]],
  ['several events', { event: ['api-key.create', 'organization.rename'] }, () => [v6, keyed]],
  ['an outcome', { outcome: 'denied' }, () => [denied]],
  ['a target', { target: ids.target }, () => [suspended]],
  ['a target by the id it had as an invitation', { target: ids.target.replace('usr_', 'inv_') }, () => [suspended]],
  ['an address', { address: '2001:DB8::7' }, () => [v6]],
  ['an unknown actor', { actor: 'usr_unknown' }, () => []],
  ['several filters together', { event: 'member.suspend', outcome: 'success', from: '2026-02-01' }, () => [suspended]],
  ['a request by its id in the search box', { q: 'req_special' }, () => [keyed]],
  ['an address in the search box', { q: '2001:db8::7' }, () => [v6]],
  ['an action’s title in the search box', { q: 'Suspend us' }, () => [denied, suspended, old]],
  ['an action’s name in the search box', { q: 'api-key.cr' }, () => [keyed]],
  ['somebody who is gone by their address', { q: 'somebody@acme.test' }, () => [v6, keyed, old]],
  ['a percent sign as itself', { q: '%' }, () => []],
])('finds by %s', async (_, input, expected) => {
  expect(await found(input)).toEqual(expected())
})

test('a person is found as member and as account, by address, id and part of the name', async () => {
  expect(await found({ actor: org.admin.email.toUpperCase() })).toEqual([renamed, suspended])
  expect(await found({ actor: org.admin.id })).toEqual([renamed, suspended])
  expect(await found({ actor: org.admin.accountId })).toEqual([renamed, suspended])
  expect(await found({ q: auditor.email.slice(0, -4) })).toEqual([denied])
  expect(await found({ q: org.admin.id })).toEqual([renamed, suspended])
})

test.each<[string, Record<string, unknown>, string]>([
  ['from', { from: 'yesterday' }, 'Expected a time such as 2025-03-14T09:41:00Z'],
  ['from', { from: '2026-02-30' }, 'Expected a time such as 2025-03-14T09:41:00Z'],
  ['to', { to: '2026-01-01T25:00:00Z' }, 'Expected a time such as 2025-03-14T09:41:00Z'],
  ['event', { event: 'Member Suspend' }, 'Expected the name of an event such as member.suspend'],
  ['outcome', { outcome: 'maybe' }, 'Expected success, denied or failed'],
  ['address', { address: '192.0.2.300' }, 'Expected an IP address such as 192.0.2.7'],
  ['target', { target: 'a b' }, 'Expected the id of a target such as usr_…'],
  ['actor', { actor: '' }, 'Expected an id or an e-mail address'],
  ['actor', { actor: 'a\u0001b' }, 'Expected an id or an e-mail address'],
])('refuses a bad %s', (path, input, message) => {
  expect(() => parseInput(AuditFilters, input)).toThrow(expect.objectContaining({ code: 'invalid-input', extras: { fields: [{ path, message }] } }))
})

test('pages forwards and backwards meet every event once, in order', async () => {
  const paged = await makeOrganization()
  const who = await asAuditor(paged.admin, paged)
  const all: string[] = []
  for (let index = 0; index < 23; index += 1) all.unshift(await event('2026-04-01T00:00:00Z', {}, paged.id))
  const page = (parts: object) => listEvents(who, NO_FILTERS, { limit: 5, last: false, ...parts })
  const seen: string[] = []
  let { rows, nextCursor, previousCursor } = await page({})
  expect(previousCursor).toBeNull()
  for (;;) {
    seen.push(...rows.map((row) => row.id))
    if (nextCursor === null) break
    ;({ rows, nextCursor, previousCursor } = await page({ after: nextCursor }))
  }
  expect(seen).toEqual(all)
  expect((await page({ before: previousCursor })).rows.map((row) => row.id)).toEqual(all.slice(15, 20))
  const last = await page({ last: true })
  expect([last.rows.map((row) => row.id), last.nextCursor]).toEqual([all.slice(18), null])
})

test('a cursor belongs to its filters; that of a moving span goes on', async () => {
  const { nextCursor } = await listEvents(ctx, NO_FILTERS, { limit: 2, last: false })
  const after = nextCursor ?? ''
  await expect(listEvents(ctx, filtersOf({ outcome: 'denied' }), { limit: 2, last: false, after })).rejects.toMatchObject({ code: 'invalid-input' })
  const moving = (to: string) => ({ ...filtersOf({ from: '2026-01-01', to }) })
  const first = await listEvents(ctx, moving('2026-05-01'), { limit: 2, last: false }, '48h')
  const second = await listEvents(ctx, moving('2026-05-02'), { limit: 2, last: false, after: first.nextCursor ?? '' }, '48h')
  expect(second.rows.map((row) => row.id)).toEqual([keyed, denied])
})

test('one event is found by its id, not by another organization', async () => {
  expect(await findEvent(ctx, suspended)).toEqual({
    id: suspended, at: '2026-03-01T10:00:00.000Z', event: 'member.suspend', outcome: 'success', source: 'console', sentence: `${org.admin.email} suspended name of ${ids.target}`,
    actor: { type: 'user', id: org.admin.id, name: org.admin.email, credentialId: null }, targets: [{ type: 'user', id: ids.target, name: `name of ${ids.target}` }],
    before: null, after: null, detail: null, address: '192.0.2.1', userAgent: '', requestId: 'req_1', seal: null,
  })
  expect(await findEvent(ctx, newId('event'))).toBeNull()
  const stranger = await makeOrganization()
  expect(await findEvent(await asAuditor(stranger.admin, stranger), suspended)).toBeNull()
})

test('who may read the log of a folder sees what happened below it, and nothing else', async () => {
  const person = await makeMember(org)
  const roleId = await makeRole(org.id, ['audit:read'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: person.id, roleId, scopeId: folder } })
  const scoped = await asAuditor(person)
  expect(await found({}, scoped)).toEqual([keyed])
  expect(await findEvent(scoped, keyed)).toMatchObject({ id: keyed })
  expect(await findEvent(scoped, suspended)).toBeNull()
  expect((await histogram(scoped, { ...NO_FILTERS, from: new Date('2026-03-01'), to: new Date('2026-03-03') })).reduce((sum, bar) => sum + bar.count, 0)).toBe(1)
})

test('a member without the permission is refused', async () => {
  const person = await makeMember(org)
  await expect(asAuditor(person)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'audit:read', scope: org.id } } })
})

test('the histogram counts in even parts', async () => {
  const bars = await histogram(ctx, filtersAt('2026-03-01T09:30:00Z', '2026-03-01T12:30:00Z'))
  expect(bars).toHaveLength(36)
  expect(bars.filter((bar) => bar.count > 0).map((bar) => [new Date(bar.from).toISOString(), bar.count, bar.exact])).toEqual([
    ['2026-03-01T10:00:00.000Z', 1, true], ['2026-03-01T10:30:00.000Z', 1, true], ['2026-03-01T11:00:00.000Z', 1, true], ['2026-03-01T12:00:00.000Z', 1, true],
  ])
  const narrowed = await histogram(ctx, { ...filtersAt('2026-03-01', '2026-03-02'), outcome: ['denied'] })
  expect(narrowed.reduce((sum, bar) => sum + bar.count, 0)).toBe(1)
  const both = await histogram(ctx, { ...filtersAt('2026-03-01', '2026-03-03'), event: ['member.suspend', 'organization.rename', 'mail.read'] })
  expect(both.filter((bar) => bar.count > 0).map((bar) => [bar.count, bar.exact])).toEqual([[2, true], [1, true]])
  const outcomes = await histogram(ctx, { ...filtersAt('2026-03-01', '2026-03-02'), outcome: ['denied', 'success'] })
  expect(outcomes.reduce((sum, bar) => sum + bar.count, 0)).toBe(4)
  const ofTarget = await histogram(ctx, { ...filtersAt('2026-03-01T09:30:00Z', '2026-03-01T12:30:00Z'), target: ids.target })
  expect(ofTarget.filter((bar) => bar.count > 0).map((bar) => new Date(bar.from).toISOString())).toEqual(['2026-03-01T10:00:00.000Z'])
  const searched = await histogram(ctx, { ...filtersAt('2026-03-01', '2026-03-02'), q: 'suspend' })
  expect(searched.reduce((sum, bar) => sum + bar.count, 0)).toBe(2)
})

const filtersAt = (from: string, to: string) => ({ ...NO_FILTERS, from: new Date(from), to: new Date(to) })

test('a full bar is estimated from a thousand of its events', async () => {
  const busy = await makeOrganization()
  const who = await asAuditor(busy.admin, busy)
  // One each second for half an hour: of a bar of an hour, a thousand are counted.
  await db().$executeRaw`INSERT INTO "AuditEvent" ("id", "organizationId", "event", "outcome", "source", "actorType", "actorId", "actorName", "targetIds")
    SELECT 'evt_' || substr(lpad(to_hex(1775001600000 + n * 1000), 12, '0'), 1, 8) || '-' || substr(lpad(to_hex(1775001600000 + n * 1000), 12, '0'), 9) || '-7000-8000-000000000000',
      ${busy.id}, 'session.open', 'success', 'console', 'user', 'usr_x', 'x', '{}' FROM generate_series(0, 1799) n`
  const bars = await histogram(who, filtersAt('2026-04-01T00:00:00Z', '2026-04-03T00:00:00Z'))
  expect(bars[0]).toMatchObject({ count: 3604, exact: false })
  expect(bars.slice(1).every((bar) => bar.count === 0 && bar.exact)).toBe(true)
})

test('suggests who acted and from where, the most frequent first', async () => {
  const span = { from: new Date('2026-01-01'), to: new Date('2026-04-01') }
  expect(await suggestionsOf(ctx, span)).toEqual({
    actors: [
      { value: 'somebody@acme.test', label: 'somebody@acme.test', detail: '3 events' },
      { value: org.admin.email, label: org.admin.email, detail: '2 events' },
      { value: auditor.email, label: auditor.email, detail: '1 event' },
    ],
    addresses: [{ value: '192.0.2.1', label: '192.0.2.1', detail: '5 events' }, { value: '2001:db8::7', label: '2001:db8::7', detail: '1 event' }],
  })
})

test('names what a filter holds by id', async () => {
  expect(await nameOf(ctx, 'actor', org.admin.id)).toBe(org.admin.email)
  expect(await nameOf(ctx, 'target', ids.target)).toBe(`name of ${ids.target}`)
  expect(await nameOf(ctx, 'target', newId('user'))).toBeNull()
})
