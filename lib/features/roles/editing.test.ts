import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { read } from '@/lib/boundary/perform'
import { rehearse } from '@/lib/boundary/rehearsal'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestOrganization } from '@/lib/testing/factories'
import { editRole, findMissing, findReplacing, searchChosen, startRole } from './editing'
import { deleteRole } from './deletion'

testDatabase()
let org: TestOrganization
let prod: string

beforeAll(async () => {
  org = await makeOrganization()
  prod = newId('folder')
  await db().resource.create({ data: { id: prod, organizationId: org.id, type: 'folder', parentId: org.id, name: 'prod' } })
})

const start = (from: string | null, actor: Actor = org.admin.actor, organization = org) => read(actor, organization.slug, 'role:write', (ctx) => startRole(ctx, from))

async function assign(member: { id: string }, roleId: string, scopeId = org.id): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId, scopeId } })
}

describe('a new role', () => {
  test('begins empty, or as a copy with its permissions', async () => {
    expect((await start(null)).draft).toEqual({ id: null, name: '', description: '', permissions: [], resources: null })
    const { draft } = await start(org.roleIds.get('billing-viewer') ?? '')
    expect([draft.name, [...draft.permissions].sort()]).toEqual(['Copy of Billing viewer', ['gatehouse/billing:read', 'gatehouse/organization:read']])
  })

  test('tells what its author lacks, and what a permission brings along', async () => {
    const author = await makeMember(org, ['role:write', 'audit:read', 'resource:read'])
    const { missing, groups, canRestrict } = await start(null, author.actor)
    expect([missing.includes('gatehouse/audit:read'), missing.includes('gatehouse/member:write'), missing.includes('cluster:view'), canRestrict]).toEqual([false, true, true, true])
    expect(groups.flatMap(({ permissions }) => permissions).find(({ name }) => name === 'cluster:view')?.brings).toEqual(['gatehouse/resource:read'])
  })

  test('is advised in the Astra model, and refused where there are none', async () => {
    const [astra, rockset] = [await makeOrganization('astra'), await makeOrganization('rockset')]
    expect((await start(null, astra.admin.actor, astra)).advice).toEqual([{ needs: ['org-user-read', 'org-db-view'], message: 'People who use the portal need Read User and View DB in their role.' }])
    await expect(start(null, rockset.admin.actor, rockset)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is not begun by who may write roles at a folder only', async () => {
    const author = await makeMember(org)
    await assign(author, await makeRole(org.id, ['role:write']), prod)
    await expect(start(null, author.actor)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'role:write', scope: org.id } } })
  })
})

test('what is missing is asked at the chosen resources', async () => {
  const author = await makeMember(org, ['role:write'])
  await assign(author, await makeRole(org.id, ['audit:read']), prod)
  const missing = (ids: string[]) => read(author.actor, org.slug, 'role:write', (ctx) => findMissing(ctx, ids))
  expect([(await missing([])).includes('gatehouse/audit:read'), (await missing([prod])).includes('gatehouse/audit:read')]).toEqual([true, false])
})

test('a built-in role is not edited, a custom one with what it was made of', async () => {
  const custom = await makeRole(org.id, ['audit:read'])
  await db().role.update({ where: { organizationId_id: { organizationId: org.id, id: custom } }, data: { resourceIds: [prod] }, select: { id: true } })
  const edit = (id: string) => read(org.admin.actor, org.slug, 'role:write', (ctx) => editRole(ctx, id))
  expect(await edit(org.roleIds.get('viewer') ?? '')).toBeNull()
  expect((await edit(custom))?.draft).toMatchObject({ id: custom, permissions: ['gatehouse/audit:read'], resources: [{ id: prod, name: 'prod', typeTitle: 'Folder' }] })
})

test('resources to choose are those of the organization, itself left out', async () => {
  expect((await read(org.admin.actor, org.slug, 'role:write', (ctx) => searchChosen(ctx, ''))).map(({ name }) => name)).toEqual(['prod'])
})

describe('deleting', () => {
  test('tells who holds it, and why some roles cannot take its place', async () => {
    const gone = await makeRole(org.id, ['audit:read'])
    await assign(await makeMember(org), gone, prod)
    const author = await makeMember(org, ['role:write', 'billing:read'])
    const { holders, roles, refusedReason, narrowedKeys } = await read(author.actor, org.slug, 'role:write', (ctx) => findReplacing(ctx, gone))
    expect([holders, refusedReason, narrowedKeys]).toEqual(['1 person', null, 0])
    const reasonOf = (title: string) => roles.find((role) => role.title === title)?.disabledReason
    expect([reasonOf('Billing viewer'), reasonOf('Auditor')]).toEqual(['Cannot be held at one of the places', 'Permits more than you hold yourself'])
    expect(roles.some(({ id, title }) => id === gone || title === 'Member')).toBe(false)
  })

  test('with a token it cannot be done, and narrowed keys are counted', async () => {
    const gone = await makeRole(org.id, ['audit:read'])
    await db().applicationToken.create({ data: { id: newId('token'), organizationId: org.id, publicId: newId('token'), secretHash: '', roleId: gone, scopeId: org.id } })
    await db().apiKey.create({ data: { id: newId('key'), organizationId: org.id, membershipId: org.admin.id, name: 'narrow', publicId: newId('key'), secretHash: '', roleId: gone } })
    const told = await read(org.admin.actor, org.slug, 'role:write', (ctx) => findReplacing(ctx, gone))
    expect([told.refusedReason, told.narrowedKeys]).toEqual(['The role is held by 1 application token, which cannot get another; delete it first.', 1])
  })

  test('previews what its holders lose and gain', async () => {
    const [gone, instead] = [await makeRole(org.id, ['audit:read']), await makeRole(org.id, ['billing:read'])]
    const member = await makeMember(org)
    await assign(member, gone, prod)
    const preview = (replaceWith?: string) => rehearse(deleteRole, org.admin.actor, org.slug, { id: gone, replaceWith }, (_ctx, told) => Promise.resolve(told))
    const { shifts } = await preview(instead)
    expect(shifts).toMatchObject([{ principalId: member.id, resourceId: prod, gained: ['gatehouse/billing:read'], lost: ['gatehouse/audit:read'] }])
    await expect(preview()).rejects.toMatchObject({ code: 'conflict' })
  })
})
