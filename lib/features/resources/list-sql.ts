import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'
import { AppError } from '@/lib/errors'
import type { Boundary } from '@/lib/pagination'
import type { AttributeValue } from './rules'
import { belowSql } from '@/lib/features/roles/below-sql'
import type { ResourceFilter } from './schema'
import { typeConditions } from './visibility'

const { sql, join, raw, empty } = Prisma

/** What lists read of a resource; `rank` orders types where a list does, `sortName` is its name as it is sorted. */
export type StoredResource = {
  id: string
  type: string
  name: string
  parentId: string | null
  externalId: string | null
  attributes: Record<string, AttributeValue>
  createdAt: Date
  rank: number
  sortName: string
}

const columns = (rank: number): Prisma.Sql =>
  sql`r."id", r."type", r."name", r."parentId", r."externalId", r."attributes", r."createdAt", ${rank}::int AS "rank", lower(r."name") AS "sortName"`

/** A list ready to be asked for a count or a page. */
export type ResourceList = {
  conditions: Prisma.Sql[]
  /** Types read one by one, each along an index in the order of names; null: all at once. */
  types: readonly string[] | null
  /** By type first, in the order of `types`, as the contents of a resource are shown. */
  isByType: boolean
  isDescending: boolean
  isSearched: boolean
}

