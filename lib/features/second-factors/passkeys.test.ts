import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SessionActor } from '@/lib/access/principals/actor'
import { performForAccount } from '@/lib/boundary/account-operation'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { makeAuthenticator, type Claims } from '@/lib/testing/authenticator'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeSession } from '@/lib/testing/factories'
import { hasSecondFactor } from '@/lib/testing/factors'
import { addPasskey, beginPasskey } from './passkey-operations'
import { proofOptions, takePasskey } from './passkeys'

testDatabase()

const here = () => ({ origin: env().publicUrl.origin, party: env().publicUrl.hostname })
const codeFor = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code?: string }) => error.code)
const signedIn = async (): Promise<SessionActor> => makeSession(await makeAccount())

async function claimsToRegister(actor: SessionActor): Promise<Claims> {
  const { challenge } = await performForAccount(beginPasskey, actor, {})
  return { challenge, ...here() }
}
const add = (actor: SessionActor, answer: string) => codeFor(performForAccount(addPasskey, actor, { name: 'Laptop', answer }))

/** Somebody with a passkey whose counter stands at 5, and how their browser answers. */
async function withPasskey() {
  const actor = await signedIn()
  const authenticator = makeAuthenticator()
  expect(await add(actor, authenticator.create({ ...(await claimsToRegister(actor)), counter: 5 }))).toBe('done')
  const asked = async (): Promise<Claims> => ({ challenge: (await proofOptions(actor.accountId, new Date())).challenge, ...here(), counter: 6 })
  const prove = (answer: string, accountId = actor.accountId) => takePasskey(accountId, answer, new Date())
  return { actor, authenticator, asked, prove }
}

test('a passkey is registered by an answer to our question, and proves who it is from then on', async () => {
  const { actor, authenticator, asked, prove } = await withPasskey()
  expect(await hasSecondFactor(actor.accountId)).toBe(true)
  expect(await db().passkey.findFirstOrThrow({ where: { accountId: actor.accountId } })).toMatchObject({ name: 'Laptop', counter: 5n, transports: ['internal'], isSynced: false })
  expect(await prove(authenticator.use(await asked()))).toBe(true)
  expect(await db().passkey.findFirstOrThrow({ where: { accountId: actor.accountId } })).toMatchObject({ counter: 6n, lastUsedAt: expect.any(Date) })
})

test.each<[string, Partial<Claims>]>([
  ['of another site', { origin: 'https://evil.test' }],
  ['of another port of this host', { origin: `${new URL('http://localhost').origin}:1` }],
  ['for another relying party', { party: 'evil.test' }],
  ['to a question nobody asked', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ['that is a proof and no registration', { type: 'webauthn.get' }],
  ['without anybody present', { flags: 0 }],
])('no registration by an answer %s', async (_what, wrong) => {
  const actor = await signedIn()
  expect(await add(actor, makeAuthenticator().create({ ...(await claimsToRegister(actor)), ...wrong }))).toBe('invalid-input')
  expect(await db().passkey.count({ where: { accountId: actor.accountId } })).toBe(0)
  expect(await hasSecondFactor(actor.accountId)).toBe(false)
})

test('a question is answered once, and by whom it was asked', async () => {
  const [actor, other] = [await signedIn(), await signedIn()]
  const claims = await claimsToRegister(actor)
  expect(await add(other, makeAuthenticator().create(claims))).toBe('invalid-input')
  expect(await add(actor, makeAuthenticator().create(claims))).toBe('done')
  expect(await add(actor, makeAuthenticator().create(claims))).toBe('invalid-input')
})

test.each<[string, Partial<Claims>]>([
  ['of another site', { origin: 'https://evil.test' }],
  ['for another relying party', { party: 'evil.test' }],
  ['to a question nobody asked', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ['that is a registration and no proof', { type: 'webauthn.create' }],
  ['without anybody present', { flags: 0 }],
  ['whose counter stands where it stood', { counter: 5 }],
  ['whose counter is that of a copy left behind', { counter: 4 }],
])('nothing is proven by an answer %s', async (_what, wrong) => {
  const { authenticator, asked, prove } = await withPasskey()
  expect(await prove(authenticator.use({ ...(await asked()), ...wrong }))).toBe(false)
  expect(await prove(authenticator.use(await asked()))).toBe(true)
})

test('an answer proves once: sent again, or at the same moment, it is worth nothing', async () => {
  const { authenticator, asked, prove } = await withPasskey()
  const answer = authenticator.use(await asked())
  expect((await Promise.all([prove(answer), prove(answer)])).sort()).toEqual([false, true])
  expect(await prove(answer)).toBe(false)
  // A fresh question with the counter of the answer before.
  expect(await prove(authenticator.use({ ...(await asked()), counter: 6 }))).toBe(false)
})

test('neither another key’s signature nor another person’s passkey, nor what is no answer', async () => {
  const [one, other] = [await withPasskey(), await withPasskey()]
  expect(await one.prove(one.authenticator.use(await one.asked(), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey))).toBe(false)
  expect(await one.prove(other.authenticator.use(await one.asked()))).toBe(false)
  expect(await one.prove(other.authenticator.use(await other.asked()))).toBe(false)
  for (const answer of ['', '{}', 'null', '[]', '{"id":"x","rawId":"x","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"e30","authenticatorData":"","signature":""}}']) expect(await one.prove(answer)).toBe(false)
})
