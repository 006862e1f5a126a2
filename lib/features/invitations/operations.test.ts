import { afterEach, expect, test, vi } from 'vitest'
import type { Actor } from '@/lib/access/principals/actor'
import { perform } from '@/lib/boundary/perform'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { invitationIdOf, membershipIdOf, newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, mailsTo, makeInvitation } from '@/lib/testing/people'
import { copyInvitationLink, createInvitations, resendInvitation, revokeInvitation } from './operations'

testDatabase()
afterEach(() => {
  setClock(null)
  vi.unstubAllEnvs()
  forgetEnv()
})

const invite = (organization: TestOrganization, input: { emails: string[] | string; roles?: object[]; message?: string }, actor: Actor = organization.admin.actor) =>
  perform(createInvitations, actor, organization.slug, input)

type ById = typeof copyInvitationLink | typeof resendInvitation | typeof revokeInvitation

const act = <O extends ById>(operation: O, organization: TestOrganization, id: string, actor: Actor = organization.admin.actor) =>
  perform<'member:write', O['input'], unknown>(operation, actor, organization.slug, { id })

const invitationOf = (organization: TestOrganization, email: string) =>
  db().membership.findUniqueOrThrow({ where: { organizationId_email: { organizationId: organization.id, email } }, include: { assignments: { orderBy: { id: 'asc' } } } })

test('answers for each address on its own', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const earlier = await makeInvitation(organization.id, 'earlier@invite.test')
  const stale = await makeInvitation(organization.id, 'stale@invite.test', new Date(Date.now() - 1000))
  const { results } = await invite(organization, { emails: ['New@invite.test', 'no-address', member.email, 'earlier@invite.test', 'stale@invite.test', 'new@invite.test'] })
  const { id } = await invitationOf(organization, 'new@invite.test')
  expect(results).toEqual([
    { email: 'new@invite.test', status: 'invited', id: invitationIdOf(id) },
    { email: 'no-address', status: 'invalid', detail: 'no @ in it' },
    { email: member.email, status: 'already_member', id: member.id },
    { email: 'earlier@invite.test', status: 'already_invited', id: invitationIdOf(earlier.membershipId) },
    { email: 'stale@invite.test', status: 'already_invited', id: invitationIdOf(stale.membershipId), detail: 'the invitation expired; resend it' },
    { email: 'new@invite.test', status: 'already_invited', id: invitationIdOf(id), detail: 'given twice' },
  ])
  expect(await mailsTo('new@invite.test')).toHaveLength(1)
  expect(await mailsTo('earlier@invite.test')).toHaveLength(0)
  const events = await eventsOf(organization.id, 'invitation.create')
  expect(events.map(({ outcome, targets }) => [outcome, targets])).toEqual([['success', [{ type: 'user', id, name: 'new@invite.test' }]]])
})

test('takes a pasted text, gives roles with an end, and keeps the invitation for seven days', async () => {
  setClock(new Date('2026-11-22T10:00:00Z'))
  const organization = await makeOrganization()
  const { results } = await invite(organization, {
    emails: '"Lee, Jo" <jo@paste.test>,\nal@paste.test',
    roles: [{ role: 'Viewer', expiresAt: '2026-12-31T00:00:00Z' }, { role: organization.roleIds.get('auditor') ?? '', scope: { type: 'organization', id: organization.id } }],
    message: 'Welcome',
  })
  expect(results.map(({ email, status }) => [email, status])).toEqual([['jo@paste.test', 'invited'], ['al@paste.test', 'invited']])
  const invitation = await invitationOf(organization, 'jo@paste.test')
  expect(invitation.invitationExpiresAt?.toISOString()).toBe('2026-11-29T10:00:00.000Z')
  expect(invitation.assignments.map(({ roleId, expiresAt }) => [roleId, expiresAt?.toISOString() ?? null])).toEqual([
    [organization.roleIds.get('viewer'), '2026-12-31T00:00:00.000Z'],
    [organization.roleIds.get('auditor'), null],
  ])
  const [mail] = await mailsTo('jo@paste.test')
  expect([mail?.organizationId, mail?.status, mail?.params]).toMatchObject([organization.id, 'kept', { roles: ['Viewer', 'Auditor'], message: 'Welcome' }])
})