const OUR_ID = /^([a-z]{3}_)?[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** So many steps of a path are looked for. */
const STEPS_MAX = 6

const containing = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** That the resource `alias` lies under one whose name contains the last of the steps, which lies under one …; with a slash first, at the top. */
function under(ctx: Ctx, alias: string, steps: readonly string[], isAnchored: boolean): Prisma.Sql {
  const parent = raw(`${alias}."parentId"`)
  const step = steps.at(-1)
  if (step === undefined) return isAnchored ? sql` AND ${parent} = ${ctx.orgId}` : empty
  const above = `${alias}p`
  return sql` AND EXISTS (SELECT 1 FROM "Resource" ${raw(above)} WHERE ${raw(`${above}."organizationId"`)} = ${ctx.orgId} AND ${raw(`${above}."id"`)} = ${parent}
    AND lower(${raw(`${above}."name"`)}) LIKE ${containing(step)}${under(ctx, above, steps.slice(0, -1), isAnchored)})`
}

/** A piece of a name or of a path, one of our ids with or without its prefix, or an external id. */
function searchSql(ctx: Ctx, q: string): Prisma.Sql {
  if (OUR_ID.test(q)) return q.includes('_') ? sql`r."id" = ${q}` : sql`r."id" IN (${join(['fld', 'cls', 'res'].map((prefix) => `${prefix}_${q}`))})`
  const orExternal = sql`r."externalId" = ${q}`
  if (!q.includes('/')) return sql`(lower(r."name") LIKE ${containing(q)} OR ${orExternal})`
  const [name = '', ...above] = q.split('/').map((step) => step.trim()).reverse()
  const steps = above.reverse().filter(Boolean).slice(-STEPS_MAX)
  return sql`((lower(r."name") LIKE ${containing(name)}${under(ctx, 'r', steps, q.startsWith('/'))}) OR ${orExternal})`
}

/** Where a list looks: under one resource, at the topmost that may be seen, or everywhere. */
export type Extent = { parentId?: string | undefined; topmost?: readonly string[]; within?: readonly string[] | null }

/** @param order types in the order in which contents show them, for a list by type */
export function resourceList(ctx: Ctx, filter: ResourceFilter, { parentId, topmost, within }: Extent, order?: readonly string[]): ResourceList {
  const types = filter.types.length > 0 ? filter.types : (order ?? null)
  return {
    types, isByType: order !== undefined, isDescending: filter.sort === '-name', isSearched: filter.q !== '',
    conditions: [
      sql`r."organizationId" = ${ctx.orgId}`,
      ...(parentId === undefined ? [sql`r."parentId" IS NOT NULL`] : [sql`r."parentId" = ${parentId}`]),
      ...(topmost === undefined ? [] : [sql`r."id" = ANY(${[...topmost]})`]),
      ...(within ? [sql`r."id" IN (${belowSql(ctx.orgId, within)})`] : []),
      ...typeConditions(ctx),
      ...(filter.q === '' ? [] : [searchSql(ctx, filter.q)]),
    ],
  }
}

const where = (list: ResourceList, more: readonly Prisma.Sql[] = []): Prisma.Sql => join([...list.conditions, ...more], ' AND ')

/** Each type with its rank, or all types at once. */
const branches = ({ types }: ResourceList): { condition: Prisma.Sql[]; rank: number }[] =>
  types === null ? [{ condition: [], rank: 0 }] : types.map((type, rank) => ({ condition: [sql`r."type" = ${type}`], rank }))

const ofTypes = ({ types }: ResourceList): Prisma.Sql[] => (types === null ? [] : [sql`r."type" = ANY(${[...types]})`])

/** Counts, at most to `most`. */
export const countSql = (list: ResourceList, most: number): Prisma.Sql =>
  sql`SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "Resource" r WHERE ${where(list, ofTypes(list))} LIMIT ${most}) found`

/** Rows after (or before) a boundary of rank, name and id; `backwards` turns the order around. */
export type Walk = { backwards: boolean; boundary: Boundary | undefined; take: number }

type Place = { rank: number; name: string; id: string }

function placeOf(boundary: Boundary | undefined): Place | null {
  if (boundary === undefined) return null
  const [rank = '', name = '', id = '', ...rest] = boundary
  if (rest.length > 0 || id === '' || !/^\d{1,4}$/.test(rank) || `${name}${id}`.includes('\0')) {
    throw new AppError('invalid-input', 'the cursor is damaged', { fields: [{ path: 'cursor', message: 'begin again without a cursor' }] })
  }
  return { rank: Number(rank), name, id }
}

/** A page of the rows of `r`, each type along its index and all merged: the cost does not grow with the number of the page. */
function pageSql(list: ResourceList, walk: Walk, from: Prisma.Sql): Prisma.Sql {
  const place = placeOf(walk.boundary)
  const isUp = list.isDescending === walk.backwards
  const [direction, sign] = [raw(isUp ? 'ASC' : 'DESC'), raw(isUp ? '>' : '<')]
  const isAhead = (rank: number): boolean => place === null || !list.isByType || (isUp ? rank >= place.rank : rank <= place.rank)
  const beyond = (rank: number): Prisma.Sql[] =>
    place === null || (list.isByType && rank !== place.rank) ? [] : [sql`(lower(r."name"), r."id") ${sign} (${place.name}, ${place.id})`]
  const parts = branches(list).filter(({ rank }) => isAhead(rank)).map(({ condition, rank }) => sql`(SELECT ${columns(rank)} FROM ${from}
    WHERE ${where(list, [...condition, ...beyond(rank)])} ORDER BY lower(r."name") ${direction}, r."id" ${direction} LIMIT ${walk.take})`)
  const byType = list.isByType ? sql`"rank" ${direction}, ` : empty
  const all = parts.length > 0 ? join(parts, ' UNION ALL ') : sql`SELECT ${columns(0)} FROM ${from} WHERE FALSE`
  return sql`SELECT * FROM (${all}) page ORDER BY ${byType}"sortName" ${direction}, "id" ${direction} LIMIT ${walk.take}`
}

/** A page when many rows match. */
export const walkSql = (list: ResourceList, walk: Walk): Prisma.Sql => pageSql(list, walk, sql`"Resource" r`)

/** A page when few match: finds them all first, so that no index is walked past everybody else. */
export const sortSql = (list: ResourceList, walk: Walk): Prisma.Sql =>
  sql`WITH r AS MATERIALIZED (SELECT * FROM "Resource" r WHERE ${where(list, ofTypes(list))}) ${pageSql({ ...list, conditions: [sql`TRUE`] }, walk, sql`r`)}`
