import { expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { performPublic } from '@/lib/boundary/public-operation'
import { actorOfSecret } from '@/lib/access/principals/session'
import { db } from '@/lib/db'
import { completeSignIn } from '@/lib/features/accounts/second-step'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { codeOf, makeFactor } from '@/lib/testing/factors'
import { eventsOf, mailsTo, makeInvitation, makePerson } from '@/lib/testing/people'
import { signInByProvider } from './operations'

testDatabase()

const ISSUER = 'https://accounts.google.com'

type Claimed = { subject?: string; email?: string | null; emailVerified?: boolean; issuer?: string }

const come = (email: string, claimed: Claimed = {}) =>
  performPublic(signInByProvider, { provider: 'google', issuer: ISSUER, subject: `sub-${email}`, email, emailVerified: true, name: 'Ada', ...claimed })

async function opened(coming: ReturnType<typeof come>) {
  const came = await coming
  if (!came.ok || came.outcome.step !== 'done') throw new Error(JSON.stringify(came))
  return came.outcome
}

async function makeSite(): Promise<{ org: TestOrganization; person: TestAccount }> {
  const [org, person] = [await makeOrganization(), await makePerson()]
  await makeMember(org, [], person)
  return { org, person }
}

const failures = async (org: TestOrganization) => (await eventsOf(org.id, 'session.open')).filter(({ outcome }) => outcome === 'failed').map(({ detail }) => detail)

test('a person with an account comes in by a verified address, is told by mail once, and the session says how', async () => {
  const { org, person } = await makeSite()
  const { accountId, secret } = await opened(come(person.email))
  expect(accountId).toBe(person.id)
  const actor = await actorOfSecret(secret)
  if (!actor) throw new Error('no session')
  expect(actor).toMatchObject({ method: 'google', secondFactor: null })
  expect(actor.through).toBeUndefined()
  await expect(read(actor, org.slug, null, async () => 'in')).resolves.toBe('in')
  await opened(come(person.email))
  expect((await mailsTo(person.email)).map(({ subject }) => subject)).toEqual(['Google now opens your Gatehouse account'])
  expect((await eventsOf(org.id, 'session.open')).map(({ outcome, detail }) => [outcome, detail])).toEqual([['success', { method: 'google' }], ['success', { method: 'google' }]])
  expect(await eventsOf(org.id, 'account.link-provider')).toHaveLength(1)
})

test('afterwards the subject is who they are, whatever becomes of the address', async () => {
  const { person } = await makeSite()
  await opened(come(person.email))
  const moved = await opened(come('new-address@elsewhere.example', { subject: `sub-${person.email}`, emailVerified: false }))
  expect(moved.accountId).toBe(person.id)
  // Somebody else who got the old address at the provider is not the person.
  expect(await come(person.email, { subject: 'somebody else' })).toEqual({ ok: false, reason: 'linked-otherwise' })
  // The same subject of another issuer is somebody else.
  expect(await come('nobody@elsewhere.example', { subject: `sub-${person.email}`, issuer: 'https://other.example' })).toEqual({ ok: false, reason: 'account-unknown' })
})

test.each<[string, Claimed, string]>([
  ['an address that is not verified', { emailVerified: false }, 'email-unverified'],
  ['no address', { email: null }, 'email-missing'],
  ['no subject', { subject: '' }, 'subject-missing'],
])('%s links to nobody', async (_what, claimed, reason) => {
  const { org, person } = await makeSite()
  expect(await come(person.email, claimed)).toEqual({ ok: false, reason })
  expect(await db().accountIdentity.count({ where: { accountId: person.id } })).toBe(0)
  expect(await db().session.count({ where: { accountId: person.id, method: 'google' } })).toBe(0)
  expect(await failures(org)).toEqual(reason === 'email-unverified' ? [{ method: 'google', code: reason, email: person.email }] : [])
})

test('strangers stay outside; who is invited gets an account and finds the invitation waiting', async () => {
  const org = await makeOrganization()
  const email = `new@${org.slug}.example`
  expect(await come(email)).toEqual({ ok: false, reason: 'account-unknown' })
  expect(await db().account.findUnique({ where: { email } })).toBeNull()
  const { membershipId } = await makeInvitation(org.id, email)
  const { accountId } = await opened(come(email))
  expect(await db().account.findUniqueOrThrow({ where: { id: accountId } })).toMatchObject({ email, name: 'Ada', passwordHash: null })
  expect(await db().membership.findFirstOrThrow({ where: { id: membershipId, organizationId: org.id } })).toMatchObject({ status: 'invited', accountId: null })
})

test('an invitation that has expired, or into an organization entered through its own connections only, opens nothing', async () => {
  const [org, closed] = [await makeOrganization(), await makeOrganization()]
  await makeInvitation(org.id, 'late@people.example', new Date(Date.now() - 1000))
  await db().organization.update({ where: { id: closed.id }, data: { isSsoOnly: true } })
  await makeInvitation(closed.id, 'closed@people.example')
  expect(await come('late@people.example')).toEqual({ ok: false, reason: 'account-unknown' })
  expect(await come('closed@people.example')).toEqual({ ok: false, reason: 'account-unknown' })
})

test('an organization that is entered through its own connections only refuses them, at the sign-in and at the gate', async () => {
  const { org, person } = await makeSite()
  const { secret } = await opened(come(person.email))
  await db().organization.update({ where: { id: org.id }, data: { isSsoOnly: true } })
  const actor = await actorOfSecret(secret)
  if (!actor) throw new Error('no session')
  await expect(read(actor, org.slug, null, async () => 'in')).rejects.toMatchObject({ code: 'sso-required' })
  expect(await come(person.email)).toEqual({ ok: false, reason: 'sso-required' })
  expect(await failures(org)).toEqual([{ method: 'google', code: 'sso-required', email: person.email }])
})

test('an account with a second factor is asked for it, and the session says both', async () => {
  const { person } = await makeSite()
  const factor = await makeFactor(person.id)
  const came = await come(person.email)
  if (!came.ok || came.outcome.step !== 'second-factor') throw new Error(JSON.stringify(came))
  expect(await db().session.count({ where: { accountId: person.id, method: 'google' } })).toBe(0)
  const { secret } = await performPublic(completeSignIn, { kind: 'totp', value: codeOf(factor.seed), secret: came.outcome.pendingSecret })
  expect(await actorOfSecret(secret)).toMatchObject({ method: 'google', secondFactor: 'totp' })
})

test('two first sign-ins at once are one account and one link', async () => {
  const org = await makeOrganization()
  const email = `twice@${org.slug}.example`
  await makeInvitation(org.id, email)
  const both = await Promise.all([opened(come(email)), opened(come(email))])
  expect(new Set(both.map(({ accountId }) => accountId)).size).toBe(1)
  expect(await db().accountIdentity.count({ where: { accountId: both[0].accountId } })).toBe(1)
})

test('of two accounts that one subject comes to at the same moment it opens one only', async () => {
  const [{ person: one }, { person: other }] = [await makeSite(), await makeSite()]
  const subject = `both-${one.id}`
  const came = await Promise.all([come(one.email, { subject }), come(other.email, { subject }), come(one.email, { subject }), come(other.email, { subject })])
  const accounts = came.flatMap((each) => (each.ok && each.outcome.step === 'done' ? [each.outcome.accountId] : []))
  expect(new Set(accounts).size).toBe(1)
  expect(await db().accountIdentity.findMany({ where: { subject }, select: { accountId: true } })).toEqual([{ accountId: accounts[0] }])
})
