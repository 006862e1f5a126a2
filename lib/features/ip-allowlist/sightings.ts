import type { Ctx } from '@/lib/access/context'
import { readRange } from '@/lib/access/addresses/range'
import { indexStore } from '@/lib/access/snapshots/index-store'

export type SightingRow = { address: string; surface: string; reported: number; refused: number; lastAt: string; actor: string }

/** Who came from addresses that are not listed, latest first. */
export async function listSightings({ tx, orgId }: Ctx<'allowlist:read'>, limit = 50): Promise<SightingRow[]> {
  const rows = await tx.allowlistSighting.findMany({ where: { organizationId: orgId }, orderBy: { lastAt: 'desc' }, take: limit })
  return rows.map(({ address, surface, reported, refused, lastAt, actorName }) => ({ address, surface, reported, refused, lastAt: lastAt.toISOString(), actor: actorName }))
}

export type Caller = { name: string; address: string; surface: 'console' | 'api'; lastAt: string }

/** Of those who came in the last 30 days, whoever would be refused if the list were enforced as it is. */
export async function findWouldBeRefused({ tx, orgId, now }: Ctx<'allowlist:read'>): Promise<{ callers: Caller[]; looked: number }> {
  const since = new Date(now.getTime() - 30 * 24 * 3600_000)
  const rows = await tx.$queryRaw<{ name: string; address: string; surface: 'console' | 'api'; lastAt: Date }[]>`
    SELECT m."email" AS name, s."address", 'console' AS surface, max(s."lastSeenAt") AS "lastAt" FROM "Membership" m JOIN "Session" s ON s."accountId" = m."accountId"
      WHERE m."organizationId" = ${orgId} AND m."status" = 'active' AND s."lastSeenAt" > ${since} AND s."address" <> '' GROUP BY 1, 2
    UNION ALL SELECT k."name", k."lastUsedAddress", 'api', k."lastUsedAt" FROM "ApiKey" k
      WHERE k."organizationId" = ${orgId} AND k."lastUsedAt" > ${since} AND k."lastUsedAddress" <> '' AND k."status" <> 'revoked'
    UNION ALL SELECT coalesce(nullif(t."description", ''), t."id"), t."lastUsedAddress", 'api', t."lastUsedAt" FROM "ApplicationToken" t
      WHERE t."organizationId" = ${orgId} AND t."lastUsedAt" > ${since} AND t."lastUsedAddress" <> ''
    ORDER BY 4 DESC LIMIT 1000`
  const { allowlist } = await indexStore().atLeast(orgId, 0)
  const at = now.getTime()
  const callers = rows.filter(({ address, surface }) => readRange(address) !== null && allowlist.find(surface, address, at) === null)
  return { looked: rows.length, callers: callers.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() })) }
}
