import { beforeAll, expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import type { SessionActor } from '@/lib/access/principals/actor'
import { performForAccount } from '@/lib/boundary/account-operation'
import { performPublic } from '@/lib/boundary/public-operation'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, mailsTo, makePerson } from '@/lib/testing/people'
import { linkProvider, unlinkProvider } from './links'
import { signInByProvider } from './operations'
import { listOwnProviders } from './queries'

testDatabase()

const GOOGLE = 'https://accounts.google.com'
const OKTA = 'https://acme.okta.example'

beforeAll(() => {
  Object.assign(process.env, { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 's', OKTA_CLIENT_ID: 'o', OKTA_CLIENT_SECRET: 's', OKTA_ISSUER: OKTA })
  forgetEnv()
})

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code?: string }) => error.code)
const who = (email: string, subject = `sub-${email}`) => ({ provider: 'google' as const, issuer: GOOGLE, subject, email, emailVerified: true, name: 'Ada' })
const whoAtOkta = (email: string) => ({ ...who(email), provider: 'okta' as const, issuer: OKTA })
const come = (identity: ReturnType<typeof who> | ReturnType<typeof whoAtOkta>) => performPublic(signInByProvider, identity)

async function opened(identity: ReturnType<typeof who> | ReturnType<typeof whoAtOkta>): Promise<SessionActor> {
  const came = await come(identity)
  if (!came.ok || came.outcome.step !== 'done') throw new Error(JSON.stringify(came))
  const actor = await actorOfSecret(came.outcome.secret)
  if (!actor) throw new Error('no session')
  return actor
}

/** Somebody who has come through Google once. */
async function makeLinked(person: Promise<TestAccount>): Promise<{ org: TestOrganization; email: string; actor: SessionActor }> {
  const [org, { id, email }] = [await makeOrganization(), await person]
  await makeMember(org, [], { id, email })
  return { org, email, actor: await opened(who(email)) }
}

const unlink = (actor: SessionActor, issuer = GOOGLE) => performForAccount(unlinkProvider, actor, { issuer })

test('one sees which providers open the account, as whom, and which could', async () => {
  const { actor, email } = await makeLinked(makePerson())
  await opened({ ...who('moved@elsewhere.example', `sub-${email}`), emailVerified: false })
  const at = expect.stringMatching(/^\d{4}-.*Z$/)
  expect(await listOwnProviders(actor)).toEqual([
    { id: 'google', title: 'Google', issuer: GOOGLE, isSetUp: true, link: { email: 'moved@elsewhere.example', since: at, lastUsedAt: at, isOnlyWay: false } },
    { id: 'okta', title: 'Okta', issuer: OKTA, isSetUp: true, link: null },
  ])
  await db().accountIdentity.updateMany({ where: { accountId: actor.accountId }, data: { issuer: 'https://before.example' } })
  expect((await listOwnProviders(actor)).map(({ issuer, isSetUp, link }) => [issuer, isSetUp, link !== null])).toEqual([[GOOGLE, true, false], [OKTA, true, false], ['https://before.example', false, true]])
})

test('unlinked, it opens the account no more, neither as the same person nor by the address; its other sessions end, and it is told', async () => {
  const { org, actor, email } = await makeLinked(makePerson())
  const elsewhere = await opened(who(email))
  await unlink(actor)
  expect(await come(who(email))).toEqual({ ok: false, reason: 'unlinked' })
  expect(await come(who(email, 'somebody else with the address'))).toEqual({ ok: false, reason: 'unlinked' })
  const ended = async ({ sessionId }: SessionActor) => (await db().session.findUniqueOrThrow({ where: { id: sessionId } })).endReason
  expect([await ended(elsewhere), await ended(actor)]).toEqual(['provider-unlinked', null])
  expect((await listOwnProviders(actor)).map(({ link }) => link)).toEqual([null, null])
  expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['Google now opens your Gatehouse account', 'Google no longer opens your Gatehouse account'])
  expect(await eventsOf(org.id, 'account.unlink-provider')).toMatchObject([{ outcome: 'success', actorName: email, detail: { method: 'google', sessionsEnded: 1 } }])
  expect((await eventsOf(org.id, 'session.open')).filter(({ outcome }) => outcome === 'failed')).toMatchObject([{ detail: { code: 'unlinked', email } }, { detail: { code: 'unlinked', email } }])
  expect(await codeOf(unlink(actor))).toBe('not-found')
})

test('the only way in stays until there is a password or another provider', async () => {
  const { actor, email } = await makeLinked(makeAccount())
  expect((await listOwnProviders(actor))[0]?.link?.isOnlyWay).toBe(true)
  await expect(unlink(actor)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Google is the only way into your account; set a password first') })
  await opened(whoAtOkta(email))
  // Of two at once one stays.
  expect((await Promise.all([codeOf(unlink(actor)), codeOf(unlink(actor, OKTA))])).sort()).toEqual(['conflict', 'done'])
})

test('it takes a proof not older than ten minutes, and a session of the person’s own', async () => {
  const { org, actor } = await makeLinked(makePerson())
  const stale = { ...actor, confirmedAt: new Date(Date.now() - 11 * 60_000) }
  expect(await codeOf(unlink(stale))).toBe('confirmation-required')
  expect(await codeOf(performForAccount(linkProvider, stale, who(actor.email)))).toBe('confirmation-required')
  const through = { ...actor, through: { organizationId: org.id, connectionId: null } }
  expect(await codeOf(unlink(through))).toBe('session-elsewhere')
  expect(await codeOf(performForAccount(linkProvider, through, who(actor.email)))).toBe('session-elsewhere')
})

test('linked again by its person it opens the account, also as somebody else there, with any address', async () => {
  const { org, actor, email } = await makeLinked(makePerson())
  expect(await performForAccount(linkProvider, actor, who(email, 'another'))).toEqual({ refused: 'linked-otherwise' })
  await unlink(actor)
  const other = { ...who('private@elsewhere.example', `private-${email}`), emailVerified: false }
  expect(await performForAccount(linkProvider, actor, other)).toEqual({ refused: null })
  expect((await opened(other)).accountId).toBe(actor.accountId)
  expect(await eventsOf(org.id, 'account.link-provider')).toHaveLength(2)
})

test('who they are there is one account’s only', async () => {
  const [one, two] = [await makeLinked(makePerson()), await makeLinked(makePerson())]
  await unlink(two.actor)
  expect(await performForAccount(linkProvider, two.actor, who(one.email))).toEqual({ refused: 'linked-elsewhere' })
  expect((await opened(who(one.email))).accountId).toBe(one.actor.accountId)
})
