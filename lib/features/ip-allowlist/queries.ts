import type { Ctx } from '@/lib/access/context'
import { SURFACES, type Surface } from '@/lib/access/allowlist/surfaces'
import { hasLapsed, inForce } from '@/lib/access/allowlist/waiting'
import { readAddress, writeAddress } from '@/lib/access/addresses/address'
import { rangesAround } from '@/lib/access/addresses/range'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { findCovering } from './covered'
import type { EntryRow, WaitingStatus } from './range-words'
import { surfacesOf, type AllowlistState } from './rules'
import { findSettings } from './state'

type R = Ctx<'allowlist:read'>

/** What is in force now, and how much of a list there is. */
export async function findAllowlist({ tx, orgId, now }: Ctx): Promise<AllowlistState> {
  const settings = await findSettings(tx, orgId)
  const lapsed = hasLapsed(settings, now.getTime())
  const [row, [counts]] = await Promise.all([
    tx.allowlist.findUnique({ where: { organizationId: orgId }, select: { updatedAt: true, updatedByName: true } }),
    tx.$queryRaw<{ entries: number; waiting: number; open: number; last: Date | null }[]>`
      SELECT count(*) FILTER (WHERE "pending" IS DISTINCT FROM ${lapsed ? 'added' : 'removed'})::int AS entries, count("pending")::int AS waiting,
        count(*) FILTER (WHERE "expiresAt" IS NULL AND "pending" IS DISTINCT FROM ${lapsed ? 'added' : 'removed'})::int AS open, max("expiresAt") AS last
      FROM "AllowlistEntry" WHERE "organizationId" = ${orgId}`,
  ])
  const waiting = lapsed ? null : settings.waiting
  return {
    mode: inForce(settings, now.getTime()).mode, revertAt: waiting && new Date(waiting.revertAt).toISOString(), revertMode: waiting?.mode ?? null,
    entryCount: counts?.entries ?? 0, waitingCount: lapsed ? 0 : (counts?.waiting ?? 0), emptyAt: (counts?.open ?? 0) > 0 ? null : (counts?.last?.toISOString() ?? null),
    updatedAt: row?.updatedAt.toISOString() ?? null, updatedBy: row?.updatedByName ?? '',
  }
}

type Record = { id: string; cidr: string; description: string; surfaces: string[]; expiresAt: Date | null; pending: string | null; previous: { surfaces: string[]; expiresAt: string | null; description: string } | null; createdByName: string; createdAt: Date }

const WAITING: readonly WaitingStatus[] = ['added', 'changed', 'removed']

const rowOf = (record: Record, lapsed: boolean, coveredBy: string | null): EntryRow => {
  const { id, cidr, createdByName, createdAt, pending } = record
  const terms = lapsed && record.previous ? { ...record.previous, expiresAt: record.previous.expiresAt } : { ...record, expiresAt: record.expiresAt?.toISOString() ?? null }
  return {
    id, cidr, description: terms.description, surfaces: surfacesOf(terms.surfaces), expiresAt: terms.expiresAt, coveredBy, createdBy: createdByName, createdAt: createdAt.toISOString(),
    waiting: lapsed ? null : (WAITING.find((each) => each === pending) ?? null),
  }
}

/** Entries as the database has them, with a wider one that makes each needless. */
async function select(ctx: Ctx, where: Prisma.Sql, rest: Prisma.Sql): Promise<EntryRow[]> {
  const settings = await findSettings(ctx.tx, ctx.orgId)
  const lapsed = hasLapsed(settings, ctx.now.getTime())
  const records = await ctx.tx.$queryRaw<Record[]>`
    SELECT e."id", e."cidr", e."description", e."surfaces", e."expiresAt", e."pending", e."previous", e."createdByName", e."createdAt"
    FROM "AllowlistEntry" e WHERE e."organizationId" = ${ctx.orgId} AND (${lapsed} = false OR e."pending" IS DISTINCT FROM 'added') AND ${where} ${rest}`
  const covering = await findCovering(ctx, records)
  return records.map((record) => rowOf(record, lapsed, covering.get(record.id) ?? null))
}

