import { beforeAll, describe, expect, test } from 'vitest'
import { perform } from '@/lib/boundary/perform'
import { rehearse, rehearseAll } from '@/lib/boundary/rehearsal'
import type { AccessPreview } from '@/lib/access/preview'
import { db } from '@/lib/db'
import { addGroupMembers, deleteGroup, removeGroupMembers } from '@/lib/features/groups/operations'
import { removeMember, resumeMember, suspendMember } from '@/lib/features/members/operations'
import { restorePolicy, saveGuardrails, savePolicy } from '@/lib/features/policies/operations'
import { updateResource } from '@/lib/features/resources/operations'
import { createAssignment, deleteAssignment, updateAssignment } from '@/lib/features/role-assignments/operations'
import { deleteRole } from '@/lib/features/roles/deletion'
import { updateRole } from '@/lib/features/roles/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()

let org: TestOrganization
let prod: string
let cluster: string
let person: TestMember

beforeAll(async () => {
  org = await makeOrganization()
  prod = await makeResource(org, 'folder', org.id, 'prod')
  cluster = await makeResource(org, 'cluster', prod, 'orders')
  person = await makeMember(org)
})

type Rehearsed = Parameters<typeof rehearse>[0]
const LEAVING: readonly Rehearsed[] = [suspendMember, removeMember]

const told = (operation: Rehearsed, input: unknown) => rehearse(operation, org.admin.actor, org.slug, input, (_ctx, preview) => Promise.resolve(preview))

/** "+" and "-" with who, what and where, in order. */
function lines({ shifts }: AccessPreview, only?: RegExp): string[] {
  return shifts.flatMap(({ principalId, resourceId, gained, lost }) =>
    [...gained.map((name) => `+ ${principalId} ${name} ${resourceId}`), ...lost.map((name) => `- ${principalId} ${name} ${resourceId}`)]).filter((line) => only?.test(line) ?? true).sort()
}

async function makeGroup(members: { id: string }[] = [], text = ''): Promise<string> {
  const id = newId('group')
  await db().group.create({ data: { id, organizationId: org.id, name: `group ${id}` } })
  await db().groupMember.createMany({ data: members.map((member) => ({ organizationId: org.id, groupId: id, membershipId: member.id })) })
  if (text !== '') await db().policy.create({ data: { organizationId: org.id, ownerId: id, text, version: 1, savedByName: 'somebody', savedAt: new Date() } })
  return id
}

async function assign(membershipId: string, roleId: string, scopeId: string): Promise<string> {
  const id = newId('assignment')
  await db().roleAssignment.create({ data: { id, organizationId: org.id, membershipId, roleId, scopeId } })
  return id
}

const permitScale = (place: string) => `permit(principal, action == Standard::Action::"cluster:scale", resource in Standard::Folder::"${place}");`

