import type { Ctx } from '@/lib/access/context'
import { containing, searchWords } from '@/lib/features/members/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Boundary } from '@/lib/pagination'
import type { GroupSort } from './rules'
import type { GroupFilter } from './schema'

const { sql, join, empty } = Prisma

/** What the list reads of a group; `sortValue` is what the page's boundary is made of. */
export type StoredGroup = {
  id: string
  name: string
  description: string
  isAdmin: boolean
  externalId: string | null
  directoryId: string | null
  createdAt: Date
  resourceId: string | null
  resourceType: string | null
  resourceName: string | null
  memberCount: number
  roleCount: number
  hasPolicy: boolean
  sortValue: string
}

/** Which groups one may see: null: all; else those that belong to one of `places`, and `groups` themselves. */
export type Visible = { places: readonly string[]; groups: readonly string[] } | null

export const selectionSql = (orgId: string, at: Date): Prisma.Sql => sql`g."id", g."name", g."description", g."isAdmin", g."externalId", g."directoryId", g."createdAt", g."resourceId",
  r."type" AS "resourceType", r."name" AS "resourceName",
  (SELECT count(*)::int FROM "GroupMember" m WHERE m."organizationId" = ${orgId} AND m."groupId" = g."id") AS "memberCount",
  (SELECT count(*)::int FROM "RoleAssignment" a WHERE a."organizationId" = ${orgId} AND a."groupId" = g."id" AND (a."expiresAt" IS NULL OR a."expiresAt" > ${at})) AS "roleCount",
  EXISTS (SELECT 1 FROM "Policy" p WHERE p."organizationId" = ${orgId} AND p."ownerId" = g."id" AND p."text" <> '') AS "hasPolicy"`

export const joinSql = sql`"Group" g LEFT JOIN "Resource" r ON r."organizationId" = g."organizationId" AND r."id" = g."resourceId"`

export function whereSql(ctx: Ctx, filter: GroupFilter, visible: Visible): Prisma.Sql {
  const { q, resourceId, userId } = filter
  const member = userId === undefined ? empty : sql` AND EXISTS (SELECT 1 FROM "GroupMember" m
    WHERE m."organizationId" = ${ctx.orgId} AND m."groupId" = g."id" AND m."membershipId" = ${userId})`
  const words = searchWords(q).map((word) => sql`(g."name" ILIKE ${containing(word)} OR g."description" ILIKE ${containing(word)})`)
  const seen = visible === null ? empty : sql` AND (g."resourceId" = ANY(${[...visible.places]}) OR g."id" = ANY(${[...visible.groups]}))`
  return sql`g."organizationId" = ${ctx.orgId}${words.length > 0 ? sql` AND ${join(words, ' AND ')}` : empty}${
    resourceId === undefined ? empty : sql` AND g."resourceId" = ${resourceId}`}${member}${seen}`
}

/** By id is by the moment they were made. */
const sortColumn = (sort: GroupSort): Prisma.Sql => (sort.column === 'name' ? sql`lower(g."name")` : sql`g."id"`)

export type Walk = { backwards: boolean; boundary: Boundary | undefined; take: number }

/** One page in the order of the sort, or backwards from its boundary. */
export function pageSql(ctx: Ctx, filter: GroupFilter, visible: Visible, { backwards, boundary, take }: Walk): Prisma.Sql {
  const column = sortColumn(filter.sort)
  const rises = (filter.sort.direction === 'asc') !== backwards
  const order = rises ? sql`${column} ASC, g."id" ASC` : sql`${column} DESC, g."id" DESC`
  const beyond = boundary === undefined ? empty
    : rises ? sql` AND (${column}, g."id") > (${boundary[0] ?? ''}, ${boundary[1] ?? ''})` : sql` AND (${column}, g."id") < (${boundary[0] ?? ''}, ${boundary[1] ?? ''})`
  return sql`SELECT ${selectionSql(ctx.orgId, ctx.now)}, ${column} AS "sortValue" FROM ${joinSql}
    WHERE ${whereSql(ctx, filter, visible)}${beyond} ORDER BY ${order} LIMIT ${take}`
}

export const countSql = (ctx: Ctx, filter: GroupFilter, visible: Visible, most: number): Prisma.Sql =>
  sql`SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "Group" g WHERE ${whereSql(ctx, filter, visible)} LIMIT ${most}) found`
