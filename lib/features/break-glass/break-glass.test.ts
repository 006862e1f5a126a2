import { afterEach, expect, test } from 'vitest'
import type { SessionActor } from '@/lib/access/principals/actor'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performForAccount } from '@/lib/boundary/account-operation'
import { perform, read } from '@/lib/boundary/perform'
import { performPublic } from '@/lib/boundary/public-operation'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { completeSignIn } from '@/lib/features/accounts/second-step'
import { signIn } from '@/lib/features/accounts/sign-in'
import { createGroup } from '@/lib/features/groups/operations'
import { regenerateRecoveryCodes } from '@/lib/features/second-factors/operations'
import { updateSessionPolicy } from '@/lib/features/session-policy/operations'
import { updateSignInPolicy } from '@/lib/features/sign-in-policy/operations'
import { newId } from '@/lib/ids'
import { makeKey, testApi } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeSession, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { codeOf, makeFactor } from '@/lib/testing/factors'
import { eventsOf, from, mailsTo, makePerson, PASSWORD } from '@/lib/testing/people'
import { breakGlass } from './open'
import { addHolder, makeCodes, removeHolder } from './operations'

testDatabase()
const api = testApi()
afterEach(() => setClock(null))

const HERE = '192.0.2.1'
const codeFor = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code?: string }) => error.code)
const messageOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { message?: string }) => error.message)

type Scene = { org: TestOrganization; holder: TestMember; seed: string; codes: string[]; recoveryCodes: string[] }

/** An organization that is SSO-only, and a member who may change its sign-in settings and holds ten codes. */
async function scene(): Promise<Scene> {
  const org = await makeOrganization()
  const holder = await makeMember(org, ['sign-in:read', 'sign-in:write', 'member:read', 'group:read', 'group:write'], await makePerson())
  const { seed, recoveryCodes } = await makeFactor(holder.accountId)
  await perform(addHolder, org.admin.actor, org.id, { userId: holder.id })
  const { codes } = await perform(makeCodes, holder.actor, org.id, {})
  await db().organization.update({ where: { id: org.id }, data: { isSsoOnly: true } })
  return { org, holder, seed, codes, recoveryCodes }
}

async function actorBehind(secret: string): Promise<SessionActor> {
  const actor = await actorOfSecret(secret)
  if (!actor) throw new Error('no such session')
  return actor
}

/** Password, then second factor. */
async function signedIn({ holder, seed }: Scene): Promise<SessionActor> {
  const outcome = await from(HERE, () => performPublic(signIn, { email: holder.email, password: PASSWORD }))
  if (outcome.step !== 'second-factor') throw new Error('no second step')
  const { secret } = await from(HERE, () => performPublic(completeSignIn, { secret: outcome.pendingSecret, kind: 'totp', value: codeOf(seed) }))
  return actorBehind(secret)
}

const show = ({ org }: Scene, actor: SessionActor, code: string | undefined, address = HERE) => from(address, () => performForAccount(breakGlass, actor, { org: org.slug, code: code ?? '' }))
const opened = async (there: Scene): Promise<SessionActor> => actorBehind((await show(there, await signedIn(there), there.codes[0])).secret)

