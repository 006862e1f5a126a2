import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'
import { ScimError } from '@/lib/scim/error'
import type { Filter } from '@/lib/scim/filter'
import { filterSql } from '@/lib/scim/filter-sql'
import type { JsonObject } from '@/lib/scim/json'
import { isShown, type Projection } from '@/lib/scim/projection'
import { findMembersOf, groupColumns, groupResource, groupSource, type StoredGroup } from './group-rows'
import { findGroupsOf, userColumns, userResource, userSource, type StoredUser } from './user-rows'

const { sql, empty } = Prisma

/** Rows wanted: `skip` and `take` as `toOffset` gives them. */
export type Asked = { filter: Filter | null; skip: number; take: number; projection: Projection }
export type Found = { total: number; resources: JsonObject[] }

async function countOf(ctx: Ctx<'member:read'>, from: Prisma.Sql, where: Prisma.Sql): Promise<number> {
  const [row] = await ctx.tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM ${from} WHERE ${where}`
  return row?.count ?? 0
}

/** People in the order of ids, which is the order in which they came. */
export async function listUsers(ctx: Ctx<'member:read'>, { filter, skip, take, projection }: Asked): Promise<Found> {
  const where = sql`m."organizationId" = ${ctx.orgId}${filter ? sql` AND ${filterSql(filter, userSource())}` : empty}`
  const rows = take === 0 ? [] : await ctx.tx.$queryRaw<StoredUser[]>`SELECT ${userColumns} FROM "Membership" m WHERE ${where} ORDER BY m."id" OFFSET ${skip} LIMIT ${take}`
  const isWhole = skip === 0 && rows.length < take
  const groups = isShown(projection, 'groups') || isShown(projection, 'meta') ? await findGroupsOf(ctx, rows.map(({ id }) => id)) : new Map<string, never[]>()
  return { total: isWhole ? rows.length : await countOf(ctx, sql`"Membership" m`, where), resources: rows.map((row) => userResource(row, groups.get(row.id) ?? [])) }
}

/** Groups in the order of ids; members are read only where they are shown. */
export async function listGroups(ctx: Ctx<'member:read'>, { filter, skip, take, projection }: Asked): Promise<Found> {
  const where = sql`g."organizationId" = ${ctx.orgId}${filter ? sql` AND ${filterSql(filter, groupSource())}` : empty}`
  const rows = take === 0 ? [] : await ctx.tx.$queryRaw<StoredGroup[]>`SELECT ${groupColumns} FROM "Group" g WHERE ${where} ORDER BY g."id" OFFSET ${skip} LIMIT ${take}`
  const isWhole = skip === 0 && rows.length < take
  const members = isShown(projection, 'members') ? await findMembersOf(ctx, rows.map(({ id }) => id)) : null
  return { total: isWhole ? rows.length : await countOf(ctx, sql`"Group" g`, where), resources: rows.map((row) => groupResource(row, members && (members.get(row.id) ?? []))) }
}

const gone = (what: string, id: string) => new ScimError(404, undefined, `no ${what} \`${id.slice(0, 100)}\``)

/** One person. @throws ScimError 404, also for somebody of another organization */
export async function findStoredUser(ctx: Ctx<'member:read'>, id: string): Promise<StoredUser> {
  const [row] = await ctx.tx.$queryRaw<StoredUser[]>`SELECT ${userColumns} FROM "Membership" m WHERE m."organizationId" = ${ctx.orgId} AND m."id" = ${id}`
  if (!row) throw gone('user', id)
  return row
}

export async function findUser(ctx: Ctx<'member:read'>, id: string): Promise<JsonObject> {
  const row = await findStoredUser(ctx, id)
  return userResource(row, (await findGroupsOf(ctx, [id])).get(id) ?? [])
}

/** One group. @throws ScimError 404 */
export async function findStoredGroup(ctx: Ctx<'member:read'>, id: string): Promise<StoredGroup> {
  const [row] = await ctx.tx.$queryRaw<StoredGroup[]>`SELECT ${groupColumns} FROM "Group" g WHERE g."organizationId" = ${ctx.orgId} AND g."id" = ${id}`
  if (!row) throw gone('group', id)
  return row
}

export async function findGroup(ctx: Ctx<'member:read'>, id: string, projection: Projection): Promise<JsonObject> {
  const row = await findStoredGroup(ctx, id)
  const members = isShown(projection, 'members') ? await findMembersOf(ctx, [id]) : null
  return groupResource(row, members && (members.get(id) ?? []))
}
