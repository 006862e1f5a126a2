import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { addGroupMembers, createGroup, deleteGroup, removeGroupMembers, updateGroup } from './operations'
import { findGroup, listGroupMembers, listGroups, searchGroupCandidates } from './queries'
import { GroupFilter } from './schema'

testDatabase()
let org: TestOrganization

beforeEach(async () => {
  org = await makeOrganization()
})

const refusal = (work: Promise<unknown>): Promise<AppError> => work.then(() => { throw new Error('it was not refused') }, (error: unknown) => {
  if (error instanceof AppError) return error
  throw error
})

const roleOf = (name: string): string => org.roleIds.get(name) ?? ''

/** A group with these roles at the organization. */
async function makeGroup(name: string, roles: readonly string[] = [], resourceId: string | null = null): Promise<string> {
  const id = newId('group')
  await db().group.create({ data: { id, organizationId: org.id, name, resourceId } })
  for (const role of roles) await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, groupId: id, roleId: roleOf(role), scopeId: resourceId ?? org.id } })
  return id
}

const join = (groupId: string, membershipId: string) => db().groupMember.create({ data: { organizationId: org.id, groupId, membershipId } })
const membersOf = async (groupId: string) => (await db().groupMember.findMany({ where: { organizationId: org.id, groupId } })).map(({ membershipId }) => membershipId).sort()
const list = (actor: Actor, filter = {}) => read(actor, org.id, 'group:read', (ctx) => listGroups(ctx, GroupFilter.parse(filter), { limit: 50 }))

describe('groups', () => {
  test('are made, renamed and deleted, and the log tells it', async () => {
    const { id } = await perform(createGroup, org.admin.actor, org.id, { name: ' Operators ', description: 'on call' })
    await perform(updateGroup, org.admin.actor, org.id, { id, name: 'Watch' })
    await perform(updateGroup, org.admin.actor, org.id, { id, name: 'Watch' })
    expect((await list(org.admin.actor)).rows).toMatchObject([{ id, name: 'Watch', description: 'on call', resource: null, isLocked: false, memberCount: 0 }])
    const [updated, ...more] = await eventsOf(org.id, 'group.update')
    expect([updated?.before, updated?.after, more]).toEqual([{ name: 'Operators', description: 'on call' }, { name: 'Watch', description: 'on call' }, []])
    await perform(deleteGroup, org.admin.actor, org.id, { id })
    expect((await list(org.admin.actor)).rows).toEqual([])
  })

  test('have different names, whatever the case', async () => {
    await makeGroup('Operators')
    const error = await refusal(perform(createGroup, org.admin.actor, org.id, { name: 'operators' }))
    expect([error.code, error.extras.fields?.[0]?.path]).toEqual(['already-exists', 'name'])
    await makeGroup('Oper%tors')
    expect((await perform(createGroup, org.admin.actor, org.id, { name: 'Oper_tors' })).name).toBe('Oper_tors')
  })

  test('belong to the organization in a model that does not tie them to resources', async () => {
    const folder = newId('folder')
    await db().resource.create({ data: { id: folder, organizationId: org.id, type: 'folder', parentId: org.id, name: 'prod' } })
    const error = await refusal(perform(createGroup, org.admin.actor, org.id, { name: 'a', resource: folder }))
    expect([error.code, error.extras.fields?.[0]?.path]).toEqual(['invalid-input', 'resource'])
    expect((await perform(createGroup, org.admin.actor, org.id, { name: 'a', resource: { type: 'organization', id: org.id } })).resource).toBeNull()
  })

  test('are found by name, by description and by who is in them', async () => {
    const member = await makeMember(org)
    const one = await makeGroup('Operators', ['viewer'])
    const two = await makeGroup('Analysts')
    await db().group.update({ where: { organizationId_id: { organizationId: org.id, id: two } }, data: { description: 'operate reports' } })
    await join(one, member.id)
    expect((await list(org.admin.actor, { q: 'oper' })).rows.map(({ name }) => name)).toEqual(['Analysts', 'Operators'])
    expect((await list(org.admin.actor, { userId: member.id })).rows).toMatchObject([{ id: one, memberCount: 1, roleCount: 1 }])
    const first = await read(org.admin.actor, org.id, 'group:read', (ctx) => listGroups(ctx, GroupFilter.parse({ sort: '-name' }), { limit: 1 }))
    expect([first.rows.map(({ name }) => name), first.count]).toEqual([['Operators'], 2])
    const second = await read(org.admin.actor, org.id, 'group:read', (ctx) => listGroups(ctx, GroupFilter.parse({ sort: '-name' }), { limit: 1, after: first.nextCursor ?? '' }))
    expect([second.rows.map(({ name }) => name), second.nextCursor]).toEqual([['Analysts'], null])
  })
})

