import { afterEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { perform, read } from '@/lib/boundary/perform'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { invitationIdOf, newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, makeInvitation } from '@/lib/testing/people'
import { createAssignment, deleteAssignment, updateAssignment } from './operations'
import { listAssignmentsOf } from './queries'

testDatabase()
afterEach(() => setClock(null))

const by = (organization: TestOrganization, actor: Actor = organization.admin.actor) => ({
  give: (principal: { type: string; id: string }, role: string, more: object = {}) => perform(createAssignment, actor, organization.slug, { principal, role, ...more }),
  change: (id: string, change: object) => perform(updateAssignment, actor, organization.slug, { id, ...change }),
  take: (id: string) => perform(deleteAssignment, actor, organization.slug, { id }),
})

const user = ({ id }: { id: string }) => ({ type: 'user', id })

/** What was refused, in short: the code, and what was missing. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason)
  if (!isAppError(error)) throw error ?? new Error('it was not refused')
  return [error.code, error.extras.missing?.permission, error.extras.fields?.[0]?.path].filter(Boolean).join(' ')
}

async function makeResource(organization: { id: string }, type: string, name: string, parentId = organization.id): Promise<string> {
  const id = newId(type === 'folder' ? 'folder' : type === 'cluster' ? 'cluster' : 'resource')
  await db().resource.create({ data: { id, organizationId: organization.id, type, parentId, name } })
  return id
}

/** A member who holds a built-in role at a resource, without anybody having been asked. */
async function makeHolder(organization: TestOrganization, role: string, scopeId = organization.id) {
  const member = await makeMember(organization)
  const id = newId('assignment')
  await db().roleAssignment.create({ data: { id, organizationId: organization.id, membershipId: member.id, roleId: organization.roleIds.get(role) ?? '', scopeId } })
  return { ...member, assignmentId: id }
}

async function makeGroup(organization: { id: string }, members: { id: string }[] = [], more: { isAdmin?: boolean; resourceId?: string } = {}): Promise<string> {
  const id = newId('group')
  await db().group.create({ data: { id, organizationId: organization.id, name: 'a group', ...more } })
  await db().groupMember.createMany({ data: members.map((member) => ({ organizationId: organization.id, groupId: id, membershipId: member.id })) })
  return id
}

const titlesOf = (organization: TestOrganization, id: string) =>
  read(organization.admin.actor, organization.slug, 'assignment:read', async (ctx) => (await listAssignmentsOf(ctx, id, 'assignment:read')).filter(({ isEnded }) => !isEnded).map(({ role, scope }) => `${role.title} in ${scope.name}`))

const may = (organization: TestOrganization, actor: Actor, permission: string, scopeId: string) =>
  read(actor, organization.slug, null, (ctx) => Promise.resolve(ctx.rights.holdsNamed(permission, scopeId)))

describe('giving', () => {
  test('works for users, invitations, groups and service accounts, and counts at once', async () => {
    const organization = await makeOrganization()
    const prod = await makeResource(organization, 'folder', 'prod')
    const cluster = await makeResource(organization, 'cluster', 'one', prod)
    const [member, inGroup] = [await makeMember(organization), await makeMember(organization)]
    const { membershipId } = await makeInvitation(organization.id, 'soon@assignments.test')
    const groupId = await makeGroup(organization, [inGroup])
    const serviceAccountId = newId('serviceAccount')
    await db().serviceAccount.create({ data: { id: serviceAccountId, organizationId: organization.id, name: 'deployer' } })
    const principals = [user(member), { type: 'invitation', id: invitationIdOf(membershipId) }, { type: 'group', id: groupId }, { type: 'service_account', id: serviceAccountId }]
    for (const principal of principals) await by(organization).give(principal, 'cluster-operator', { scope: { type: 'folder', id: prod }, reason: 'on call' })
    for (const { id } of principals) expect(await titlesOf(organization, id)).toEqual(['Cluster operator in prod'])
    for (const { actor } of [member, inGroup]) expect(await may(organization, actor, 'cluster:scale', cluster)).toBe(true)
    expect(await may(organization, member.actor, 'cluster:scale', organization.id)).toBe(false)
    const events = await eventsOf(organization.id, 'assignment.create')
    expect(events.map(({ targetIds }) => targetIds[1])).toEqual([member.id, membershipId, groupId, serviceAccountId])
    expect(events[0]?.after).toEqual({ role: 'Cluster operator', scope: 'prod', expiresAt: null, reason: 'on call' })
    expect(events[0]?.targetIds).toContain(prod)
  })

  test('names of roles will do, and an invitation that was accepted goes on as a user', async () => {
    const organization = await makeOrganization()
    const { membershipId } = await makeInvitation(organization.id, 'named@assignments.test')
    await by(organization).give({ type: 'invitation', id: invitationIdOf(membershipId) }, 'Billing viewer')
    expect(await refusal(by(organization).give({ type: 'user', id: membershipId }, 'viewer'))).toBe('not-found')
    const account = await makeAccount('named@assignments.test')
    await db().membership.update({ where: { organizationId_id: { organizationId: organization.id, id: membershipId } }, data: { status: 'active', accountId: account.id } })
    expect(await titlesOf(organization, membershipId)).toEqual([`Billing viewer in ${organization.name}`])
  })

  test('what is wrong is named', async () => {
    const [organization, other] = [await makeOrganization(), await makeOrganization()]
    const member = await makeMember(organization)
    const cluster = await makeResource(organization, 'cluster', 'one')
    const { give } = by(organization)
    await give(user(member), 'viewer')
    expect(await refusal(give(user(member), 'viewer'))).toBe('already-exists')
    expect(await refusal(give(user(member), 'member'))).toBe('invalid-input role')
    expect(await refusal(give(user(member), 'no such role'))).toBe('invalid-input role')
    expect(await refusal(give(user(member), 'auditor', { scope: cluster }))).toBe('invalid-input scope')
    expect(await refusal(give(user(member), 'auditor', { expiresAt: '2001-01-01T00:00:00Z' }))).toBe('invalid-input expiresAt')
    expect(await refusal(give({ type: 'user', id: 'somebody' }, 'auditor'))).toBe('invalid-input principal.id')
    expect(await refusal(give(user(other.admin), 'auditor'))).toBe('not-found')
    expect(await refusal(give(user(member), 'auditor', { scope: other.id }))).toBe('not-found')
    expect(await refusal(give(user(member), other.roleIds.get('auditor') ?? ''))).toBe('not-found')
    expect(await titlesOf(organization, member.id)).toEqual([`Viewer in ${organization.name}`])
  })
})

describe('nobody gives what they do not hold', () => {
  test('a folder admin gives folder roles at the folder and below, and nowhere else', async () => {
    const organization = await makeOrganization('cockroachdb')
    const [prod, lab] = [await makeResource(organization, 'folder', 'prod'), await makeResource(organization, 'folder', 'lab')]
    const europe = await makeResource(organization, 'folder', 'europe', prod)
    const [lead, member] = [await makeHolder(organization, 'FOLDER_ADMIN', prod), await makeMember(organization)]
    const { give, take, change } = by(organization, lead.actor)
    await give(user(member), 'FOLDER_MOVER', { scope: europe })
    await give(user(member), 'FOLDER_ADMIN', { scope: prod, expiresAt: '2999-01-01T00:00:00Z' })
    expect(await refusal(give(user(member), 'FOLDER_MOVER', { scope: lab }))).toBe('forbidden assignment:write')
    expect(await refusal(give(user(member), 'FOLDER_MOVER'))).toBe('forbidden assignment:write')
    expect(await refusal(give(user(member), 'CLUSTER_OPERATOR_WRITER', { scope: europe }))).toBe('forbidden cluster:view')
    expect(await refusal(give(user(lead), 'CLUSTER_CREATOR', { scope: prod }))).toBe('forbidden cluster:create')
    // What others gave above the folder stays; what they gave below it may be taken away, though not held.
    const [above, beside, below] = [await makeHolder(organization, 'METRICS_VIEWER'), await makeHolder(organization, 'METRICS_VIEWER', lab), await makeHolder(organization, 'METRICS_VIEWER', europe)]
    for (const { assignmentId } of [above, beside]) {
      expect(await refusal(take(assignmentId))).toBe('forbidden assignment:write')
      expect(await refusal(change(assignmentId, { expiresAt: '2999-01-01T00:00:00Z' }))).toBe('forbidden assignment:write')
    }
    await take(below.assignmentId)
    const refused = await eventsOf(organization.id, 'assignment.create')
    expect(refused.filter(({ outcome }) => outcome === 'denied').map(({ detail }) => detail)).toContainEqual(expect.objectContaining({ missing: { permission: 'assignment:write', scope: lab } }))
  })

  test('to prolong is to give, to shorten is not', async () => {
    const organization = await makeOrganization()
    const manager = await makeHolder(organization, 'user-manager')
    const member = await makeMember(organization)
    const { id } = await by(organization).give(user(member), 'billing-admin', { expiresAt: '2999-06-01T00:00:00Z' })
    const { change } = by(organization, manager.actor)
    await change(id, { expiresAt: '2999-05-01T00:00:00Z', reason: 'leaves earlier' })
    expect(await refusal(change(id, { expiresAt: '2999-07-01T00:00:00Z' }))).toBe('forbidden gatehouse/billing:read')
    expect(await refusal(change(id, { expiresAt: null }))).toBe('forbidden gatehouse/billing:read')
    expect(await refusal(change(id, { expiresAt: '2001-01-01T00:00:00Z' }))).toBe('invalid-input expiresAt')
    const [event] = (await eventsOf(organization.id, 'assignment.update')).filter(({ outcome }) => outcome === 'success')
    expect([event?.before, event?.after]).toEqual([
      { role: 'Billing admin', scope: organization.name, expiresAt: '2999-06-01T00:00:00.000Z' },
      { role: 'Billing admin', scope: organization.name, expiresAt: '2999-05-01T00:00:00.000Z', reason: 'leaves earlier' },
    ])
    await change(id, { expiresAt: '2999-05-01T00:00:00Z' })
    expect((await eventsOf(organization.id, 'assignment.update')).filter(({ outcome }) => outcome === 'success')).toHaveLength(1)
    await by(organization).change(id, { expiresAt: null })
  })

  test('one who gives up a role cannot take it back', async () => {
    const organization = await makeOrganization('cockroachdb')
    const second = await makeHolder(organization, 'ORG_ADMIN')
    await by(organization, second.actor).take(second.assignmentId)
    expect(await refusal(by(organization, second.actor).give(user(second), 'ORG_ADMIN'))).toBe('forbidden assignment:write')
  })

  test('a custom role of own permissions may be given, one with a permission more may not', async () => {
    const organization = await makeOrganization('celerdata')
    const account = await makeResource(organization, 'account', 'eu')
    const custom = async (name: string, permissions: string[]) => {
      const id = newId('role')
      await db().role.create({ data: { id, organizationId: organization.id, name, title: name, builtIn: false, permissions } })
      return id
    }
    const [people, more] = [await custom('People', ['member:manage']), await custom('More', ['member:manage', 'billing:manage'])]
    const [manager, member] = [await makeMember(organization), await makeMember(organization)]
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: manager.id, roleId: people, scopeId: account } })
    const { give } = by(organization, manager.actor)
    await give(user(member), people, { scope: account })
    expect(await refusal(give(user(member), more, { scope: account }))).toBe('forbidden billing:manage')
    expect(await refusal(give(user(member), people))).toBe('forbidden assignment:write')
    expect(await refusal(give(user(manager), 'Account admin', { scope: account }))).toMatch(/^forbidden /)
  })
})

