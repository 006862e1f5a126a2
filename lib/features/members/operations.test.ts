import type { z } from 'zod'
import type { Operation } from '@/lib/boundary/operation'
import { afterEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { actorOfCredential } from '@/lib/access/principals/credential'
import { makeSecret } from '@/lib/access/principals/secret-format'
import { perform, read } from '@/lib/boundary/perform'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { leaveOrganization } from '@/lib/features/organizations/operations'
import { invitationIdOf, newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, mailsTo, makeInvitation } from '@/lib/testing/people'
import { findMember } from './detail'
import { removeMember, resetMemberPassword, resumeMember, setMemberRoles, suspendMember } from './operations'

testDatabase()
afterEach(() => setClock(null))

const act = <V>(operation: Operation<'member:write', z.ZodType<{ id: string }, { id: string }>, V>, organization: TestOrganization, id: string, actor: Actor = organization.admin.actor) =>
  perform(operation, actor, organization.slug, { id })

const setRoles = (organization: TestOrganization, id: string, roles: object[], actor: Actor = organization.admin.actor) =>
  perform(setMemberRoles, actor, organization.slug, { id, roles })

const detail = (organization: TestOrganization, id: string) => read(organization.admin.actor, organization.slug, 'member:read', (ctx) => findMember(ctx, id))

const enters = (organization: TestOrganization, actor: Actor) => read(actor, organization.slug, null, () => Promise.resolve(true))

/** Somebody with the administrator's role, active. */
async function makeAdministrator(organization: TestOrganization): Promise<TestMember> {
  const member = await makeMember(organization)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: member.id, roleId: organization.roleIds.get('administrator') ?? '', scopeId: organization.id } })
  return member
}

async function makeKey(organization: TestOrganization, member: TestMember): Promise<string> {
  const { publicId, secret, secretHash } = makeSecret('key')
  await db().apiKey.create({ data: { id: newId('key'), organizationId: organization.id, membershipId: member.id, name: 'deploy', publicId, secretHash } })
  return secret
}

test('a suspended member cannot enter, nor their keys, until resumed', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const secret = await makeKey(organization, member)
  expect(await enters(organization, member.actor)).toBe(true)
  await act(suspendMember, organization, member.id)
  await expect(enters(organization, member.actor)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(await actorOfCredential(secret)).toMatchObject({ refused: 'owner-inactive' })
  await act(suspendMember, organization, member.id)
  const events = await eventsOf(organization.id, 'member.suspend')
  expect(events.map(({ before, after, detail: told }) => [before, after, told])).toEqual([[{ status: 'active' }, { status: 'suspended' }, { sessionsEnded: 1 }]])
  await act(resumeMember, organization, member.id)
  await expect(enters(organization, member.actor)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(await actorOfCredential(secret)).toMatchObject({ type: 'credential', principal: { type: 'user', id: member.id } })
})

test('suspending in one organization leaves the other open', async () => {
  const [here, there] = [await makeOrganization(), await makeOrganization()]
  const member = await makeMember(here)
  await makeMember(there, [], { id: member.accountId, email: member.email })
  await act(suspendMember, here, member.id)
  expect(await enters(there, member.actor)).toBe(true)
})

test('removing ends the membership with its roles and keys, and the log says what went', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization, ['audit:read'])
  const secret = await makeKey(organization, member)
  expect((await detail(organization, member.id)).owned).toEqual({ apiKeys: 1 })
  expect(await act(removeMember, organization, member.id)).toEqual({ id: member.id, apiKeysRevoked: 1, apiKeysHandedOver: 0 })
  await expect(enters(organization, member.actor)).rejects.toMatchObject({ code: 'not-found' })
  expect(await actorOfCredential(secret)).toMatchObject({ refused: 'unknown' })
  expect(await db().roleAssignment.count({ where: { organizationId: organization.id, membershipId: member.id } })).toBe(0)
  expect(await db().account.count({ where: { id: member.accountId } })).toBe(1)
  const [event] = await eventsOf(organization.id, 'member.remove')
  expect([event?.targetIds[0], event?.detail]).toEqual([member.id, { sessionsEnded: 1, apiKeysRevoked: 1 }])
})