describe('leaves everything as it was, and tells', () => {
  test('giving, changing and taking a role', async () => {
    const roleId = await makeRole(org.id, ['audit:read'])
    const given = await told(createAssignment, { principal: { type: 'user', id: person.id }, role: roleId, scope: prod })
    expect([lines(given), given.lookedAt, given.unseenMembers]).toEqual([[`+ ${person.id} gatehouse/audit:read ${prod}`], 1, 0])
    expect(await db().roleAssignment.count({ where: { organizationId: org.id, roleId } })).toBe(0)
    const id = await assign(person.id, roleId, prod)
    expect(lines(await told(deleteAssignment, { id }))).toEqual([`- ${person.id} gatehouse/audit:read ${prod}`])
    const expiresAt = new Date(Date.now() + 3600_000).toISOString()
    const ending = await told(updateAssignment, { id, expiresAt })
    expect([lines(ending), ending.since]).toEqual([[`- ${person.id} gatehouse/audit:read ${prod}`], Date.parse(expiresAt)])
    expect((await told(updateAssignment, { id, reason: 'looked at' })).since).toBe(null)
    expect(await db().roleAssignment.findUniqueOrThrow({ where: { id }, select: { expiresAt: true } })).toEqual({ expiresAt: null })
    expect(await db().auditEvent.count({ where: { organizationId: org.id } })).toBe(0)
  })

  test('an end that comes later or falls away counts from the earlier one on, one that has come from now on', async () => {
    const holder = await makeMember(org)
    const roleId = await makeRole(org.id, ['audit:read'])
    const id = await assign(holder.id, roleId, prod)
    const until = (expiresAt: Date) => db().roleAssignment.update({ where: { organizationId_id: { organizationId: org.id, id } }, data: { expiresAt } })
    const tomorrow = new Date(Date.now() + 24 * 3600_000)
    await until(tomorrow)
    const kept = await told(updateAssignment, { id, expiresAt: null })
    expect([lines(kept), kept.since]).toEqual([[`+ ${holder.id} gatehouse/audit:read ${prod}`], tomorrow.getTime()])
    await until(new Date(Date.now() - 1000))
    const again = await told(updateAssignment, { id, expiresAt: null })
    expect([lines(again), again.since]).toEqual([[`+ ${holder.id} gatehouse/audit:read ${prod}`], null])
  })

  test('suspending, resuming and removing people, the floor role counted', async () => {
    const [one, other] = [await makeMember(org), await makeMember(org)]
    await assign(one.id, await makeRole(org.id, ['audit:read']), prod)
    const floor = (sign: string, { id }: { id: string }) => [`${sign} ${id} gatehouse/key:self ${org.id}`, `${sign} ${id} gatehouse/organization:read ${org.id}`]
    const both = (preview: AccessPreview) => lines(preview, new RegExp(`(${one.id}|${other.id})`))
    const lost = [`- ${one.id} gatehouse/audit:read ${prod}`, ...floor('-', one)].sort()
    const ids = [{ id: one.id }, { id: other.id }]
    for (const operation of LEAVING) {
      expect(both(await told(operation, { id: one.id }))).toEqual(expect.arrayContaining(lost))
      const all = await rehearseAll(operation, org.admin.actor, org.slug, ids, (_ctx, preview) => Promise.resolve(preview))
      expect(both(all)).toEqual(expect.arrayContaining([...lost, ...floor('-', other)]))
    }
    expect(await db().membership.count({ where: { organizationId: org.id, id: { in: [one.id, other.id] }, status: 'active' } })).toBe(2)
    await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: other.id } }, data: { status: 'suspended' } })
    expect(both(await told(resumeMember, { id: other.id }))).toEqual(expect.arrayContaining(floor('+', other)))
  })

  test('moving by a change of the parent', async () => {
    const [from, to] = [await makeResource(org, 'folder'), await makeResource(org, 'folder')]
    const moved = await makeResource(org, 'cluster', from)
    const roleId = await makeRole(org.id, ['audit:read'])
    await assign(person.id, roleId, from)
    expect(lines(await told(updateResource, { id: moved, parent: to, name: 'renamed' }))).toEqual([`- ${person.id} gatehouse/audit:read ${moved}`])
    expect(await db().resource.findUniqueOrThrow({ where: { id: moved }, select: { parentId: true } })).toEqual({ parentId: from })
  })
})

