import type { Ctx } from '@/lib/access/context'
import type { Inventory } from './rules'

type Grouped = { count: number; examples: string[] }

/** What the organization has that depends on its access model: kinds of resources, roles and where they are held. */
export async function findInventory({ tx, orgId }: Ctx): Promise<Inventory> {
  const nestings = await tx.$queryRaw<(Grouped & { type: string; parentType: string })[]>`
    SELECT r."type", coalesce(p."type", 'organization') AS "parentType", count(*)::int AS "count", (array_agg(r."name" ORDER BY r."id"))[1:3] AS "examples"
    FROM "Resource" r LEFT JOIN "Resource" p ON p."organizationId" = r."organizationId" AND p."id" = r."parentId"
    WHERE r."organizationId" = ${orgId} AND r."id" <> ${orgId} GROUP BY 1, 2 ORDER BY 1, 2`
  const groupPlaces = await tx.$queryRaw<(Grouped & { type: string })[]>`
    SELECT r."type", count(*)::int AS "count", (array_agg(g."name" ORDER BY g."id"))[1:3] AS "examples"
    FROM "Group" g JOIN "Resource" r ON r."organizationId" = g."organizationId" AND r."id" = g."resourceId"
    WHERE g."organizationId" = ${orgId} GROUP BY 1 ORDER BY 1`
  const roles = await tx.role.findMany({
    where: { organizationId: orgId }, select: { id: true, name: true, title: true, description: true, builtIn: true, permissions: true }, orderBy: { id: 'asc' },
  })
  const held = await tx.$queryRaw<(Grouped & { roleId: string; scopeType: string })[]>`
    SELECT a."roleId", r."type" AS "scopeType", count(*)::int AS "count",
      (array_agg(coalesce(m."email", g."name", s."name") || ' in ' || r."name" ORDER BY a."id"))[1:3] AS "examples"
    FROM "RoleAssignment" a
    JOIN "Resource" r ON r."organizationId" = a."organizationId" AND r."id" = a."scopeId"
    LEFT JOIN "Membership" m ON m."organizationId" = a."organizationId" AND m."id" = a."membershipId"
    LEFT JOIN "Group" g ON g."organizationId" = a."organizationId" AND g."id" = a."groupId"
    LEFT JOIN "ServiceAccount" s ON s."organizationId" = a."organizationId" AND s."id" = a."serviceAccountId"
    WHERE a."organizationId" = ${orgId} GROUP BY 1, 2 ORDER BY 1, 2`
  const [manyRoles] = await tx.$queryRaw<Grouped[]>`
    SELECT count(*)::int AS "count", coalesce((array_agg("email" ORDER BY "email"))[1:3], '{}') AS "examples" FROM (
      SELECT m."email" FROM "RoleAssignment" a JOIN "Membership" m ON m."organizationId" = a."organizationId" AND m."id" = a."membershipId"
      WHERE a."organizationId" = ${orgId} GROUP BY m."id", m."email" HAVING count(*) > 1) many`
  const tokens = await tx.$queryRaw<(Grouped & { roleId: string; scopeType: string })[]>`
    SELECT t."roleId", r."type" AS "scopeType", count(*)::int AS "count", (array_agg(coalesce(nullif(t."description", ''), t."id") ORDER BY t."id"))[1:3] AS "examples"
    FROM "ApplicationToken" t JOIN "Resource" r ON r."organizationId" = t."organizationId" AND r."id" = t."scopeId"
    WHERE t."organizationId" = ${orgId} AND t."status" <> 'revoked' GROUP BY 1, 2 ORDER BY 1, 2`
  const mappings = await tx.$queryRaw<(Grouped & { roleId: string; scopeType: string })[]>`
    SELECT g."roleId", r."type" AS "scopeType", count(*)::int AS "count", (array_agg(g."name" ORDER BY g."name"))[1:3] AS "examples" FROM (
      SELECT p."roleId", p."scopeId", p."value" || ' of ' || d."name" AS "name" FROM "ProvisioningMapping" p JOIN "Directory" d ON d."organizationId" = p."organizationId" AND d."id" = p."directoryId"
        WHERE p."organizationId" = ${orgId}
      UNION ALL SELECT m."roleId", m."scopeId", m."group" || ' of ' || c."name" FROM "GroupMapping" m JOIN "SsoConnection" c ON c."organizationId" = m."organizationId" AND c."id" = m."connectionId"
        WHERE m."organizationId" = ${orgId}
      UNION ALL SELECT "autoprovisionRoleId", "id", 'the default role' FROM "Organization" WHERE "id" = ${orgId} AND "autoprovisionRoleId" IS NOT NULL) g
    JOIN "Resource" r ON r."organizationId" = ${orgId} AND r."id" = g."scopeId" GROUP BY 1, 2 ORDER BY 1, 2`
  const keys = await tx.$queryRaw<(Grouped & { roleId: string })[]>`
    SELECT "roleId", count(*)::int AS "count", (array_agg("name" ORDER BY "id"))[1:3] AS "examples" FROM "ApiKey"
    WHERE "organizationId" = ${orgId} AND "roleId" IS NOT NULL AND "status" <> 'revoked' GROUP BY 1 ORDER BY 1`
  return { nestings, groupPlaces, roles, held, tokens, mappings, keys, manyRoles: manyRoles ?? { count: 0, examples: [] } }
}
