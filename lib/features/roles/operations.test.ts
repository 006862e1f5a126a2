import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { setMemberRoles } from '@/lib/features/members/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { findRole } from './list'
import { createRole, updateRole } from './operations'

testDatabase()

let org: TestOrganization
beforeEach(async () => {
  org = await makeOrganization()
})

const create = (input: object, actor: Actor = org.admin.actor, organization = org) => perform(createRole, actor, organization.slug, { name: 'Log readers', ...input })
const update = (id: string, input: object, actor: Actor = org.admin.actor) => perform(updateRole, actor, org.slug, { id, ...input })
const stored = (id: string) => db().role.findUniqueOrThrow({ where: { organizationId_id: { organizationId: org.id, id } } })
const holds = (member: TestMember, permission: string, scopeId?: string) => read(member.actor, org.slug, null, (ctx) => Promise.resolve(ctx.rights.holdsNamed(permission, scopeId)))

async function assign(member: { id: string }, roleId: string, scopeId = org.id, expiresAt: Date | null = null): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId, scopeId, expiresAt } })
}

async function makeResource(type: string, name: string, parentId: string, organizationId = org.id): Promise<string> {
  const id = newId('resource')
  await db().resource.create({ data: { id, organizationId, type, name, parentId } })
  return id
}

describe('making a role', () => {
  test('writes it as asked, each permission once, and tells the log', async () => {
    const { id } = await create({ name: '  Log readers ', description: 'For audits.', permissions: ['gatehouse/audit:read', 'cluster:view', 'cluster:view'] })
    expect(await stored(id)).toMatchObject({ name: 'Log readers', title: 'Log readers', description: 'For audits.', builtIn: false, permissions: ['cluster:view', 'gatehouse/audit:read'], resourceIds: [] })
    const [event] = await eventsOf(org.id, 'role.create')
    expect([event?.after, event?.targets]).toEqual([{ name: 'Log readers', description: 'For audits.', permissions: ['cluster:view', 'gatehouse/audit:read'] }, [{ type: 'role', id, name: 'Log readers' }]])
  })

  test('begins empty', async () => {
    const { id } = await create({})
    expect(await stored(id)).toMatchObject({ permissions: [], description: '' })
  })

  test.each(['Viewer', 'VIEWER', 'billing-admin', 'Log Readers'])('refuses the name %s, which is taken', async (name) => {
    await create({ name: 'log readers' })
    await expect(create({ name })).rejects.toMatchObject({ code: 'already-exists', extras: { fields: [{ path: 'name', message: 'Another role has this name; choose another' }] } })
  })

  test('names permissions there are not, and the one that was probably meant', async () => {
    await expect(create({ permissions: ['cluster:view', 'cluster:fly', 'audit:read'] })).rejects.toMatchObject({
      code: 'invalid-input',
      extras: { fields: [
        { path: 'permissions.1', message: 'There is no permission `cluster:fly`' },
        { path: 'permissions.2', message: 'There is no permission `audit:read`; did you mean `gatehouse/audit:read`?' },
      ] },
    })
  })

  test('is refused where the model has no custom roles', async () => {
    const rockset = await makeOrganization('rockset')
    await expect(create({}, rockset.admin.actor, rockset)).rejects.toMatchObject({ code: 'conflict', message: 'the Rockset model has its built-in roles only' })
  })
})

