import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { findMember } from './detail'
import { listMembers, type MemberPageRequest } from './queries'
import { MEMBER_SORTS } from './rules'
import { MemberFilter } from './schema'

testDatabase()

const list = (organization: TestOrganization, filter: object, page: Partial<MemberPageRequest> = {}) =>
  read(organization.admin.actor, organization.slug, 'member:read', (ctx) => listMembers(ctx, MemberFilter.parse(filter), { limit: 50, ...page }))

const emailsOf = async (organization: TestOrganization, filter: object): Promise<string[]> => (await list(organization, filter)).rows.map((row) => row.email)

const DAY = 24 * 3600_000
const ago = (days: number): Date => new Date(Date.now() - days * DAY)

type Seed = { email: string; name?: string; status?: 'active' | 'suspended' | 'invited'; lastSeenAt?: Date; createdAt?: Date; invitationExpiresAt?: Date }

/** Memberships straight into the table, with accounts where the status wants one. */
async function seed(organizationId: string, seeds: readonly Seed[]): Promise<string[]> {
  const rows = seeds.map((each) => ({ ...each, id: newId('user'), accountId: each.status === 'invited' ? null : newId('account') }))
  await db().account.createMany({ data: rows.flatMap(({ accountId, email, name = '' }) => (accountId === null ? [] : [{ id: accountId, email, name }])) })
  await db().membership.createMany({
    data: rows.map(({ id, accountId, email, name = '', status = 'active', ...times }) => ({ id, organizationId, accountId, email, name, status, source: 'invitation', ...times })),
  })
  return rows.map(({ id }) => id)
}

describe('search', () => {
  let organization: TestOrganization
  beforeAll(async () => {
    organization = await makeOrganization()
    await seed(organization.id, [
      { email: 'anna.lee@north.test', name: 'Anna Lee' },
      { email: 'ann_b@north.test' },
      { email: 'annxb@south.test', name: 'ÉDITH' },
      { email: 'percent@south.test', name: '100% Sure' },
      { email: 'invited@north.test', status: 'invited', invitationExpiresAt: new Date(Date.now() + DAY) },
    ])
  })

  test.each([
    ['lee@nor', ['anna.lee@north.test']],
    ['ANNA', ['anna.lee@north.test']],
    ['édith', ['annxb@south.test']],
    ['north lee', ['anna.lee@north.test']],
    ['north nobody', []],
    ['ann_b', ['ann_b@north.test']],
    ['0%', ['percent@south.test']],
    ['%%%', []],
    ['\\', []],
    ['invited', ['invited@north.test']],
  ])('%j finds %j', async (q, emails) => {
    expect(await emailsOf(organization, { q })).toEqual(emails)
  })
})

describe('filters', () => {
  let organization: TestOrganization
  beforeAll(async () => {
    organization = await makeOrganization()
    const [, , , , , unused] = await seed(organization.id, [
      { email: 'a-active@x.test', lastSeenAt: ago(1), createdAt: ago(200) },
      { email: 'b-suspended@x.test', status: 'suspended', createdAt: ago(200) },
      { email: 'c-pending@x.test', status: 'invited', invitationExpiresAt: new Date(Date.now() + DAY) },
      { email: 'd-expired@x.test', status: 'invited', invitationExpiresAt: ago(1) },
      { email: 'e-new@x.test', createdAt: ago(2) },
      { email: 'f-unused@x.test', lastSeenAt: ago(91), createdAt: ago(200) },
    ])
    await db().roleAssignment.createMany({ data: [
      { id: newId('assignment'), organizationId: organization.id, membershipId: unused ?? '', roleId: organization.roleIds.get('viewer') ?? '', scopeId: organization.id },
      { id: newId('assignment'), organizationId: organization.id, membershipId: unused ?? '', roleId: organization.roleIds.get('auditor') ?? '', scopeId: organization.id, expiresAt: ago(1) },
    ] })
  })

  test.each([
    [{ status: ['active'] }, ['a-active@x.test', 'e-new@x.test', 'f-unused@x.test', 'ADMIN']],
    [{ status: ['suspended', 'pending'] }, ['b-suspended@x.test', 'c-pending@x.test']],
    [{ status: ['expired'] }, ['d-expired@x.test']],
    [{ status: ['pending', 'expired'] }, ['c-pending@x.test', 'd-expired@x.test']],
    [{ unused90Days: true }, ['f-unused@x.test']],
    [{ unused90Days: true, status: ['suspended'] }, []],
    [{ administrators: true }, ['ADMIN']],
  ])('%j', async (filter, emails) => {
    expect(await emailsOf(organization, filter)).toEqual(emails.map((email) => (email === 'ADMIN' ? organization.admin.email : email)))
  })

  test('a role is found while it holds, and shown with its scope', async () => {
    const { rows, count, isCountExact } = await list(organization, { roleId: organization.roleIds.get('viewer') })
    expect(rows.map(({ email, roles }) => [email, roles.map(({ title, scope }) => [title, scope.type, scope.id])])).toEqual([
      ['f-unused@x.test', [['Viewer', 'organization', organization.id]]],
    ])
    expect([count, isCountExact]).toEqual([1, true])
    expect(await emailsOf(organization, { roleId: organization.roleIds.get('auditor') })).toEqual([])
  })
})

