import type { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { detailsOf, listKeysBy, type KeyPage } from '@/lib/features/api-keys/page-list'
import type { KeyDetails } from '@/lib/features/api-keys/page-rules'
import { keyPageOf } from '@/lib/features/api-keys/page-request'
import type { KeyPageFilter } from '@/lib/features/api-keys/schema'
import type { CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { beyond, orderOf, turned, type KeysetOrder } from '@/lib/keyset'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Boundary, type Page } from '@/lib/pagination'
import { parseAccountSort, toAccountRow, type AccountRow, type AccountSort } from './page-rules'
import { accountColumns, findAccountKey, findServiceAccount, summariesOf, type AccountRecord } from './queries'
import { ACCOUNT_STATUSES, type AccountStatus } from './rules'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

export type AccountPageFilter = { q: string; status?: AccountStatus; sort: AccountSort }
export type AccountPage = Page<AccountRow> & { count: number; isCountExact: boolean }

const oneOf = (params: Params, name: string): string | undefined => [params[name] ?? []].flat().find((value) => value !== '' && value !== 'any')

/** The filter in an address of the Service Accounts page. What cannot be understood there counts as absent. */
export function accountFilterOf(params: Params): AccountPageFilter {
  const status = ACCOUNT_STATUSES.find((each) => each === oneOf(params, 'status'))
  return { q: (oneOf(params, 'q') ?? '').trim().slice(0, 200), sort: parseAccountSort(oneOf(params, 'sort') ?? '') ?? { column: 'name', direction: 'asc' }, ...(status && { status }) }
}

export const accountPageOf = keyPageOf

const COLUMNS = { name: 'name', created: 'createdAt' } as const satisfies Record<AccountSort['column'], keyof AccountRecord>

function boundaryOf(row: AccountRecord, { column }: AccountSort): string[] {
  const value = row[COLUMNS[column]]
  return [value instanceof Date ? value.toISOString() : value, row.id]
}

function readBoundary([value = '', id = '', ...rest]: Boundary, { column }: AccountSort): { value: string | Date; id: string } {
  if (rest.length > 0 || id === '' || `${value}${id}`.includes('\0') || (column === 'created' && Number.isNaN(Date.parse(value))))
    throw new AppError('invalid-input', 'the cursor is damaged', { fields: [{ path: 'cursor', message: 'begin again without a cursor' }] })
  return { value: column === 'created' ? new Date(value) : value, id }
}

/** Service accounts, a page at a time. @throws AppError `invalid-input` for a cursor of another list */
export async function listAccountPage(ctx: Ctx<'service-account:read'>, filter: AccountPageFilter, page: CredentialPageRequest): Promise<AccountPage> {
  requirePermission(ctx, 'service-account:read', ctx.orgId)
  const { q, status, sort } = filter
  const fingerprint = listFingerprint(['service-accounts', ctx.orgId, filter])
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const forward: KeysetOrder = { direction: sort.direction, empty: 'never' }
  const order = before !== undefined || page.last === true ? turned(forward) : forward
  const contains = q.replaceAll('\0', '').replace(/[\\%_]/g, (sign) => `\\${sign}`)
  const where: Prisma.ServiceAccountWhereInput = {
    organizationId: ctx.orgId, ...(status !== undefined && { isSuspended: status === 'suspended' }),
    ...(contains !== '' && { OR: [{ name: { contains, mode: 'insensitive' } }, { description: { contains, mode: 'insensitive' } }] }),
  }
  const boundary = before ?? after
  const [counted, records] = await Promise.all([
    ctx.tx.serviceAccount.count({ where, take: COUNT_MAX + 1 }),
    ctx.tx.serviceAccount.findMany({
      where: boundary === undefined ? where : { AND: [where, beyond(COLUMNS[sort.column], order, readBoundary(boundary, sort))] },
      select: accountColumns, orderBy: orderOf(COLUMNS[sort.column], order), take: page.limit + 1,
    }),
  ])
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  const { rows, ...cursors } = toPage(records, request, fingerprint, (row) => boundaryOf(row, sort))
  return { ...cursors, rows: (await summariesOf(ctx, rows)).map(toAccountRow), count: Math.min(counted, COUNT_MAX), isCountExact: counted <= COUNT_MAX }
}

/** One account as its page shows it. @throws AppError `not-found` */
export const findAccountRow = async (ctx: Ctx<'service-account:read'>, id: string): Promise<AccountRow> => toAccountRow(await findServiceAccount(ctx, id))

/** Keys of one account, a page at a time. The account was found before. */
export const listAccountKeyPage = (ctx: Ctx<'service-account:read'>, serviceAccountId: string, filter: Omit<KeyPageFilter, 'owner'>, page: CredentialPageRequest): Promise<KeyPage> =>
  listKeysBy(ctx, { type: 'service_account', id: serviceAccountId }, filter, page, serviceAccountId)

/** One key of an account with all that its panel shows. @throws AppError `not-found` */
export const findAccountKeyDetails = async (ctx: Ctx<'service-account:read'>, { serviceAccountId, id }: { serviceAccountId: string; id: string }): Promise<KeyDetails> =>
  detailsOf(ctx, await findAccountKey(ctx, { id: serviceAccountId, keyId: id }))
