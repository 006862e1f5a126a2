import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { makeKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { suspendUnused } from './suspend-unused'

testDatabase()

const DAYS_AGO = (days: number) => new Date(Date.now() - days * 24 * 3600_000)

test('suspends what was unused for as long as the policy says, once, and tells the log; elsewhere nothing', async () => {
  const [strict, lenient] = [await makeOrganization(), await makeOrganization()]
  await db().credentialPolicy.create({ data: { organizationId: strict.id, suspendUnusedDays: 30 } })
  const old = await makeKey(strict, strict.admin)
  const used = await makeKey(strict, strict.admin)
  const fresh = await makeKey(strict, strict.admin)
  const elsewhere = await makeKey(lenient, lenient.admin)
  const age = (id: string, data: { createdAt: Date; lastUsedAt?: Date }) => db().apiKey.update({ where: { id }, data })
  await age(old.id, { createdAt: DAYS_AGO(90), lastUsedAt: DAYS_AGO(31) })
  await age(used.id, { createdAt: DAYS_AGO(90), lastUsedAt: DAYS_AGO(2) })
  await age(elsewhere.id, { createdAt: DAYS_AGO(900) })
  await Promise.all([suspendUnused(), suspendUnused()])
  const statusOf = async ({ id }: { id: string }) => (await db().apiKey.findUniqueOrThrow({ where: { id }, select: { status: true } })).status
  expect([await statusOf(old), await statusOf(used), await statusOf(fresh), await statusOf(elsewhere)]).toEqual(['suspended', 'active', 'active', 'active'])
  const events = await db().auditEvent.findMany({ where: { organizationId: { in: [strict.id, lenient.id] }, event: 'api-key.suspend' }, select: { organizationId: true, targetIds: true, actorType: true, detail: true } })
  expect(events).toEqual([{ organizationId: strict.id, targetIds: [old.id], actorType: 'system', detail: { reason: 'not used for 30 days' } }])
})