test('a role that thousands hold is found alike, through a group too', async () => {
  const organization = await makeOrganization()
  const roleId = organization.roleIds.get('viewer') ?? ''
  const ids = await seed(organization.id, Array.from({ length: 2100 }, (_, index) => ({ email: `h${String(index).padStart(4, '0')}@many.test` })))
  const give = (membershipId: string) => ({ id: newId('assignment'), organizationId: organization.id, membershipId, roleId, scopeId: organization.id })
  await db().roleAssignment.createMany({ data: ids.slice(1).map(give) })
  const group = newId('group')
  await db().group.create({ data: { id: group, organizationId: organization.id, name: 'viewers' } })
  expect((await list(organization, { roleId, q: 'h0000' })).rows).toEqual([])
  await db().groupMember.create({ data: { organizationId: organization.id, groupId: group, membershipId: ids[0] ?? '' } })
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, groupId: group, roleId, scopeId: organization.id } })
  const page = await list(organization, { roleId }, { limit: 2 })
  expect([page.rows.map(({ email }) => email), page.count, page.isCountExact]).toEqual([['h0000@many.test', 'h0001@many.test'], 1000, false])
  expect(await emailsOf(organization, { roleId, q: organization.admin.email })).toEqual([])
})

test('administrators through two roles are found, those of one half are not', async () => {
  const organization = await makeOrganization()
  const both = await makeMember(organization, ['member:write'])
  const half = await makeMember(organization, ['assignment:write'])
  expect(await emailsOf(organization, { administrators: true })).toEqual([organization.admin.email])
  const second = await db().role.create({ data: { id: newId('role'), organizationId: organization.id, name: 'giver', title: 'Giver', builtIn: false, permissions: ['gatehouse/assignment:write'] } })
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: both.id, roleId: second.id, scopeId: organization.id } })
  const throughGroup = await makeMember(organization)
  const group = newId('group')
  await db().group.create({ data: { id: group, organizationId: organization.id, name: 'owners' } })
  await db().groupMember.create({ data: { organizationId: organization.id, groupId: group, membershipId: throughGroup.id } })
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, groupId: group, roleId: organization.roleIds.get('administrator') ?? '', scopeId: organization.id } })
  const found = await emailsOf(organization, { administrators: true })
  expect(found).toContain(throughGroup.email)
  expect(found).toContain(both.email)
  expect(found).not.toContain(half.email)
})

