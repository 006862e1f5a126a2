import { readAddress } from '@/lib/access/addresses/address'
import { rangesAround } from '@/lib/access/addresses/range'
import type { Ctx } from '@/lib/access/context'
import { modeOf, type Surface } from '@/lib/access/allowlist/surfaces'
import { CONFIRM_MS, hasLapsed, NO_ALLOWLIST, type Settings } from '@/lib/access/allowlist/waiting'
import { surfaceOf } from '@/lib/access/gate'
import { writeAudit, SYSTEM_ACTOR } from '@/lib/boundary/audit'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** The settings as stored. */
export async function findSettings(tx: Tx, organizationId: string): Promise<Settings> {
  const row = await tx.allowlist.findUnique({ where: { organizationId } })
  if (!row) return NO_ALLOWLIST
  const { mode, coversData, revertAt, revertMode, revertCoversData } = row
  return { mode: modeOf(mode), coversData, waiting: revertAt && revertMode !== null ? { revertAt: revertAt.getTime(), mode: modeOf(revertMode), coversData: revertCoversData ?? false } : null }
}

async function writeSettings({ tx, orgId, now, principal, membership }: Pick<Ctx, 'tx' | 'orgId' | 'now' | 'principal' | 'membership'>, { mode, coversData, waiting }: Settings): Promise<void> {
  const data = {
    mode, coversData, revertAt: waiting && new Date(waiting.revertAt), revertMode: waiting?.mode ?? null, revertCoversData: waiting?.coversData ?? null,
    updatedAt: now, updatedByName: membership?.email ?? principal.name,
  }
  await tx.allowlist.upsert({ where: { organizationId: orgId }, create: { organizationId: orgId, ...data }, update: data })
}

/** Makes what a waiting change did to entries so for good. */
async function keepEntries(tx: Tx, organizationId: string): Promise<void> {
  await tx.allowlistEntry.deleteMany({ where: { organizationId, pending: 'removed' } })
  await tx.$executeRaw`UPDATE "AllowlistEntry" SET "pending" = NULL, "previous" = NULL WHERE "organizationId" = ${organizationId} AND "pending" IS NOT NULL`
}

/** Takes back what a waiting change did to entries. */
async function restoreEntries(tx: Tx, organizationId: string): Promise<void> {
  await tx.allowlistEntry.deleteMany({ where: { organizationId, pending: 'added' } })
  await tx.$executeRaw`
    UPDATE "AllowlistEntry" SET "pending" = NULL, "previous" = NULL,
      "surfaces" = CASE WHEN "previous" IS NULL THEN "surfaces" ELSE ARRAY(SELECT jsonb_array_elements_text("previous"->'surfaces')) END,
      "description" = coalesce("previous"->>'description', "description"),
      "expiresAt" = CASE WHEN "previous" IS NULL THEN "expiresAt" ELSE ("previous"->>'expiresAt')::timestamptz END
    WHERE "organizationId" = ${organizationId} AND "pending" IS NOT NULL`
}

const AFTER = (settings: Settings): Settings => (settings.waiting ? { mode: settings.waiting.mode, coversData: settings.waiting.coversData, waiting: null } : settings)

/** Writes down that a change nobody confirmed in time was taken back: it counted as that since. */
export async function settleLapsed(tx: Tx, organizationId: string, now: Date): Promise<Settings> {
  const settings = await findSettings(tx, organizationId)
  if (!hasLapsed(settings, now.getTime())) return settings
  const after = AFTER(settings)
  await restoreEntries(tx, organizationId)
  await tx.allowlist.update({ where: { organizationId }, data: { mode: after.mode, coversData: after.coversData, revertAt: null, revertMode: null, revertCoversData: null } })
  await writeAudit(tx, [{ organizationId, event: 'allowlist.lapse', outcome: 'success', actor: SYSTEM_ACTOR, targets: [], before: { mode: settings.mode }, after: { mode: after.mode } }])
  return after
}

