import { Prisma } from '@/lib/generated/prisma/client'

/** Ids of these resources and all below them: a subquery for `IN`, so that they never travel to the process. */
export const belowSql = (organizationId: string, roots: readonly string[]): Prisma.Sql => Prisma.sql`WITH RECURSIVE below AS (
    SELECT "id" FROM "Resource" WHERE "organizationId" = ${organizationId} AND "id" = ANY(${[...roots]})
    UNION SELECT r."id" FROM "Resource" r JOIN below ON r."parentId" = below."id" WHERE r."organizationId" = ${organizationId})
  SELECT "id" FROM below`