describe('pages', () => {
  const ends = (seed: number): Date => new Date(Date.UTC(2026, 0, 1 + (seed % 3)))
  const row = fc.record({ name: fc.constantFrom('', 'Al', 'al', 'Zoë', 'B b'), seen: fc.nat(4), added: fc.nat(4), status: fc.constantFrom('active', 'suspended', 'invited') })

  /** All ids, page by page, forwards from the first or backwards from the last. */
  async function walk(organization: TestOrganization, filter: object, limit: number, direction: 'after' | 'before'): Promise<string[]> {
    const ids: string[] = []
    let page = await list(organization, filter, direction === 'after' ? { limit } : { limit, last: true })
    for (let turns = 0; turns < 60; turns++) {
      const here = page.rows.map(({ id }) => id)
      ids.splice(direction === 'after' ? ids.length : 0, 0, ...here)
      const cursor = direction === 'after' ? page.nextCursor : page.previousCursor
      if (cursor === null) return ids
      page = await list(organization, filter, { limit, [direction]: cursor })
    }
    throw new Error('the pages never end')
  }

  test('never skip or repeat a row, in either direction, for every sort and filter', { timeout: 120_000 }, async () => {
    let run = 0
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 14 }), fc.integer({ min: 1, max: 5 }), async (rows, limit) => {
      const organization = await makeOrganization()
      const mark = `${run++}`
      await seed(organization.id, rows.map(({ name, seen, added, status }, index) => ({
        email: `p${index}-${mark}@pages.test`, name, status: status as Seed['status'] ?? 'active', lastSeenAt: ends(seen), createdAt: ends(added), invitationExpiresAt: ends(added),
      })))
      for (const column of MEMBER_SORTS) {
        for (const filter of [{ sort: column }, { sort: `-${column}` }, { sort: column, q: 'pages' }, { sort: column, status: ['active', 'expired'] }]) {
          const whole = (await list(organization, filter, { limit: 200 })).rows.map(({ id }) => id)
          expect(new Set(whole).size).toBe(whole.length)
          expect(await walk(organization, filter, limit, 'after')).toEqual(whole)
          expect(await walk(organization, filter, limit, 'before')).toEqual(whole)
        }
      }
    }), { numRuns: 6 })
  })

  test('are sorted by what the column says', async () => {
    const organization = await makeOrganization()
    await seed(organization.id, [
      { email: 'z@sort.test', name: 'alba', lastSeenAt: ago(3), createdAt: ago(1) },
      { email: 'a@sort.test', name: 'Berta', lastSeenAt: ago(1), createdAt: ago(3) },
      { email: 'm@sort.test', status: 'suspended', lastSeenAt: ago(2), createdAt: ago(2) },
    ])
    const order = async (sort: string) => (await emailsOf(organization, { sort, q: 'sort.test' })).map((email) => email.charAt(0)).join('')
    expect(await Promise.all(['name', '-name', 'email', '-email', 'last-seen', '-last-seen', 'added', '-added'].map(order))).toEqual(['zam', 'maz', 'amz', 'zma', 'zma', 'amz', 'amz', 'zma'])
  })

  test('a cursor of another list is refused', async () => {
    const organization = await makeOrganization()
    await seed(organization.id, [{ email: 'one@cursor.test' }, { email: 'two@cursor.test' }])
    const { nextCursor } = await list(organization, {}, { limit: 1 })
    await expect(list(organization, { sort: '-name' }, { after: nextCursor ?? '' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(list(organization, {}, { after: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('tenancy', () => {
  test('one person in two organizations is two members, each seen from one side only', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const shared = await makeMember(here)
    const other = await makeMember(there, [], { id: shared.accountId, email: shared.email })
    expect(await emailsOf(here, { q: shared.email })).toEqual([shared.email])
    const detail = await read(here.admin.actor, here.slug, 'member:read', (ctx) => findMember(ctx, shared.id))
    expect([detail.email, detail.sessions, detail.isSelf]).toEqual([shared.email, 2, false])
    await expect(read(here.admin.actor, here.slug, 'member:read', (ctx) => findMember(ctx, other.id))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('member:read at a folder shows who holds a role there or below, with those roles only', async () => {
    const organization = await makeOrganization()
    const [folder, below, beside] = [newId('folder'), newId('folder'), newId('folder')]
    await db().resource.createMany({ data: [
      { id: folder, organizationId: organization.id, type: 'folder', parentId: organization.id, name: 'prod' },
      { id: below, organizationId: organization.id, type: 'folder', parentId: folder, name: 'europe' },
      { id: beside, organizationId: organization.id, type: 'folder', parentId: organization.id, name: 'staging' },
    ] })
    const reader = await makeMember(organization)
    const [inside, outside] = await seed(organization.id, [{ email: 'inside@tree.test' }, { email: 'outside@tree.test' }])
    const give = (membershipId: string, role: string, scopeId: string) => ({ id: newId('assignment'), organizationId: organization.id, membershipId, roleId: organization.roleIds.get(role) ?? '', scopeId })
    await db().roleAssignment.createMany({ data: [give(reader.id, 'folder-admin', folder), give(inside ?? '', 'viewer', below), give(inside ?? '', 'viewer', beside), give(outside ?? '', 'viewer', beside)] })
    const seen = await read(reader.actor, organization.slug, 'member:read', (ctx) => listMembers(ctx, MemberFilter.parse({ q: 'tree.test' }), { limit: 50 }))
    expect(seen.rows.map(({ email, roles }) => [email, roles.map(({ scope }) => scope.name)])).toEqual([['inside@tree.test', ['europe']]])
    await expect(read(reader.actor, organization.slug, 'member:read', (ctx) => findMember(ctx, outside ?? ''))).rejects.toMatchObject({ code: 'not-found' })
  })
})
