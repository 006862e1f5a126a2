import type { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { hintOf, keyStatusOf, type KeyStatus } from './rules'
import type { ApiKeyFilter } from './schema'

/** A key as lists show it; its secret is nowhere. */
export type ApiKeySummary = {
  id: string
  name: string
  hint: string
  owner: { type: 'user'; id: string; name: string; email: string }
  status: KeyStatus
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
}

const columns = {
  id: true, name: true, publicId: true, status: true, createdAt: true, expiresAt: true, lastUsedAt: true, lastUsedAddress: true,
  membership: { select: { id: true, name: true, email: true } },
} as const

type Row = Prisma.ApiKeyGetPayload<{ select: typeof columns }>

function summaryOf(row: Row, at: Date): ApiKeySummary {
  const { id, email, name } = row.membership
  return {
    id: row.id, name: row.name, hint: hintOf(row.publicId), owner: { type: 'user', id, name: name || email, email },
    status: keyStatusOf(row, at), createdAt: row.createdAt, expiresAt: row.expiresAt, lastUsedAt: row.lastUsedAt, lastUsedIp: row.lastUsedAddress,
  }
}

function statusWhere(status: KeyStatus | undefined, at: Date): Prisma.ApiKeyWhereInput {
  const running = { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] }
  if (status === undefined) return { status: { not: 'revoked' } }
  if (status === 'revoked') return { status }
  return status === 'expired' ? { status: { not: 'revoked' }, expiresAt: { lte: at } } : { status, ...running }
}

/** Whose keys: one's own, or with `key:others` anybody's. @throws AppError `forbidden` */
function ownerWhere(ctx: Ctx, owner: string): Prisma.ApiKeyWhereInput {
  const own = ctx.membership?.id
  if (own !== undefined && (owner === 'me' || owner === own)) return { membershipId: own }
  requirePermission(ctx, 'key:others')
  return owner === 'all' || owner === 'me' ? {} : { membershipId: owner }
}

/** Keys by the filter, newest first; revoked ones only when asked for. @throws AppError `forbidden` for others' keys without `key:others` */
export async function listApiKeys(ctx: Ctx<'key:self'>, filter: ApiKeyFilter): Promise<Page<ApiKeySummary>> {
  const { owner, status, q, limit, cursor } = filter
  const fingerprint = listFingerprint({ list: 'api-keys', owner, status, q })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.apiKey.findMany({
    where: {
      organizationId: ctx.orgId, AND: [ownerWhere(ctx, owner), statusWhere(status, ctx.now)],
      ...(q && { name: { contains: q, mode: 'insensitive' } }), ...(after?.[0] !== undefined && { id: { lt: after[0] } }),
    },
    select: columns,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: page.rows.map((row) => summaryOf(row, ctx.now)) }
}

/** One key. @throws AppError `not-found`, or `forbidden` for another's without `key:others` */
export async function findApiKey(ctx: Ctx<'key:self'>, id: string): Promise<ApiKeySummary> {
  const row = await ctx.tx.apiKey.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  if (!row) throw new AppError('not-found', `no API key \`${id}\``)
  ownerWhere(ctx, row.membership.id)
  return summaryOf(row, ctx.now)
}
