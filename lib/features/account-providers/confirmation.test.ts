import { beforeAll, expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import type { SessionActor } from '@/lib/access/principals/actor'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { forgetEnv } from '@/lib/env'
import { findOwnProofProvider } from '@/lib/features/identity-proofs/providers'
import type { Attempt } from '@/lib/features/sso-connections/attempts'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { makeFactor } from '@/lib/testing/factors'
import { eventsOf, makePerson } from '@/lib/testing/people'
import { asksAgain } from '@/lib/sso/oidc/asks-again'
import { completeAccountConfirmation, requireConfirmerAt } from './confirmation'
import { unlinkProvider } from './links'
import { signInByProvider } from './operations'

testDatabase()

const ISSUER = 'https://accounts.google.com'

beforeAll(() => {
  Object.assign(process.env, { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 's' })
  forgetEnv()
})

type Site = { org: TestOrganization; actor: SessionActor; now: () => Promise<SessionActor>; identity: { provider: 'google'; issuer: string; subject: string; email: string; emailVerified: boolean; name: string } }

/** Somebody who came through Google a while ago. */
async function makeSite(account = makeAccount()): Promise<Site> {
  const [org, { id, email }] = [await makeOrganization(), await account]
  await makeMember(org, [], { id, email })
  const identity = { provider: 'google' as const, issuer: ISSUER, subject: `sub-${email}`, email, emailVerified: true, name: '' }
  const came = await performPublic(signInByProvider, identity)
  if (!came.ok || came.outcome.step !== 'done') throw new Error(JSON.stringify(came))
  const { secret } = came.outcome
  const now = async () => {
    const actor = await actorOfSecret(secret)
    if (!actor) throw new Error('no session')
    return actor
  }
  return { org, actor: await now(), now, identity }
}

const attemptOf = ({ sessionId }: SessionActor): Attempt => ({ beganAt: new Date(), purpose: 'confirm', connectionId: null, sessionId, next: null, data: {} })
const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000)

test('somebody with neither password nor factor proves themselves where they came from', async () => {
  const { org, actor, now, identity } = await makeSite()
  expect(await findOwnProofProvider(actor)).toEqual({ name: 'Google', href: '/sso/account/google/begin?confirm=1' })
  const before = actor.confirmedAt.getTime()
  expect(await completeAccountConfirmation(identity, ago(0), attemptOf(actor), actor)).toBeNull()
  expect((await now()).confirmedAt.getTime()).toBeGreaterThan(before)
  expect(await eventsOf(org.id, 'session.confirm')).toMatchObject([{ outcome: 'success', actorName: actor.email, detail: { method: 'google' } }])
})

test.each<[string, Date | null, Partial<Site['identity']>, string]>([
  ['a provider that let them through as known', ago(120), {}, 'not-again'],
  ['a provider that does not say when it asked, as Google unless set up for it', null, {}, 'not-again'],
  ['somebody else', ago(-1), { subject: 'somebody else' }, 'other-person'],
  ['nobody', ago(-1), { subject: '' }, 'other-person'],
  ['the same name at another issuer', ago(-1), { issuer: 'https://other.example' }, 'other-person'],
])('%s proves nothing, and the log says why', async (_what, askedAt, claimed, reason) => {
  const { org, actor, now, identity } = await makeSite()
  expect(await completeAccountConfirmation({ ...identity, ...claimed }, askedAt, attemptOf(actor), actor)).toBe(reason)
  expect((await now()).confirmedAt).toEqual(actor.confirmedAt)
  expect(await eventsOf(org.id, 'session.confirm')).toMatchObject([{ outcome: 'failed', detail: { method: 'google', code: reason } }])
})

test('a proof counts for the session that asked for it only', async () => {
  const [one, other] = [await makeSite(), await makeSite()]
  expect(await completeAccountConfirmation(one.identity, ago(0), attemptOf(one.actor), other.actor)).toBe('other-browser')
  expect(await completeAccountConfirmation(one.identity, ago(0), attemptOf(one.actor), null)).toBe('other-browser')
})

test('it is offered to sessions that came through it, while it opens the account and there is no second factor', async () => {
  const { actor, org } = await makeSite(makePerson())
  const isOffered = async (who: SessionActor) => (await findOwnProofProvider(who)) !== null
  expect(await isOffered(actor)).toBe(true)
  expect(await isOffered({ ...actor, method: 'password' })).toBe(false)
  expect(await isOffered({ ...actor, method: 'okta' })).toBe(false)
  expect(await isOffered({ ...actor, through: { organizationId: org.id, connectionId: null } })).toBe(false)
  await expect(requireConfirmerAt(actor, 'okta')).rejects.toMatchObject({ code: 'not-found' })
  await performForAccount(unlinkProvider, actor, { issuer: ISSUER })
  expect(await isOffered(actor)).toBe(false)
  const strong = await makeSite()
  await makeFactor(strong.actor.accountId)
  expect(await isOffered(strong.actor)).toBe(false)
})

test('the provider is asked to ask again, and Google by name to say when it did', () => {
  expect(asksAgain('https://acme.okta.example')).toEqual({ prompt: 'login', max_age: '0' })
  expect(asksAgain(ISSUER)).toEqual({ prompt: 'login', max_age: '0', claims: '{"id_token":{"auth_time":{"essential":true}}}' })
})
