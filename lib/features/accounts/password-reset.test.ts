import { afterEach, expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performPublic } from '@/lib/boundary/public-operation'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { oneTimeLinkUrl } from '@/lib/links'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { eventsOf, from, mailsTo, makePerson, openedBy, PASSWORD, tokenOf } from '@/lib/testing/people'
import { requestPasswordReset, resetPassword } from './password-reset'
import { signIn } from './sign-in'

testDatabase()
afterEach(() => setClock(null))

const NEW_PASSWORD = 'seven green bottles hanging'

const request = (email: string, address = '192.0.2.1') => from(address, () => performPublic(requestPasswordReset, { email }))
const reset = (token: string, password = NEW_PASSWORD) => from('192.0.2.2', () => performPublic(resetPassword, { token, password }))
const enter = (email: string, password: string) => from('192.0.2.3', () => openedBy(performPublic(signIn, { email, password })))

async function tokenMailedTo(email: string): Promise<string> {
  const mail = (await mailsTo(email)).filter(({ template }) => template === 'password-reset').at(-1)
  const linkId = (mail?.params as { linkId?: string } | undefined)?.linkId ?? ''
  return tokenOf(oneTimeLinkUrl('password-reset', linkId))
}

test('a mailed link sets a new password, once, and ends every session', async () => {
  const person = await makePerson()
  const organization = await makeOrganization()
  await makeMember(organization, [], person)
  const before = await enter(person.email, PASSWORD)

  await request(person.email)
  const token = await tokenMailedTo(person.email)
  expect(await reset(token)).toEqual({ email: person.email })

  expect(await actorOfSecret(before.secret)).toBeNull()
  await expect(enter(person.email, PASSWORD)).rejects.toMatchObject({ code: 'wrong-password' })
  await expect(enter(person.email, NEW_PASSWORD)).resolves.toMatchObject({ accountId: person.id })
  await expect(reset(token, 'another long password')).rejects.toMatchObject({ code: 'link-invalid' })
  expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(['password-reset', 'password-changed'])
  expect(await eventsOf(organization.id, 'password.request-reset')).toHaveLength(1)
  expect(await eventsOf(organization.id, 'password.reset')).toMatchObject([{ outcome: 'success', actorId: person.id, detail: { sessionsEnded: 2 } }])
})

test('an unknown address gets the same answer and no mail', async () => {
  const person = await makePerson()
  expect(await request(person.email)).toBeNull()
  expect(await request('nobody@example.test')).toBeNull()
  expect(await mailsTo('nobody@example.test')).toEqual([])
})

test('the sixth request for an address within an hour is refused, known or not', async () => {
  const person = await makePerson()
  for (const email of [person.email, 'nobody-either@example.test']) {
    for (let i = 0; i < 5; i++) await request(email, `198.51.100.${i}`)
    await expect(request(email, '198.51.100.99')).rejects.toMatchObject({ code: 'too-many-requests', extras: { retryAfterSeconds: expect.any(Number) } })
  }
  expect(await mailsTo(person.email)).toHaveLength(5)
})

test('a link works for one hour', async () => {
  const person = await makePerson()
  await request(person.email)
  const token = await tokenMailedTo(person.email)
  const made = Date.now()
  setClock(new Date(made + 61 * 60_000))
  await expect(reset(token)).rejects.toMatchObject({ code: 'link-invalid' })
  setClock(new Date(made + 58 * 60_000))
  await expect(reset(token)).resolves.toEqual({ email: person.email })
})

test('a newer link takes the older one back', async () => {
  const person = await makePerson()
  await request(person.email)
  const older = await tokenMailedTo(person.email)
  await request(person.email)
  await expect(reset(older)).rejects.toMatchObject({ code: 'link-invalid' })
  await expect(reset(await tokenMailedTo(person.email))).resolves.toEqual({ email: person.email })
})

test('of two resets at once by one link one wins', async () => {
  const person = await makePerson()
  await request(person.email)
  const token = await tokenMailedTo(person.email)
  const results = await Promise.allSettled([reset(token, 'the first of the two'), reset(token, 'the second of the two')])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a weak password leaves the link usable', async () => {
  const person = await makePerson('lantern@example.test')
  await request(person.email)
  const token = await tokenMailedTo(person.email)
  const refusals: [string, string][] = [
    ['short', 'Use at least 12 characters'],
    ['aaaaaaaaaaaaaaa', 'Use more different characters'],
    ['my lantern is bright', 'The password contains your e-mail address; choose another'],
  ]
  for (const [password, message] of refusals) {
    await expect(reset(token, password)).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'password', message }] } })
  }
  await expect(reset(token)).resolves.toEqual({ email: person.email })
})

test('a made-up link, and one of another purpose, are refused', async () => {
  const person = await makePerson()
  await request(person.email)
  const [id = ''] = (await tokenMailedTo(person.email)).split('.')
  for (const token of ['', 'nonsense', id, `${id}.${'0'.repeat(40)}`, tokenOf(oneTimeLinkUrl('email-change', id))]) {
    await expect(reset(token)).rejects.toMatchObject({ code: 'link-invalid' })
  }
})

test('resetting verifies the address, since the link came there', async () => {
  const person = await makePerson()
  await db().account.update({ where: { id: person.id }, data: { emailVerifiedAt: null } })
  await request(person.email)
  await reset(await tokenMailedTo(person.email))
  expect((await db().account.findUniqueOrThrow({ where: { id: person.id } })).emailVerifiedAt).toBeInstanceOf(Date)
})