describe('the last administrator', () => {
  const only = async (organization: TestOrganization) => (await db().roleAssignment.findFirstOrThrow({ where: { organizationId: organization.id, membershipId: organization.admin.id } })).id

  test('keeps the role, for good', async () => {
    const organization = await makeOrganization()
    const id = await only(organization)
    expect(await refusal(by(organization).take(id))).toBe('last-administrator')
    expect(await refusal(by(organization).change(id, { expiresAt: '2999-01-01T00:00:00Z' }))).toBe('last-administrator')
    const second = await makeHolder(organization, 'administrator')
    await by(organization).take(id)
    expect(await refusal(by(organization, second.actor).take(second.assignmentId))).toBe('last-administrator')
  })

  test('may be so through a group, whose role then stays', async () => {
    const organization = await makeOrganization()
    const member = await makeMember(organization)
    const { id } = await by(organization).give({ type: 'group', id: await makeGroup(organization, [member]) }, 'administrator')
    await by(organization).take(await only(organization))
    expect(await refusal(by(organization, member.actor).take(id))).toBe('last-administrator')
    expect(await refusal(by(organization, member.actor).change(id, { expiresAt: '2999-01-01T00:00:00Z' }))).toBe('last-administrator')
  })

  test('of two who go at once one stays', async () => {
    const organization = await makeOrganization()
    const second = await makeHolder(organization, 'administrator')
    const outcomes = await Promise.allSettled([by(organization).take(await only(organization)), by(organization, second.actor).take(second.assignmentId)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('in a model with exactly one role each', () => {
  test('giving replaces, taking is refused with what to do', async () => {
    const organization = await makeOrganization('rockset')
    const member = await makeHolder(organization, 'Read-Only')
    const { id, replaced } = await by(organization).give(user(member), 'Member')
    expect([await titlesOf(organization, member.id), replaced]).toEqual([[`Member in ${organization.name}`], [member.assignmentId]])
    const [event] = await eventsOf(organization.id, 'assignment.create')
    expect([event?.before, event?.after]).toEqual([{ roles: ['Read-Only'] }, { role: 'Member', scope: organization.name, expiresAt: null }])
    await expect(by(organization).take(id)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('give') })
    const [shown] = await read(organization.admin.actor, organization.slug, 'assignment:read', (ctx) => listAssignmentsOf(ctx, member.id, 'assignment:read'))
    expect([shown?.isEditable, shown?.keptReason]).toEqual([true, 'In the Rockset model everybody holds exactly one role: giving another replaces it'])
    expect(await refusal(by(organization).give(user(organization.admin), 'Read-Only'))).toBe('last-administrator')
    expect(await refusal(by(organization).give({ type: 'group', id: await makeGroup(organization) }, 'Member'))).toBe('conflict')
  })

  test('an Admin group’s role cannot be given, changed or taken', async () => {
    const organization = await makeOrganization('rocketadmin')
    const connection = await makeResource(organization, 'connection', 'shop')
    const member = await makeHolder(organization, 'USER')
    const locked = await makeGroup(organization, [member], { isAdmin: true, resourceId: connection })
    const id = newId('assignment')
    await db().roleAssignment.create({ data: { id, organizationId: organization.id, groupId: locked, roleId: organization.roleIds.get('CONNECTION_ADMIN') ?? '', scopeId: connection } })
    for (const actor of [organization.admin.actor, member.actor]) {
      expect(await refusal(by(organization, actor).take(id))).toBe('conflict')
      expect(await refusal(by(organization, actor).change(id, { expiresAt: '2999-01-01T00:00:00Z' }))).toBe('conflict')
    }
    expect(await refusal(by(organization).give({ type: 'group', id: locked }, 'USER'))).toBe('conflict')
    expect(await refusal(by(organization).give(user(member), 'CONNECTION_ADMIN', { scope: connection }))).toBe('conflict')
  })
})

test('what ended stops at once, without a job, and may be given anew', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  setClock(new Date('2027-01-01T00:00:00Z'))
  const { id } = await by(organization).give(user(member), 'billing-viewer', { expiresAt: '2027-01-02T00:00:00Z' })
  expect(await may(organization, member.actor, 'gatehouse/billing:read', organization.id)).toBe(true)
  setClock(new Date('2027-01-02T00:00:00Z'))
  expect(await may(organization, member.actor, 'gatehouse/billing:read', organization.id)).toBe(false)
  const { replaced } = await by(organization).give(user(member), 'billing-viewer')
  expect(replaced).toEqual([id])
  expect(await may(organization, member.actor, 'gatehouse/billing:read', organization.id)).toBe(true)
})
