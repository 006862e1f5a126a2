import { afterEach, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { db, transaction } from '@/lib/db'
import { perform, read } from '@/lib/boundary/perform'
import { listSessions } from '@/lib/features/sessions/list'
import { updateSessionPolicy } from '@/lib/features/session-policy/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { makeFactor } from '@/lib/testing/factors'
import { commandActor } from './principals/actor'
import { actorOfSecret, openSession } from './principals/session'

testDatabase()
afterEach(() => setClock(null))

const START = new Date('2031-11-26T08:00:00Z')
const after = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000)

async function opened(account: TestAccount, method = 'password', secondFactor: string | null = null): Promise<string> {
  return (await transaction((tx) => openSession(tx, account.id, method, secondFactor))).secret
}

/** What a session gets at an organization's door at this moment, as any process would see it. */
async function atTheDoor(secret: string, org: TestOrganization): Promise<string> {
  const actor = await actorOfSecret(secret)
  if (!actor) return 'signed out'
  return read(actor, org.id, null, () => Promise.resolve('in')).catch((error: { code?: string; extras?: { reason?: string } }) => error.extras?.reason ?? error.code ?? 'unknown')
}

async function member(...organizations: TestOrganization[]): Promise<TestAccount> {
  const account = await makeAccount()
  for (const org of organizations) await makeMember(org, [], account)
  return account
}

const policy = (org: TestOrganization, change: object) => perform(updateSessionPolicy, commandActor, org.id, change)

test('a second factor is demanded once its grace is over, of this organization’s sessions only, and whoever shows one is in', async () => {
  const [strict, lax] = [await makeOrganization(), await makeOrganization()]
  const account = await member(strict, lax)
  const bare = await opened(account)
  const shown = await opened(account, 'password', 'passkey')
  await policy(strict, { secondFactor: 'required', graceDays: 7 })
  expect(await atTheDoor(bare, strict)).toBe('in')
  await policy(strict, { secondFactor: 'required', graceDays: 0 })
  expect([await atTheDoor(bare, strict), await atTheDoor(shown, strict), await atTheDoor(bare, lax)]).toEqual(['second-factor-required', 'in', 'in'])
  await makeFactor(account.id)
  // Having one is not showing it.
  expect(await atTheDoor(bare, strict)).toBe('second-factor-required')
  await db().session.updateMany({ where: { accountId: account.id }, data: { secondFactor: 'totp' } })
  expect(await atTheDoor(bare, strict)).toBe('in')
})

test('an identity provider’s sign-in counts as long as the organization says so', async () => {
  const org = await makeOrganization()
  const account = await member(org)
  const through = { organizationId: org.id, connectionId: newId('connection') }
  const { secret } = await transaction((tx) => openSession(tx, account.id, 'oidc', null, through))
  await policy(org, { secondFactor: 'required' })
  expect(await atTheDoor(secret, org)).toBe('in')
  await policy(org, { connectionsCount: false })
  expect(await atTheDoor(secret, org)).toBe('second-factor-required')
  await policy(org, { connectionsCount: true })
  // Google or Okta of the whole installation is no connection of the organization.
  expect(await atTheDoor(await opened(account, 'google'), org)).toBe('second-factor-required')
})

test('a session older than the organization allows is to be opened anew; another organization goes on', async () => {
  const [short, long] = [await makeOrganization(), await makeOrganization()]
  const account = await member(short, long)
  await policy(short, { lifetimeMinutes: 60 })
  setClock(START)
  const secret = await opened(account)
  for (const minutes of [20, 40, 60]) {
    setClock(after(minutes))
    expect([minutes, await atTheDoor(secret, short)]).toEqual([minutes, 'in'])
  }
  setClock(after(61))
  expect([await atTheDoor(secret, short), await atTheDoor(secret, long)]).toEqual(['session-expired', 'in'])
})

test('a session that lay unused too long stays closed here, also when it is used again, and open elsewhere', async () => {
  const [strict, lax] = [await makeOrganization(), await makeOrganization()]
  const account = await member(strict, lax)
  await policy(strict, { idleMinutes: 30 })
  setClock(START)
  const secret = await opened(account)
  setClock(after(29))
  expect(await atTheDoor(secret, strict)).toBe('in')
  setClock(after(60))
  expect([await atTheDoor(secret, lax), await atTheDoor(secret, strict)]).toEqual(['in', 'session-expired'])
  setClock(after(61))
  expect([await atTheDoor(secret, strict), await atTheDoor(await opened(account), strict)]).toEqual(['session-expired', 'in'])
})

test('of many requests that end a long gap at once none slips through', async () => {
  const org = await makeOrganization()
  const account = await member(org)
  await policy(org, { idleMinutes: 5 })
  setClock(START)
  const secret = await opened(account)
  setClock(after(6))
  const answers = await Promise.all(Array.from({ length: 8 }, () => atTheDoor(secret, org)))
  expect(new Set(answers)).toEqual(new Set(['session-expired']))
})

test('lists show only sessions that still open the organization', async () => {
  const org = await makeOrganization()
  const account = await member(org)
  setClock(START)
  await opened(account)
  setClock(after(45))
  const fresh = await opened(account, 'password', 'totp')
  await policy(org, { lifetimeMinutes: 30 })
  const { rows } = await read({ ...org.admin.actor, openedAt: after(45) }, org.id, 'session:others', (ctx) => listSessions(ctx, { limit: 50 }))
  const own = rows.filter(({ user }) => user.email === account.email)
  expect(own.map(({ id, secondFactor }) => [id, secondFactor])).toEqual([[(await actorOfSecret(fresh))?.sessionId, 'totp']])
})
