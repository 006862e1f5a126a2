import { expect, test } from 'vitest'
import type { SessionActor } from '@/lib/access/principals/actor'
import { performForAccount } from '@/lib/boundary/account-operation'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, makeSession } from '@/lib/testing/factories'
import { eventsOf, from, makeInvitation } from '@/lib/testing/people'
import { endMemberSessions, endOtherSessions, endSession } from './operations'
import { listMemberSessions, listOwnSessions } from './queries'

testDatabase()

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const end = (actor: SessionActor, sessionId: string) => performForAccount(endSession, actor, { sessionId })
const idsOf = async (actor: SessionActor) => (await listOwnSessions(actor)).map(({ id }) => id)
const isEnded = async (id: string) => (await db().session.findUniqueOrThrow({ where: { id } })).endedAt !== null

test('own sessions are listed with device, address and method, this one first', async () => {
  const account = await makeAccount()
  const mine = await makeSession(account)
  const other = await from('203.0.113.4', () => makeSession(account), { userAgent: CHROME })
  const ended = await makeSession(account)
  await end(mine, ended.sessionId)
  await makeSession(await makeAccount())
  expect(await listOwnSessions(mine)).toMatchObject([
    { id: mine.sessionId, isCurrent: true, device: 'Unknown device' },
    { id: other.sessionId, isCurrent: false, device: 'Chrome on Linux', method: 'Password', address: '203.0.113.4' },
  ])
})

test('ending one session ends it and no other; another person’s is not there', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const second = await makeSession({ id: member.accountId, email: member.email })
  expect(await end(member.actor, second.sessionId)).toEqual({ ended: 1 })
  expect(await idsOf(member.actor)).toEqual([member.actor.sessionId])
  await expect(end(member.actor, second.sessionId)).rejects.toMatchObject({ code: 'not-found' })
  await expect(end(member.actor, organization.admin.actor.sessionId)).rejects.toMatchObject({ code: 'not-found' })
  await expect(end(member.actor, 'all')).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await isEnded(organization.admin.actor.sessionId)).toBe(false)
  expect(await eventsOf(organization.id, 'session.end')).toMatchObject([{ actorId: member.accountId, detail: { reason: 'ended-by-owner' }, targetIds: [second.sessionId, member.id] }])
})

test('ending the present session is signing out', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  await end(member.actor, member.actor.sessionId)
  expect(await isEnded(member.actor.sessionId)).toBe(true)
  expect(await eventsOf(organization.id, 'session.end')).toMatchObject([{ detail: { reason: 'signed-out' } }])
})

test('ending all others keeps this one; with none there is no event', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  for (let i = 0; i < 3; i++) await makeSession({ id: member.accountId, email: member.email })
  expect(await performForAccount(endOtherSessions, member.actor, {})).toEqual({ ended: 3 })
  expect(await performForAccount(endOtherSessions, member.actor, {})).toEqual({ ended: 0 })
  expect(await idsOf(member.actor)).toEqual([member.actor.sessionId])
  expect(await eventsOf(organization.id, 'session.end-all')).toMatchObject([{ detail: { ended: 3 } }])
})

test('an administrator closes the organization to a member’s sessions, and no other organization', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const security = await makeMember(here, ['session:others'])
  const member = await makeMember(here)
  const account = { id: member.accountId, email: member.email }
  await makeMember(elsewhere, [], account)
  const second = await makeSession(account)
  const listed = await read(security.actor, here.slug, 'session:others', (ctx) => listMemberSessions(ctx, member.id))
  expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([member.actor.sessionId, second.sessionId]))

  expect(await perform(endMemberSessions, security.actor, here.slug, { userId: member.id, sessionId: second.sessionId })).toEqual({ ended: 1 })
  await expect(read(second, here.slug, null, async () => 'in')).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(read(member.actor, here.slug, null, async () => 'in')).resolves.toBe('in')
  await expect(perform(endMemberSessions, security.actor, here.slug, { userId: member.id, sessionId: second.sessionId })).rejects.toMatchObject({ code: 'not-found' })

  const open = await read(security.actor, here.slug, 'session:others', (ctx) => listMemberSessions(ctx, member.id))
  expect(await perform(endMemberSessions, security.actor, here.slug, { userId: member.id })).toEqual({ ended: open.length })
  expect(await read(security.actor, here.slug, 'session:others', (ctx) => listMemberSessions(ctx, member.id))).toEqual([])
  await expect(read(member.actor, here.slug, null, async () => 'in')).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(read(member.actor, elsewhere.slug, null, async () => 'in')).resolves.toBe('in')
  expect(await isEnded(member.actor.sessionId)).toBe(false)
  expect(await eventsOf(here.id, 'member.end-sessions')).toMatchObject([
    { outcome: 'success', actorId: security.id, targetIds: [member.id], detail: { ended: 1, sessionId: second.sessionId } },
    { outcome: 'success', actorId: security.id, targetIds: [member.id], detail: { ended: open.length } },
  ])
})

test('without the permission, for strangers and for another organization’s members it is refused', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const plain = await makeMember(here)
  const security = await makeMember(here, ['session:others'])
  await expect(perform(endMemberSessions, plain.actor, here.slug, { userId: here.admin.id })).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'session:others' } } })
  await expect(perform(endMemberSessions, security.actor, elsewhere.slug, { userId: elsewhere.admin.id })).rejects.toMatchObject({ code: 'not-found' })
  await expect(perform(endMemberSessions, security.actor, here.slug, { userId: elsewhere.admin.id })).rejects.toMatchObject({ code: 'not-found' })
  await expect(perform(endMemberSessions, security.actor, here.slug, { userId: newId('user') })).rejects.toMatchObject({ code: 'not-found' })
  expect(await read(security.actor, here.slug, 'session:others', (ctx) => listMemberSessions(ctx, elsewhere.admin.id))).toEqual([])
})

test('a pending invitation has no sessions', async () => {
  const here = await makeOrganization()
  const { membershipId } = await makeInvitation(here.id, 'pending@example.test')
  expect(await perform(endMemberSessions, here.admin.actor, here.slug, { userId: membershipId })).toEqual({ ended: 0 })
})
