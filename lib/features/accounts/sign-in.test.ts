import { expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performPublic } from '@/lib/boundary/public-operation'
import { db } from '@/lib/db'
import { refusalOf } from '@/lib/boundary/report'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { eventsOf, from, makePerson, openedBy, PASSWORD } from '@/lib/testing/people'
import { signIn } from './sign-in'

testDatabase()

const attempt = (email: string, password: string, address = '192.0.2.1') => from(address, () => openedBy(performPublic(signIn, { email, password })))
const refusalFor = async (work: Promise<unknown>) => {
  const { code, status, message, title, fields } = refusalOf(await work.then(() => new Error('was not refused'), (error: unknown) => error))
  return { code, status, message, title, fields }
}

const WRONG = {
  code: 'wrong-password', status: 401, title: 'The e-mail address or password is wrong',
  message: 'the e-mail address or the password is wrong', fields: [],
}

test('the right password opens a session, told in every organization the person is active in', async () => {
  const person = await makePerson()
  const [first, second, suspended] = [await makeOrganization(), await makeOrganization(), await makeOrganization()]
  const member = await makeMember(first, [], person)
  await makeMember(second, [], person)
  const away = await makeMember(suspended, [], person)
  await db().membership.update({ where: { id: away.id }, data: { status: 'suspended' } })

  const opened = await attempt(` ${person.email.toUpperCase()} `, PASSWORD, '198.51.100.7')

  expect(await actorOfSecret(opened.secret)).toMatchObject({ type: 'session', accountId: person.id, email: person.email, name: '', sessionId: opened.sessionId, method: 'password', secondFactor: null, hasSecondFactor: false })
  const [event, ...more] = await eventsOf(first.id, 'session.open')
  expect(more).toEqual([])
  expect(event).toMatchObject({
    outcome: 'success', actorType: 'account', actorId: person.id, actorName: person.email, credentialId: opened.sessionId,
    targets: [{ type: 'session', id: opened.sessionId, name: 'password' }, { type: 'user', id: member.id, name: person.email }],
    detail: { method: 'password' }, address: '198.51.100.7', userAgent: 'test',
  })
  expect(await eventsOf(second.id, 'session.open')).toHaveLength(1)
  expect(await eventsOf(suspended.id, 'session.open')).toEqual([])
})

test('the session row holds no secret, only its keyed hash', async () => {
  const person = await makePerson()
  const opened = await attempt(person.email, PASSWORD)
  const row = await db().session.findUniqueOrThrow({ where: { id: opened.sessionId } })
  expect(JSON.stringify(row)).not.toContain(opened.secret)
  expect(row.secretHash).toMatch(/^[0-9a-f]{64}$/)
})

test('a wrong password, an unknown account and an account without password get the same answer', async () => {
  const person = await makePerson()
  const organization = await makeOrganization()
  const passwordless = organization.admin
  expect(await refusalFor(attempt(person.email, 'not the password'))).toEqual(WRONG)
  expect(await refusalFor(attempt('nobody@example.test', 'not the password'))).toEqual(WRONG)
  expect(await refusalFor(attempt(passwordless.email, 'not the password'))).toEqual(WRONG)
})

test('a failure of a known account is told to its organizations', async () => {
  const person = await makePerson()
  const organization = await makeOrganization()
  const member = await makeMember(organization, [], person)
  await refusalFor(attempt(person.email, 'not the password', '203.0.113.9'))
  const events = await eventsOf(organization.id, 'session.open')
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    outcome: 'failed', actorType: 'account', actorId: person.id, credentialId: null, address: '203.0.113.9',
    targets: [{ type: 'user', id: member.id, name: person.email }], detail: { method: 'password', code: 'wrong-password' },
  })
  expect(JSON.stringify(events)).not.toContain('not the password')
  expect(await db().session.count({ where: { accountId: person.id } })).toBe(1) // the factory's
})

test('ten failures hold the account for five minutes, from any address, with the right password too', async () => {
  const person = await makePerson()
  const failures = await Promise.all(Array.from({ length: 10 }, (_, i) => refusalFor(attempt(person.email, 'not the password', `192.0.2.${100 + i}`))))
  expect(failures.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 'wrong-password'))
  const held = await refusalFor(attempt(person.email, PASSWORD, '192.0.2.200'))
  expect(held).toMatchObject({ code: 'too-many-requests', status: 429 })
  const unknown = await Promise.all(Array.from({ length: 11 }, () => refusalFor(attempt('also-nobody@example.test', 'x', '192.0.2.201'))))
  expect(unknown.filter(({ code }) => code === 'too-many-requests')).toHaveLength(1)
})

test('success lets the account’s count begin again', async () => {
  const person = await makePerson()
  for (let round = 0; round < 2; round++) {
    await Promise.all(Array.from({ length: 9 }, () => refusalFor(attempt(person.email, 'not the password', '192.0.2.50'))))
    await attempt(person.email, PASSWORD, '192.0.2.51')
  }
  expect(await refusalFor(attempt(person.email, 'not the password', '192.0.2.50'))).toEqual(WRONG)
})

test('an address is held after fifty attempts, whatever the accounts', async () => {
  const attempts = Array.from({ length: 52 }, (_, i) => refusalFor(attempt(`guess-${i}@example.test`, 'x', '203.0.113.77')))
  const codes = (await Promise.all(attempts)).map(({ code }) => code)
  expect(codes.filter((code) => code === 'wrong-password')).toHaveLength(50)
  expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(2)
})

test('signing in again ends the session this browser had', async () => {
  const person = await makePerson()
  const first = await attempt(person.email, PASSWORD)
  const browser = await actorOfSecret(first.secret)
  const second = await from('192.0.2.1', () => openedBy(performPublic(signIn, { email: person.email, password: PASSWORD }, browser)))
  expect(await actorOfSecret(first.secret)).toBeNull()
  expect(await actorOfSecret(second.secret)).not.toBeNull()
})

test('malformed input is refused field by field, before anything is counted', async () => {
  const refusal = await refusalFor(attempt('not an address', ''))
  expect(refusal).toMatchObject({
    code: 'invalid-input',
    fields: [{ path: 'email', message: 'This is not an e-mail address' }, { path: 'password', message: 'Enter your password' }],
  })
  expect(await refusalFor(performPublic(signIn, { email: 'a@example.test', password: 'x', admin: true }))).toMatchObject({ code: 'invalid-input' })
})
