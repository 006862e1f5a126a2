import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { findKeySummary, listKeys, type KeySummary, type NamedRef } from '@/lib/features/api-keys/queries'
import type { KeyListFilter } from '@/lib/features/api-keys/schema'
import { findAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'
import type { Prisma } from '@/lib/generated/prisma/client'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import type { AccountRole, AccountStatus } from './rules'
import type { ServiceAccountFilter } from './schema'

export type ServiceAccountSummary = {
  id: string
  name: string
  description: string
  status: AccountStatus
  externalId: string | null
  /** Those that hold now. */
  roles: AccountRole[]
  /** Keys that may be used now or again. */
  keys: number
  createdBy: NamedRef | null
  createdAt: Date
  /** The latest use of any of its keys. */
  lastUsedAt: Date | null
}

export const accountColumns = {
  id: true, name: true, description: true, isSuspended: true, externalId: true, createdById: true, createdByName: true, createdAt: true,
  assignments: {
    select: { expiresAt: true, role: { select: { id: true, name: true, title: true } }, scope: { select: { type: true, id: true, name: true } } },
    orderBy: { id: 'asc' },
  },
} as const satisfies Prisma.ServiceAccountSelect

export type AccountRecord = Prisma.ServiceAccountGetPayload<{ select: typeof accountColumns }>

type Use = { serviceAccountId: string | null; _count: number; _max: { lastUsedAt: Date | null } }

function summaryOf(row: AccountRecord, use: Use | undefined, at: Date): ServiceAccountSummary {
  const { id, name, description, isSuspended, externalId, createdById, createdByName, createdAt, assignments } = row
  return {
    id, name, description, status: isSuspended ? 'suspended' : 'active', externalId, createdAt,
    roles: assignments.filter(({ expiresAt }) => expiresAt === null || expiresAt > at).map(({ role, scope, expiresAt }) => ({ role, scope, expiresAt: expiresAt?.toISOString() ?? null })),
    keys: use?._count ?? 0, createdBy: createdById === null ? null : { id: createdById, name: createdByName }, lastUsedAt: use?._max.lastUsedAt ?? null,
  }
}

/** Keys of these accounts, counted, and when one was last used. */
async function usesOf({ tx, orgId: organizationId }: Ctx, ids: string[]): Promise<Use[]> {
  if (ids.length === 0) return []
  return tx.apiKey.groupBy({ by: ['serviceAccountId'], where: { organizationId, serviceAccountId: { in: ids }, status: { not: 'revoked' } }, _count: true, _max: { lastUsedAt: true } })
}

/** Accounts as lists show them, the uses of all their keys in one query. */
export async function summariesOf(ctx: Ctx, rows: readonly AccountRecord[]): Promise<ServiceAccountSummary[]> {
  const uses = await usesOf(ctx, rows.map(({ id }) => id))
  return rows.map((row) => summaryOf(row, uses.find(({ serviceAccountId }) => serviceAccountId === row.id), ctx.now))
}

/** Service accounts stand beside the tree, so that they are seen by whoever may see them at the organization. */
const atOrganization = (ctx: Ctx): void => void requirePermission(ctx, 'service-account:read', ctx.orgId)

/** Service accounts by the filter, newest first. */
export async function listServiceAccounts(ctx: Ctx<'service-account:read'>, { status, q, limit, cursor }: ServiceAccountFilter): Promise<Page<ServiceAccountSummary>> {
  atOrganization(ctx)
  const fingerprint = listFingerprint({ list: 'service-accounts', status, q })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.serviceAccount.findMany({
    where: {
      organizationId: ctx.orgId, ...(status !== undefined && { isSuspended: status === 'suspended' }), ...(after?.[0] !== undefined && { id: { lt: after[0] } }),
      ...(q !== '' && { name: { contains: q.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' } }),
    },
    select: accountColumns,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: await summariesOf(ctx, page.rows) }
}

const unknown = (id: string) => new AppError('not-found', `no service account \`${id}\``)

/** One service account. @throws AppError `not-found` */
export async function findServiceAccount(ctx: Ctx<'service-account:read'>, id: string): Promise<ServiceAccountSummary> {
  atOrganization(ctx)
  return describeAccount(ctx, id)
}

/** The same, for whoever has just made it. @throws AppError `not-found` */
export async function describeAccount(ctx: Ctx, id: string): Promise<ServiceAccountSummary> {
  const row = await ctx.tx.serviceAccount.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: accountColumns })
  if (!row) throw unknown(id)
  const [use] = await usesOf(ctx, [id])
  return summaryOf(row, use, ctx.now)
}

/** Keys of an account, newest first. @throws AppError `not-found` */
export async function listAccountKeys(ctx: Ctx<'service-account:read'>, id: string, filter: KeyListFilter): Promise<Page<KeySummary>> {
  atOrganization(ctx)
  const account = await ctx.tx.serviceAccount.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
  if (!account) throw unknown(id)
  return listKeys(ctx, { type: 'service_account', id }, `service-account-keys ${id}`, filter)
}

/** One key of an account. @throws AppError `not-found` */
export async function findAccountKey(ctx: Ctx<'service-account:read'>, { id, keyId }: { id: string; keyId: string }): Promise<KeySummary> {
  atOrganization(ctx)
  const key = await findKeySummary(ctx, keyId)
  if (key.owner.type !== 'service_account' || key.owner.id !== id) throw new AppError('not-found', `no key \`${keyId}\` of this service account`)
  return key
}

/** Names of accounts that a leaving person's keys could be handed over to, by name. */
export async function listHandoverAccounts(ctx: Ctx<'service-account:read'>, limit = 100): Promise<{ id: string; name: string; isSuspended: boolean }[]> {
  return ctx.tx.serviceAccount.findMany({ where: { organizationId: ctx.orgId }, select: { id: true, name: true, isSuspended: true }, orderBy: { name: 'asc' }, take: limit })
}

/**
 * Whoever gets hold of a secret of an account has its rights: so all of them must be one's own.
 *
 * @throws AppError `forbidden` naming the first permission that is missing
 */
export async function requireAccountHeld(ctx: Ctx, serviceAccountId: string): Promise<void> {
  const held = await findAssignments(ctx, { serviceAccountId })
  requireHeld(ctx.rights, held.filter(({ expiresAt }) => expiresAt === null || expiresAt > ctx.now))
}
