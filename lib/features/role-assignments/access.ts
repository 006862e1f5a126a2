import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { containing, searchWords } from '@/lib/features/members/rules'
import { findPath } from '@/lib/features/resources/paths'
import type { Place } from '@/lib/features/resources/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { heldBySql, hydrate, toEditable } from './queries'
import { MEMBERS_COUNTED, type AccessRow, type PrincipalType } from './rules'
import type { AccessFilter } from './schema'

const { sql, join, raw } = Prisma

const TYPE_SQL: Readonly<Record<PrincipalType, Prisma.Sql>> = {
  user: sql`EXISTS (SELECT 1 FROM "Membership" m WHERE m."organizationId" = a."organizationId" AND m."id" = a."membershipId" AND m."status" <> 'invited')`,
  invitation: sql`EXISTS (SELECT 1 FROM "Membership" m WHERE m."organizationId" = a."organizationId" AND m."id" = a."membershipId" AND m."status" = 'invited')`,
  group: sql`a."groupId" IS NOT NULL`,
  service_account: sql`a."serviceAccountId" IS NOT NULL`,
}

/** So many people found by name are collected first; of more, each row is asked by itself. */
const FEW_FOUND = 1000

type Found = { members: string[]; groups: string[]; programs: string[]; isCommon: boolean }

/** Who is meant by the words of a search, by name or address. */
async function findNamed(ctx: Ctx, words: readonly string[]): Promise<Found> {
  const all = (column: string): Prisma.Sql => join(words.map((word) => sql`${raw(column)} ILIKE ${containing(word)}`), ' AND ')
  const ids = async (query: Prisma.Sql): Promise<string[]> => (await ctx.tx.$queryRaw<{ id: string }[]>(query)).map(({ id }) => id)
  const members = await ids(sql`SELECT m."id" FROM "Membership" m WHERE m."organizationId" = ${ctx.orgId} AND ${join(words.map((word) => sql`m."searchText" LIKE lower(${containing(word)})`), ' AND ')} LIMIT ${FEW_FOUND + 1}`)
  const groups = await ids(sql`SELECT "id" FROM "Group" WHERE "organizationId" = ${ctx.orgId} AND ${all('"name"')} LIMIT ${FEW_FOUND}`)
  const programs = await ids(sql`SELECT "id" FROM "ServiceAccount" WHERE "organizationId" = ${ctx.orgId} AND ${all('"name"')} LIMIT ${FEW_FOUND}`)
  return { members, groups, programs, isCommon: members.length > FEW_FOUND }
}

async function searchSql(ctx: Ctx, q: string): Promise<Prisma.Sql[]> {
  const words = searchWords(q)
  if (words.length === 0) return []
  const { members, groups, programs, isCommon } = await findNamed(ctx, words)
  const people = isCommon
    ? sql`EXISTS (SELECT 1 FROM "Membership" m WHERE m."organizationId" = a."organizationId" AND m."id" = a."membershipId" AND ${join(words.map((word) => sql`m."searchText" LIKE lower(${containing(word)})`), ' AND ')})`
    : sql`a."membershipId" = ANY(${members})`
  return [sql`(${people} OR a."groupId" = ANY(${groups}) OR a."serviceAccountId" = ANY(${programs}))`]
}

/** Roles restricted to chosen resources none of which the path holds: from above they do not reach here. */
async function findUnreaching(ctx: Ctx, path: readonly Place[]): Promise<string[]> {
  const restricted = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId, resourceIds: { isEmpty: false } }, select: { id: true, resourceIds: true } })
  return restricted.filter(({ resourceIds }) => !path.some(({ id }) => resourceIds.includes(id))).map(({ id }) => id)
}

async function conditionsOf(ctx: Ctx, { q, principal, roleId, types }: AccessFilter): Promise<Prisma.Sql[]> {
  return [
    ...(principal === undefined ? [] : [heldBySql(principal)]),
    ...(roleId === undefined ? [] : [sql`a."roleId" = ${roleId}`]),
    ...(types.length === 0 ? [] : [sql`(${join(types.map((type) => TYPE_SQL[type]), ' OR ')})`]),
    ...(await searchSql(ctx, q)),
  ]
}

const where = (conditions: readonly Prisma.Sql[]): Prisma.Sql => join([sql`TRUE`, ...conditions], ' AND ')

type Ranked = { id: string; distance: number }

/** Where in the order of the list a page begins: the distance from the resource, then the id. */
function positionOf(cursor: string | undefined, fingerprint: string): { distance: number; id: string } {
  if (cursor === undefined) return { distance: 0, id: '' }
  const [distance = '', id = ''] = decodeCursor(cursor, fingerprint)
  return { distance: Number(distance), id }
}

type Asked = { path: readonly Place[]; filter: AccessFilter; fingerprint: string; limit: number; cursor: string | undefined }

