import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { createMapping } from '@/lib/features/provisioning/mapping-operations'
import { createScimToken } from '@/lib/features/provisioning/token-operations'
import { updateSignInPolicy } from '@/lib/features/sign-in-policy/operations'
import { setMappings } from '@/lib/features/sso-connections/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { deleteRole } from './deletion'
import { findReplacing } from './editing'

testDatabase()

let org: TestOrganization
let gone: string
let kept: string
beforeEach(async () => {
  org = await makeOrganization()
  gone = await makeRole(org.id, ['audit:read'])
  kept = await makeRole(org.id, ['audit:read', 'billing:read'])
})

type Principal = { membershipId: string } | { groupId: string } | { serviceAccountId: string }
const remove = (id: string, replaceWith?: string, actor: Actor = org.admin.actor) => perform(deleteRole, actor, org.slug, { id, ...(replaceWith !== undefined && { replaceWith }) })
const of = ({ id }: TestMember): Principal => ({ membershipId: id })
const in2099 = new Date('2099-01-01T00:00:00Z')
const in2098 = new Date('2098-01-01T00:00:00Z')
const past = new Date('2020-01-01T00:00:00Z')

async function assign(principal: Principal, roleId: string, expiresAt: Date | null = null, scopeId = org.id): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, ...principal, roleId, scopeId, expiresAt } })
}

const heldBy = async (principal: Principal): Promise<[string, Date | null][]> =>
  (await db().roleAssignment.findMany({ where: { organizationId: org.id, ...principal }, orderBy: { id: 'asc' } })).map(({ roleId, expiresAt }) => [roleId, expiresAt])

test('a role nobody holds goes, with assignments that have ended', async () => {
  const member = await makeMember(org)
  await assign(of(member), gone, past)
  await remove(gone)
  expect([await db().role.count({ where: { organizationId: org.id, id: gone } }), await heldBy(of(member))]).toEqual([0, []])
  const [event] = await eventsOf(org.id, 'role.delete')
  expect([event?.before, event?.detail]).toEqual([{ name: expect.stringMatching(/^role-/), description: '', permissions: ['gatehouse/audit:read'] }, null])
})

test('one that is held is refused, with by whom', async () => {
  const group = { groupId: newId('group') }
  const account = { serviceAccountId: newId('serviceAccount') }
  await db().group.create({ data: { id: group.groupId, organizationId: org.id, name: 'ops' } })
  await db().serviceAccount.create({ data: { id: account.serviceAccountId, organizationId: org.id, name: 'deploy' } })
  for (const principal of [of(await makeMember(org)), of(await makeMember(org)), group, account]) await assign(principal, gone)
  await expect(remove(gone)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/is held by 2 people, 1 group, 1 service account; say which role they get instead$/) })
  expect(await remove(gone, kept)).toMatchObject({ moved: 4, merged: 0 })
  for (const principal of [group, account]) expect(await heldBy(principal)).toEqual([[kept, null]])
})

test('who holds the other one there already keeps it, until the later of the two ends', async () => {
  const [shorter, longer, forGood, elsewhere, ended] = await Promise.all([1, 2, 3, 4, 5].map(() => makeMember(org)))
  if (!shorter || !longer || !forGood || !elsewhere || !ended) throw new Error('five members')
  const folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: org.id, type: 'folder', parentId: org.id, name: 'prod' } })
  await assign(of(shorter), kept, in2098)
  await assign(of(shorter), gone, in2099)
  await assign(of(longer), kept, in2099)
  await assign(of(longer), gone, in2098)
  await assign(of(forGood), kept, in2098)
  await assign(of(forGood), gone)
  await assign(of(elsewhere), kept, in2098, folder)
  await assign(of(elsewhere), gone, in2099)
  await assign(of(ended), gone, past)
  expect(await remove(gone, kept)).toMatchObject({ moved: 1, merged: 3 })
  expect(await heldBy(of(shorter))).toEqual([[kept, in2099]])
  expect(await heldBy(of(longer))).toEqual([[kept, in2099]])
  expect(await heldBy(of(forGood))).toEqual([[kept, null]])
  expect(await heldBy(of(elsewhere))).toEqual([[kept, in2098], [kept, in2099]])
  expect(await heldBy(of(ended))).toEqual([])
  const [event] = await eventsOf(org.id, 'role.delete')
  expect(event?.detail).toMatchObject({ assignmentsMoved: 1, assignmentsMerged: 3 })
})

