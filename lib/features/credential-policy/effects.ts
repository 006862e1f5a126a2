import type { Ctx } from '@/lib/access/context'
import { COUNT_MAX } from '@/lib/pagination'

/** How many present credentials a policy would concern, each counted to one more than 1,000. */
export type PolicyEffects = { tooLong: { keys: number; tokens: number }; unused: { keys: number; tokens: number } }

type Counted = { kind: 'keys' | 'tokens'; count: number }

const asCounts = (rows: readonly Counted[]) => ({ keys: rows.find(({ kind }) => kind === 'keys')?.count ?? 0, tokens: rows.find(({ kind }) => kind === 'tokens')?.count ?? 0 })

const MOST = COUNT_MAX + 1

/** Credentials that live longer than so many days from their making. They keep their end; nothing can prolong them. */
async function countTooLong({ tx, orgId, now }: Ctx, days: number): Promise<Counted[]> {
  return tx.$queryRaw<Counted[]>`
    SELECT 'keys' AS kind, count(*)::int AS count FROM (SELECT 1 FROM "ApiKey" WHERE "organizationId" = ${orgId} AND "status" <> 'revoked'
      AND ("expiresAt" IS NULL OR ("expiresAt" > ${now} AND "expiresAt" > "createdAt" + make_interval(days => ${days}::int))) LIMIT ${MOST}) k
    UNION ALL SELECT 'tokens', count(*)::int FROM (SELECT 1 FROM "ApplicationToken" WHERE "organizationId" = ${orgId}
      AND ("expiresAt" IS NULL OR ("expiresAt" > ${now} AND "expiresAt" > "createdAt" + make_interval(days => ${days}::int))) LIMIT ${MOST}) t`
}

/** Credentials in force that were not used, made or resumed for so many days: they would be suspended. */
async function countUnused({ tx, orgId, now }: Ctx, days: number): Promise<Counted[]> {
  const since = new Date(now.getTime() - days * 24 * 3600_000)
  return tx.$queryRaw<Counted[]>`
    SELECT 'keys' AS kind, count(*)::int AS count FROM (SELECT 1 FROM "ApiKey" WHERE "organizationId" = ${orgId} AND "status" = 'active'
      AND ("expiresAt" IS NULL OR "expiresAt" > ${now}) AND GREATEST("createdAt", "lastUsedAt", "resumedAt") < ${since} LIMIT ${MOST}) k
    UNION ALL SELECT 'tokens', count(*)::int FROM (SELECT 1 FROM "ApplicationToken" WHERE "organizationId" = ${orgId} AND "status" = 'active'
      AND ("expiresAt" IS NULL OR "expiresAt" > ${now}) AND GREATEST("createdAt", "lastUsedAt", "resumedAt") < ${since} LIMIT ${MOST}) t`
}

const none = { keys: 0, tokens: 0 }

/** What a policy would mean for the credentials there are. */
export async function findPolicyEffects(ctx: Ctx<'credential-policy:write'>, wanted: { maxLifetimeDays: number | null; suspendUnusedDays: number | null }): Promise<PolicyEffects> {
  const { maxLifetimeDays, suspendUnusedDays } = wanted
  const [tooLong, unused] = await Promise.all([
    maxLifetimeDays === null ? none : countTooLong(ctx, maxLifetimeDays).then(asCounts),
    suspendUnusedDays === null ? none : countUnused(ctx, suspendUnusedDays).then(asCounts),
  ])
  return { tooLong, unused }
}