/** One short index walk for each resource of the path, nearest first. */
async function findRanked(ctx: Ctx, { path, filter, fingerprint, limit, cursor }: Asked): Promise<Ranked[]> {
  const start = positionOf(cursor, fingerprint)
  const conditions = await conditionsOf(ctx, filter)
  const unreaching = await findUnreaching(ctx, path)
  const inForce = sql`(a."expiresAt" IS NULL OR a."expiresAt" > ${ctx.now}) AND a."roleId" <> ALL(${unreaching})`
  const branches = path.flatMap(({ id: scopeId }, distance) => {
    const isWanted = filter.origin === 'all' || (filter.origin === 'direct') === (distance === 0)
    if (distance < start.distance || !isWanted) return []
    const after = distance === start.distance ? [sql`a."id" > ${start.id}`] : []
    // What ended is shown where it was given, so that it can be prolonged or cleared away.
    const all = [sql`a."organizationId" = ${ctx.orgId}`, sql`a."scopeId" = ${scopeId}`, ...after, ...(distance === 0 ? [] : [inForce]), ...conditions]
    return [sql`(SELECT a."id", ${distance}::int AS "distance" FROM "RoleAssignment" a WHERE ${where(all)} ORDER BY a."id" LIMIT ${limit + 1})`]
  })
  if (branches.length === 0) return []
  return ctx.tx.$queryRaw<Ranked[]>`SELECT * FROM (${join(branches, ' UNION ALL ')}) ranked ORDER BY "distance", "id" LIMIT ${limit + 1}`
}

/** How many people each group has, counted to one more than `MEMBERS_COUNTED`. */
async function countMembers(ctx: Ctx, groupIds: readonly string[]): Promise<Map<string, number>> {
  if (groupIds.length === 0) return new Map()
  const rows = await ctx.tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT g."id", n."count" FROM unnest(${[...groupIds]}::text[]) AS g("id"), LATERAL (
      SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "GroupMember" e WHERE e."organizationId" = ${ctx.orgId} AND e."groupId" = g."id" LIMIT ${MEMBERS_COUNTED + 1}) e) n`
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/**
 * Who has access to a resource: one row for each principal, role and place it is held at. What is given here comes
 * first, then what is inherited, from the nearest resource above to the organization.
 *
 * @throws AppError `not-found`, `forbidden` without `assignment:read` there, `invalid-input` for a cursor of another list
 */
export async function listAccessAt(entered: Ctx<'assignment:read'>, resourceId: string, filter: AccessFilter, page: { limit: number; cursor?: string | undefined }): Promise<Page<AccessRow> & { resource: Place }> {
  const ctx = requirePermission(entered, 'assignment:read', resourceId)
  const path = (await findPath(ctx, resourceId)).reverse()
  const [resource] = path
  if (!resource) throw new AppError('not-found', `no resource \`${resourceId}\``)
  const fingerprint = listFingerprint(['access', ctx.orgId, resourceId, filter])
  const ranked = await findRanked(ctx, { path, filter, fingerprint, limit: page.limit, cursor: page.cursor })
  const { rows: found, ...cursors } = toPage(ranked, { limit: page.limit }, fingerprint, ({ distance, id }) => [String(distance), id])
  const distances = new Map(found.map(({ id, distance }) => [id, distance]))
  const stored = await hydrate(ctx, found.map(({ id }) => id))
  const members = await countMembers(ctx, stored.flatMap(({ group }) => (group ? [group.id] : [])))
  const rows = stored.map((each): AccessRow => {
    const distance = distances.get(each.id) ?? 0
    const editable = toEditable(ctx, each)
    return {
      ...editable, isEditable: editable.isEditable && distance === 0,
      inheritedFrom: distance === 0 ? null : editable.scope,
      members: each.group ? (members.get(each.group.id) ?? 0) : null,
    }
  })
  return { ...cursors, resource, rows }
}

export type ReachedMember = { id: string; name: string; email: string; isActive: boolean }

/**
 * People whom a group's assignment reaches at a resource, in the order they became members of the organization.
 *
 * @throws AppError `not-found`, `forbidden` without `assignment:read` at the resource
 */
export async function listReachedMembers(entered: Ctx<'assignment:read'>, { id, resourceId }: { id: string; resourceId: string }, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<ReachedMember>> {
  const ctx = requirePermission(entered, 'assignment:read', resourceId)
  const [assignment] = await hydrate(ctx, [id])
  const isOnPath = (await findPath(ctx, resourceId)).some((step) => step.id === assignment?.scope.id)
  if (!assignment?.group || !isOnPath) throw new AppError('not-found', `no role assignment of a group \`${id}\``)
  const fingerprint = listFingerprint(['reached', ctx.orgId, id])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.$queryRaw<{ id: string; name: string; email: string; status: string }[]>`
    SELECT m."id", m."name", m."email", m."status"::text AS "status" FROM "GroupMember" e
    JOIN "Membership" m ON m."organizationId" = e."organizationId" AND m."id" = e."membershipId"
    WHERE e."organizationId" = ${ctx.orgId} AND e."groupId" = ${assignment.group.id} AND e."membershipId" > ${after?.[0] ?? ''}
    ORDER BY e."membershipId" LIMIT ${limit + 1}`
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: page.rows.map(({ status, ...row }) => ({ ...row, isActive: status === 'active' })) }
}
