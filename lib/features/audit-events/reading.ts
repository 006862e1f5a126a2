import type { Ctx } from '@/lib/access/context'
import type { Actor } from '@/lib/access/principals/actor'
import { auditActorOf, writeAudit } from '@/lib/boundary/audit'
import { parseInput, perform, read } from '@/lib/boundary/perform'
import { db, transaction } from '@/lib/db'
import { firstIdAt } from '@/lib/ids'
import { processWide } from '@/lib/process-state'
import { EXPORT_TYPES, exportEvents } from './export'
import { exportAuditLog, verifyAuditLog } from './operations'
import type { Verification } from './problems'
import { VerifyOptionsInput } from './schema'
import { sealPending } from './sealing'
import { findAnchor, verifyChain } from './verification'

const HOUR_MS = 3600_000
const REMEMBERED_MAX = 10_000

/** Who was recorded lately by this process, so that most readings cost no query. */
const recorded = () => processWide('audit-readings', () => new Map<string, number>())

/**
 * Puts into the log that somebody reads it: once an hour a person or key, so that reading does not
 * fill what is read. Call it wherever events are shown.
 */
export async function recordReading(ctx: Ctx<'audit:read'>): Promise<void> {
  const actor = auditActorOf(ctx)
  const [key, at, known] = [`${ctx.orgId} ${actor.type} ${actor.id}`, ctx.now.getTime(), recorded()]
  if (at - (known.get(key) ?? 0) < HOUR_MS) return
  const since = firstIdAt('event', new Date(at - HOUR_MS))
  await transaction(async (tx) => {
    // Two pages opened at once wait for each other here, and the second finds what the first wrote.
    await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`audit-read:${key}`}, 0))`
    const earlier = await tx.auditEvent.findFirst({
      where: { organizationId: ctx.orgId, event: 'audit.read', outcome: 'success', actorType: actor.type, actorId: actor.id, id: { gte: since } }, select: { id: true },
    })
    if (earlier) return
    const targets = [{ type: 'organization', id: ctx.orgId, name: ctx.organization.name }]
    await writeAudit(tx, [{ organizationId: ctx.orgId, event: 'audit.read', outcome: 'success', actor, targets }])
  })
  if (known.size >= REMEMBERED_MAX) known.clear()
  known.set(key, at)
}

export type AuditExport = { filename: string; contentType: string; pieces: AsyncGenerator<string> }

/**
 * Begins an export: checks the permission, puts it into the log, and hands back the pieces to stream.
 * Where the asker may read only part of the log, the export holds that part.
 *
 * @param query `format` and filters as they came from outside, see `ExportInput`
 * @throws AppError
 */
export async function beginExport(actor: Actor, org: string, query: Readonly<Record<string, unknown>>): Promise<AuditExport> {
  const scope = await read(actor, org, null, async ({ rights, orgId }) => {
    const roots = rights.roots('audit:read')
    return roots.includes(orgId) ? undefined : roots[0]
  })
  const { organization, format, filters } = await perform(exportAuditLog, actor, org, { ...query, ...(scope !== undefined && { scope }) })
  const pieces = await read(actor, org, 'audit:read', async (ctx) => exportEvents(ctx, filters, format))
  const day = new Date().toISOString().slice(0, 10)
  return { filename: `${organization}-audit-${day}.${format}`, contentType: EXPORT_TYPES[format], pieces }
}

export type VerificationReport = Verification & { verifiedAt: string; tookMs: number; anchor: { count: number; head: string } | null }

/**
 * Seals what waits, checks the whole chain, and puts the result into the log. Works on the pool, not
 * in a transaction: a long log takes longer than one may.
 *
 * @param options as they came from outside: `kept`, a copy of the anchor to compare with
 * @throws AppError
 */
export async function verifyAudit(actor: Actor, org: string, options: unknown = {}, onProgress?: (checked: number, total: number) => void): Promise<VerificationReport> {
  await perform(verifyAuditLog, actor, org, {})
  const { kept } = parseInput(VerifyOptionsInput, options)
  const begun = performance.now()
  const report = await read(actor, org, 'audit:read', async ({ orgId }): Promise<VerificationReport> => {
    await sealPending(orgId)
    const found = await verifyChain(db(), orgId, { ...(kept && { kept }), ...(onProgress && { onProgress }) })
    const anchor = await findAnchor(db(), orgId)
    return { ...found, verifiedAt: new Date().toISOString(), tookMs: Math.round(performance.now() - begun), anchor: anchor && { count: anchor.count, head: anchor.head } }
  })
  const { count = 0, head = '' } = report.state === 'intact' ? report : (report.anchor ?? {})
  await perform(verifyAuditLog, actor, org, { result: { state: report.state, count, head, problems: report.state === 'broken' ? report.total : 0 } })
  return report
}

/** The anchor to keep outside: once the events that wait are sealed. Null when it is gone, which verification tells. */
export async function readAnchor(ctx: Ctx<'audit:read'>): Promise<{ organization: string; count: number; head: string; updatedAt: string } | null> {
  const anchor = await findAnchor(ctx.tx, ctx.orgId)
  return anchor && { organization: ctx.orgId, count: anchor.count, head: anchor.head, updatedAt: anchor.updatedAt.toISOString() }
}
