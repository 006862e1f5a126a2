import type { Ctx, Entered } from '@/lib/access/context'
import { clientIdOf } from '@/lib/access/principals/secret-format'
import { AppError } from '@/lib/errors'
import type { NamedRef } from '@/lib/features/api-keys/queries'
import { hintOf, keyStatusOf, marksOf, type KeyMark, type KeyStatus } from '@/lib/features/api-keys/rules'
import { findCredentials, inOrder, type CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { belowSql } from '@/lib/features/roles/below-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import { listFingerprint, type Page } from '@/lib/pagination'
import type { TokenSort } from './page-rules'
import { NEWEST_FIRST, type TokenFilter } from './schema'

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

const tokenColumns = {
  id: true, description: true, publicId: true, status: true, createdById: true, createdByName: true, createdAt: true, expiresAt: true, suspendedAt: true,
  suspendedReason: true, rotatedFromId: true, lastUsedAt: true, lastUsedAddress: true,
  role: { select: { id: true, name: true, title: true } }, scope: { select: { id: true, type: true, name: true } },
} as const satisfies Prisma.ApplicationTokenSelect

type TokenRecord = Prisma.ApplicationTokenGetPayload<{ select: typeof tokenColumns }>

async function summariesOf({ tx, orgId: organizationId, now }: Ctx, rows: readonly TokenRecord[]): Promise<TokenSummary[]> {
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

/** What narrows and orders a list of tokens; no status stands for all. */
export type TokenListing = { status: TokenFilter['status']; mark: KeyMark | undefined; role: string | undefined; q: string; sort: TokenSort }

/** `counted`: how many there are, to one more than 1,000. */
export type FoundTokens = Page<TokenSummary> & { counted: number }

/** Tokens at or below where the asker may see tokens. */
function visibleSql({ rights, orgId }: Ctx<'token:read'>): Prisma.Sql[] {
  const roots = rights.roots('token:read')
  return roots.includes(orgId) ? [] : [Prisma.sql`k."scopeId" IN (${belowSql(orgId, roots)})`]
}

/**
 * A page of the application tokens that the asker may see.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function findTokens(ctx: Ctx<'token:read'>, list: TokenListing, page: CredentialPageRequest): Promise<FoundTokens> {
  const { role, status, ...rest } = list
  const further = [...(role === undefined ? [] : [Prisma.sql`k."roleId" = ${role}`]), ...visibleSql(ctx)]
  const wanted = { ...rest, table: 'ApplicationToken' as const, status: status === undefined ? [] : [status], further }
  const { rows: ids, ...found } = await findCredentials(ctx, wanted, page, listFingerprint(['tokens', ctx.orgId, list]))
  const records = await ctx.tx.applicationToken.findMany({ where: { organizationId: ctx.orgId, id: { in: ids } }, select: tokenColumns })
  return { ...found, rows: await summariesOf(ctx, inOrder(ids, records)) }
}

/** Application tokens by the filter, newest first. */
export const listTokens = (ctx: Ctx<'token:read'>, { status, mark, role, q, limit, cursor }: TokenFilter): Promise<Page<TokenSummary>> =>
  findTokens(ctx, { status, mark, role, q, sort: NEWEST_FIRST }, { limit, after: cursor })

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
