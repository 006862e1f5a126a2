import { containing, searchWords } from '@/lib/features/members/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { AppError } from '@/lib/errors'
import type { Boundary } from '@/lib/pagination'
import type { KeySort, KeySortColumn } from './page-rules'
import { AGE_ADVISED_DAYS, EXPIRES_SOON_DAYS, type KeyMark, type KeyStatus } from './rules'

const { sql, join, raw, empty } = Prisma

/** Whose keys: those of people, of one of them (null: of nobody), or of one service account. */
export type KeyOwners = { type: 'people' } | { type: 'user'; id: string | null } | { type: 'service_account'; id: string }

/** What narrows a list; no status stands for all but revoked. */
export type KeyListing = { organizationId: string; owners: KeyOwners; status: readonly KeyStatus[]; mark: KeyMark | undefined; q: string; sort: KeySort; at: Date }

// As the indexes have them (migration 20261126133500), so that the planner knows them again.
const LIVE = sql`k."status" <> 'revoked'`
const ENDS = sql`coalesce(k."expiresAt", 'infinity')`
const USED = sql`coalesce(k."lastUsedAt", '-infinity')`
const NARROWED = sql`(k."roleId" IS NOT NULL OR k."scopeId" IS NOT NULL OR k."addresses" <> '{}')`

/** A key never used comes before all others, one that never ends after all others. */
const COLUMNS: Record<KeySortColumn, { expression: Prisma.Sql; isTime: boolean; empty?: string }> = {
  name: { expression: sql`k."name"`, isTime: false },
  created: { expression: sql`k."createdAt"`, isTime: true },
  'last-used': { expression: USED, isTime: true, empty: '-infinity' },
  expires: { expression: ENDS, isTime: true, empty: 'infinity' },
}

/** What a page's boundary is made of. */
export type ListedKey = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; expiresAt: Date | null }

const valueOf = (row: ListedKey, column: KeySortColumn): Date | string | null =>
  ({ name: row.name, created: row.createdAt, 'last-used': row.lastUsedAt, expires: row.expiresAt })[column]

export function boundaryOf(row: ListedKey, { column }: KeySort): string[] {
  const value = valueOf(row, column)
  return [value instanceof Date ? value.toISOString() : (value ?? COLUMNS[column].empty ?? ''), row.id]
}

function statusSql(status: KeyStatus, at: Date): Prisma.Sql {
  if (status === 'revoked') return sql`k."status" = 'revoked'`
  if (status === 'expired') return sql`${LIVE} AND ${ENDS} <= ${at}`
  return sql`k."status" = ${raw(status === 'active' ? `'active'` : `'suspended'`)} AND ${ENDS} > ${at}`
}

function statusesSql({ status, at }: KeyListing): Prisma.Sql[] {
  if (status.length === 0) return [LIVE]
  const any = sql`(${join(status.map((each) => sql`(${statusSql(each, at)})`), ' OR ')})`
  return status.includes('revoked') ? [any] : [LIVE, any]
}

const daysFrom = (at: Date, days: number): Date => new Date(at.getTime() + days * 24 * 3600_000)

function markSql(mark: KeyMark, at: Date): Prisma.Sql {
  const running = sql`${LIVE} AND ${ENDS} > ${at}`
  const old = daysFrom(at, -AGE_ADVISED_DAYS)
  switch (mark) {
    case 'old': return sql`${running} AND k."createdAt" < ${old}`
    case 'unused': return sql`${running} AND k."createdAt" < ${old} AND ${USED} < ${old}`
    case 'expiring': return sql`${running} AND ${ENDS} <= ${daysFrom(at, EXPIRES_SOON_DAYS)}`
    case 'narrowed': return sql`${running} AND ${NARROWED}`
  }
}

function ownersSql(owners: KeyOwners): Prisma.Sql {
  if (owners.type === 'people') return sql`k."membershipId" IS NOT NULL`
  if (owners.type === 'service_account') return sql`k."serviceAccountId" = ${owners.id}`
  return owners.id === null ? sql`FALSE` : sql`k."membershipId" = ${owners.id}`
}

/** Text that begins like a secret finds the key by its public part, which is no secret; of other text each word is in a name or an address. */
function searchSql(q: string): Prisma.Sql[] {
  const publicPart = /^gh_[a-z]+_([0-9A-Za-z]{1,16})/.exec(q)?.[1]
  if (publicPart !== undefined) return [sql`k."publicId" LIKE ${`${publicPart}%`}`]
  return searchWords(q).map((word) => sql`k."searchText" LIKE lower(${containing(word)})`)
}

const whereOf = (list: KeyListing): Prisma.Sql =>
  join([
    sql`k."organizationId" = ${list.organizationId}`, ownersSql(list.owners), ...statusesSql(list),
    ...(list.mark === undefined ? [] : [markSql(list.mark, list.at)]), ...searchSql(list.q),
  ], ' AND ')

/** Counts, at most to `most`. */
export const countSql = (list: KeyListing, most: number): Prisma.Sql =>
  sql`SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "ApiKey" k WHERE ${whereOf(list)} LIMIT ${most}) found`

/** Rows after (or before) a boundary in the list's order; `backwards` turns it around. */
export type Walk = { backwards: boolean; boundary: Boundary | undefined; take: number }

function beyond({ column, direction }: KeySort, { backwards, boundary }: Walk): Prisma.Sql {
  if (boundary === undefined) return empty
  const [value = '', id = '', ...rest] = boundary
  const { expression, isTime, empty: none } = COLUMNS[column]
  if (rest.length > 0 || id === '' || `${value}${id}`.includes('\0') || (isTime && value !== none && Number.isNaN(Date.parse(value))))
    throw new AppError('invalid-input', 'the cursor is damaged', { fields: [{ path: 'cursor', message: 'begin again without a cursor' }] })
  const sign = raw((direction === 'asc') === backwards ? '<' : '>')
  return sql` AND (${expression}, k."id") ${sign} (${value}${raw(isTime ? '::timestamptz' : '')}, ${id})`
}

/**
 * A page in order. Where few rows match, they are all found first, so that the planner is not tempted to walk an index
 * past everybody else's; where many do, an index is walked from the boundary on.
 */
export function pageSql(list: KeyListing, walk: Walk, isFew: boolean): Prisma.Sql {
  const direction = raw((list.sort.direction === 'asc') === walk.backwards ? 'DESC' : 'ASC')
  const columns = sql`k."id", k."name", k."createdAt", k."lastUsedAt", k."expiresAt"`
  const found = sql`SELECT ${columns} FROM "ApiKey" k WHERE ${whereOf(list)}`
  const order = sql`${beyond(list.sort, walk)} ORDER BY ${COLUMNS[list.sort.column].expression} ${direction}, k."id" ${direction} LIMIT ${walk.take}`
  return isFew ? sql`WITH k AS MATERIALIZED (${found}) SELECT ${columns} FROM k WHERE TRUE${order}` : sql`${found}${order}`
}