test('stops at the member limit, address by address', async () => {
  const organization = await makeOrganization()
  await db().organization.update({ where: { id: organization.id }, data: { memberLimit: 3 } })
  const { results } = await invite(organization, { emails: 'a@limit.test b@limit.test c@limit.test' })
  expect(results.map(({ status }) => status)).toEqual(['invited', 'invited', 'limit_reached'])
  expect(results[2]?.detail).toBe('the organization may have 3 users, invitations included')
})

test('of two invitations of one address at the same moment one is made', async () => {
  const organization = await makeOrganization()
  const answers = await Promise.all([1, 2, 3].map(() => invite(organization, { emails: ['twice@race.test'] })))
  expect(answers.map(({ results }) => results[0]?.status).sort()).toEqual(['already_invited', 'already_invited', 'invited'])
  expect(await mailsTo('twice@race.test')).toHaveLength(1)
})

test('takes five hundred addresses and no more', async () => {
  const organization = await makeOrganization()
  const many = Array.from({ length: 501 }, (_, index) => `p${index}@many.test`)
  await expect(invite(organization, { emails: many })).rejects.toMatchObject({ code: 'invalid-input' })
  const { results } = await invite(organization, { emails: many.slice(1) })
  expect(results.every(({ status }) => status === 'invited')).toBe(true)
})

test('nobody invites with a role they do not hold', async () => {
  const organization = await makeOrganization()
  const manager = await makeMember(organization, ['member:write', 'assignment:write', 'organization:read', 'billing:read'])
  await expect(invite(organization, { emails: ['x@grant.test'], roles: [{ role: 'administrator' }] }, manager.actor)).rejects.toMatchObject({
    code: 'forbidden', extras: { missing: { scope: organization.id } },
  })
  expect(await db().membership.count({ where: { organizationId: organization.id, email: 'x@grant.test' } })).toBe(0)
  const { results } = await invite(organization, { emails: ['x@grant.test'], roles: [{ role: 'billing-viewer' }] }, manager.actor)
  expect(results[0]?.status).toBe('invited')
  const inviter = await makeMember(organization, ['member:write', 'organization:read', 'billing:read'])
  await expect(invite(organization, { emails: ['y@grant.test'], roles: [{ role: 'billing-viewer' }] }, inviter.actor)).rejects.toMatchObject({
    code: 'forbidden', extras: { missing: { permission: 'assignment:write', scope: organization.id } },
  })
})

test.each([
  [{ role: 'Nonsense' }, 'invalid-input', 'roles.0.role'],
  [{ role: 'member' }, 'invalid-input', 'roles.0.role'],
  [{ role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, 'invalid-input', 'roles.0.expiresAt'],
  [{ role: 'rol_01a00000-0000-7000-8000-000000000000' }, 'not-found', undefined],
  [{ role: 'viewer', scope: 'fld_01a00000-0000-7000-8000-000000000000' }, 'not-found', undefined],
])('the role %j is refused', async (role, code, path) => {
  const organization = await makeOrganization()
  await expect(invite(organization, { emails: ['x@roles.test'], roles: [role] })).rejects.toMatchObject({ code, ...(path && { extras: { fields: [{ path }] } }) })
})

test('a role cannot be given where the model does not allow it, nor from another organization', async () => {
  const [organization, other] = [await makeOrganization(), await makeOrganization()]
  const folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: organization.id, type: 'folder', parentId: organization.id, name: 'prod' } })
  await expect(invite(organization, { emails: ['x@scope.test'], roles: [{ role: 'billing-admin', scope: folder }] })).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'roles.0.scope' }] } })
  await expect(invite(organization, { emails: ['x@scope.test'], roles: [{ role: other.roleIds.get('viewer') ?? '' }] })).rejects.toMatchObject({ code: 'not-found' })
  await expect(invite(other, { emails: ['x@scope.test'], roles: [{ role: 'viewer', scope: folder }] })).rejects.toMatchObject({ code: 'not-found' })
})

test('where everybody holds exactly one role, an invitation names exactly one', async () => {
  const organization = await makeOrganization('rockset')
  const [first = '', second = ''] = [...organization.roleIds.values()]
  await expect(invite(organization, { emails: ['x@one.test'], roles: [{ role: first }, { role: second }] })).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'roles' }] } })
  const { results } = await invite(organization, { emails: ['x@one.test'], roles: [{ role: second }] })
  expect(results[0]?.status).toBe('invited')
})