test('password, second factor and a code open the SSO settings, and nothing else', async () => {
  const there = await scene()
  const { org, holder } = there
  const own = await signedIn(there)
  expect(await codeFor(read(own, org.id, 'sign-in:read', async () => 'in'))).toBe('sso-required')

  const { secret, slug } = await show(there, own, there.codes[0])
  const actor = await actorBehind(secret)
  expect([slug, actor.method, actor.through]).toEqual([org.slug, 'recovery-code', { organizationId: org.id, connectionId: null }])
  expect(await db().session.findUniqueOrThrow({ where: { id: own.sessionId } })).toMatchObject({ endReason: 'replaced' })

  expect(await read(actor, org.id, 'sign-in:read', async ({ rights }) => rights.atOrganization())).toEqual(['sign-in:read', 'sign-in:write'])
  expect(await perform(updateSignInPolicy, actor, org.id, { autoprovision: true })).toMatchObject({ autoprovision: true })
  const refusal = `this session was opened with a break-glass code, and opens the SSO settings of ${org.name} only`
  expect(await messageOf(read(actor, org.id, 'member:read', async () => 'in'))).toBe(refusal)
  expect(await messageOf(read(actor, org.id, null, async () => 'in'))).toBe(refusal)
  expect(await messageOf(perform(createGroup, actor, org.id, { name: 'Mine' }))).toBe(refusal)
  expect(await messageOf(perform(updateSessionPolicy, actor, org.id, { secondFactor: 'off', lifetimeMinutes: null }))).toBe(refusal)
  expect(await codeFor(performForAccount(regenerateRecoveryCodes, actor, {}))).toBe('session-elsewhere')
  const elsewhere = await makeOrganization()
  await makeMember(elsewhere, ['sign-in:read'], { id: holder.accountId, email: holder.email })
  expect(await codeFor(read(actor, elsewhere.id, 'sign-in:read', async () => 'in'))).toBe('session-elsewhere')
})

test('it ends after thirty minutes, whatever the organization allows others', async () => {
  const there = await scene()
  const actor = await opened(there)
  const { expiresAt, createdAt } = await db().session.findUniqueOrThrow({ where: { id: actor.sessionId } })
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(30 * 60_000)
  const { secret } = await show(there, await signedInLater(there), there.codes[1])
  setClock(new Date(Date.now() + 31 * 60_000))
  expect(await actorOfSecret(secret)).toBeNull()
})

/** The same person in another browser; the code of this step was used. */
async function signedInLater({ holder }: Scene): Promise<SessionActor> {
  const session = await makeSession({ id: holder.accountId, email: holder.email })
  return { ...session, secondFactor: 'totp', hasSecondFactor: true }
}

test('every administrator gets a mail and the log an event, with how many codes are left', async () => {
  const there = await scene()
  const { org, holder } = there
  await show(there, await signedIn(there), there.codes[3])
  for (const email of [org.admin.email, holder.email]) {
    expect((await mailsTo(email)).filter(({ template }) => template === 'break-glass-used')).toMatchObject([{ params: { organization: org.name, email: holder.email, address: HERE, left: 9 } }])
  }
  expect(await eventsOf(org.id, 'break-glass.open')).toMatchObject([{ outcome: 'success', address: HERE, detail: { left: 9, minutes: 30 } }])
})

test('a code works once, also of two at the same moment, and only while it is among the newest', async () => {
  const there = await scene()
  const browsers = [await signedInLater(there), await signedInLater(there)]
  expect((await Promise.all(browsers.map((actor) => codeFor(show(there, actor, there.codes[0]))))).sort()).toEqual(['done', 'wrong-second-factor'])
  await db().organization.update({ where: { id: there.org.id }, data: { isSsoOnly: false } })
  const { codes } = await perform(makeCodes, there.holder.actor, there.org.id, {})
  await db().organization.update({ where: { id: there.org.id }, data: { isSsoOnly: true } })
  expect(await codeFor(show(there, await signedInLater(there), there.codes[1]))).toBe('wrong-second-factor')
  expect(await codeFor(show(there, await signedInLater(there), ` ${codes[1]?.toUpperCase().replaceAll('-', ' ')}`))).toBe('done')
})

test('codes are nowhere as they are', async () => {
  const { org, holder, codes } = await scene()
  const rows = JSON.stringify([await db().breakGlassCode.findMany({ where: { organizationId: org.id } }), await db().auditEvent.findMany({ where: { organizationId: org.id } }), await mailsTo(holder.email)])
  expect(codes).toHaveLength(10)
  for (const code of codes) expect(rows).not.toContain(code)
  expect(rows).toContain('$argon2id$')
})