describe('nobody gives what they do not hold', () => {
  test('in a new role: the permission and the organization are named', async () => {
    const author = await makeMember(org, ['role:write', 'audit:read'])
    await create({ permissions: ['gatehouse/audit:read', 'gatehouse/role:write'] }, author.actor)
    await expect(create({ name: 'More', permissions: ['gatehouse/audit:read', 'gatehouse/member:write'] }, author.actor)).rejects.toMatchObject({
      code: 'forbidden', extras: { missing: { permission: 'gatehouse/member:write', scope: org.id } },
    })
  })

  test('nor what another permission brings along', async () => {
    const astra = await makeOrganization('astra')
    const author = await makeMember(astra, ['role:write', 'member:read'])
    await expect(create({ permissions: ['org-user-write'] }, author.actor, astra)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'org-user-write' } } })
  })

  test('nor to themselves, through a role they hold', async () => {
    const author = await makeMember(org, ['role:write', 'role:read'])
    const { roleId } = await db().roleAssignment.findFirstOrThrow({ where: { organizationId: org.id, membershipId: author.id } })
    await expect(update(roleId, { permissions: ['gatehouse/role:write', 'gatehouse/role:read', 'gatehouse/assignment:write'] }, author.actor)).rejects.toMatchObject({ code: 'forbidden' })
    await update(roleId, { permissions: ['gatehouse/role:write', 'gatehouse/organization:read'] }, author.actor)
    expect(await holds(author, 'gatehouse/role:read')).toBe(false)
  })

  test('what was in a role may stay, though its editor lacks it', async () => {
    const { id } = await create({ permissions: ['gatehouse/member:write', 'gatehouse/audit:read'] })
    const author = await makeMember(org, ['role:write', 'billing:read'])
    await update(id, { description: 'Reworded.', permissions: ['gatehouse/member:write', 'gatehouse/billing:read'] }, author.actor)
    expect((await stored(id)).permissions).toEqual(['gatehouse/billing:read', 'gatehouse/member:write'])
    await expect(update(id, { permissions: ['gatehouse/member:write', 'gatehouse/audit:read'] }, author.actor)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('holding it at a folder only is not enough', async () => {
    const folder = await makeResource('folder', 'prod', org.id)
    const author = await makeMember(org, ['role:write'])
    const { id: auditors } = await create({ permissions: ['gatehouse/audit:read'] })
    await assign(author, auditors, folder)
    await expect(create({ name: 'Everywhere', permissions: ['gatehouse/audit:read'] }, author.actor)).rejects.toMatchObject({ extras: { missing: { permission: 'gatehouse/audit:read', scope: org.id } } })
  })

  test('a role over chosen resources may hold what its author holds there', async () => {
    const [prod, dev] = [await makeResource('folder', 'prod', org.id), await makeResource('folder', 'dev', org.id)]
    const author = await makeMember(org, ['role:write'])
    const { id: auditors } = await create({ permissions: ['gatehouse/audit:read'] })
    await assign(author, auditors, prod)
    const { id } = await create({ name: 'Prod auditors', permissions: ['gatehouse/audit:read'], resources: [{ type: 'folder', id: prod }] }, author.actor)
    await expect(update(id, { resources: [{ type: 'folder', id: prod }, { type: 'folder', id: dev }] }, author.actor)).rejects.toMatchObject({ extras: { missing: { permission: 'gatehouse/audit:read', scope: dev } } })
    await expect(update(id, { resources: null }, author.actor)).rejects.toMatchObject({ extras: { missing: { permission: 'gatehouse/audit:read', scope: org.id } } })
    await update(id, { resources: [{ type: 'folder', id: dev }] })
    await update(id, { resources: null })
    expect((await stored(id)).resourceIds).toEqual([])
  })

  test('giving a role over chosen resources needs its permissions there', async () => {
    const [prod, dev] = [await makeResource('folder', 'prod', org.id), await makeResource('folder', 'dev', org.id)]
    const { id } = await create({ permissions: ['gatehouse/audit:read'], resources: [{ type: 'folder', id: prod }] })
    const { id: auditors } = await create({ name: 'Auditors here', permissions: ['gatehouse/audit:read'] })
    const [giver, member] = [await makeMember(org, ['assignment:write']), await makeMember(org)]
    const give = () => perform(setMemberRoles, giver.actor, org.slug, { id: member.id, roles: [{ role: id }] })
    await assign(giver, auditors, dev)
    await expect(give()).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'gatehouse/audit:read', scope: prod } } })
    await assign(giver, auditors, prod)
    await give()
    expect([await holds(member, 'gatehouse/audit:read', prod), await holds(member, 'gatehouse/audit:read', dev), await holds(member, 'gatehouse/audit:read')]).toEqual([true, false, false])
  })
})

