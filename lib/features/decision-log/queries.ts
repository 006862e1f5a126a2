import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import type { CountFilter, DecisionFilter } from './schema'

export type PageWanted = { limit: number; cursor?: string | undefined }

export type DenialRow = {
  id: string; at: string
  /** Code of the reason, as explanations have it. */
  reason: string
  /** Whom it was about; null where the organization knows no such subject. */
  principalId: string | null
  permission: string | null
  resourceId: string | null
  asked: { subject: { type: string; id: string }; resource: { type: string; id: string }; address: string | null }
  callerId: string; credentialId: string
}

export type UseRow = { principalId: string | null; permission: string | null; allowed: number; denied: number; lastAllowedAt: string | null; lastDeniedAt: string | null }

const known = (text: string): string | null => (text === '' ? null : text)
const askedFor = ({ principal, permission }: DecisionFilter) => ({ ...(principal !== undefined && { principalId: principal }), ...(permission !== undefined && { permission }) })

/** What programs ask belongs to the organization as a whole. @throws AppError `forbidden` */
const requireWhole = (ctx: Ctx<'audit:read'>): Ctx<'audit:read'> => requirePermission(ctx, 'audit:read', ctx.orgId)

/**
 * Denials that programs were told, newest first; of each organization at most 60 a minute and process are kept.
 *
 * @throws AppError `forbidden` for whoever may read the log only somewhere below, `invalid-input` for a cursor of another list
 */
export async function listDenials(ctx: Ctx<'audit:read'>, filter: DecisionFilter, { limit, cursor }: PageWanted): Promise<Page<DenialRow>> {
  requireWhole(ctx)
  const fingerprint = listFingerprint(['denials', ctx.orgId, filter])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const stored = await ctx.tx.decisionDenial.findMany({
    where: { organizationId: ctx.orgId, ...askedFor(filter), ...(after?.[0] !== undefined && { id: { lt: after[0] } }) }, orderBy: { id: 'desc' }, take: limit + 1,
  })
  const page = toPage(stored, { limit, ...(after && { after }) }, fingerprint, ({ id }) => [id])
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id, at: row.at.toISOString(), reason: row.because, principalId: known(row.principalId), permission: known(row.permission), resourceId: known(row.resourceId),
      asked: { subject: { type: row.askedSubjectType, id: row.askedSubjectId }, resource: { type: row.askedResourceType, id: row.askedResourceId }, address: row.address },
      callerId: row.callerId, credentialId: row.credentialId,
    })),
  }
}

/**
 * Who was decided about, for which permission, how often and when last, by principal and permission.
 *
 * @throws AppError `forbidden`, `invalid-input` as the denials
 */
export async function listUses(ctx: Ctx<'audit:read'>, filter: DecisionFilter, { limit, cursor }: PageWanted): Promise<Page<UseRow>> {
  requireWhole(ctx)
  const fingerprint = listFingerprint(['uses', ctx.orgId, filter])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const [principalId = '', permission = ''] = after ?? []
  const stored = await ctx.tx.decisionUse.findMany({
    where: {
      organizationId: ctx.orgId, ...askedFor(filter),
      ...(after && { AND: { OR: [{ principalId: { gt: principalId } }, { principalId, permission: { gt: permission } }] } }),
    },
    orderBy: [{ principalId: 'asc' }, { permission: 'asc' }], take: limit + 1,
  })
  const page = toPage(stored, { limit, ...(after && { after }) }, fingerprint, (row) => [row.principalId, row.permission])
  return {
    ...page,
    rows: page.rows.map((row) => ({
      principalId: known(row.principalId), permission: known(row.permission), allowed: Number(row.allowed), denied: Number(row.denied),
      lastAllowedAt: row.lastAllowedAt?.toISOString() ?? null, lastDeniedAt: row.lastDeniedAt?.toISOString() ?? null,
    })),
  }
}

const HOUR_MS = 3600_000
const LONGEST_HOURS = 24

/** @throws AppError `invalid-input` for a range that is none, or longer than a day */
function rangeOf({ from, to }: CountFilter, now: Date): { gte: Date; lt: Date } {
  const lt = to === undefined ? now : new Date(to)
  const gte = from === undefined ? new Date(lt.getTime() - HOUR_MS) : new Date(from)
  if (gte < lt && lt.getTime() - gte.getTime() <= LONGEST_HOURS * HOUR_MS) return { gte, lt }
  throw new AppError('invalid-input', 'the range is not one that is counted', {
    fields: [{ path: 'from', message: `give a range of at most ${LONGEST_HOURS} hours, its beginning before its end` }],
  })
}

/** Decisions of each minute in which there were any, oldest first. @throws AppError `forbidden`, `invalid-input` */
export async function countByMinute(ctx: Ctx<'audit:read'>, filter: CountFilter): Promise<{ minute: string; allowed: number; denied: number }[]> {
  requireWhole(ctx)
  const rows = await ctx.tx.decisionCount.groupBy({
    by: ['minute'], where: { organizationId: ctx.orgId, ...askedFor(filter), minute: rangeOf(filter, ctx.now) }, _sum: { allowed: true, denied: true }, orderBy: { minute: 'asc' },
  })
  return rows.map(({ minute, _sum }) => ({ minute: minute.toISOString(), allowed: _sum.allowed ?? 0, denied: _sum.denied ?? 0 }))
}
