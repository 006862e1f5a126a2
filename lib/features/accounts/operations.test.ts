import { expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import type { SessionActor } from '@/lib/access/principals/actor'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeSession, type TestAccount } from '@/lib/testing/factories'
import { eventsOf, mailsTo, makePerson, openedBy, PASSWORD } from '@/lib/testing/people'
import { changePassword, renameAccount } from './operations'
import { signIn } from './sign-in'

testDatabase()

const NEW_PASSWORD = 'seven green bottles hanging'
const change = (actor: SessionActor, current: string, password: string) => performForAccount(changePassword, actor, { current, password })

async function signedIn(): Promise<{ person: TestAccount; actor: SessionActor; organizationId: string }> {
  const person = await makePerson()
  const organization = await makeOrganization()
  await makeMember(organization, [], person)
  return { person, actor: await makeSession(person), organizationId: organization.id }
}

test('a new name reaches the account and every membership', async () => {
  const { person, actor, organizationId } = await signedIn()
  await performForAccount(renameAccount, actor, { name: '  Robin Reader ' })
  expect(await db().account.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ name: 'Robin Reader' })
  expect(await db().membership.findFirstOrThrow({ where: { organizationId, accountId: person.id } })).toMatchObject({ name: 'Robin Reader', sortName: 'robin reader' })
  expect(await eventsOf(organizationId, 'account.rename')).toMatchObject([
    { actorType: 'account', actorId: person.id, credentialId: actor.sessionId, before: { name: '' }, after: { name: 'Robin Reader' } },
  ])
})

test('the same name again is no event; an empty one or one of several lines is refused', async () => {
  const { actor, organizationId } = await signedIn()
  await performForAccount(renameAccount, actor, { name: 'Robin' })
  await performForAccount(renameAccount, actor, { name: 'Robin' })
  expect(await eventsOf(organizationId, 'account.rename')).toHaveLength(1)
  await expect(performForAccount(renameAccount, actor, { name: '  ' })).rejects.toMatchObject({ extras: { fields: [{ path: 'name', message: 'Tell others your name' }] } })
  await expect(performForAccount(renameAccount, actor, { name: 'Robin\nBcc: all' })).rejects.toMatchObject({ extras: { fields: [{ path: 'name', message: 'A name is one line of text' }] } })
})

test('changing the password ends all other sessions and says so by mail', async () => {
  const { person, actor, organizationId } = await signedIn()
  const elsewhere = await openedBy(performPublic(signIn, { email: person.email, password: PASSWORD }))
  expect(await change(actor, PASSWORD, NEW_PASSWORD)).toEqual({ sessionsEnded: 2 })

  expect(await actorOfSecret(elsewhere.secret)).toBeNull()
  expect(await db().session.findUniqueOrThrow({ where: { id: actor.sessionId } })).toMatchObject({ endedAt: null })
  await expect(performPublic(signIn, { email: person.email, password: PASSWORD })).rejects.toMatchObject({ code: 'wrong-password' })
  await expect(performPublic(signIn, { email: person.email, password: NEW_PASSWORD })).resolves.toMatchObject({ accountId: person.id })
  expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(['password-changed'])
  const events = await eventsOf(organizationId, 'password.change')
  expect(events).toMatchObject([{ detail: { sessionsEnded: 2 }, before: null, after: null }])
  expect(JSON.stringify(events)).not.toContain(NEW_PASSWORD)
})

test.each([
  ['the wrong current password', 'not it', NEW_PASSWORD, 'current', 'This is not your current password'],
  ['the same password', PASSWORD, PASSWORD, 'password', 'This is your password already; choose another'],
  ['a short one', PASSWORD, 'short', 'password', 'Use at least 12 characters'],
])('%s is refused at its field', async (_what, current, password, path, message) => {
  const { person, actor } = await signedIn()
  await expect(change(actor, current, password)).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path, message }] } })
  await expect(performPublic(signIn, { email: person.email, password: PASSWORD })).resolves.toBeDefined()
  expect(await mailsTo(person.email)).toEqual([])
})

test('guessing the current password in an open browser is held like signing in', async () => {
  const { person, actor } = await signedIn()
  for (let i = 0; i < 10; i++) await expect(change(actor, `guess number ${i}`, NEW_PASSWORD)).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(change(actor, PASSWORD, NEW_PASSWORD)).rejects.toMatchObject({ code: 'too-many-requests' })
  await expect(performPublic(signIn, { email: person.email, password: PASSWORD })).rejects.toMatchObject({ code: 'too-many-requests' })
})

test('an account without password is sent to the reset', async () => {
  const organization = await makeOrganization()
  await expect(change(organization.admin.actor, 'anything', NEW_PASSWORD)).rejects.toMatchObject({
    extras: { fields: [{ path: 'current', message: 'You have no password yet; set one through “Forgot password?” on the sign-in page' }] },
  })
})