describe('is refused for the same reasons as the change', () => {
  test('a role whose edit would leave no administrator', async () => {
    const other = await makeOrganization()
    const roleId = await makeRole(other.id, ['member:write', 'assignment:write', 'role:write'])
    await db().roleAssignment.updateMany({ where: { organizationId: other.id, membershipId: other.admin.id }, data: { roleId } })
    await expect(rehearse(updateRole, other.admin.actor, other.slug, { id: roleId, permissions: ['gatehouse/role:write'] }, (_ctx, preview) => Promise.resolve(preview)))
      .rejects.toMatchObject({ code: 'last-administrator' })
  })

  test('people of whom one is the last administrator', async () => {
    const other = await makeOrganization()
    const helper = await makeMember(other)
    const ids = [{ id: helper.id }, { id: other.admin.id }]
    for (const operation of LEAVING)
      await expect(rehearseAll(operation, other.admin.actor, other.slug, ids, (_ctx, preview) => Promise.resolve(preview))).rejects.toMatchObject({ code: 'last-administrator' })
  })

  test('a role that tokens hold, and one that is held and nothing said about what comes instead', async () => {
    const [held, withToken] = [await makeRole(org.id, ['audit:read']), await makeRole(org.id, ['audit:read'])]
    await assign(person.id, held, prod)
    await db().applicationToken.create({ data: { id: newId('token'), organizationId: org.id, publicId: newId('token'), secretHash: '', roleId: withToken, scopeId: org.id } })
    await expect(told(deleteRole, { id: held })).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('say which role they get instead') })
    await expect(told(deleteRole, { id: withToken })).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('application token') })
  })

  test('a role that is held already, and a policy that does not parse', async () => {
    const roleId = await makeRole(org.id, ['audit:read'])
    await assign(person.id, roleId, prod)
    await expect(told(createAssignment, { principal: { type: 'user', id: person.id }, role: roleId, scope: prod })).rejects.toMatchObject({ code: 'already-exists' })
    await expect(told(savePolicy, { groupId: await makeGroup(), text: 'permit(' })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('looks at policies too', () => {
  test('joining and leaving a group, and its end', async () => {
    const inside = await makeMember(org)
    const groupId = await makeGroup([inside], permitScale(prod))
    expect(lines(await told(addGroupMembers, { id: groupId, userIds: [person.id] }))).toEqual([`+ ${person.id} cluster:scale ${prod}`])
    expect(lines(await told(removeGroupMembers, { id: groupId, userIds: [inside.id] }))).toEqual([`- ${inside.id} cluster:scale ${prod}`])
    expect(lines(await told(deleteGroup, { id: groupId }))).toEqual([`- ${groupId} cluster:scale ${prod}`, `- ${inside.id} cluster:scale ${prod}`].sort())
    expect(await db().groupMember.count({ where: { organizationId: org.id, groupId } })).toBe(1)
  })

  test('what somebody holds by a role besides is not lost', async () => {
    const operator = await makeMember(org)
    await assign(operator.id, org.roleIds.get('cluster-operator') ?? '', prod)
    const groupId = await makeGroup([operator], permitScale(prod))
    expect(lines(await told(deleteGroup, { id: groupId }))).toEqual([`- ${groupId} cluster:scale ${prod}`])
  })

  test('a text: only statements that differ, where they speak', async () => {
    const inside = await makeMember(org)
    const groupId = await makeGroup([inside], permitScale(prod))
    const more = `${permitScale(prod)}\npermit(principal, action == Standard::Action::"cluster:view", resource == Standard::Cluster::"${cluster}");`
    expect(lines(await told(savePolicy, { groupId, text: more }), /cluster:/)).toEqual([`+ ${groupId} cluster:view ${cluster}`, `+ ${inside.id} cluster:view ${cluster}`].sort())
    expect(lines(await told(savePolicy, { groupId, text: `${permitScale(prod)} // the same` }))).toEqual([])
    expect(lines(await told(savePolicy, { groupId, text: '' }))).toEqual([`- ${groupId} cluster:scale ${prod}`, `- ${inside.id} cluster:scale ${prod}`].sort())
  })

  test('a condition on the resource is looked at resource by resource', async () => {
    const groupId = await makeGroup([person])
    const away = await makeResource(org, 'cluster', prod, 'away')
    await db().resource.update({ where: { id: cluster }, data: { attributes: { region: 'eu-west-1' } } })
    const text = `permit(principal, action == Standard::Action::"cluster:scale", resource) when { resource has region && resource.region == "eu-west-1" };`
    const found = lines(await told(savePolicy, { groupId, text }), / cluster:scale /)
    expect(found).toEqual([`+ ${groupId} cluster:scale ${cluster}`, `+ ${person.id} cluster:scale ${cluster}`].sort())
    expect(found.join()).not.toContain(away)
  })

  test('guardrails: who loses what they hold, by role and through groups', async () => {
    const [one, two] = [await makeMember(org), await makeMember(org)]
    const stage = await makeResource(org, 'folder', org.id, 'stage')
    await assign(one.id, org.roleIds.get('cluster-operator') ?? '', stage)
    const groupId = await makeGroup([two], permitScale(stage))
    const text = `forbid(principal, action == Standard::Action::"cluster:scale", resource in Standard::Folder::"${stage}");`
    const found = lines(await told(saveGuardrails, { text }))
    expect(found).toEqual(expect.arrayContaining([`- ${one.id} cluster:scale ${stage}`, `- ${two.id} cluster:scale ${stage}`, `- ${groupId} cluster:scale ${stage}`, `- ${org.admin.id} cluster:scale ${stage}`]))
    const about = `forbid(principal == Standard::User::"${one.id}", action == Standard::Action::"cluster:scale", resource);`
    expect(lines(await told(saveGuardrails, { text: about }))).toEqual([`- ${one.id} cluster:scale ${stage}`])
    expect(await db().policy.count({ where: { organizationId: org.id, ownerId: org.id } })).toBe(0)
  })

  test('guardrails on what everybody holds by the floor role', async () => {
    const other = await makeOrganization()
    const member = await makeMember(other)
    const text = `forbid(principal, action == Standard::Action::"gatehouse/key:self", resource);`
    const preview = await rehearse(saveGuardrails, other.admin.actor, other.slug, { text }, (_ctx, preview) => Promise.resolve(preview))
    expect(lines(preview)).toEqual([`- ${member.id} gatehouse/key:self ${other.id}`, `- ${other.admin.id} gatehouse/key:self ${other.id}`].sort())
  })

  test('what depends on the request is told beside it, with whose text it is', async () => {
    const inside = await makeMember(org)
    const near = `permit(principal, action == Standard::Action::"cluster:scale", resource in Standard::Folder::"${prod}") when { context has ip && context.ip.isInRange(ip("10.0.0.0/8")) };`
    const far = `permit(principal, action == Standard::Action::"cluster:view", resource in Standard::Folder::"${await makeResource(org, 'folder')}") when { context has ip && context.ip.isLoopback() };`
    const groupId = await makeGroup([inside], `${near}\n${far}`)
    const joining = await told(addGroupMembers, { id: groupId, userIds: [person.id] })
    expect([lines(joining), joining.undecided.map(({ ownerId }) => ownerId)]).toEqual([[], [groupId, groupId]])
    const roleId = org.roleIds.get('cluster-operator') ?? ''
    const taking = await told(deleteAssignment, { id: await assign(inside.id, roleId, prod) })
    expect(lines(taking, / cluster:scale /)).toEqual([`- ${inside.id} cluster:scale ${prod}`])
    expect(taking.undecided).toEqual([{ ownerId: groupId, text: near }])
    const elsewhere = await told(createAssignment, { principal: { type: 'user', id: inside.id }, role: roleId, scope: await makeResource(org, 'folder') })
    expect(elsewhere.undecided).toEqual([])
  })

  test('a version that is restored', async () => {
    const inside = await makeMember(org)
    const groupId = await makeGroup([inside])
    for (const text of [permitScale(prod), '']) await perform(savePolicy, org.admin.actor, org.slug, { groupId, text })
    expect(lines(await told(restorePolicy, { groupId, version: 1 }))).toEqual([`+ ${groupId} cluster:scale ${prod}`, `+ ${inside.id} cluster:scale ${prod}`].sort())
    expect((await db().policyVersion.findMany({ where: { organizationId: org.id, ownerId: groupId } })).length).toBe(2)
  })

  test('of a large group says how many were looked at', async () => {
    const many = Array.from({ length: 1_010 }, (_, n) => ({ id: newId('user'), accountId: newId('account'), organizationId: org.id, email: `m${n}@large.test`, status: 'active' as const, source: 'invitation' as const, joinedAt: new Date() }))
    await db().account.createMany({ data: many.map(({ accountId, email }) => ({ id: accountId, email })) })
    await db().membership.createMany({ data: many })
    const groupId = await makeGroup(many)
    const preview = await told(savePolicy, { groupId, text: permitScale(prod) })
    expect([preview.lookedAt, preview.unseenMembers, preview.shifts.length]).toEqual([1_001, 10, 1_001])
  })
})
