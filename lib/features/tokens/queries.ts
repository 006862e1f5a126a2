import type { Ctx, Entered } from '@/lib/access/context'
import { clientIdOf } from '@/lib/access/principals/secret-format'
import { AppError } from '@/lib/errors'
import type { NamedRef } from '@/lib/features/api-keys/queries'
import { AGE_ADVISED_DAYS, EXPIRES_SOON_DAYS, hintOf, keyStatusOf, marksOf, type KeyMark, type KeyStatus } from '@/lib/features/api-keys/rules'
import { belowSql } from '@/lib/features/roles/below-sql'
import type { Prisma } from '@/lib/generated/prisma/client'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import type { TokenFilter } from './schema'

/** An application token as lists show it; of its secrets only the half that is none. */
export type TokenSummary = {
  id: string
  description: string
  clientId: string
  hint: string
  role: { id: string; name: string; title: string }
  scope: { id: string; type: string; name: string }
  status: KeyStatus
  marks: KeyMark[]
  createdBy: NamedRef | null
  createdAt: Date
  expiresAt: Date | null
  suspendedAt: Date | null
  suspendedReason: string | null
  rotatedFrom: string | null
  replacedBy: string | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
}

export const tokenColumns = {
  id: true, description: true, publicId: true, status: true, createdById: true, createdByName: true, createdAt: true, expiresAt: true, suspendedAt: true,
  suspendedReason: true, rotatedFromId: true, lastUsedAt: true, lastUsedAddress: true,
  role: { select: { id: true, name: true, title: true } }, scope: { select: { id: true, type: true, name: true } },
} as const satisfies Prisma.ApplicationTokenSelect

export type TokenRecord = Prisma.ApplicationTokenGetPayload<{ select: typeof tokenColumns }>

export async function summariesOf({ tx, orgId: organizationId, now }: Ctx, rows: readonly TokenRecord[]): Promise<TokenSummary[]> {
  const successors = rows.length === 0 ? [] : await tx.applicationToken.findMany({ where: { organizationId, rotatedFromId: { in: rows.map(({ id }) => id) } }, select: { id: true, rotatedFromId: true } })
  return rows.map((row) => {
    const { id, description, publicId, role, scope, createdById, createdByName, createdAt, expiresAt, suspendedAt, suspendedReason, rotatedFromId } = row
    return {
      id, description, clientId: clientIdOf('tok', publicId), hint: hintOf('tok', publicId), role, scope, status: keyStatusOf(row, now), marks: marksOf({ ...row, isNarrowed: false }, now),
      createdBy: createdById === null ? null : { id: createdById, name: createdByName }, createdAt, expiresAt, suspendedAt, suspendedReason, rotatedFrom: rotatedFromId,
      replacedBy: successors.find((each) => each.rotatedFromId === id)?.id ?? null, lastUsedAt: row.lastUsedAt, lastUsedIp: row.lastUsedAddress,
    }
  })
}

const DAY_MS = 24 * 3600_000

export function markWhere(mark: KeyMark | undefined, at: Date): Prisma.ApplicationTokenWhereInput {
  if (mark === undefined) return {}
  const running: Prisma.ApplicationTokenWhereInput = { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] }
  const old = new Date(at.getTime() - AGE_ADVISED_DAYS * DAY_MS)
  switch (mark) {
    case 'old': return { AND: [running, { createdAt: { lt: old } }] }
    case 'unused': return { AND: [running, { createdAt: { lt: old }, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: old } }] }] }
    case 'expiring': return { expiresAt: { gt: at, lte: new Date(at.getTime() + EXPIRES_SOON_DAYS * DAY_MS) } }
    case 'narrowed': return { id: '' }
  }
}

export function statusWhere(status: TokenFilter['status'], at: Date): Prisma.ApplicationTokenWhereInput {
  if (status === undefined) return {}
  if (status === 'expired') return { expiresAt: { lte: at } }
  return { status, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] }
}

export function searchWhere(q: string): Prisma.ApplicationTokenWhereInput {
  if (q === '') return {}
  const publicPart = /^gh_tok_([0-9A-Za-z]{1,16})/.exec(q)?.[1]
  return publicPart === undefined ? { description: { contains: q.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' } } : { publicId: { startsWith: publicPart } }
}

/** Scopes of tokens that lie at or below those where the asker may see tokens; null: everywhere. */
export async function visibleScopes(ctx: Ctx<'token:read'>): Promise<string[] | null> {
  const roots = ctx.rights.roots('token:read')
  if (roots.includes(ctx.orgId)) return null
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT t."scopeId" AS id FROM "ApplicationToken" t WHERE t."organizationId" = ${ctx.orgId} AND t."scopeId" IN (${belowSql(ctx.orgId, roots)})`
  return rows.map(({ id }) => id)
}

/** Application tokens by the filter, newest first. */
export async function listTokens(ctx: Ctx<'token:read'>, { status, mark, role, q, limit, cursor }: TokenFilter): Promise<Page<TokenSummary>> {
  const fingerprint = listFingerprint({ list: 'tokens', status, mark, role, q })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const scopes = await visibleScopes(ctx)
  const rows = await ctx.tx.applicationToken.findMany({
    where: {
      organizationId: ctx.orgId, AND: [statusWhere(status, ctx.now), markWhere(mark, ctx.now), searchWhere(q)], ...(role !== undefined && { roleId: role }),
      ...(scopes && { scopeId: { in: scopes } }), ...(after?.[0] !== undefined && { id: { lt: after[0] } }),
    },
    select: tokenColumns,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: await summariesOf(ctx, page.rows) }
}

const unknown = (id: string) => new AppError('not-found', `no application token \`${id}\``)

/** A token, for whoever has just made it. @throws AppError `not-found` */
export async function describeToken(ctx: Ctx, id: string): Promise<TokenSummary> {
  const row = await ctx.tx.applicationToken.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: tokenColumns })
  const [summary] = row ? await summariesOf(ctx, [row]) : []
  if (!summary) throw unknown(id)
  return summary
}

/** One application token. @throws AppError `not-found`, also for one at a scope the asker may not see */
export async function findToken(ctx: Ctx<'token:read'>, id: string): Promise<TokenSummary> {
  const token = await describeToken(ctx, id)
  if (!ctx.rights.holds('token:read', token.scope.id)) throw unknown(id)
  return token
}

/** Where a token is held, which is where `token:write` is asked for. @throws AppError `not-found` */
export async function requireScopeOfToken({ tx, orgId }: Entered, id: string): Promise<string> {
  const token = await tx.applicationToken.findUnique({ where: { organizationId_id: { organizationId: orgId, id } }, select: { scopeId: true } })
  if (!token) throw unknown(id)
  return token.scopeId
}