test('without a second factor shown, through a connection, or long after the proof, no code is looked at', async () => {
  const there = await scene()
  const actor = await signedInLater(there)
  const [code] = there.codes
  expect(await codeFor(show(there, { ...actor, secondFactor: null }, code))).toBe('second-factor-required')
  expect(await codeFor(show(there, { ...actor, secondFactor: null, hasSecondFactor: false }, code))).toBe('second-factor-required')
  expect(await codeFor(show(there, { ...actor, method: 'okta', through: { organizationId: there.org.id, connectionId: null } }, code))).toBe('session-elsewhere')
  expect(await codeFor(show(there, { ...actor, method: 'google' }, code))).toBe('session-elsewhere')
  expect(await codeFor(show(there, { ...actor, confirmedAt: new Date(Date.now() - 11 * 60_000) }, code))).toBe('confirmation-required')
  expect(await codeFor(show(there, actor, there.recoveryCodes[0]))).toBe('wrong-second-factor')
  expect(await codeFor(show(there, actor, code))).toBe('done')
})

test('the allowlist holds: from elsewhere a code opens nothing and stays good', async () => {
  const there = await scene()
  const { org } = there
  await db().allowlistEntry.create({ data: { id: newId('allowlistEntry'), organizationId: org.id, cidr: '203.0.113.0/24', surfaces: ['console'] } })
  await db().allowlist.create({ data: { organizationId: org.id, mode: 'enforced', coversData: false } })
  await expect.poll(async () => codeFor(show(there, await signedInLater(there), there.codes[0]))).toBe('address-not-allowed')
  expect(await codeFor(show(there, await signedInLater(there), there.codes[0], '203.0.113.9'))).toBe('done')
})

test('six wrong codes in an hour are all there are, whatever browser they come from, and each is in the log', async () => {
  const there = await scene()
  const guesses: unknown[] = []
  for (let n = 0; n < 7; n++) guesses.push(await codeFor(show(there, await signedInLater(there), `${there.codes[0]?.slice(0, 4)}-0000-0000-0000`, `192.0.2.${n}`)))
  expect(guesses).toEqual([...Array.from({ length: 6 }, () => 'wrong-second-factor'), 'too-many-requests'])
  expect(await codeFor(show(there, await signedInLater(there), there.codes[0]))).toBe('too-many-requests')
  expect(await eventsOf(there.org.id, 'break-glass.open')).toHaveLength(6)
  expect(await eventsOf(there.org.id, 'break-glass.open')).toMatchObject(Array.from({ length: 6 }, () => ({ outcome: 'failed' })))
})

test('whoever is no holder any more, suspended, or may not change the settings any more gets in no more', async () => {
  const there = await scene()
  const { org, holder } = there
  const inside = await opened(there)
  await perform(removeHolder, { ...org.admin.actor, through: { organizationId: org.id, connectionId: null } }, org.id, { userId: holder.id })
  expect(await db().session.findUniqueOrThrow({ where: { id: inside.sessionId } })).toMatchObject({ endReason: 'break-glass-removed' })
  expect(await codeFor(show(there, await signedInLater(there), there.codes[1]))).toBe('not-found')

  const other = await scene()
  const where = { organizationId_id: { organizationId: other.org.id, id: other.holder.id } }
  await db().membership.update({ where, data: { status: 'suspended' } })
  expect(await codeFor(show(other, await signedInLater(other), other.codes[0]))).toBe('not-found')
  await db().membership.update({ where, data: { status: 'active' } })
  await db().roleAssignment.deleteMany({ where: { organizationId: other.org.id, membershipId: other.holder.id } })
  await expect.poll(async () => codeFor(show(other, await signedInLater(other), other.codes[0]))).toBe('forbidden')
})

test('without codes the password of somebody who enters through a provider only stays refused, and where a password opens there is no glass', async () => {
  const there = await scene()
  await db().breakGlassCode.updateMany({ where: { organizationId: there.org.id }, data: { usedAt: new Date() } })
  expect(await codeFor(performPublic(signIn, { email: there.holder.email, password: PASSWORD }))).toBe('sso-required')
  await db().organization.update({ where: { id: there.org.id }, data: { isSsoOnly: false } })
  expect(await codeFor(show(there, await signedInLater(there), there.codes[0]))).toBe('not-found')
})

