import { expect, test } from 'vitest'
import type { SessionActor } from '@/lib/access/principals/actor'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { db } from '@/lib/db'
import { invitationIdOf, newId, uuidv7 } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, makeSession } from '@/lib/testing/factories'
import { eventsOf, from, makeInvitation, makePerson } from '@/lib/testing/people'
import { acceptInvitation, declineInvitation } from './accept'
import { joinByInvitation } from './join'
import { listMyInvitations, openInvitationLink } from './pending'

testDatabase()

const PASSWORD = 'seven green bottles hanging'
const HOUR = 3600_000

const freshAddress = () => `invited-${uuidv7()}@example.test`
const join = (token: string, password = PASSWORD) => from('192.0.2.9', () => performPublic(joinByInvitation, { token, name: 'Robin Reader', password }))
const accept = (actor: SessionActor, which: object) => performForAccount(acceptInvitation, actor, which)
const decline = (actor: SessionActor, which: object) => performForAccount(declineInvitation, actor, which)
const membershipOf = (id: string) => db().membership.findUnique({ where: { id } })

async function invited(email = freshAddress(), expiresAt?: Date) {
  const organization = await makeOrganization()
  return { organization, email, ...(await makeInvitation(organization.id, email, expiresAt)) }
}

async function signedIn() {
  const person = await makePerson()
  return { person, actor: await makeSession(person) }
}

test('a person without an account joins by the link: account, membership with its roles, session', async () => {
  const { organization, email, membershipId, token } = await invited()
  const roleId = await makeRole(organization.id, ['member:read'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId, roleId, scopeId: organization.id } })

  const joined = await join(token)

  const account = await db().account.findUniqueOrThrow({ where: { email } })
  expect(account).toMatchObject({ name: 'Robin Reader', emailVerifiedAt: expect.any(Date) })
  expect(joined).toMatchObject({ accountId: account.id, membershipId, slug: organization.slug, isNew: true })
  expect(await membershipOf(membershipId)).toMatchObject({ status: 'active', accountId: account.id, name: 'Robin Reader', joinedAt: expect.any(Date) })
  expect(await db().roleAssignment.count({ where: { organizationId: organization.id, membershipId, roleId } })).toBe(1)
  expect(await actorOfSecret(joined.secret)).toMatchObject({ accountId: account.id, name: 'Robin Reader' })
  expect(await eventsOf(organization.id, 'invitation.accept')).toMatchObject([
    { actorType: 'account', actorId: account.id, actorName: email, credentialId: joined.sessionId, address: '192.0.2.9', targets: [{ type: 'user', id: membershipId, name: email }] },
  ])
  expect(await eventsOf(organization.id, 'session.open')).toHaveLength(1)
})

test('two clicks at once make one account, and neither gets an error', async () => {
  const { organization, email, token } = await invited()
  const joined = await Promise.all([join(token), join(token)])
  expect(new Set(joined.map(({ accountId }) => accountId)).size).toBe(1)
  expect(joined.map(({ isNew }) => isNew).sort()).toEqual([false, true])
  expect(await db().account.count({ where: { email } })).toBe(1)
  expect(await eventsOf(organization.id, 'invitation.accept')).toHaveLength(1)
})

test('after joining, the link lets nobody in with another password', async () => {
  const { email, token } = await invited()
  await join(token)
  await expect(join(token, 'some other long password')).rejects.toMatchObject({ code: 'already-exists', message: `\`${email}\` has an account; sign in with it, then accept` })
})

test('an address with an account does not get another password through an invitation', async () => {
  const { person, actor } = await signedIn()
  const { token, membershipId } = await invited(person.email)
  await expect(join(token)).rejects.toMatchObject({ code: 'already-exists' })
  expect(await membershipOf(membershipId)).toMatchObject({ status: 'invited' })
  expect(await accept(actor, { token })).toMatchObject({ membershipId, isNew: true })
})

test('a signed-in person accepts, once; again is no error and no event', async () => {
  const { person, actor } = await signedIn()
  const { organization, membershipId, token } = await invited(person.email)
  const results = await Promise.all([accept(actor, { token }), accept(actor, { token })])
  expect(results.map(({ isNew }) => isNew).sort()).toEqual([false, true])
  expect(await membershipOf(membershipId)).toMatchObject({ status: 'active', accountId: person.id })
  expect(await eventsOf(organization.id, 'invitation.accept')).toMatchObject([{ actorId: person.id, credentialId: actor.sessionId, targetIds: [membershipId] }])
})

test('the wrong account is refused, by link and by id', async () => {
  const { organization, email, membershipId, token } = await invited()
  const { person, actor } = await signedIn()
  const message = `the invitation is for \`${email}\`, and you are signed in as \`${person.email}\``
  await expect(accept(actor, { token })).rejects.toMatchObject({ code: 'forbidden', message })
  await expect(decline(actor, { token })).rejects.toMatchObject({ code: 'forbidden', message })
  await expect(accept(actor, { invitationId: invitationIdOf(membershipId) })).rejects.toMatchObject({ code: 'link-invalid' })
  await expect(decline(actor, { invitationId: invitationIdOf(membershipId) })).rejects.toMatchObject({ code: 'link-invalid' })
  expect(await membershipOf(membershipId)).toMatchObject({ status: 'invited', accountId: null })
  expect(await eventsOf(organization.id, 'invitation.accept')).toEqual([])
})

