import { afterEach, beforeAll, expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performPublic } from '@/lib/boundary/public-operation'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { codeOf, makeFactor, type TestFactor } from '@/lib/testing/factors'
import { eventsOf, from, mailsTo, makePerson, PASSWORD, tokenOf } from '@/lib/testing/people'
import { requestPasswordReset, resetPassword } from './password-reset'
import { completeSignIn } from './second-step'
import { signIn } from './sign-in'

testDatabase()
let org: TestOrganization

beforeAll(async () => {
  org = await makeOrganization()
})
afterEach(() => setClock(null))

type Somebody = { person: TestAccount; factor: TestFactor; secret: string }

/** Somebody with an authenticator app who has just given the password. */
async function halfway(): Promise<Somebody> {
  const person = await makePerson()
  await makeMember(org, [], person)
  const factor = await makeFactor(person.id)
  return { person, factor, secret: await password(person) }
}

async function password({ email }: TestAccount): Promise<string> {
  const outcome = await from('192.0.2.1', () => performPublic(signIn, { email, password: PASSWORD }))
  if (outcome.step !== 'second-factor') throw new Error('no second step was demanded')
  return outcome.pendingSecret
}

const show = (secret: string, kind: string, value: string) => from('192.0.2.1', () => performPublic(completeSignIn, { secret, kind, value }))
const codeFor = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code?: string }) => error.code)

test('a password alone opens nothing for somebody with a second factor; with a code the session opens and knows of it', async () => {
  const { person, factor, secret } = await halfway()
  expect(await actorOfSecret(secret)).toBeNull()
  expect(await db().session.count({ where: { accountId: person.id } })).toBe(1) // the factory's
  const opened = await show(secret, 'totp', codeOf(factor.seed))
  expect(await actorOfSecret(opened.secret)).toMatchObject({ accountId: person.id, method: 'password', secondFactor: 'totp', hasSecondFactor: true })
  expect((await eventsOf(org.id, 'session.open')).at(-1)).toMatchObject({ outcome: 'success', detail: { method: 'password', secondFactor: 'totp' } })
})

test('the codes before and after this one are good, those beyond are not', async () => {
  setClock(new Date('2026-11-26T10:00:15Z'))
  for (const [steps, told] of [[-2, 'wrong-second-factor'], [-1, 'done'], [2, 'wrong-second-factor'], [1, 'done']] as const) {
    const { factor, secret } = await halfway()
    expect([steps, await codeFor(show(secret, 'totp', codeOf(factor.seed, steps)))]).toEqual([steps, told])
  }
})

test('a code works once, and no earlier one works after it', async () => {
  setClock(new Date('2026-11-26T11:00:15Z'))
  const { person, factor, secret } = await halfway()
  const code = codeOf(factor.seed)
  await show(secret, 'totp', code)
  expect(await codeFor(show(await password(person), 'totp', code))).toBe('wrong-second-factor')
  expect(await codeFor(show(await password(person), 'totp', codeOf(factor.seed, -1)))).toBe('wrong-second-factor')
  expect(await codeFor(show(await password(person), 'totp', codeOf(factor.seed, 1)))).toBe('done')
})

test('of two sign-ins with the same code at once one gets in, and of two with the same recovery code', async () => {
  const { person, factor } = await halfway()
  const secrets = [await password(person), await password(person)]
  const code = codeOf(factor.seed)
  expect((await Promise.all(secrets.map((secret) => codeFor(show(secret, 'totp', code))))).sort()).toEqual(['done', 'wrong-second-factor'])
  const more = [await password(person), await password(person)]
  const recovery = factor.recoveryCodes[0] ?? ''
  expect((await Promise.all(more.map((secret) => codeFor(show(secret, 'recovery-code', recovery))))).sort()).toEqual(['done', 'wrong-second-factor'])
})

test('of two requests of one browser at once one gets the session, with whatever they show', async () => {
  const { factor, secret } = await halfway()
  const outcomes = await Promise.all([codeFor(show(secret, 'totp', codeOf(factor.seed))), codeFor(show(secret, 'recovery-code', factor.recoveryCodes[1] ?? ''))])
  expect(outcomes.sort()).toEqual(['done', 'unauthenticated'])
})

test('a recovery code works once, however it is typed, and a mail says how many are left', async () => {
  const { person, factor, secret } = await halfway()
  const [code = ''] = factor.recoveryCodes
  await show(secret, 'recovery-code', ` ${code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')}`)
  expect(await codeFor(show(await password(person), 'recovery-code', code))).toBe('wrong-second-factor')
  expect((await mailsTo(person.email)).map(({ template, params }) => [template, params])).toEqual([['recovery-code-used', expect.objectContaining({ left: 9 })]])
})

test('six wrong attempts in five minutes are all there are, whatever browser they come from; the right code is then refused too', async () => {
  const { person, factor } = await halfway()
  const secrets = await Promise.all(Array.from({ length: 8 }, () => password(person)))
  const outcomes = await Promise.all(secrets.map((secret, i) => from(`192.0.2.${i}`, () => codeFor(performPublic(completeSignIn, { secret, kind: 'totp', value: '000000' })))))
  expect(outcomes.filter((code) => code === 'wrong-second-factor')).toHaveLength(6)
  expect(await codeFor(show(secrets[0] ?? '', 'totp', codeOf(factor.seed)))).toBe('too-many-requests')
  const failures = (await eventsOf(org.id, 'session.second-step')).filter(({ actorId }) => actorId === person.id)
  expect(failures).toHaveLength(6)
  expect(failures[0]).toMatchObject({ outcome: 'failed', detail: { method: 'totp', code: 'wrong-second-factor' } })
})

test('after ten minutes, and after a new password, the first step counts no more', async () => {
  const late = await halfway()
  setClock(new Date(Date.now() + 11 * 60_000))
  expect(await codeFor(show(late.secret, 'totp', codeOf(late.factor.seed)))).toBe('unauthenticated')
  setClock(null)
  const { person, factor, secret } = await halfway()
  await performPublic(requestPasswordReset, { email: person.email })
  const mail = (await mailsTo(person.email)).at(-1)
  const { oneTimeLinkUrl } = await import('@/lib/links')
  const token = tokenOf(oneTimeLinkUrl('password-reset', (mail?.params as { linkId: string }).linkId))
  await performPublic(resetPassword, { token, password: 'another long password' })
  expect(await codeFor(show(secret, 'totp', codeOf(factor.seed)))).toBe('unauthenticated')
  // A reset by mail leads no further than the password does: the second step is demanded as before.
  expect(await performPublic(signIn, { email: person.email, password: 'another long password' })).toMatchObject({ step: 'second-factor' })
})

test('a wrong password is told as ever: nobody learns who has a second factor', async () => {
  const { person } = await halfway()
  expect(await codeFor(performPublic(signIn, { email: person.email, password: 'not the password' }))).toBe('wrong-password')
})

test('the password is no second factor, nor is somebody else’s code', async () => {
  const [one, other] = [await halfway(), await halfway()]
  expect(await codeFor(show(one.secret, 'password', PASSWORD))).toBe('wrong-second-factor')
  expect(await codeFor(show(one.secret, 'totp', codeOf(other.factor.seed)))).toBe('wrong-second-factor')
  expect(await codeFor(show(one.secret, 'recovery-code', other.factor.recoveryCodes[0] ?? ''))).toBe('wrong-second-factor')
  expect(await codeFor(show(one.secret, 'passkey', '{"id":"x"}'))).toBe('wrong-second-factor')
})
