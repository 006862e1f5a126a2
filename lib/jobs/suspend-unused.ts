import { writeAudit, SYSTEM_ACTOR, type AuditRow } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db, transaction } from '@/lib/db'

const DAY_MS = 24 * 3600_000
/** Credentials of one organization that are suspended in one transaction. */
const BATCH = 200

type Suspended = { id: string; name: string }

/**
 * Suspends what the organization's policy calls unused: neither used, made nor resumed for so many days. Rows that
 * another process holds are left to it.
 *
 * @returns how many were suspended
 */
async function suspendIn(organizationId: string, days: number): Promise<number> {
  const at = now()
  const since = new Date(at.getTime() - days * DAY_MS)
  return transaction(async (tx) => {
    const keys = await tx.$queryRaw<Suspended[]>`
      UPDATE "ApiKey" SET "status" = 'suspended', "suspendedAt" = ${at} WHERE "id" IN (
        SELECT "id" FROM "ApiKey" WHERE "organizationId" = ${organizationId} AND "status" = 'active' AND ("expiresAt" IS NULL OR "expiresAt" > ${at})
          AND GREATEST("createdAt", "lastUsedAt", "resumedAt") < ${since} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING "id", "name"`
    const tokens = await tx.$queryRaw<Suspended[]>`
      UPDATE "ApplicationToken" SET "status" = 'suspended', "suspendedAt" = ${at} WHERE "id" IN (
        SELECT "id" FROM "ApplicationToken" WHERE "organizationId" = ${organizationId} AND "status" = 'active' AND ("expiresAt" IS NULL OR "expiresAt" > ${at})
          AND GREATEST("createdAt", "lastUsedAt", "resumedAt") < ${since} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING "id", "description" AS "name"`
    const eventOf = (event: string, type: string) => ({ id, name }: Suspended): AuditRow => ({
      organizationId, event, outcome: 'success', actor: SYSTEM_ACTOR, targets: [{ type, id, name }], before: { status: 'active' }, after: { status: 'suspended' }, detail: { reason: `not used for ${days} days` },
    })
    await writeAudit(tx, [...keys.map(eventOf('api-key.suspend', 'api_key')), ...tokens.map(eventOf('token.suspend', 'token'))])
    return keys.length + tokens.length
  })
}

/** Suspends unused credentials in every organization whose policy asks for it. Safe in several processes at once. */
export async function suspendUnused(): Promise<void> {
  const policies = await db().credentialPolicy.findMany({ where: { suspendUnusedDays: { not: null } }, select: { organizationId: true, suspendUnusedDays: true } })
  for (const { organizationId, suspendUnusedDays } of policies) {
    while (suspendUnusedDays !== null && (await suspendIn(organizationId, suspendUnusedDays)) >= BATCH) {
      // More of them wait; each round is a transaction of its own.
    }
  }
}
