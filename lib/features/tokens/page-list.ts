import { z } from 'zod'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { keyPageOf } from '@/lib/features/api-keys/page-request'
import type { KeyPageRequest } from '@/lib/features/api-keys/queries'
import { KEY_MARKS } from '@/lib/features/api-keys/rules'
import { beyond, orderOf, turned, type KeysetOrder } from '@/lib/keyset'
import { idSchema } from '@/lib/ids'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Boundary, type Page } from '@/lib/pagination'
import { parseTokenSort, toTokenRow, type TokenRow, type TokenSort } from './page-rules'
import { markWhere, searchWhere, statusWhere, summariesOf, tokenColumns, visibleScopes, type TokenRecord } from './queries'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

const STATUSES = ['active', 'suspended', 'expired'] as const

/** What narrows and orders the console's list. */
export type TokenPageFilter = { q: string; status?: (typeof STATUSES)[number]; mark?: (typeof KEY_MARKS)[number]; role?: string; sort: TokenSort }
export type TokenPage = Page<TokenRow> & { count: number; isCountExact: boolean }

const oneOf = (params: Params, name: string): string | undefined => [params[name] ?? []].flat().find((value) => value !== '' && value !== 'any')

/** The filter in an address of Token Management. What cannot be understood there counts as absent. */
export function tokenFilterOf(params: Params): TokenPageFilter {
  const status = z.enum(STATUSES).safeParse(oneOf(params, 'status')).data
  const mark = z.enum(KEY_MARKS).safeParse(oneOf(params, 'mark')).data
  const role = idSchema('role').safeParse(oneOf(params, 'role')).data
  return {
    q: (oneOf(params, 'q') ?? '').trim().slice(0, 200), sort: parseTokenSort(oneOf(params, 'sort') ?? '') ?? { column: 'created', direction: 'desc' },
    ...(status && { status }), ...(mark && { mark }), ...(role && { role }),
  }
}

export const tokenPageOf = keyPageOf

/** A token never used comes before all others, one that never ends after all others. */
const COLUMNS = {
  created: { name: 'createdAt', empty: 'never' },
  'last-used': { name: 'lastUsedAt', empty: 'lowest' },
  expires: { name: 'expiresAt', empty: 'highest' },
} as const satisfies Record<TokenSort['column'], { name: keyof TokenRecord; empty: KeysetOrder['empty'] }>

const boundaryOf = (row: TokenRecord, { column }: TokenSort): string[] => [row[COLUMNS[column].name]?.toISOString() ?? '', row.id]

function readBoundary([value = '', id = '', ...rest]: Boundary, { column }: TokenSort): { value: Date | null; id: string } {
  const isEmpty = COLUMNS[column].empty !== 'never' && value === ''
  if (rest.length > 0 || id === '' || id.includes('\0') || (!isEmpty && Number.isNaN(Date.parse(value))))
    throw new AppError('invalid-input', 'the cursor is damaged', { fields: [{ path: 'cursor', message: 'begin again without a cursor' }] })
  return { value: isEmpty ? null : new Date(value), id }
}

/** Application tokens that the asker may see, a page at a time. @throws AppError `invalid-input` for a cursor of another list */
export async function listTokenPage(ctx: Ctx<'token:read'>, filter: TokenPageFilter, page: KeyPageRequest): Promise<TokenPage> {
  const { q, status, mark, role, sort } = filter
  const fingerprint = listFingerprint(['tokens', ctx.orgId, filter])
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const column = COLUMNS[sort.column]
  const forward: KeysetOrder = { direction: sort.direction, empty: column.empty }
  const order = before !== undefined || page.last === true ? turned(forward) : forward
  const scopes = await visibleScopes(ctx)
  const where: Prisma.ApplicationTokenWhereInput = {
    organizationId: ctx.orgId, AND: [statusWhere(status, ctx.now), markWhere(mark, ctx.now), searchWhere(q.replaceAll('\0', ''))],
    ...(role !== undefined && { roleId: role }), ...(scopes && { scopeId: { in: scopes } }),
  }
  const boundary = before ?? after
  const [counted, records] = await Promise.all([
    ctx.tx.applicationToken.count({ where, take: COUNT_MAX + 1 }),
    ctx.tx.applicationToken.findMany({
      where: boundary === undefined ? where : { AND: [where, beyond(column.name, order, readBoundary(boundary, sort))] },
      select: tokenColumns, orderBy: orderOf(column.name, order), take: page.limit + 1,
    }),
  ])
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  const { rows, ...cursors } = toPage(records, request, fingerprint, (row) => boundaryOf(row, sort))
  return { ...cursors, rows: (await summariesOf(ctx, rows)).map(toTokenRow), count: Math.min(counted, COUNT_MAX), isCountExact: counted <= COUNT_MAX }
}
