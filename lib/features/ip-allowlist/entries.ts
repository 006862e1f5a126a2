import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { cidrOf } from './rules'
import { ENTRIES_MAX, type EntryInput } from './schema'
import type { Marking } from './state'

type W = Ctx<'allowlist:write'>

const makerOf = ({ principal, membership }: Ctx) => ({ id: principal.id, name: membership?.email ?? principal.name })

/** The same range twice in one list. @throws AppError `invalid-input` naming the second */
export function requireDistinct(entries: readonly EntryInput[]): void {
  const first = new Map<string, number>()
  entries.forEach(({ cidr }, index) => {
    const spelled = cidrOf(cidr)
    const before = first.get(spelled)
    const message = `${spelled} is in the list already, as entry ${(before ?? 0) + 1}`
    if (before !== undefined) throw new AppError('invalid-input', `\`entries.${index}.cidr\`: ${message}`, { fields: [{ path: `entries.${index}.cidr`, message }] })
    first.set(spelled, index)
  })
}

export async function countEntries({ tx, orgId }: Ctx): Promise<number> {
  return tx.allowlistEntry.count({ where: { organizationId: orgId, OR: [{ pending: null }, { pending: { not: 'removed' } }] } })
}

/**
 * Inserts entries in one statement. One that a waiting change removed comes back as a changed one.
 *
 * @returns the id of one of them, for whoever brought one
 * @throws AppError `already-exists` for a range that is there, `limit-reached`
 */
export async function insertEntries(ctx: W, entries: readonly EntryInput[], { waits }: Marking): Promise<string> {
  if ((await countEntries(ctx)) + entries.length > ENTRIES_MAX) throw new AppError('limit-reached', `an allowlist has at most ${ENTRIES_MAX.toLocaleString('en')} entries`)
  const maker = makerOf(ctx)
  const rows = entries.map(({ cidr, ...rest }) => ({ id: newId('allowlistEntry'), ...rest, cidr: cidrOf(cidr) }))
  const [written] = await ctx.tx.$queryRaw<{ count: number; id: string | null }[]>`
    WITH written AS (INSERT INTO "AllowlistEntry" AS e ("id", "organizationId", "cidr", "description", "surfaces", "expiresAt", "pending", "createdById", "createdByName", "createdAt")
    SELECT "id", ${ctx.orgId}, "cidr", "description", "surfaces", "expiresAt", ${waits ? 'added' : null}::text, ${maker.id}, ${maker.name}, ${ctx.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("id" text, "cidr" text, "description" text, "surfaces" text[], "expiresAt" timestamptz)
    ON CONFLICT ("organizationId", "cidr") DO UPDATE SET "pending" = 'changed',
      "previous" = jsonb_build_object('surfaces', to_jsonb(e."surfaces"), 'expiresAt', to_jsonb(e."expiresAt"), 'description', e."description"),
      "surfaces" = excluded."surfaces", "expiresAt" = excluded."expiresAt", "description" = excluded."description"
      WHERE e."pending" = 'removed'
    RETURNING "id")
    SELECT count(*)::int AS "count", min("id") AS "id" FROM written`
  if (written?.count === rows.length) return written.id ?? ''
  const message = rows.length === 1 ? `${rows[0]?.cidr ?? ''} is on the list already` : 'some of these are on the list already'
  throw new AppError('already-exists', message, { fields: [{ path: 'cidr', message }] })
}

/** Removes every entry; where that waits to be confirmed it is only marked. */
export async function clearEntries({ tx, orgId }: W, { waits }: Marking): Promise<void> {
  if (!waits) return void (await tx.allowlistEntry.deleteMany({ where: { organizationId: orgId } }))
  await tx.allowlistEntry.deleteMany({ where: { organizationId: orgId, pending: 'added' } })
  // What was changed while waiting goes back first, so that taking back leads to what was there before all of it.
  await tx.$executeRaw`
    UPDATE "AllowlistEntry" SET "pending" = 'removed', "previous" = NULL,
      "surfaces" = CASE WHEN "previous" IS NULL THEN "surfaces" ELSE ARRAY(SELECT jsonb_array_elements_text("previous"->'surfaces')) END,
      "description" = coalesce("previous"->>'description', "description"),
      "expiresAt" = CASE WHEN "previous" IS NULL THEN "expiresAt" ELSE ("previous"->>'expiresAt')::timestamptz END
    WHERE "organizationId" = ${orgId}`
}

export type StoredEntry = { id: string; cidr: string; description: string; surfaces: string[]; expiresAt: Date | null; pending: string | null }

/** An entry that is on the list. @throws AppError `not-found` */
export async function requireEntry({ tx, orgId }: Ctx, id: string): Promise<StoredEntry> {
  const row = await tx.allowlistEntry.findUnique({
    where: { organizationId_id: { organizationId: orgId, id } }, select: { id: true, cidr: true, description: true, surfaces: true, expiresAt: true, pending: true },
  })
  if (!row || row.pending === 'removed') throw new AppError('not-found', `no entry \`${id}\` on the IP allowlist`)
  return row
}

export async function removeEntry({ tx, orgId }: W, { id, pending }: StoredEntry, { waits }: Marking): Promise<void> {
  if (!waits || pending === 'added') return void (await tx.allowlistEntry.deleteMany({ where: { organizationId: orgId, id } }))
  await tx.$executeRaw`
    UPDATE "AllowlistEntry" SET "pending" = 'removed', "previous" = NULL,
      "surfaces" = CASE WHEN "previous" IS NULL THEN "surfaces" ELSE ARRAY(SELECT jsonb_array_elements_text("previous"->'surfaces')) END,
      "description" = coalesce("previous"->>'description', "description"),
      "expiresAt" = CASE WHEN "previous" IS NULL THEN "expiresAt" ELSE ("previous"->>'expiresAt')::timestamptz END
    WHERE "organizationId" = ${orgId} AND "id" = ${id}`
}

export async function changeEntry({ tx, orgId }: W, before: StoredEntry, after: Pick<StoredEntry, 'description' | 'surfaces' | 'expiresAt'>, { waits }: Marking): Promise<void> {
  const previous = { surfaces: before.surfaces, expiresAt: before.expiresAt?.toISOString() ?? null, description: before.description }
  const marks = waits && before.pending === null ? { pending: 'changed', previous } : {}
  await tx.allowlistEntry.update({ where: { organizationId_id: { organizationId: orgId, id: before.id } }, data: { ...after, ...marks } })
}
