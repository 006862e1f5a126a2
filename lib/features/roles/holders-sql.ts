import { Prisma } from '@/lib/generated/prisma/client'

const { sql, empty } = Prisma

/** Which assignments count: `at` those in force then, `for-good` those without an end. */
export type Holding = { organizationId: string; roleIds: readonly string[]; atOrganization: boolean; when: Date | 'for-good' }

/** Memberships that hold one of the roles, themselves or through a group: a subquery for `IN`. */
export function holdersSql({ organizationId, roleIds, atOrganization, when }: Holding): Prisma.Sql {
  const where = sql`a."organizationId" = ${organizationId} AND a."roleId" = ANY(${[...roleIds]})
    ${atOrganization ? sql`AND a."scopeId" = ${organizationId}` : empty}
    AND ${when === 'for-good' ? sql`a."expiresAt" IS NULL` : sql`(a."expiresAt" IS NULL OR a."expiresAt" > ${when})`}`
  return sql`SELECT a."membershipId" FROM "RoleAssignment" a WHERE ${where} AND a."membershipId" IS NOT NULL
    UNION ALL SELECT g."membershipId" FROM "RoleAssignment" a JOIN "GroupMember" g ON g."organizationId" = a."organizationId" AND g."groupId" = a."groupId" WHERE ${where}`
}
