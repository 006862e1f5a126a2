import { AGE_ADVISED_DAYS, EXPIRES_SOON_DAYS, type KeyMark, type KeyStatus } from '@/lib/features/api-keys/rules'
import { containing, searchWords } from '@/lib/features/members/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { AppError } from '@/lib/errors'
import type { Boundary } from '@/lib/pagination'

const { sql, join, raw, empty } = Prisma

export type CredentialSortColumn = 'name' | 'created' | 'last-used' | 'expires'
export type CredentialSort = { column: CredentialSortColumn; direction: 'asc' | 'desc' }

/** What is said differently of a key than of a token; as the indexes have it, so that the planner knows them again. */
const TABLES = {
  ApiKey: {
    from: sql`"ApiKey" k`, name: sql`k."name"`, searched: sql`k."searchText"`,
    narrowed: sql`(k."roleId" IS NOT NULL OR k."scopeId" IS NOT NULL OR k."addresses" <> '{}')`,
  },
  ApplicationToken: { from: sql`"ApplicationToken" k`, name: sql`k."description"`, searched: sql`lower(k."description")`, narrowed: sql`FALSE` },
}

/** A list of credentials; no status stands for all but revoked. `further` narrows by what only its table has, which is called `k`. */
export type CredentialList = {
  table: keyof typeof TABLES
  organizationId: string
  status: readonly KeyStatus[]
  mark: KeyMark | undefined
  q: string
  further: readonly Prisma.Sql[]
  sort: CredentialSort
  at: Date
}

// As the indexes have them (migrations 20261126133500 for keys and 20261126164000 for tokens).
const LIVE = sql`k."status" <> 'revoked'`
const ENDS = sql`coalesce(k."expiresAt", 'infinity')`
const USED = sql`coalesce(k."lastUsedAt", '-infinity')`

/** A credential never used comes before all others, one that never ends after all others. */
const COLUMNS: Record<CredentialSortColumn, { expression: Prisma.Sql; isTime: boolean; empty?: string }> = {
  name: { expression: sql`k."name"`, isTime: false },
  created: { expression: sql`k."createdAt"`, isTime: true },
  'last-used': { expression: USED, isTime: true, empty: '-infinity' },
  expires: { expression: ENDS, isTime: true, empty: 'infinity' },
}

/** What a page's boundary is made of. */
export type ListedCredential = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; expiresAt: Date | null }

const valueOf = (row: ListedCredential, column: CredentialSortColumn): Date | string | null =>
  ({ name: row.name, created: row.createdAt, 'last-used': row.lastUsedAt, expires: row.expiresAt })[column]

export function boundaryOf(row: ListedCredential, { column }: CredentialSort): string[] {
  const value = valueOf(row, column)
  return [value instanceof Date ? value.toISOString() : (value ?? COLUMNS[column].empty ?? ''), row.id]
}

function statusSql(status: KeyStatus, at: Date): Prisma.Sql {
  if (status === 'revoked') return sql`k."status" = 'revoked'`
  if (status === 'expired') return sql`${LIVE} AND ${ENDS} <= ${at}`
  return sql`k."status" = ${raw(status === 'active' ? `'active'` : `'suspended'`)} AND ${ENDS} > ${at}`
}

function statusesSql({ status, at }: CredentialList): Prisma.Sql[] {
  if (status.length === 0) return [LIVE]
  const any = sql`(${join(status.map((each) => sql`(${statusSql(each, at)})`), ' OR ')})`
  return status.includes('revoked') ? [any] : [LIVE, any]
}

const daysFrom = (at: Date, days: number): Date => new Date(at.getTime() + days * 24 * 3600_000)

function markSql(mark: KeyMark, { table, at }: CredentialList): Prisma.Sql {
  const running = sql`${LIVE} AND ${ENDS} > ${at}`
  const old = daysFrom(at, -AGE_ADVISED_DAYS)
  switch (mark) {
    case 'old': return sql`${running} AND k."createdAt" < ${old}`
    case 'unused': return sql`${running} AND k."createdAt" < ${old} AND ${USED} < ${old}`
    case 'expiring': return sql`${running} AND ${ENDS} <= ${daysFrom(at, EXPIRES_SOON_DAYS)}`
    case 'narrowed': return sql`${running} AND ${TABLES[table].narrowed}`
  }
}

/** Text that begins like a secret finds the credential by its public part, which is no secret; of other text each word is in what is searched. */
function searchSql({ table, q }: CredentialList): Prisma.Sql[] {
  const publicPart = /^gh_[a-z]+_([0-9A-Za-z]{1,16})/.exec(q)?.[1]
  if (publicPart !== undefined) return [sql`k."publicId" LIKE ${`${publicPart}%`}`]
  return searchWords(q).map((word) => sql`${TABLES[table].searched} LIKE lower(${containing(word)})`)
}

const whereOf = (list: CredentialList): Prisma.Sql =>
  join([
    sql`k."organizationId" = ${list.organizationId}`, ...list.further, ...statusesSql(list),
    ...(list.mark === undefined ? [] : [markSql(list.mark, list)]), ...searchSql(list),
  ], ' AND ')

/** Counts, at most to `most`. */
export const countSql = (list: CredentialList, most: number): Prisma.Sql =>
  sql`SELECT count(*)::int AS "count" FROM (SELECT 1 FROM ${TABLES[list.table].from} WHERE ${whereOf(list)} LIMIT ${most}) found`

/** Rows after (or before) a boundary in the list's order; `backwards` turns it around. */
export type Walk = { backwards: boolean; boundary: Boundary | undefined; take: number }

function beyond({ column, direction }: CredentialSort, { backwards, boundary }: Walk): Prisma.Sql {
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
export function pageSql(list: CredentialList, walk: Walk, isFew: boolean): Prisma.Sql {
  const { from, name } = TABLES[list.table]
  const direction = raw((list.sort.direction === 'asc') === walk.backwards ? 'DESC' : 'ASC')
  const found = sql`SELECT k."id", ${name} AS "name", k."createdAt", k."lastUsedAt", k."expiresAt" FROM ${from} WHERE ${whereOf(list)}`
  const order = sql`${beyond(list.sort, walk)} ORDER BY ${COLUMNS[list.sort.column].expression} ${direction}, k."id" ${direction} LIMIT ${walk.take}`
  return isFew ? sql`WITH k AS MATERIALIZED (${found}) SELECT * FROM k WHERE TRUE${order}` : sql`${found}${order}`
}