describe('changing a role', () => {
  test('is felt by its holders at once', async () => {
    const { id } = await create({ permissions: ['gatehouse/audit:read'] })
    const member = await makeMember(org)
    await assign(member, id)
    expect(await holds(member, 'gatehouse/billing:read')).toBe(false)
    await update(id, { permissions: ['gatehouse/billing:read'] })
    expect([await holds(member, 'gatehouse/audit:read'), await holds(member, 'gatehouse/billing:read')]).toEqual([false, true])
    const [event] = await eventsOf(org.id, 'role.update')
    expect([event?.before, event?.after]).toEqual([{ permissions: ['gatehouse/audit:read'] }, { permissions: ['gatehouse/billing:read'] }])
  })

  test('built-in roles stay as they are, and say why', async () => {
    await expect(update(org.roleIds.get('viewer') ?? '', { permissions: [] })).rejects.toMatchObject({
      code: 'conflict', message: '`Viewer` is built into the Standard model and cannot be changed; duplicate it and change the copy',
    })
  })

  test('renames, its own name in another case included; nothing changed is nothing told', async () => {
    const { id } = await create({})
    await update(id, { name: 'LOG READERS' })
    await update(id, { name: 'LOG READERS', permissions: [] })
    expect([(await stored(id)).title, (await eventsOf(org.id, 'role.update')).length]).toEqual(['LOG READERS', 1])
    await expect(update(id, { name: 'viewer' })).rejects.toMatchObject({ code: 'already-exists' })
  })

  test('the last administrator’s role keeps what makes one', async () => {
    const { id } = await create({ name: 'Chiefs', permissions: ['gatehouse/member:write', 'gatehouse/assignment:write', 'gatehouse/role:write'] })
    const chief = await makeMember(org)
    await assign(chief, id)
    await db().roleAssignment.deleteMany({ where: { organizationId: org.id, membershipId: org.admin.id } })
    await expect(update(id, { permissions: ['gatehouse/member:write', 'gatehouse/role:write'] }, chief.actor)).rejects.toMatchObject({ code: 'last-administrator' })
    const folder = await makeResource('folder', 'prod', org.id)
    await expect(update(id, { resources: [{ type: 'folder', id: folder }] }, chief.actor)).rejects.toMatchObject({ code: 'last-administrator' })
    expect((await stored(id)).permissions).toContain('gatehouse/assignment:write')
  })
})

describe('chosen resources', () => {
  test('an empty list is refused: it must not open the role to everything', async () => {
    await expect(create({ resources: [] })).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'resources' }] } })
  })

  test('those of another organization do not exist, those of another type or the organization itself are wrong', async () => {
    const other = await makeOrganization()
    const foreign = await makeResource('folder', 'theirs', other.id, other.id)
    const own = await makeResource('folder', 'ours', org.id)
    await expect(create({ resources: [{ type: 'folder', id: foreign }] })).rejects.toMatchObject({ code: 'not-found' })
    await expect(create({ resources: [{ type: 'cluster', id: own }] })).rejects.toMatchObject({ extras: { fields: [{ path: 'resources.0.type', message: 'This resource is of type folder' }] } })
    await expect(create({ resources: [{ type: 'organization', id: org.id }] })).rejects.toMatchObject({ extras: { fields: [{ path: 'resources.0' }] } })
  })

  test('a role whose resource is gone counts nowhere, and says so', async () => {
    const folder = await makeResource('folder', 'prod', org.id)
    const { id } = await create({ permissions: ['gatehouse/audit:read'], resources: [{ type: 'folder', id: folder }] })
    const member = await makeMember(org)
    await assign(member, id)
    await db().resource.delete({ where: { organizationId_id: { organizationId: org.id, id: folder } } })
    expect(await holds(member, 'gatehouse/audit:read')).toBe(false)
    const shown = await read(org.admin.actor, org.slug, 'role:read', (ctx) => findRole(ctx, id))
    expect([shown.resources, shown.holders]).toEqual([[], 1])
  })
})
