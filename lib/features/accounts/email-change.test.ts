import { afterEach, expect, test } from 'vitest'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { oneTimeLinkUrl } from '@/lib/links'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, makeSession } from '@/lib/testing/factories'
import { eventsOf, mailsTo, makeInvitation, makePerson, PASSWORD, tokenOf } from '@/lib/testing/people'
import { uuidv7 } from '@/lib/ids'
import type { SessionActor } from '@/lib/access/principals/actor'
import { confirmEmail, requestEmailChange } from './email-change'
import { requestPasswordReset, resetPassword } from './password-reset'
import { findProfile } from './queries'
import { signIn } from './sign-in'

testDatabase()
afterEach(() => setClock(null))

const freshAddress = () => `new-${uuidv7()}@example.test`
const request = (actor: SessionActor, email: string, password = PASSWORD) => performForAccount(requestEmailChange, actor, { email, password })
const confirm = (actor: SessionActor, token: string) => performForAccount(confirmEmail, actor, { token })

async function tokenMailedTo(email: string): Promise<string> {
  const mail = (await mailsTo(email)).at(-1)
  const linkId = (mail?.params as { linkId?: string } | undefined)?.linkId ?? ''
  return tokenOf(oneTimeLinkUrl(mail?.template === 'password-reset' ? 'password-reset' : 'email-change', linkId))
}

async function signedIn() {
  const person = await makePerson()
  const organization = await makeOrganization()
  const member = await makeMember(organization, [], person)
  return { person, actor: await makeSession(person), organization, member }
}

test('the link goes to the new address, the notice to the old one, and everything follows', async () => {
  const { person, actor, organization, member } = await signedIn()
  const email = freshAddress()
  await request(actor, email)
  expect((await findProfile(actor)).pendingEmail).toBe(email)
  expect(await db().account.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ email: person.email })

  expect(await confirm(actor, await tokenMailedTo(email))).toEqual({ email })
  expect(await db().account.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ email })
  expect(await db().membership.findUniqueOrThrow({ where: { id: member.id } })).toMatchObject({ email, searchText: `${email} ` })
  expect(await mailsTo(person.email)).toMatchObject([{ template: 'email-changed', params: { newEmail: email } }])
  await expect(performPublic(signIn, { email, password: PASSWORD })).resolves.toMatchObject({ accountId: person.id })
  await expect(performPublic(signIn, { email: person.email, password: PASSWORD })).rejects.toMatchObject({ code: 'wrong-password' })
  expect(await eventsOf(organization.id, 'account.request-email-change')).toMatchObject([{ after: { email } }])
  expect(await eventsOf(organization.id, 'account.change-email')).toMatchObject([{ before: { email: person.email }, after: { email } }])
  await expect(confirm({ ...actor, email }, await tokenMailedTo(email))).rejects.toMatchObject({ code: 'link-invalid' })
})

test('it needs the password', async () => {
  const { actor } = await signedIn()
  const email = freshAddress()
  await expect(request(actor, email, 'not it')).rejects.toMatchObject({ extras: { fields: [{ path: 'password', message: 'This is not your current password' }] } })
  expect(await mailsTo(email)).toEqual([])
})

test('one’s present address is no change', async () => {
  const { actor } = await signedIn()
  await expect(request(actor, actor.email.toUpperCase())).rejects.toMatchObject({ extras: { fields: [{ path: 'email', message: 'This is your address already' }] } })
})

test('an address that has an account gets the same answer and no link', async () => {
  const { actor } = await signedIn()
  const other = await makeAccount()
  const free = freshAddress()
  expect(await request(actor, other.email)).toEqual({ email: other.email })
  expect(await request(actor, free)).toEqual({ email: free })
  expect(await mailsTo(other.email)).toEqual([])
})

test('an address taken between the request and the link is refused, and the link stays', async () => {
  const { person, actor } = await signedIn()
  const email = freshAddress()
  await request(actor, email)
  const token = await tokenMailedTo(email)
  const other = await makeAccount(email)
  await expect(confirm(actor, token)).rejects.toMatchObject({ code: 'already-exists', message: 'an account with this address exists already' })
  expect(await db().account.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ email: person.email })
  await db().account.delete({ where: { id: other.id } })
  await expect(confirm(actor, token)).resolves.toEqual({ email })
})

test('an organization that has invited the new address is told apart', async () => {
  const { actor, organization } = await signedIn()
  const email = freshAddress()
  await makeInvitation(organization.id, email)
  await request(actor, email)
  await expect(confirm(actor, await tokenMailedTo(email))).rejects.toMatchObject({
    code: 'conflict', message: `${organization.name} has invited \`${email}\` as well; ask an administrator there to revoke that invitation, then confirm again`,
  })
})

test('only the account that asked can confirm', async () => {
  const { actor } = await signedIn()
  const { actor: stranger } = await signedIn()
  const email = freshAddress()
  await request(actor, email)
  const token = await tokenMailedTo(email)
  await expect(confirm(stranger, token)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(confirm(actor, token)).resolves.toEqual({ email })
})

test('a link works for one hour', async () => {
  const { actor } = await signedIn()
  const email = freshAddress()
  await request(actor, email)
  const token = await tokenMailedTo(email)
  setClock(new Date(Date.now() + 61 * 60_000))
  await expect(confirm(actor, token)).rejects.toMatchObject({ code: 'link-invalid' })
})

test('reset links mailed to the old address stop working', async () => {
  const { person, actor } = await signedIn()
  await performPublic(requestPasswordReset, { email: person.email })
  const stale = await tokenMailedTo(person.email)
  const email = freshAddress()
  await request(actor, email)
  await confirm(actor, await tokenMailedTo(email))
  await expect(performPublic(resetPassword, { token: stale, password: 'seven green bottles hanging' })).rejects.toMatchObject({ code: 'link-invalid' })
})
