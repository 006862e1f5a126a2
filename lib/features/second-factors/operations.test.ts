import { beforeAll, expect, test } from 'vitest'
import type { SessionActor } from '@/lib/access/principals/actor'
import { actorOfSecret, openSession } from '@/lib/access/principals/session'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { db, transaction } from '@/lib/db'
import { confirmIdentity } from '@/lib/features/identity-proofs/operations'
import { changePassword } from '@/lib/features/accounts/operations'
import { signIn } from '@/lib/features/accounts/sign-in'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { codeOf, hasSecondFactor, makeFactor } from '@/lib/testing/factors'
import { eventsOf, mailsTo, makePerson, PASSWORD } from '@/lib/testing/people'
import { beginTotp, confirmTotp, regenerateRecoveryCodes, removeTotp } from './operations'
import { removePasskey, renamePasskey } from './passkey-operations'

testDatabase()
let org: TestOrganization

beforeAll(async () => {
  org = await makeOrganization()
})

type Browser = { person: TestAccount; secret: string; now: () => Promise<SessionActor> }

async function signedIn(person?: TestAccount): Promise<Browser> {
  const who = person ?? (await makePerson())
  if (!person) await makeMember(org, [], who)
  const { secret } = await transaction((tx) => openSession(tx, who.id, 'password'))
  const now = async () => {
    const actor = await actorOfSecret(secret)
    if (!actor) throw new Error('the session has ended')
    return actor
  }
  return { person: who, secret, now }
}

const stale = (actor: SessionActor): SessionActor => ({ ...actor, confirmedAt: new Date(Date.now() - 11 * 60_000) })
const codeFor = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code?: string }) => error.code)

test('an authenticator app counts from its first code on; recovery codes come with it, and a mail', async () => {
  const { person, now } = await signedIn()
  const { seed, qr } = await performForAccount(beginTotp, await now(), {})
  expect(seed).toMatch(/^[A-Z2-7]{32}$/)
  expect(qr.path.length).toBeGreaterThan(1000)
  expect(await hasSecondFactor(person.id)).toBe(false)
  expect(await performPublic(signIn, { email: person.email, password: PASSWORD })).toMatchObject({ step: 'done' })
  expect(await codeFor(performForAccount(confirmTotp, await now(), { code: '000 000' }))).toBe('invalid-input')
  const { recoveryCodes } = await performForAccount(confirmTotp, await now(), { code: codeOf(seed) })
  expect(recoveryCodes).toHaveLength(10)
  expect(recoveryCodes?.[0]).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
  expect(await hasSecondFactor(person.id)).toBe(true)
  expect(await now()).toMatchObject({ secondFactor: 'totp', hasSecondFactor: true })
  expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(['second-factor-changed'])
  expect(await eventsOf(org.id, 'second-factor.add')).toMatchObject([{ outcome: 'success', detail: { method: 'totp' } }])
})

test('neither the seed nor a code is in the database as it is, nor in the log', async () => {
  const { person, now } = await signedIn()
  const { seed } = await performForAccount(beginTotp, await now(), {})
  const { recoveryCodes } = await performForAccount(confirmTotp, await now(), { code: codeOf(seed) })
  const rows = JSON.stringify([
    await db().totpFactor.findMany({ where: { accountId: person.id } }), await db().recoveryCode.findMany({ where: { accountId: person.id } }), await db().auditEvent.findMany({ where: { organizationId: org.id } }),
    await mailsTo(person.email),
  ], (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  expect(rows).not.toContain(seed)
  for (const code of recoveryCodes ?? []) expect(rows).not.toContain(code)
  expect(rows).toContain('$argon2id$')
})

test('changes of factors and of the password wait for a fresh proof, which for somebody with a factor is the factor', async () => {
  const { person, now } = await signedIn()
  const { seed } = await makeFactor(person.id)
  const actor = stale(await now())
  expect(await codeFor(performForAccount(removeTotp, actor, {}))).toBe('confirmation-required')
  expect(await codeFor(performForAccount(regenerateRecoveryCodes, actor, {}))).toBe('confirmation-required')
  expect(await codeFor(performForAccount(changePassword, actor, { current: PASSWORD, password: 'another long password' }))).toBe('confirmation-required')
  expect(await codeFor(performForAccount(confirmIdentity, actor, { kind: 'password', value: PASSWORD }))).toBe('invalid-input')
  expect(await codeFor(performForAccount(confirmIdentity, actor, { kind: 'totp', value: codeOf(seed) }))).toBe('done')
  expect(await now()).toMatchObject({ secondFactor: 'totp' })
  expect(await codeFor(performForAccount(removeTotp, await now(), {}))).toBe('done')
  expect(await hasSecondFactor(person.id)).toBe(false)
  expect(await now()).toMatchObject({ secondFactor: null })
  expect(await db().recoveryCode.count({ where: { accountId: person.id } })).toBe(0)
})

test('new recovery codes make the old ones worthless', async () => {
  const { person, now } = await signedIn()
  const { recoveryCodes: [old = ''] } = await makeFactor(person.id)
  const { recoveryCodes } = await performForAccount(regenerateRecoveryCodes, await now(), {})
  expect(recoveryCodes).not.toContain(old)
  expect(await codeFor(performForAccount(confirmIdentity, await now(), { kind: 'recovery-code', value: old }))).toBe('wrong-second-factor')
  expect(await codeFor(performForAccount(confirmIdentity, await now(), { kind: 'recovery-code', value: recoveryCodes[0] }))).toBe('done')
})

test('nobody reaches the factors of somebody else', async () => {
  const [one, other] = [await signedIn(), await signedIn()]
  const id = newId('passkey')
  await db().passkey.create({ data: { id, accountId: other.person.id, name: 'Laptop', credentialId: id, publicKey: new Uint8Array(3) } })
  expect(await codeFor(performForAccount(renamePasskey, await one.now(), { id, name: 'Mine' }))).toBe('not-found')
  expect(await codeFor(performForAccount(removePasskey, await one.now(), { id }))).toBe('not-found')
  expect(await codeFor(performForAccount(renamePasskey, await other.now(), { id, name: 'Phone' }))).toBe('done')
  expect(await hasSecondFactor(other.person.id)).toBe(true)
})

test('two passkeys that go at the same moment leave an account without factor, and known as such', async () => {
  const { person, now } = await signedIn()
  const ids = [newId('passkey'), newId('passkey')]
  for (const id of ids) await db().passkey.create({ data: { id, accountId: person.id, name: id, credentialId: id, publicKey: new Uint8Array(3) } })
  const actor = await now()
  await Promise.all(ids.map((id) => performForAccount(removePasskey, actor, { id })))
  expect(await hasSecondFactor(person.id)).toBe(false)
})

test('a session of an organization’s connection changes nothing of the account', async () => {
  const { now } = await signedIn()
  const through = { ...(await now()), through: { organizationId: org.id, connectionId: null } }
  expect(await codeFor(performForAccount(beginTotp, through, {}))).toBe('session-elsewhere')
})
