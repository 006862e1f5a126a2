import { afterEach, beforeEach, expect, test } from 'vitest'
import { perform } from '@/lib/boundary/perform'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { updateCredentialPolicy } from '@/lib/features/credential-policy/operations'
import { createServiceAccount } from '@/lib/features/service-accounts/operations'
import { renderMail } from '@/lib/mail/templates'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { mailsTo } from '@/lib/testing/people'
import { remindEnding } from './remind-ending'

testDatabase()
const DAY_MS = 24 * 3600_000
const START = new Date('2027-03-01T00:00:00Z')
const after = (days: number): Date => new Date(START.getTime() + days * DAY_MS)

let org: TestOrganization
let member: TestMember

beforeEach(async () => {
  org = await makeOrganization()
  member = await makeMember(org)
})
afterEach(() => setClock(null))

const where = ({ id }: { id: string }) => ({ organizationId_id: { organizationId: org.id, id } })

/** A key of the member made at the start. */
async function keyEnding(days: number, change: object = {}): Promise<TestKey> {
  const key = await makeKey(org, member, after(days))
  await db().apiKey.update({ where: where(key), data: { createdAt: START, name: 'nightly', ...change } })
  return key
}

async function remindAt(days: number): Promise<void> {
  setClock(after(days))
  await Promise.all([remindEnding(), remindEnding()])
  setClock(null)
}

const subjects = async (email: string): Promise<string[]> => (await mailsTo(email)).filter(({ template }) => template === 'credentials-ending').map(({ subject }) => subject)

test('the owner and the administrators are reminded once for each notice, by whichever process', async () => {
  await keyEnding(100)
  await remindAt(80)
  expect(await subjects(member.email)).toEqual([])
  await remindAt(86)
  await remindAt(90)
  expect([await subjects(member.email), await subjects(org.admin.email)]).toEqual([[`A credential of ${org.name} ends soon`], [`A credential of ${org.name} ends soon`]])
  await remindAt(97.5)
  await remindAt(99)
  expect((await subjects(member.email)).length).toBe(2)
  await remindAt(101)
  expect((await subjects(member.email)).length).toBe(2)
  const [mail] = await mailsTo(member.email)
  const { text } = await renderMail(db(), mail?.template ?? '', mail?.params)
  expect(text).toContain(`The API key nightly of ${member.email} ends at Wed, 09 Jun 2027 00:00:00 GMT.`)
  expect(text).toContain(`/${org.slug}/api-keys`)
})

test('after a stop of a week one reminder comes, of the shortest notice', async () => {
  await keyEnding(100)
  await remindAt(98)
  await remindAt(98.5)
  expect((await subjects(member.email)).length).toBe(1)
})

test('a new end is reminded of anew', async () => {
  const key = await keyEnding(100)
  await remindAt(98)
  await db().apiKey.update({ where: where(key), data: { expiresAt: after(200), remindedDays: null } })
  await remindAt(198)
  expect((await subjects(member.email)).length).toBe(2)
})

test.each<[string, object]>([
  ['revoked', { status: 'revoked' }], ['suspended', { status: 'suspended' }], ['narrowed to a role that is gone', { roleId: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f' }],
  ['narrowed to a place that is gone', { scopeId: 'fld_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f' }], ['made with a life as short as the notice', { createdAt: after(97.5) }],
])('not of a key that is %s', async (_what, change) => {
  await keyEnding(100, change)
  await remindAt(98)
  expect(await subjects(org.admin.email)).toEqual([])
})

test('not of one that was replaced, nor of one whose owner is suspended', async () => {
  const old = await keyEnding(100)
  await keyEnding(200, { rotatedFromId: old.id })
  await remindAt(98)
  expect(await subjects(org.admin.email)).toEqual([])
  await keyEnding(300)
  await db().membership.update({ where: where(member), data: { status: 'suspended' } })
  await remindAt(299)
  expect(await subjects(org.admin.email)).toEqual([])
})

test('many at once are one mail; owners see their own only', async () => {
  for (let times = 0; times < 40; times++) await keyEnding(100)
  const { id } = await perform(createServiceAccount, org.admin.actor, org.id, { name: 'robot', roles: [] })
  const key = await keyEnding(99)
  await db().apiKey.update({ where: where(key), data: { membershipId: null, serviceAccountId: id } })
  await remindAt(98)
  expect([await subjects(member.email), await subjects(org.admin.email)]).toEqual([[`40 credentials of ${org.name} end soon`], [`41 credentials of ${org.name} end soon`]])
  const [mail] = (await mailsTo(org.admin.email)).filter(({ template }) => template === 'credentials-ending')
  const { text } = await renderMail(db(), mail?.template ?? '', mail?.params)
  expect([text.includes('The key of a service account nightly of robot ends'), text.includes('And 11 more.')]).toEqual([true, true])
})

test('the organization says when, or never', async () => {
  await perform(updateCredentialPolicy, org.admin.actor, org.id, { reminderDays: [1, 30, 30] })
  expect((await db().credentialPolicy.findUniqueOrThrow({ where: { organizationId: org.id } })).reminderDays).toEqual([30, 1])
  await keyEnding(100)
  await remindAt(71)
  expect((await subjects(member.email)).length).toBe(1)
  await perform(updateCredentialPolicy, org.admin.actor, org.id, { reminderDays: [] })
  await remindAt(99.5)
  expect((await subjects(member.email)).length).toBe(1)
})