test('an open invitation is revoked, not suspended, removed or reset', async () => {
  const organization = await makeOrganization()
  const { membershipId } = await makeInvitation(organization.id, 'open@members.test')
  for (const operation of [suspendMember, resumeMember, removeMember, resetMemberPassword]) {
    await expect(act<unknown>(operation, organization, membershipId)).rejects.toMatchObject({ code: 'conflict' })
  }
})

test('people of another organization do not exist', async () => {
  const [organization, other] = [await makeOrganization(), await makeOrganization()]
  const member = await makeMember(other)
  for (const operation of [suspendMember, resumeMember, removeMember, resetMemberPassword]) {
    await expect(act<unknown>(operation, organization, member.id)).rejects.toMatchObject({ code: 'not-found' })
  }
  await expect(setRoles(organization, member.id, [])).rejects.toMatchObject({ code: 'not-found' })
  await expect(detail(organization, member.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('without the permission nothing is changed and the refusal is told', async () => {
  const organization = await makeOrganization()
  const [reader, member] = [await makeMember(organization, ['member:read']), await makeMember(organization)]
  await expect(act(suspendMember, organization, member.id, reader.actor)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'member:write' } } })
  await expect(setRoles(organization, member.id, [], reader.actor)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'assignment:write' } } })
  expect((await eventsOf(organization.id, 'member.suspend')).map(({ outcome }) => outcome)).toEqual(['denied'])
})

test('an administrator starts a reset that only the person receives', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  expect(await act(resetMemberPassword, organization, member.id)).toEqual({ id: member.id, email: member.email, delivery: 'kept' })
  expect((await mailsTo(member.email)).map(({ template, organizationId }) => [template, organizationId])).toEqual([['password-reset', null]])
})

describe('the last administrator', () => {
  const paths: [string, (organization: TestOrganization, id: string) => Promise<unknown>][] = [
    ['is not suspended', (organization, id) => act(suspendMember, organization, id)],
    ['is not removed', (organization, id) => act(removeMember, organization, id)],
    ['is not demoted', (organization, id) => setRoles(organization, id, [{ role: 'viewer' }])],
    ['does not get an end date', (organization, id) => setRoles(organization, id, [{ role: 'administrator', expiresAt: '2999-01-01T00:00:00Z' }])],
    ['does not leave', (organization) => perform(leaveOrganization, organization.admin.actor, organization.slug, {})],
  ]

  test.each(paths)('%s', async (_name, path) => {
    const organization = await makeOrganization()
    await expect(path(organization, organization.admin.id)).rejects.toMatchObject({ code: 'last-administrator' })
    expect(await detail(organization, organization.admin.id)).toMatchObject({ status: 'active', isLastAdministrator: true, roles: [{ name: 'administrator', expiresAt: null }] })
  })

  test.each(paths)('%s while the others are invited, suspended or hold the role for a time', async (_name, path) => {
    const organization = await makeOrganization()
    const { membershipId } = await makeInvitation(organization.id, 'soon@admin.test')
    await setRoles(organization, invitationIdOf(membershipId), [{ role: 'administrator' }])
    const suspended = await makeAdministrator(organization)
    await act(suspendMember, organization, suspended.id)
    const temporary = await makeMember(organization)
    await setRoles(organization, temporary.id, [{ role: 'administrator', expiresAt: '2999-01-01T00:00:00Z' }])
    await expect(path(organization, organization.admin.id)).rejects.toMatchObject({ code: 'last-administrator' })
  })

  test.each(paths.slice(0, 2))('%s when two go at the same moment', async (_name, path) => {
    const organization = await makeOrganization()
    const second = await makeAdministrator(organization)
    const outcomes = await Promise.allSettled([path(organization, organization.admin.id), path(organization, second.id)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db().membership.count({ where: { organizationId: organization.id, status: 'active' } })).toBe(1)
  })

  test('may go once there is another, through different roles too', async () => {
    const organization = await makeOrganization()
    const other = await makeMember(organization, ['member:write'])
    await expect(act(suspendMember, organization, organization.admin.id)).rejects.toMatchObject({ code: 'last-administrator' })
    const giver = await db().role.create({ data: { id: newId('role'), organizationId: organization.id, name: 'giver', title: 'Giver', builtIn: false, permissions: ['gatehouse/assignment:write'] } })
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: other.id, roleId: giver.id, scopeId: organization.id } })
    expect(await act(suspendMember, organization, organization.admin.id)).toEqual({ id: organization.admin.id, status: 'suspended' })
  })
})

