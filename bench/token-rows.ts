import { db } from '@/lib/db'

const BATCH = 5000

/**
 * Fills an organization with made-up application tokens of its roles; nobody knows their secrets. All but a few in a
 * hundred are active, a third ends, and one in seven was never used. One is called `the only token of its kind`.
 */
export async function seedTokens(organizationId: string, tokens: number): Promise<void> {
  for (let first = 1; first <= tokens; first += BATCH) {
    const last = Math.min(first + BATCH - 1, tokens)
    await db().$executeRaw`
      WITH roles AS (SELECT array_agg("id" ORDER BY "id") AS ids FROM "Role" WHERE "organizationId" = ${organizationId} AND "builtIn")
      INSERT INTO "ApplicationToken" ("id", "organizationId", "description", "publicId", "secretHash", "status", "roleId", "scopeId", "createdAt", "expiresAt", "lastUsedAt")
      SELECT 'tok_' || gen_random_uuid(), ${organizationId},
        CASE n WHEN 1 THEN 'the only token of its kind' ELSE (ARRAY['nightly export', 'ingest', 'dashboard', 'deploy', 'metrics'])[1 + n % 5] || ' ' || n END,
        substr(md5(${organizationId} || n), 1, 16), md5(n::text), (CASE n % 30 WHEN 7 THEN 'suspended' ELSE 'active' END)::"CredentialStatus",
        roles.ids[1 + n % cardinality(roles.ids)], ${organizationId}, made, CASE WHEN n % 3 = 0 THEN made + (CASE n % 2 WHEN 0 THEN 30 ELSE 1000 END) * interval '1 day' END,
        CASE WHEN n % 7 <> 2 THEN made + (now() - made) * (n % 89) / 89 END
      FROM roles, generate_series(${first}::int, ${last}::int) AS n, LATERAL (SELECT now() - interval '1 day' * (n::bigint * 2654435761 % 900000) / 1000 AS made) AS at`
  }
}
