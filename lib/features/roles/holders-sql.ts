import { Prisma } from '@/lib/generated/prisma/client'
import { belowSql } from './below-sql'

const { sql, empty } = Prisma

/** Which assignments count: `at` those in force then, `for-good` those without an end. */
export type Holding = { organizationId: string; roleIds: readonly string[]; atOrganization: boolean; when: Date | 'for-good' }

function counting({ organizationId, roleIds, atOrganization, when }: Holding): Prisma.Sql {
  return sql`a."organizationId" = ${organizationId} AND a."roleId" = ANY(${[...roleIds]})
    ${atOrganization ? sql`AND a."scopeId" = ${organizationId}` : empty}
    AND ${when === 'for-good' ? sql`a."expiresAt" IS NULL` : sql`(a."expiresAt" IS NULL OR a."expiresAt" > ${when})`}`
}

/** Memberships that hold one of the roles, themselves or through a group: a subquery for `IN`, right when they are few. */
export function holdersSql(holding: Holding): Prisma.Sql {
  const where = counting(holding)
  return sql`SELECT a."membershipId" FROM "RoleAssignment" a WHERE ${where} AND a."membershipId" IS NOT NULL
    UNION ALL SELECT g."membershipId" FROM "RoleAssignment" a JOIN "GroupMember" g ON g."organizationId" = a."organizationId" AND g."groupId" = a."groupId" WHERE ${where}`
}

/** That membership `m` is one of them, asked of each row by itself: right when they are many, so that nobody collects them all. */
export function isHolderSql(holding: Holding): Prisma.Sql {
  const where = counting(holding)
  return sql`EXISTS (SELECT 1 FROM "RoleAssignment" a WHERE ${where} AND a."membershipId" = m."id"
    UNION ALL SELECT 1 FROM "GroupMember" g JOIN "RoleAssignment" a ON a."organizationId" = g."organizationId" AND a."groupId" = g."groupId"
      WHERE g."organizationId" = ${holding.organizationId} AND g."membershipId" = m."id" AND ${where})`
}

/** That a membership holds some role at one of these resources or below, itself or through a group. */
export const holdsBelowSql = (organizationId: string, roots: readonly string[], membershipId: Prisma.Sql): Prisma.Sql => sql`${membershipId} IN (
    SELECT a."membershipId" FROM "RoleAssignment" a WHERE a."organizationId" = ${organizationId} AND a."membershipId" IS NOT NULL AND a."scopeId" IN (${belowSql(organizationId, roots)})
    UNION SELECT e."membershipId" FROM "RoleAssignment" a JOIN "GroupMember" e ON e."organizationId" = a."organizationId" AND e."groupId" = a."groupId"
      WHERE a."organizationId" = ${organizationId} AND a."scopeId" IN (${belowSql(organizationId, roots)}))`

/** Most holders that are worth collecting. */
export const FEW_HOLDERS = 2000

/** Counts holders, to one more than are few. */
export const countHoldersSql = (holding: Holding): Prisma.Sql => sql`SELECT count(*)::int AS "count" FROM (${holdersSql(holding)} LIMIT ${FEW_HOLDERS + 1}) found`