/** The settings, held until the transaction ends, with what lapsed taken back. */
export async function holdSettings({ tx, orgId, now }: Ctx): Promise<Settings> {
  await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${orgId} FOR NO KEY UPDATE`
  return settleLapsed(tx, orgId, now)
}

/** Whether an address is on the list as the transaction has it now: by any of the ranges that hold it. */
async function isListed({ tx, orgId, now }: Ctx, surface: Surface, text: string): Promise<boolean> {
  const address = readAddress(text)
  if (address === null) return false
  const [row] = await tx.$queryRaw<{ listed: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "AllowlistEntry" WHERE "organizationId" = ${orgId} AND "cidr" = ANY(${rangesAround(address)}) AND ${surface} = ANY("surfaces")
      AND ("expiresAt" IS NULL OR "expiresAt" > ${now}) AND "pending" IS DISTINCT FROM 'removed') AS listed`
  return row?.listed ?? false
}

/** How rows are marked that a change touches: not at all, unless it waits to be confirmed. */
export type Marking = { waits: boolean }

export type Change = {
  /** The mode from now on; left out, it stays. */
  mode?: Settings['mode'] | undefined
  /** Whether data is covered from now on, given whether it was. */
  coversData: (before: boolean) => boolean
  confirmLockout: boolean | undefined
  /** Touches the entries, marking them as told. */
  write: (marking: Marking) => Promise<void>
}

/**
 * Makes a change and sees that nobody locks themselves out: one that leaves the caller's own address unlisted is refused
 * unless confirmed in words; then, and whenever the list begins to be enforced, it waits to be confirmed from a listed
 * address. What is changed while something waits, waits with it.
 *
 * @throws AppError `allowlist-lockout`
 */
export async function changeAllowlist(ctx: Ctx, { mode: wanted, coversData, confirmLockout, write }: Change): Promise<{ before: Settings; after: Settings }> {
  const before = await holdSettings(ctx)
  const mode = wanted ?? before.mode
  // Rows are marked beforehand wherever the change could come to wait: the marks go again when it does not.
  const waits = mode === 'enforced'
  await write({ waits })
  const covered = coversData(before.coversData)
  if (mode !== 'enforced') {
    // What no longer refuses anybody needs no confirmation; what waited is kept.
    await keepEntries(ctx.tx, ctx.orgId)
    const after = { mode, coversData: covered, waiting: null }
    await writeSettings(ctx, after)
    return { before, after }
  }
  const isOut = ctx.actor.type !== 'command' && !(await isListed(ctx, surfaceOf(ctx.request), ctx.request.address))
  if (isOut && confirmLockout !== true) {
    throw new AppError('allowlist-lockout', `your own address \`${ctx.request.address || 'unknown'}\` would no longer be listed; add it first, or say that you mean it (over the API with \`confirmLockout\`)`)
  }
  const begins = before.mode !== 'enforced'
  if (!isOut && !begins && before.waiting === null) await keepEntries(ctx.tx, ctx.orgId)
  const base = before.waiting ?? { mode: before.mode, coversData: before.coversData }
  const waiting = isOut || begins ? { revertAt: ctx.now.getTime() + CONFIRM_MS, mode: base.mode, coversData: base.coversData } : before.waiting
  const after: Settings = { mode, coversData: covered, waiting }
  await writeSettings(ctx, after)
  return { before, after }
}

/** Ends the waiting. @throws AppError `conflict` when nothing waits, or what did has lapsed */
export async function endWaiting(ctx: Ctx, how: 'keep' | 'restore'): Promise<{ before: Settings; after: Settings }> {
  const before = await holdSettings(ctx)
  if (before.waiting === null) throw new AppError('conflict', 'no change of the IP allowlist waits to be confirmed; one that nobody confirmed in time was taken back')
  const after: Settings = how === 'keep' ? { ...before, waiting: null } : AFTER(before)
  await (how === 'keep' ? keepEntries(ctx.tx, ctx.orgId) : restoreEntries(ctx.tx, ctx.orgId))
  await writeSettings(ctx, after)
  return { before, after }
}

/** Switches the list off at once, keeping its entries as they are: for whoever has a shell on the server. */
export async function switchOff(ctx: Ctx): Promise<{ before: Settings; after: Settings }> {
  const before = await holdSettings(ctx)
  const after: Settings = { mode: 'off', coversData: before.coversData, waiting: null }
  await keepEntries(ctx.tx, ctx.orgId)
  await writeSettings(ctx, after)
  return { before, after }
}