export type EntryFilter = { q: string; surface?: Surface | undefined; limit: number; after?: string | undefined; before?: string | undefined; last?: boolean | undefined }
export type EntryPage = Page<EntryRow> & { count: number; isCountExact: boolean }

/** Entries, newest first. What is searched for is part of the range or the description, or an address that an entry covers. */
export async function listEntries(ctx: R, { q, surface, limit, after: afterText, before: beforeText, last }: EntryFilter): Promise<EntryPage> {
  const fingerprint = listFingerprint(['ip-allowlist', ctx.orgId, q, surface])
  const after = afterText === undefined ? undefined : decodeCursor(afterText, fingerprint)
  const before = beforeText === undefined ? undefined : decodeCursor(beforeText, fingerprint)
  const address = readAddress(q)
  const like = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const matches = Prisma.sql`(${surface ?? null}::text IS NULL OR ${surface ?? null}::text = ANY(e."surfaces")) AND (${q} = '' OR e."cidr" ILIKE ${like} OR e."description" ILIKE ${like}
    OR e."cidr" = ANY(${address === null ? [] : rangesAround(address)}))`
  const isBackwards = before !== undefined || last === true
  const bound = after ? Prisma.sql`AND e."id" < ${after[0] ?? ''}` : before ? Prisma.sql`AND e."id" > ${before[0] ?? ''}` : Prisma.empty
  const [counted] = await ctx.tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (SELECT 1 FROM "AllowlistEntry" e WHERE e."organizationId" = ${ctx.orgId} AND ${matches} LIMIT ${COUNT_MAX + 1}) found`
  const rows = await select(ctx, Prisma.sql`${matches} ${bound}`, Prisma.sql`ORDER BY e."id" ${isBackwards ? Prisma.sql`ASC` : Prisma.sql`DESC`} LIMIT ${limit + 1}`)
  const count = counted?.count ?? 0
  const page = toPage(rows, { limit, ...(after && { after }), ...(before && { before }), ...(last && { last }) }, fingerprint, ({ id }) => [id])
  return { ...page, count: Math.min(count, COUNT_MAX), isCountExact: count <= COUNT_MAX }
}

/** All entries up to a number, oldest first: for the whole list in one answer, and for export. */
export const allEntries = (ctx: Ctx, limit: number): Promise<EntryRow[]> => select(ctx, Prisma.sql`(e."pending" IS DISTINCT FROM 'removed' OR EXISTS (SELECT 1 FROM "Allowlist" a WHERE a."organizationId" = e."organizationId" AND a."revertAt" <= ${ctx.now}))`, Prisma.sql`ORDER BY e."id" LIMIT ${limit}`)

/** One entry. @throws AppError `not-found` */
export async function findEntry(ctx: Ctx, id: string): Promise<EntryRow> {
  const [row] = await select(ctx, Prisma.sql`e."id" = ${id}`, Prisma.empty)
  if (!row) throw new AppError('not-found', `no entry \`${id}\` on the IP allowlist`)
  return row
}

export type Checked = { address: string; allowed: boolean; entry: EntryRow | null; surfaces: { console: boolean; api: boolean; data: boolean } }

/** Whether an address is listed, and by which entry: the narrowest. The mode does not matter. @throws AppError `invalid-input` */
export async function checkAddress(ctx: R, { address: text }: { address: string }): Promise<Checked> {
  const words = readAddress(text)
  if (words === null) throw new AppError('invalid-input', '`address`: this is not an address', { fields: [{ path: 'address', message: 'This is not an address' }] })
  const address = writeAddress(words)
  const { allowlist } = await indexStore().atLeast(ctx.orgId, 0)
  const found = SURFACES.map((surface) => ({ surface, entry: allowlist.find(surface, address, ctx.now.getTime()) }))
  const entry = found.find((each) => each.entry !== null)?.entry ?? null
  const has = (surface: Surface): boolean => found.some((each) => each.surface === surface && each.entry !== null)
  return { address, allowed: entry !== null, entry: entry && (await findEntry(ctx, entry.id)), surfaces: { console: has('console'), api: has('api'), data: has('data') } }
}
