import { beforeAll, describe, expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { listRoleHolders } from './holders'
import { roleFilterOf, rolePageOf } from './page-request'
import { cellsOf, compareRoles } from './view'
import { findRoleView, listRoleRows, listRoleViews } from './views'

testDatabase()
let org: TestOrganization

beforeAll(async () => {
  org = await makeOrganization('cockroachdb')
})

const rows = (address: Record<string, string>, organization = org) =>
  read(organization.admin.actor, organization.slug, 'role:read', (ctx) => listRoleRows(ctx, roleFilterOf(address), { ...rolePageOf(address), ...(address['limit'] && { limit: Number(address['limit']) }) }))
const titles = async (address: Record<string, string>) => (await rows(address)).rows.map(({ title }) => title)

describe('the list', () => {
  test('has the roles of the model in its order, with counts and places', async () => {
    const { rows: [first, , admin], count } = await rows({})
    expect([count, first?.title, first?.isFloor]).toEqual([12, 'Organization Member', true])
    expect(admin).toMatchObject({ kind: 'built-in', holders: expect.any(Number) })
    const creator = (await rows({ q: 'cluster creator' })).rows[0]
    expect(creator).toMatchObject({ title: 'Cluster Creator', assignableAt: ['Organization', 'Folder'], isRestricted: false, holders: 0 })
  })

  test('is searched by every word, in title, identifier, group and description', async () => {
    expect(await titles({ q: 'BILLING viewer' })).toEqual(['Billing Viewer'])
    expect(await titles({ q: 'CLUSTER_OPERATOR' })).toEqual(['Cluster Operator'])
    expect(await titles({ q: 'nothing like it' })).toEqual([])
  })

  test('is sorted by title and counts, and paged both ways', async () => {
    const all = await titles({ sort: 'title' })
    expect(all).toEqual([...all].sort((one, other) => one.localeCompare(other, 'en')))
    const [most] = await titles({ sort: '-permissions' })
    expect(most).toBe('Organization Admin')
    const first = await rows({ sort: 'title', limit: '5' })
    const second = await rows({ sort: 'title', limit: '5', after: first.nextCursor ?? '' })
    expect(second.rows.map(({ title }) => title)).toEqual(all.slice(5, 10))
    const back = await rows({ sort: 'title', limit: '5', before: second.previousCursor ?? '' })
    expect([back.rows.map(({ title }) => title), back.previousCursor]).toEqual([all.slice(0, 5), null])
    expect((await rows({ sort: 'title', limit: '5', last: '1' })).rows.map(({ title }) => title)).toEqual(all.slice(-5))
    await expect(rows({ sort: '-title', limit: '5', after: first.nextCursor ?? '' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('tells custom ones apart, and holders once each', async () => {
    const standard = await makeOrganization()
    const roleId = await makeRole(standard.id, ['audit:read'])
    const member = await makeMember(standard)
    const folder = newId('folder')
    await db().resource.create({ data: { id: folder, organizationId: standard.id, type: 'folder', parentId: standard.id, name: 'prod' } })
    const assign = (scopeId: string, expiresAt: Date | null = null) => ({ id: newId('assignment'), organizationId: standard.id, membershipId: member.id, roleId, scopeId, expiresAt })
    await db().roleAssignment.createMany({ data: [assign(standard.id), assign(folder)] })
    const { rows: custom } = await rows({ kind: 'custom' }, standard)
    expect(custom).toMatchObject([{ id: roleId, kind: 'custom', holders: 1, counts: { model: 0, own: 1 }, titles: ['Read audit log'], assignableAt: null }])
  })
})

describe('what a role holds', () => {
  test('where it counts only at certain places, these are named', async () => {
    const { roles } = await read(org.admin.actor, org.slug, 'role:read', listRoleViews)
    const admin = roles.find(({ title }) => title === 'Cluster Admin')
    expect(Object.values(admin?.onlyAt ?? {})).toContainEqual(['Organization'])
    expect(roles.find(({ title }) => title === 'Organization Admin')?.onlyAt).toEqual({})
  })

  test('is a sign for each permission, and compared with another’s', async () => {
    const { roles, groups } = await read(org.admin.actor, org.slug, 'role:read', listRoleViews)
    const [viewer, coordinator] = [roles.find(({ title }) => title === 'Billing Viewer'), roles.find(({ title }) => title === 'Billing Coordinator')]
    if (!viewer || !coordinator) throw new Error('both are there')
    expect(cellsOf(groups, viewer)).toMatch(/^[01]+$/)
    expect(cellsOf(groups, viewer).replaceAll('0', '')).toHaveLength(viewer.permissions.length)
    const { different, same } = compareRoles(groups, viewer, coordinator)
    expect(different.every(({ a, b }) => !a && b)).toBe(true)
    expect(same.map(({ name }) => name).sort()).toEqual([...viewer.permissions].sort())
  })

  test('one of another organization does not exist', async () => {
    const other = await makeOrganization()
    await expect(read(org.admin.actor, org.slug, 'role:read', (ctx) => findRoleView(ctx, other.roleIds.get('viewer') ?? ''))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('holders', () => {
  let standard: TestOrganization
  let roleId: string
  let prod: string

  beforeAll(async () => {
    standard = await makeOrganization()
    roleId = await makeRole(standard.id, ['audit:read'])
    prod = newId('folder')
    await db().resource.create({ data: { id: prod, organizationId: standard.id, type: 'folder', parentId: standard.id, name: 'prod' } })
    const group = newId('group')
    await db().group.create({ data: { id: group, organizationId: standard.id, name: 'ops' } })
    const [active, ended] = [await makeMember(standard), await makeMember(standard)]
    const base = { organizationId: standard.id, roleId, grantedByName: 'Someone' }
    await db().roleAssignment.create({ data: { ...base, id: newId('assignment'), membershipId: active.id, scopeId: standard.id } })
    await db().roleAssignment.create({ data: { ...base, id: newId('assignment'), membershipId: ended.id, scopeId: standard.id, expiresAt: new Date('2020-01-01T00:00:00Z') } })
    await db().roleAssignment.create({ data: { ...base, id: newId('assignment'), groupId: group, scopeId: prod } })
  })

  const list = (member: TestMember, page = {}) => read(member.actor, standard.slug, 'assignment:read', (ctx) => listRoleHolders(ctx, roleId, { limit: 25, ...page }))

  test('are those who hold it now, newest first', async () => {
    const { rows: found } = await list(standard.admin)
    expect(found).toMatchObject([{ kind: 'group', name: 'ops', scope: { name: 'prod' }, grantedBy: 'Someone' }, { kind: 'user', scope: { id: standard.id }, expiresAt: null }])
  })

  test('are paged', async () => {
    const first = await list(standard.admin, { limit: 1 })
    const second = await list(standard.admin, { limit: 1, after: first.nextCursor ?? '' })
    expect([first.rows[0]?.kind, second.rows[0]?.kind, second.nextCursor]).toEqual(['group', 'user', null])
  })

  test('are seen only where one may see who holds what', async () => {
    const watcher = await makeMember(standard)
    const watching = await makeRole(standard.id, ['assignment:read', 'role:read'])
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: standard.id, membershipId: watcher.id, roleId: watching, scopeId: prod } })
    expect((await list(watcher)).rows.map(({ name }) => name)).toEqual(['ops'])
  })
})