test('holders are chosen among those who may change the settings, and make their codes themselves', async () => {
  const org = await makeOrganization()
  const [plain, security] = [await makeMember(org), await makeMember(org, ['sign-in:read', 'sign-in:write'])]
  expect(await codeFor(perform(addHolder, org.admin.actor, org.id, { userId: plain.id }))).toBe('conflict')
  expect(await codeFor(perform(makeCodes, security.actor, org.id, {}))).toBe('conflict')
  await perform(addHolder, org.admin.actor, org.id, { userId: security.id })
  expect(await codeFor(perform(addHolder, org.admin.actor, org.id, { userId: security.id }))).toBe('already-exists')
  expect(await messageOf(perform(makeCodes, security.actor, org.id, {}))).toContain('set up a second factor')
  await makeFactor(security.accountId)
  expect(await codeFor(perform(makeCodes, { ...security.actor, confirmedAt: new Date(Date.now() - 11 * 60_000) }, org.id, {}))).toBe('confirmation-required')
  expect((await perform(makeCodes, security.actor, org.id, {})).codes).toHaveLength(10)
})

test('of choices at the same moment no more than ten are taken, and of codes made at the same moment those of one making', async () => {
  const org = await makeOrganization()
  const candidates = await Promise.all(Array.from({ length: 9 }, () => makeMember(org, ['sign-in:read', 'sign-in:write'])))
  for (const { id } of candidates) await perform(addHolder, org.admin.actor, org.id, { userId: id })
  const late = await Promise.all(Array.from({ length: 3 }, () => makeMember(org, ['sign-in:read', 'sign-in:write'])))
  const outcomes = await Promise.all(late.map(({ id }) => codeFor(perform(addHolder, org.admin.actor, org.id, { userId: id }))))
  expect(outcomes.toSorted()).toEqual(['done', 'limit-reached', 'limit-reached'])
  const [holder] = candidates
  if (!holder) throw new Error('nobody')
  await makeFactor(holder.accountId)
  const made = await Promise.all([perform(makeCodes, holder.actor, org.id, {}), perform(makeCodes, holder.actor, org.id, {})])
  const stored = await db().breakGlassCode.findMany({ where: { organizationId: org.id, membershipId: holder.id }, select: { label: true } })
  const labels = stored.map(({ label }) => label).toSorted()
  expect(made.map(({ codes }) => codes.map((code) => code.slice(0, 4)).toSorted())).toContainEqual(labels)
})

test('a session that a code opened makes no codes and chooses nobody', async () => {
  const there = await scene()
  const actor = await opened(there)
  expect(await codeFor(perform(makeCodes, actor, there.org.id, {}))).toBe('forbidden')
  expect(await codeFor(perform(addHolder, actor, there.org.id, { userId: there.org.admin.id }))).toBe('forbidden')
  expect(await codeFor(perform(removeHolder, actor, there.org.id, { userId: there.holder.id }))).toBe('forbidden')
})

test('over the API: who holds how many, choosing and taking away, and never a code', async () => {
  const org = await makeOrganization()
  const key = await makeKey(org, org.admin)
  expect(await api('POST /break-glass-holders', { key, body: { userId: org.admin.id } })).toMatchObject({ status: 201, body: { userId: org.admin.id, email: org.admin.email, codesLeft: 0, codesMadeAt: null } })
  expect((await api('GET /break-glass-holders', { key })).body).toMatchObject({ data: [{ userId: org.admin.id, isActive: true, chosenBy: expect.any(String) }], nextCursor: null })
  expect((await api(`DELETE /break-glass-holders/${org.admin.id}`, { key })).status).toBe(204)
  expect((await api(`GET /break-glass-holders/${org.admin.id}`, { key })).status).toBe(404)
})
