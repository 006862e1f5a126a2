import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'
import { firstIdAt } from '@/lib/ids'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Page, type PageRequest } from '@/lib/pagination'
import { conditionsOf } from './list-sql'
import { EVENT_COLUMNS, type EventRow } from './rows'
import { bucketsOf, timeOfId, type Bucket, type RangeKey } from './rules'
import type { AuditFilters, AuditPage, AuditEventView } from './schema'
import { viewOf } from './view'

const { sql, empty } = Prisma

/** Every filter set aside. */
export const NO_FILTERS: AuditFilters = { event: [], outcome: [] }

/**
 * Ties cursors to filters. A span that moves on with the clock counts by its name, so that the next
 * page of "last 48 hours" is still of the same list a minute later.
 */
const fingerprintOf = ({ from, to, ...rest }: AuditFilters, range: RangeKey | null): string =>
  listFingerprint(['audit-events', range ?? [from, to], Object.entries(rest).sort()])

/** A page asked for from outside. @throws AppError `invalid-input` for a cursor of other filters */
function requestOf({ limit, after, before, last }: AuditPage, fingerprint: string): PageRequest {
  if (after !== undefined) return { limit, after: decodeCursor(after, fingerprint, 'cursor') }
  if (before !== undefined) return { limit, before: decodeCursor(before, fingerprint, 'cursor') }
  return { limit, ...(last && { last }) }
}

/**
 * Events, newest first. Ids are time-ordered and unique, so a page boundary never skips or repeats a
 * row, and no page costs more than the first.
 *
 * @param range name of the span when it moves with the clock, see `fingerprintOf`
 */
export async function listEvents(ctx: Ctx<'audit:read'>, filters: AuditFilters, page: AuditPage, range: RangeKey | null = null): Promise<Page<AuditEventView>> {
  const fingerprint = fingerprintOf(filters, range)
  const request = requestOf(page, fingerprint)
  const [boundary] = request.after ?? request.before ?? []
  const backwards = request.before !== undefined || request.last === true
  const beyond = boundary === undefined ? empty : backwards ? sql` AND e."id" > ${boundary}` : sql` AND e."id" < ${boundary}`
  const rows = await ctx.tx.$queryRaw<EventRow[]>`
    SELECT ${EVENT_COLUMNS} FROM "AuditEvent" e WHERE ${await conditionsOf(ctx, filters)}${beyond}
    ORDER BY e."id" ${backwards ? sql`ASC` : sql`DESC`} LIMIT ${request.limit + 1}`
  return toPage(rows.map(viewOf), request, fingerprint, (row) => [row.id])
}

/** One event, or null when there is none that may be seen. */
export async function findEvent(ctx: Ctx<'audit:read'>, id: string): Promise<AuditEventView | null> {
  const [row] = await ctx.tx.$queryRaw<EventRow[]>`
    SELECT ${EVENT_COLUMNS} FROM "AuditEvent" e WHERE ${await conditionsOf(ctx, NO_FILTERS)} AND e."id" = ${id}`
  return row ? viewOf(row) : null
}

/** An event's number in the chain, or null while it waits for its seal. */
export async function findSequence(ctx: Ctx<'audit:read'>, id: string): Promise<string | null> {
  const seal = await ctx.tx.auditSeal.findFirst({ where: { organizationId: ctx.orgId, eventId: id }, select: { sequence: true } })
  return seal ? String(seal.sequence) : null
}

/**
 * How many events there were over time. Of each bar at most a thousand are counted, so that it costs
 * the same for any log; beyond that the rest is estimated from how fast the thousand came.
 */
export async function histogram(ctx: Ctx<'audit:read'>, filters: AuditFilters & { from: Date; to: Date }): Promise<Bucket[]> {
  const buckets = bucketsOf(filters.from.getTime(), filters.to.getTime())
  const [lows, highs] = (['from', 'to'] as const).map((end) => buckets.map((bucket) => firstIdAt('event', new Date(bucket[end]))))
  const rows = await ctx.tx.$queryRaw<{ count: number; last: string | null }[]>`
    SELECT c."count", c."last" FROM unnest(${lows}::text[], ${highs}::text[]) WITH ORDINALITY AS b("low", "high", "place")
    CROSS JOIN LATERAL (SELECT count(*)::int AS "count", max(x."id") AS "last" FROM (
      SELECT e."id" FROM "AuditEvent" e WHERE ${await conditionsOf(ctx, filters)} AND e."id" >= b."low" AND e."id" < b."high"
      ORDER BY e."id" LIMIT ${COUNT_MAX}) x) c ORDER BY b."place"`
  return buckets.map((bucket, index) => {
    const { count, last } = rows[index] ?? { count: 0, last: null }
    if (count < COUNT_MAX || last === null) return { ...bucket, count, exact: true }
    const share = Math.max(timeOfId(last) - bucket.from, 1) / (bucket.to - bucket.from)
    return { ...bucket, count: Math.max(COUNT_MAX, Math.round(COUNT_MAX / Math.min(share, 1))), exact: false }
  })
}

/** Values seen lately, the most frequent first, to choose a filter from. */
export type Suggestion = { value: string; label: string; detail: string }

const LOOKED_AT = 1000
const SUGGESTED = 20

/** Who acted and from where in the newest thousand events of a span. */
export async function suggestionsOf(ctx: Ctx<'audit:read'>, span: { from: Date; to: Date }): Promise<{ actors: Suggestion[]; addresses: Suggestion[] }> {
  const where = await conditionsOf(ctx, { ...NO_FILTERS, ...span })
  const rows = await ctx.tx.$queryRaw<{ actorType: string; actorId: string; actorName: string; address: string }[]>`
    SELECT e."actorType", e."actorId", e."actorName", e."address" FROM "AuditEvent" e WHERE ${where} ORDER BY e."id" DESC LIMIT ${LOOKED_AT}`
  // A person is an account when signing in and a user afterwards: their address stands for both.
  const actors = rows.map(({ actorId, actorName }) => (actorName.includes('@') ? actorName : actorId))
  const names = new Map(rows.map(({ actorId, actorName }) => [actorId, actorName]))
  return { actors: mostFrequent(actors, (value) => names.get(value) ?? value), addresses: mostFrequent(rows.map(({ address }) => address), (value) => value) }
}

function mostFrequent(values: readonly string[], labelOf: (value: string) => string): Suggestion[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, SUGGESTED)
    .map(([value, count]) => ({ value, label: labelOf(value), detail: count === 1 ? '1 event' : `${count} events` }))
}

/** The name an actor or target has had most recently, for a filter that holds its id. */
export async function nameOf(ctx: Ctx<'audit:read'>, kind: 'actor' | 'target', id: string): Promise<string | null> {
  const page = { limit: 1, last: false }
  const { rows } = await listEvents(ctx, { ...NO_FILTERS, [kind]: id }, page)
  const [event] = rows
  return kind === 'actor' ? (event?.actor.name ?? null) : (event?.targets.find((target) => target.id === id)?.name ?? null)
}