test('resending starts seven new days, changes the link and mails again', async () => {
  const organization = await makeOrganization()
  setClock(new Date('2026-11-01T00:00:00Z'))
  await invite(organization, { emails: ['again@resend.test'], roles: [{ role: 'viewer' }] })
  const before = await invitationOf(organization, 'again@resend.test')
  setClock(new Date('2026-11-20T00:00:00Z'))
  const answer = await perform(resendInvitation, organization.admin.actor, organization.slug, { id: invitationIdOf(before.id) })
  const after = await invitationOf(organization, 'again@resend.test')
  expect(answer).toEqual({ id: invitationIdOf(before.id), email: 'again@resend.test', expiresAt: '2026-11-27T00:00:00.000Z' })
  expect(after.invitationNonce).not.toBe(before.invitationNonce)
  expect(await mailsTo('again@resend.test')).toHaveLength(2)
  const [event] = await eventsOf(organization.id, 'invitation.resend')
  expect([event?.before, event?.after]).toEqual([{ expiresAt: '2026-11-08T00:00:00.000Z' }, { expiresAt: '2026-11-27T00:00:00.000Z' }])
})

test('a resent invitation does not send the mail that still waited', async () => {
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1')
  forgetEnv()
  const organization = await makeOrganization()
  const { results } = await invite(organization, { emails: ['waiting@resend.test'] })
  await perform(resendInvitation, organization.admin.actor, organization.slug, { id: results[0]?.id ?? '' })
  expect((await mailsTo('waiting@resend.test')).map(({ status }) => status)).toEqual(['queued'])
})

test('a revoked invitation is gone, and cannot be revoked again', async () => {
  const organization = await makeOrganization()
  const { results } = await invite(organization, { emails: ['gone@revoke.test'], roles: [{ role: 'viewer' }] })
  const id = results[0]?.id ?? ''
  await perform(revokeInvitation, organization.admin.actor, organization.slug, { id })
  expect(await db().membership.count({ where: { organizationId: organization.id, email: 'gone@revoke.test' } })).toBe(0)
  const [event] = await eventsOf(organization.id, 'invitation.revoke')
  expect(event?.before).toEqual({ email: 'gone@revoke.test', roles: ['Viewer'] })
  await expect(perform(revokeInvitation, organization.admin.actor, organization.slug, { id })).rejects.toMatchObject({ code: 'not-found' })
})

test('a link is copied by those who could have given its roles, and told', async () => {
  const organization = await makeOrganization()
  const manager = await makeMember(organization, ['member:write', 'assignment:write'])
  const { results } = await invite(organization, { emails: ['link@copy.test'], roles: [{ role: 'administrator' }] })
  const id = results[0]?.id ?? ''
  const { link } = await perform(copyInvitationLink, organization.admin.actor, organization.slug, { id })
  expect(link).toMatch(new RegExp(`^http://localhost:3000/invite/${id}\\.[0-9a-f]{40}$`))
  expect(await eventsOf(organization.id, 'invitation.copy-link')).toHaveLength(1)
  for (const operation of [copyInvitationLink, resendInvitation]) {
    await expect(act(operation, organization, id, manager.actor)).rejects.toMatchObject({ code: 'forbidden' })
  }
  setClock(new Date(Date.now() + 8 * 24 * 3600_000))
  await expect(perform(copyInvitationLink, organization.admin.actor, organization.slug, { id })).rejects.toMatchObject({ code: 'conflict' })
})

test('invitations of another organization do not exist', async () => {
  const [organization, other] = [await makeOrganization(), await makeOrganization()]
  const { results } = await invite(other, { emails: ['theirs@foreign.test'] })
  const id = results[0]?.id ?? ''
  for (const operation of [copyInvitationLink, resendInvitation, revokeInvitation]) {
    await expect(act(operation, organization, id)).rejects.toMatchObject({ code: 'not-found' })
  }
  expect(await db().membership.count({ where: { organizationId: other.id, id: membershipIdOf(id) } })).toBe(1)
})
