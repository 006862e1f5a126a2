import { beforeAll, expect, test } from 'vitest'
import { actorOfSecret, openSession } from '@/lib/access/principals/session'
import type { SessionActor } from '@/lib/access/principals/actor'
import { performForAccount } from '@/lib/boundary/account-operation'
import { perform } from '@/lib/boundary/perform'
import { db, transaction } from '@/lib/db'
import { createGroup, deleteGroup } from '@/lib/features/groups/operations'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, from, makePerson, PASSWORD } from '@/lib/testing/people'
import { confirmIdentity } from './operations'

testDatabase()
let org: TestOrganization

beforeAll(async () => {
  org = await makeOrganization()
})

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: { code?: string }) => error.code)

/** Somebody who signed in so many minutes ago, and how to see them as the next request does. */
async function signedIn(minutesAgo: number): Promise<{ now: () => Promise<SessionActor> }> {
  const person = await makePerson()
  await makeMember(org, ['group:read', 'group:write'], person)
  const { id, secret } = await transaction((tx) => openSession(tx, person.id, 'password'))
  await db().session.update({ where: { id }, data: { confirmedAt: new Date(Date.now() - minutesAgo * 60_000) } })
  const now = async () => {
    const actor = await actorOfSecret(secret)
    if (!actor) throw new Error('the session has ended')
    return actor
  }
  return { now }
}

test('what is dangerous waits for a proof that is not older than ten minutes; a password is one', async () => {
  const { now } = await signedIn(11)
  const { id } = await perform(createGroup, await now(), org.id, { name: 'Night watch' })
  expect(await codeOf(perform(deleteGroup, await now(), org.id, { id }))).toBe('confirmation-required')
  expect(await codeOf(performForAccount(confirmIdentity, await now(), { kind: 'password', value: 'not the password' }))).toBe('invalid-input')
  expect(await codeOf(perform(deleteGroup, await now(), org.id, { id }))).toBe('confirmation-required')
  await performForAccount(confirmIdentity, await now(), { kind: 'password', value: PASSWORD })
  await perform(deleteGroup, await now(), org.id, { id })
  expect(await eventsOf(org.id, 'session.confirm')).toMatchObject([{ outcome: 'success', detail: { method: 'password' } }])
})

test('a proof counts for the session that gave it, and nine minutes are recent', async () => {
  const [stale, recent] = [await signedIn(11), await signedIn(9)]
  const { id } = await perform(createGroup, await recent.now(), org.id, { name: 'Day watch' })
  expect(await codeOf(perform(deleteGroup, await stale.now(), org.id, { id }))).toBe('confirmation-required')
  await perform(deleteGroup, await recent.now(), org.id, { id })
})

test('guessing the password from an open browser is counted as at the sign-in page', async () => {
  const { now } = await signedIn(11)
  const actor = await now()
  const attempts = await Promise.all(Array.from({ length: 12 }, () => from('192.0.2.4', () => codeOf(performForAccount(confirmIdentity, actor, { kind: 'password', value: 'a guess' })))))
  expect(attempts.filter((code) => code === 'too-many-requests')).toHaveLength(2)
})
