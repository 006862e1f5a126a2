import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'
import { firstIdAt } from '@/lib/ids'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Page, type PageRequest } from '@/lib/pagination'
import { conditionsOf } from './list-sql'
import { SEALED_COLUMNS, SEALED_EVENTS, type SealedRow } from './rows'
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
  const rows = await ctx.tx.$queryRaw<SealedRow[]>`
    SELECT ${SEALED_COLUMNS} FROM ${SEALED_EVENTS} WHERE ${await conditionsOf(ctx, filters)}${beyond}
    ORDER BY e."id" ${backwards ? sql`ASC` : sql`DESC`} LIMIT ${request.limit + 1}`
  return toPage(rows.map(viewOf), request, fingerprint, (row) => [row.id])
}

/** One event, or null when there is none that may be seen. */
export async function findEvent(ctx: Ctx<'audit:read'>, id: string): Promise<AuditEventView | null> {
  const [row] = await ctx.tx.$queryRaw<SealedRow[]>`
    SELECT ${SEALED_COLUMNS} FROM ${SEALED_EVENTS} WHERE ${await conditionsOf(ctx, NO_FILTERS)} AND e."id" = ${id}`
  return row ? viewOf(row) : null
}

/** Matches of a target or search that are looked at one by one, at most. */
const FEW = 5000

/**
 * All matches of a filter when they are few, else null. A target or a search is found through an index
 * that knows no order, so asking it once and not for each bar is what keeps a histogram cheap.
 */
async function fewTimes(ctx: Ctx<'audit:read'>, { from: _from, to: _to, ...filters }: AuditFilters): Promise<number[] | null> {
  if (filters.target === undefined && filters.q === undefined) return null
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`SELECT e."id" FROM "AuditEvent" e WHERE ${await conditionsOf(ctx, filters)} LIMIT ${FEW + 1}`
  return rows.length > FEW ? null : rows.map((row) => timeOfId(row.id)).sort((a, b) => a - b)
}

type Bar = { place: number; count: number; last: string | null }

/** A filter of several values as one for each: an index has each value's events in order, not those of several. */
function alternatives({ event, outcome, ...rest }: AuditFilters): { filters: AuditFilters; column: Prisma.Sql; values: string[] } | null {
  if (event.length > 1) return { filters: { ...rest, outcome, event: [] }, column: sql`e."event"`, values: event }
  if (outcome.length > 1) return { filters: { ...rest, event, outcome: [] }, column: sql`e."outcome"`, values: outcome }
  return null
}

/** Counts up to `most` in each bar, by walking an index from the bar's beginning; for several values, of each its share. */
async function countBars(ctx: Ctx<'audit:read'>, filters: AuditFilters, bounds: readonly { from: number; to: number }[], most: number): Promise<Bar[]> {
  const [lows, highs] = (['from', 'to'] as const).map((end) => bounds.map((each) => firstIdAt('event', new Date(each[end]))))
  const several = alternatives(filters)
  const where = await conditionsOf(ctx, several?.filters ?? filters)
  return ctx.tx.$queryRaw<Bar[]>`
    SELECT (b."place" - 1)::int AS "place", c."count", c."last" FROM unnest(${lows}::text[], ${highs}::text[]) WITH ORDINALITY AS b("low", "high", "place")
    CROSS JOIN unnest(${several?.values ?? ['']}::text[]) AS v("value")
    CROSS JOIN LATERAL (SELECT count(*)::int AS "count", max(x."id") AS "last" FROM (
      SELECT e."id" FROM "AuditEvent" e WHERE ${where} AND e."id" >= b."low" AND e."id" < b."high"${several ? sql` AND ${several.column} = v."value"` : empty}
      ORDER BY e."id" LIMIT ${most}) x) c`
}

/** What a bar that was counted up to `most` holds in all, judged by how fast those came. */
function estimate({ count, last }: Bar, { from, to }: { from: number; to: number }, most: number): { count: number; exact: boolean } {
  if (count < most || last === null) return { count, exact: true }
  const share = Math.min(Math.max(timeOfId(last) - from, 1) / (to - from), 1)
  return { count: Math.round(most / share), exact: false }
}

/**
 * How many events there were over time. Of each bar at most a thousand are counted, so that it costs
 * the same for any log; beyond that the rest is estimated from how fast the thousand came.
 */
export async function histogram(ctx: Ctx<'audit:read'>, filters: AuditFilters & { from: Date; to: Date }): Promise<Bucket[]> {
  const bounds = bucketsOf(filters.from.getTime(), filters.to.getTime())
  const few = await fewTimes(ctx, filters)
  if (few) return bounds.map((each) => ({ ...each, count: few.filter((at) => at >= each.from && at < each.to).length, exact: true }))
  const most = Math.ceil(COUNT_MAX / Math.max(filters.event.length, filters.outcome.length, 1))
  const bars = await countBars(ctx, filters, bounds, most)
  return bounds.map((each, index) => {
    const parts = bars.filter((bar) => bar.place === index).map((bar) => estimate(bar, each, most))
    return { ...each, count: parts.reduce((sum, part) => sum + part.count, 0), exact: parts.every((part) => part.exact) }
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
