import type { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { AppError, isAppError } from '@/lib/errors'
import { beyond, orderOf, turned, type KeysetOrder } from '@/lib/keyset'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Boundary, type Page } from '@/lib/pagination'
import { toKeyRow, type KeyDetails, type KeyRow, type KeySort } from './page-rules'
import { findApiKey, findKeySummary, keyColumns, markWhere, ownerWhere, searchWhere, statusWhere, summariesOf, type KeyRecord, type KeySummary } from './queries'
import type { KeyPageFilter } from './schema'

/** Cursors as `Page` gave them; `last` asks for the last page. */
export type KeyPageRequest = { limit: number; after?: string | undefined; before?: string | undefined; last?: boolean | undefined }
/** `count` is exact to 1,000; beyond that `isCountExact` is false. */
export type KeyPage = Page<KeyRow> & { count: number; isCountExact: boolean }

/** A key never used comes before all others, one that never ends after all others. */
const COLUMNS = {
  name: { name: 'name', isTime: false, empty: 'never' },
  created: { name: 'createdAt', isTime: true, empty: 'never' },
  'last-used': { name: 'lastUsedAt', isTime: true, empty: 'lowest' },
  expires: { name: 'expiresAt', isTime: true, empty: 'highest' },
} as const satisfies Record<KeySort['column'], { name: keyof KeyRecord; isTime: boolean; empty: KeysetOrder['empty'] }>

function boundaryOf(row: KeyRecord, { column }: KeySort): string[] {
  const value = row[COLUMNS[column].name]
  return [value instanceof Date ? value.toISOString() : (value ?? ''), row.id]
}

function readBoundary([value = '', id = '', ...rest]: Boundary, { column }: KeySort): { value: string | Date | null; id: string } {
  const { isTime, empty } = COLUMNS[column]
  const isEmpty = empty !== 'never' && value === ''
  if (rest.length > 0 || id === '' || `${value}${id}`.includes('\0') || (isTime && !isEmpty && Number.isNaN(Date.parse(value))))
    throw new AppError('invalid-input', 'the cursor is damaged', { fields: [{ path: 'cursor', message: 'begin again without a cursor' }] })
  return { value: isEmpty ? null : isTime ? new Date(value) : value, id }
}

/** Each word occurs in the key's name, or in its owner's name or address. */
function wordsWhere(q: string): Prisma.ApiKeyWhereInput[] {
  if (q.startsWith('gh_')) return [searchWhere(q)]
  return q.split(/\s+/).filter(Boolean).slice(0, 8).map((word) => {
    const contains = word.replace(/[\\%_]/g, (sign) => `\\${sign}`)
    const inOwner = { membership: { OR: [{ name: { contains, mode: 'insensitive' as const } }, { email: { contains: contains.toLowerCase() } }] } }
    return { OR: [{ name: { contains, mode: 'insensitive' } }, inOwner] }
  })
}

/**
 * A page of keys in any order, whoever owns them.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function listKeysBy(ctx: Ctx, owners: Prisma.ApiKeyWhereInput, filter: Omit<KeyPageFilter, 'owner'>, page: KeyPageRequest, list: unknown): Promise<KeyPage> {
  const { q, status, mark, sort } = filter
  const fingerprint = listFingerprint(['keys', ctx.orgId, list, filter])
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const column = COLUMNS[sort.column]
  const forward: KeysetOrder = { direction: sort.direction, empty: column.empty }
  const order = before !== undefined || page.last === true ? turned(forward) : forward
  const statuses = status.length === 0 ? [statusWhere(undefined, ctx.now)] : status.map((each) => statusWhere(each, ctx.now))
  const where: Prisma.ApiKeyWhereInput = { organizationId: ctx.orgId, AND: [owners, { OR: statuses }, markWhere(mark, ctx.now), ...wordsWhere(q.replaceAll('\0', ''))] }
  const boundary = before ?? after
  const [counted, records] = await Promise.all([
    ctx.tx.apiKey.count({ where, take: COUNT_MAX + 1 }),
    ctx.tx.apiKey.findMany({
      where: boundary === undefined ? where : { AND: [where, beyond(column.name, order, readBoundary(boundary, sort))] },
      select: keyColumns, orderBy: orderOf(column.name, order), take: page.limit + 1,
    }),
  ])
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  const { rows, ...cursors } = toPage(records, request, fingerprint, (row) => boundaryOf(row, sort))
  const summaries = await summariesOf(ctx, rows)
  const ownId = ctx.membership?.id ?? null
  return { ...cursors, rows: summaries.map((key) => toKeyRow(key, ownId)), count: Math.min(counted, COUNT_MAX), isCountExact: counted <= COUNT_MAX }
}

/** Keys of people: one's own, or with `key:others` anybody's. @throws AppError `forbidden`, `invalid-input` */
export const listKeyPage = (ctx: Ctx<'key:self'>, { owner, ...filter }: KeyPageFilter, page: KeyPageRequest): Promise<KeyPage> =>
  listKeysBy(ctx, ownerWhere(ctx, owner), filter, page, owner)

/** Both halves of a rotation, or a key alone. */
export async function detailsOf(ctx: Ctx, key: KeySummary): Promise<KeyDetails> {
  const ownId = ctx.membership?.id ?? null
  const partnerId = key.replacedBy ?? key.rotatedFrom
  const partner = partnerId === null ? null : await findKeySummary(ctx, partnerId).catch(unlessNotFound)
  return { key: toKeyRow(key, ownId), partner: partner && toKeyRow(partner, ownId) }
}

/** What a key took the place of may be long gone. */
function unlessNotFound(error: unknown): null {
  if (isAppError(error) && error.code === 'not-found') return null
  throw error
}

/** One key of a person with all that its panel shows. @throws AppError `not-found`, `forbidden` */
export const findApiKeyDetails = async (ctx: Ctx<'key:self'>, id: string): Promise<KeyDetails> => detailsOf(ctx, await findApiKey(ctx, id))

/** Who is meant by the owner in an address; null for `me`, `all` and whoever is not here. */
export const findKeyOwner = (ctx: Ctx<'key:self'>, owner: string): Promise<{ id: string; email: string } | null> =>
  owner.startsWith('usr_') ? ctx.tx.membership.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: owner } }, select: { id: true, email: true } }) : Promise.resolve(null)

/** A person's page shows so many of their keys. */
export const MEMBER_KEYS_SHOWN = 10

/** The newest keys of a person that are not revoked, and one more when there are more than are shown. */
export async function listMemberKeys(ctx: Ctx<'key:others'>, membershipId: string): Promise<KeyRow[]> {
  const records = await ctx.tx.apiKey.findMany({
    where: { organizationId: ctx.orgId, membershipId, status: { not: 'revoked' } }, select: keyColumns, orderBy: { id: 'desc' }, take: MEMBER_KEYS_SHOWN + 1,
  })
  const summaries = await summariesOf(ctx, records)
  return summaries.map((key) => toKeyRow(key, ctx.membership?.id ?? null))
}