test('by its name, too; a name there is not is a wrong field, an id of elsewhere does not exist', async () => {
  const member = await makeMember(org)
  await assign(of(member), gone)
  const other = await makeOrganization()
  await expect(remove(gone, 'Nothing')).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'replaceWith' }] } })
  await expect(remove(gone, other.roleIds.get('viewer'))).rejects.toMatchObject({ code: 'not-found' })
  await remove(gone, 'VIEWER')
  expect(await heldBy(of(member))).toEqual([[org.roleIds.get('viewer'), null]])
})

test('not by itself, not by what everybody holds, not by what cannot be held there', async () => {
  const folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: org.id, type: 'folder', parentId: org.id, name: 'prod' } })
  await assign(of(await makeMember(org)), gone, null, folder)
  await expect(remove(gone, gone)).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(remove(gone, 'Member')).rejects.toMatchObject({ message: expect.stringContaining('is held by everybody') })
  await expect(remove(gone, 'Billing viewer')).rejects.toMatchObject({ message: expect.stringContaining('is held at `prod`, where `Billing viewer` cannot be') })
})

test('what the holders gain by it must be the author’s own; what they had need not be', async () => {
  await assign(of(await makeMember(org)), gone)
  const author = await makeMember(org, ['role:write'])
  await expect(remove(gone, kept, author.actor)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'gatehouse/billing:read', scope: org.id } } })
  const same = await makeRole(org.id, ['audit:read'])
  await remove(gone, same, author.actor)
})

test('the last administrator stays one', async () => {
  const chiefs = await makeRole(org.id, ['member:write', 'assignment:write', 'role:write'])
  await db().roleAssignment.updateMany({ where: { organizationId: org.id, membershipId: org.admin.id }, data: { roleId: chiefs } })
  await expect(remove(chiefs, gone)).rejects.toMatchObject({ code: 'forbidden' })
  const halves = await makeRole(org.id, ['member:write', 'role:write'])
  await expect(remove(chiefs, halves)).rejects.toMatchObject({ code: 'last-administrator' })
})

test('built-in roles stay', async () => {
  await expect(remove(org.roleIds.get('auditor') ?? '')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('is built into the Standard model') })
})

test('one that a directory’s mapping gives stays, and says which', async () => {
  const { directoryId } = await perform(createScimToken, org.admin.actor, org.id, { name: 'Okta' })
  await perform(createMapping, org.admin.actor, org.id, { directoryId, value: 'Analysts', role: gone })
  await expect(remove(gone)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/is given by the mapping of the group `Analysts` of Okta; map that group to another role, or delete the mapping, under Settings, Provisioning$/) })
  for (const value of ['Two', 'Three', 'Four', 'Five']) await perform(createMapping, org.admin.actor, org.id, { directoryId, value, role: gone })
  await expect(remove(gone, kept)).rejects.toMatchObject({ message: expect.stringContaining('is given by the mappings of the groups `Analysts` of Okta, `Two` of Okta, `Three` of Okta, 2 more; ') })
  expect(await read(org.admin.actor, org.id, 'role:write', (ctx) => findReplacing(ctx, gone))).toMatchObject({ holders: '', refusedReason: expect.stringMatching(/^The role is given by the mappings of the groups Analysts of Okta, /) })
})

test('so does one that a mapping of single sign-on gives, and the default role of autoprovision', async () => {
  const connection = await db().ssoConnection.create({ data: { id: newId('connection'), organizationId: org.id, kind: 'google', name: 'Google', status: 'enabled' } })
  await perform(setMappings, org.admin.actor, org.id, { id: connection.id, mappings: [{ group: 'finance', role: gone }] })
  await expect(remove(gone, kept)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/is given by the mapping of the group `finance` of Google; map that group to another role, or delete the mapping, under Settings, Security & SSO$/) })
  const { directoryId } = await perform(createScimToken, org.admin.actor, org.id, { name: 'Okta' })
  await perform(createMapping, org.admin.actor, org.id, { directoryId, value: 'Analysts', role: gone })
  expect(await read(org.admin.actor, org.id, 'role:write', (ctx) => findReplacing(ctx, gone))).toMatchObject({
    refusedReason: 'The role is given by the mappings of the groups Analysts of Okta, finance of Google; map those groups to another role, or delete the mappings, under Settings, Provisioning and Settings, Security & SSO.',
  })
  const [refused] = await eventsOf(org.id, 'role.delete')
  expect([refused?.outcome, refused?.detail]).toMatchObject(['failed', { message: expect.stringContaining('`finance` of Google') }])
  expect(await db().groupMapping.count({ where: { organizationId: org.id } })).toBe(1)
  await perform(updateSignInPolicy, org.admin.actor, org.id, { defaultRole: kept })
  await expect(remove(kept)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/is the default role of people who come in by autoprovision; choose another under Settings, Security & SSO$/) })
})