describe('roles', () => {
  test('are replaced as a whole, those that stay keep their row', async () => {
    const organization = await makeOrganization()
    const member = await makeMember(organization)
    await setRoles(organization, member.id, [{ role: 'viewer' }, { role: 'auditor' }])
    const before = await db().roleAssignment.findMany({ where: { organizationId: organization.id, membershipId: member.id }, orderBy: { id: 'asc' } })
    await setRoles(organization, member.id, [{ role: 'viewer' }, { role: 'data-reader', expiresAt: '2999-01-01T00:00:00Z' }])
    const after = await detail(organization, member.id)
    expect(after.assignments.map(({ id, role, expiresAt }) => [id === before[0]?.id, role.name, expiresAt])).toEqual([[true, 'viewer', null], [false, 'data-reader', '2999-01-01T00:00:00.000Z']])
    const events = await eventsOf(organization.id, 'member.set-roles')
    expect(events.at(-1)).toMatchObject({ before: { roles: ['Auditor', 'Viewer'] }, after: { roles: ['Data reader until 2999-01-01T00:00:00.000Z', 'Viewer'] } })
    await setRoles(organization, member.id, [{ role: 'viewer' }, { role: 'data-reader', expiresAt: '2999-01-01T00:00:00Z' }])
    expect(await eventsOf(organization.id, 'member.set-roles')).toHaveLength(events.length)
  })

  test('nobody gives, prolongs or takes up what they do not hold; taking away is allowed', async () => {
    const organization = await makeOrganization()
    const [manager, member] = [await makeMember(organization, ['assignment:write', 'organization:read', 'billing:read']), await makeMember(organization)]
    const as = (roles: object[], id = member.id) => setRoles(organization, id, roles, manager.actor)
    await expect(as([{ role: 'billing-admin' }])).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'gatehouse/billing:write', scope: organization.id } } })
    await expect(as([{ role: 'administrator' }], manager.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await as([{ role: 'billing-viewer' }])).toEqual({ id: member.id, roles: 1 })
    await setRoles(organization, member.id, [{ role: 'billing-admin', expiresAt: '2999-01-01T00:00:00Z' }])
    await expect(as([{ role: 'billing-admin' }])).rejects.toMatchObject({ code: 'forbidden' })
    await as([{ role: 'billing-admin', expiresAt: '2998-01-01T00:00:00Z' }])
    expect(await as([])).toEqual({ id: member.id, roles: 0 })
  })

  test('an ended role no longer counts, and may be given anew', async () => {
    const organization = await makeOrganization()
    const member = await makeMember(organization)
    setClock(new Date('2027-01-01T00:00:00Z'))
    await setRoles(organization, member.id, [{ role: 'auditor', expiresAt: '2027-01-02T00:00:00Z' }])
    const titles = async () => (await detail(organization, member.id)).roles.map(({ title }) => title)
    expect(await titles()).toEqual(['Auditor'])
    setClock(new Date('2027-01-02T00:00:00Z'))
    expect(await titles()).toEqual([])
    const ended = await detail(organization, member.id)
    expect([ended.roles, ended.assignments.map(({ role, isEnded }) => [role.name, isEnded])]).toEqual([[], [['auditor', true]]])
    await setRoles(organization, member.id, [{ role: 'auditor' }])
    expect(await titles()).toEqual(['Auditor'])
  })

  test('in a model with one role each, a member keeps exactly one', async () => {
    const organization = await makeOrganization('rockset')
    const member = await makeMember(organization)
    await expect(setRoles(organization, member.id, [])).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