describe('members', () => {
  test('come and go, several at once; those inside stay', async () => {
    const group = await makeGroup('Operators')
    const [one, two] = [await makeMember(org), await makeMember(org)]
    expect(await perform(addGroupMembers, org.admin.actor, org.id, { id: group, userIds: [one.id, two.id, one.id] })).toEqual({ id: group, added: 2 })
    expect(await perform(addGroupMembers, org.admin.actor, org.id, { id: group, userIds: [one.id] })).toEqual({ id: group, added: 0 })
    expect(await membersOf(group)).toEqual([one.id, two.id].sort())
    const [event, ...more] = await eventsOf(org.id, 'group.add-members')
    expect([event?.targetIds, event?.detail, more]).toEqual([[group, one.id, two.id], { people: '2 people' }, []])
    await perform(removeGroupMembers, org.admin.actor, org.id, { id: group, userIds: [one.id] })
    expect(await membersOf(group)).toEqual([two.id])
    const gone = await refusal(perform(removeGroupMembers, org.admin.actor, org.id, { id: group, userIds: [one.id] }))
    expect(gone.code).toBe('not-found')
  })

  test('are searched, and those who are not in it are offered', async () => {
    const group = await makeGroup('Operators')
    const [one, two] = [await makeMember(org), await makeMember(org)]
    await join(group, one.id)
    const page = await read(org.admin.actor, org.id, 'group:read', (ctx) => listGroupMembers(ctx, { id: group }, { limit: 50 }))
    expect(page.rows).toMatchObject([{ id: one.id, email: one.email, status: 'active', invitationId: null }])
    const offered = await read(org.admin.actor, org.id, 'group:write', (ctx) => searchGroupCandidates(ctx, { id: group, q: '' }))
    expect(offered.map(({ id }) => id).sort()).toEqual([org.admin.id, two.id].sort())
    const blind = await makeMember(org, ['group:write'])
    const found = (q: string) => read(blind.actor, org.id, 'group:write', (ctx) => searchGroupCandidates(ctx, { id: group, q }))
    expect([await found(''), (await found(two.email.toUpperCase())).map(({ id }) => id)]).toEqual([[], [two.id]])
  })

  test('are brought in by who holds all the group gives', async () => {
    const group = await makeGroup('Operators', ['viewer'])
    const member = await makeMember(org)
    const manager = await makeMember(org, ['group:write'])
    const error = await refusal(perform(addGroupMembers, manager.actor, org.id, { id: group, userIds: [member.id] }))
    expect([error.code, error.extras.missing?.scope]).toEqual(['forbidden', org.id])
    expect(await membersOf(group)).toEqual([])
    expect(await refusal(perform(addGroupMembers, manager.actor, org.id, { id: group, userIds: [manager.id] }))).toMatchObject({ code: 'forbidden' })
    await perform(addGroupMembers, manager.actor, org.id, { id: await makeGroup('Empty'), userIds: [member.id] })
  })

  test('leave unless the last administrator would be gone', async () => {
    const group = await makeGroup('Administrators', ['administrator'])
    const member = await makeMember(org)
    await join(group, member.id)
    await db().roleAssignment.deleteMany({ where: { organizationId: org.id, membershipId: org.admin.id } })
    expect((await refusal(perform(removeGroupMembers, member.actor, org.id, { id: group, userIds: [member.id] }))).code).toBe('last-administrator')
    expect((await refusal(perform(deleteGroup, member.actor, org.id, { id: group }))).code).toBe('last-administrator')
    expect(await membersOf(group)).toEqual([member.id])
  })
})

describe('groups of a connection', () => {
  let connection: string
  let other: string
  let locked: string

  beforeEach(async () => {
    org = await makeOrganization('rocketadmin')
    connection = newId('resource')
    other = newId('resource')
    for (const id of [connection, other]) await db().resource.create({ data: { id, organizationId: org.id, type: 'connection', parentId: org.id, name: id } })
    locked = await makeGroup('Admin', ['CONNECTION_ADMIN'], connection)
    await db().group.update({ where: { organizationId_id: { organizationId: org.id, id: locked } }, data: { isAdmin: true } })
  })

  test('name the connection, and may be called alike in different ones', async () => {
    const none = await refusal(perform(createGroup, org.admin.actor, org.id, { name: 'Readers' }))
    expect([none.code, none.extras.fields?.[0]?.path]).toEqual(['invalid-input', 'resource'])
    expect((await refusal(perform(createGroup, org.admin.actor, org.id, { name: 'Readers', resource: org.id }))).code).toBe('invalid-input')
    const { id } = await perform(createGroup, org.admin.actor, org.id, { name: 'Readers', resource: connection })
    await perform(createGroup, org.admin.actor, org.id, { name: 'Readers', resource: other })
    expect((await list(org.admin.actor, { resourceId: connection })).rows.map((row) => row.id)).toEqual([locked, id])
  })

  test('the locked one keeps its name and stays; its members change', async () => {
    const member = await makeMember(org)
    expect((await refusal(perform(updateGroup, org.admin.actor, org.id, { id: locked, name: 'Bosses' }))).message).toContain('its members can')
    expect((await refusal(perform(deleteGroup, org.admin.actor, org.id, { id: locked }))).message).toContain('its members can')
    await perform(addGroupMembers, org.admin.actor, org.id, { id: locked, userIds: [member.id] })
    expect(await membersOf(locked)).toEqual([member.id])
  })

  test('are managed by the connection’s administrators, and only theirs', async () => {
    const boss = await makeMember(org)
    await join(locked, boss.id)
    const foreign = await makeGroup('Readers', [], other)
    const { id } = await perform(createGroup, boss.actor, org.id, { name: 'Readers', resource: connection })
    expect((await list(boss.actor)).rows.map((row) => row.id).sort()).toEqual([locked, id].sort())
    await perform(addGroupMembers, boss.actor, org.id, { id, userIds: [org.admin.id] })
    expect((await refusal(perform(createGroup, boss.actor, org.id, { name: 'x', resource: other }))).code).toBe('forbidden')
    expect((await refusal(perform(addGroupMembers, boss.actor, org.id, { id: foreign, userIds: [boss.id] }))).code).toBe('forbidden')
    expect((await refusal(read(boss.actor, org.id, 'group:read', (ctx) => findGroup(ctx, foreign)))).code).toBe('not-found')
    const detail = await read(boss.actor, org.id, 'group:read', (ctx) => findGroup(ctx, locked))
    expect([detail.isLocked, detail.may]).toEqual([true, { edit: true, editPolicy: false }])
    expect(detail.roles).toMatchObject([{ name: 'CONNECTION_ADMIN', scope: { id: connection } }])
  })
})