test('an expired invitation is refused on every road', async () => {
  const { person, actor } = await signedIn()
  const expired = new Date(Date.now() - HOUR)
  const { token, membershipId } = await invited(person.email, expired)
  const unknown = await invited(freshAddress(), expired)
  const refusal = { code: 'link-invalid', message: 'the invitation has expired; ask for a new one' }
  await expect(accept(actor, { token })).rejects.toMatchObject(refusal)
  await expect(accept(actor, { invitationId: invitationIdOf(membershipId) })).rejects.toMatchObject(refusal)
  await expect(decline(actor, { token })).rejects.toMatchObject(refusal)
  await expect(join(unknown.token)).rejects.toMatchObject(refusal)
  expect(await db().account.count({ where: { email: unknown.email } })).toBe(0)
})

test('a revoked invitation, a replaced link and a made-up one are refused alike', async () => {
  const { person, actor } = await signedIn()
  const { token, membershipId, organization } = await invited(person.email)
  const { token: elsewhere } = await invited()
  const refusal = { code: 'link-invalid', message: 'the invitation was revoked, declined or replaced by a newer one' }
  const forged = `${token.split('.')[0]}.${elsewhere.split('.')[1]}`
  for (const wrong of ['', 'nonsense', forged, token.slice(0, -1)]) await expect(accept(actor, { token: wrong })).rejects.toMatchObject(refusal)
  await db().membership.update({ where: { id: membershipId }, data: { invitationNonce: 'another' } })
  await expect(accept(actor, { token })).rejects.toMatchObject(refusal)
  await db().membership.delete({ where: { organizationId_id: { organizationId: organization.id, id: membershipId } } })
  await expect(accept(actor, { token })).rejects.toMatchObject(refusal)
  await expect(join(token)).rejects.toMatchObject(refusal)
})

test('a suspended member does not come back by an old link', async () => {
  const { person, actor } = await signedIn()
  const { token, membershipId } = await invited(person.email)
  await accept(actor, { token })
  await db().membership.update({ where: { id: membershipId }, data: { status: 'suspended' } })
  expect(await accept(actor, { token })).toMatchObject({ isNew: false })
  expect(await membershipOf(membershipId)).toMatchObject({ status: 'suspended' })
})

test('declining removes the invitation with its roles, and tells the organization', async () => {
  const { person, actor } = await signedIn()
  const { organization, membershipId, token } = await invited(person.email)
  expect(await decline(actor, { token })).toEqual({ organization: organization.name })
  expect(await membershipOf(membershipId)).toBeNull()
  expect(await eventsOf(organization.id, 'invitation.decline')).toMatchObject([{ actorId: person.id, targets: [{ type: 'user', id: membershipId, name: person.email }] }])
  await expect(accept(actor, { token })).rejects.toMatchObject({ code: 'link-invalid' })
})

test('declining what was accepted meanwhile changes nothing', async () => {
  const { person, actor } = await signedIn()
  const { membershipId, token } = await invited(person.email)
  await accept(actor, { token })
  await expect(decline(actor, { token })).rejects.toMatchObject({ code: 'link-invalid', message: 'the invitation was accepted already' })
  expect(await membershipOf(membershipId)).toMatchObject({ status: 'active' })
})

test('a verified account sees what waits for its address; an unverified one only with the link, which verifies it', async () => {
  const { person, actor } = await signedIn()
  await db().account.update({ where: { id: person.id }, data: { emailVerifiedAt: null } })
  const first = await invited(person.email)
  const second = await invited(person.email)
  await invited(person.email, new Date(Date.now() - HOUR))
  await invited()
  const byId = { invitationId: invitationIdOf(second.membershipId) }
  expect(await listMyInvitations(actor)).toEqual([])
  await expect(accept(actor, byId)).rejects.toMatchObject({ code: 'link-invalid' })

  await accept(actor, { token: first.token })
  expect((await listMyInvitations(actor)).map(({ organization, inviter, roles }) => ({ organization, inviter, roles }))).toEqual([
    { organization: second.organization.name, inviter: 'Someone', roles: [] },
  ])
  expect(await accept(actor, byId)).toMatchObject({ membershipId: second.membershipId, isNew: true })
  expect(await listMyInvitations(actor)).toEqual([])
})

test('the link’s page knows every state', async () => {
  const open = await invited()
  expect(await openInvitationLink(open.token)).toMatchObject({ state: 'open', hasAccount: false, invitation: { email: open.email, organization: open.organization.name, inviter: 'Someone', roles: [] } })
  const joined = await join(open.token)
  expect(await openInvitationLink(open.token)).toMatchObject({ state: 'accepted', accountId: joined.accountId })
  const { person } = await signedIn()
  expect(await openInvitationLink((await invited(person.email)).token)).toMatchObject({ state: 'open', hasAccount: true })
  expect(await openInvitationLink((await invited(freshAddress(), new Date(Date.now() - HOUR))).token)).toMatchObject({ state: 'expired' })
  expect(await openInvitationLink('nonsense')).toEqual({ state: 'gone' })
})

test('roles are told with their scope', async () => {
  const { organization, membershipId, token } = await invited()
  const roleId = await makeRole(organization.id, ['member:read'])
  const { title } = await db().role.findUniqueOrThrow({ where: { id: roleId } })
  const folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: organization.id, type: 'folder', parentId: organization.id, name: 'Analytics' } })
  for (const scopeId of [organization.id, folder]) {
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId, roleId, scopeId } })
  }
  expect(await openInvitationLink(token)).toMatchObject({ invitation: { roles: [title, `${title} in Analytics`] } })
})

test('a member of another organization keeps that membership', async () => {
  const { person, actor } = await signedIn()
  const other = await makeOrganization()
  const member = await makeMember(other, [], person)
  const { token } = await invited(person.email)
  await accept(actor, { token })
  expect(await membershipOf(member.id)).toMatchObject({ status: 'active', accountId: person.id })
})
