import type { Ctx } from '@/lib/access/context'
import { isAppError } from '@/lib/errors'
import { COUNT_MAX, type Page } from '@/lib/pagination'
import { PAGE_SIZES, pageRequestOf, type AuditPageRequest } from './page-request'
import { openedOf, rowOf, type OpenedEvent } from './page-rows'
import { findEvent, histogram, listEvents, nameOf, suggestionsOf } from './queries'
import { readAnchor, recordReading } from './reading'
import { bucketsOf, type Bucket } from './rules'
import type { AuditEventView } from './schema'
import { eventChoices } from './sentences'

const NOTHING: Page<AuditEventView> = { rows: [], nextCursor: null, previousCursor: null }

/** The page's events; a cursor of other filters begins the list anew. */
async function eventsOf(ctx: Ctx<'audit:read'>, { filters, page, span, problems }: AuditPageRequest): Promise<Page<AuditEventView>> {
  if (problems.length > 0) return NOTHING
  try {
    return await listEvents(ctx, filters, page, span.range)
  } catch (error) {
    if (!isAppError(error) || error.code !== 'invalid-input') throw error
    return listEvents(ctx, filters, { limit: page.limit, last: false }, span.range)
  }
}

const barsOf = async (ctx: Ctx<'audit:read'>, { filters, problems }: AuditPageRequest): Promise<Bucket[]> =>
  problems.length > 0
    ? bucketsOf(filters.from.getTime(), filters.to.getTime()).map((bucket) => ({ ...bucket, count: 0, exact: true }))
    : histogram(ctx, filters)

async function openedEvent(ctx: Ctx<'audit:read'>, id: string | null): Promise<OpenedEvent | null> {
  if (id === null) return null
  const event = await findEvent(ctx, id)
  return event && openedOf(event)
}

function countLabelOf(buckets: readonly Bucket[]): string {
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0)
  return count > COUNT_MAX ? `${COUNT_MAX.toLocaleString('en')}+ events` : `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`
}

/** What one can filter by, with what was seen lately to choose from. */
async function filtersOf(ctx: Ctx<'audit:read'>, { filters: { actor, target }, span }: AuditPageRequest) {
  const [{ actors, addresses }, actorName, targetName] = await Promise.all([
    suggestionsOf(ctx, span),
    actor !== undefined && !actor.includes('@') ? nameOf(ctx, 'actor', actor) : (actor ?? null),
    target !== undefined ? nameOf(ctx, 'target', target) : null,
  ])
  const isListed = actor === undefined || actors.some(({ value }) => value === actor)
  const actorOptions = isListed ? actors : [{ value: actor, label: actorName ?? actor, detail: '' }, ...actors]
  const outcomes = [{ value: 'success', label: 'Done' }, { value: 'denied', label: 'Denied' }, { value: 'failed', label: 'Failed' }]
  const hint = 'An id, as the details of an entry show it. The search finds people by e-mail address.'
  return [
    actorOptions.length > 0 ? { id: 'actor', label: 'Actor', single: true, options: actorOptions } : { id: 'actor', label: 'Actor', kind: 'text' as const, placeholder: 'E-mail address or id' },
    { id: 'action', label: 'Action', options: eventChoices().map(({ event, title }) => ({ value: event, label: title, detail: event })) },
    target === undefined
      ? { id: 'target', label: 'Target', kind: 'text' as const, placeholder: 'usr_…', hint }
      : { id: 'target', label: 'Target', single: true, options: [{ value: target, label: targetName || target }] },
    { id: 'outcome', label: 'Result', options: outcomes },
    { id: 'address', label: 'Address', kind: 'text' as const, placeholder: '192.0.2.7', ...(addresses.length > 0 && { hint: `Seen lately: ${addresses.slice(0, 3).map(({ value }) => value).join(', ')}` }) },
  ]
}

/** Everything the Audit Log page shows, read side by side; that it was read is put into the log. */
export async function loadAuditPage(ctx: Ctx<'audit:read'>, params: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const request = pageRequestOf(params, ctx.now)
  // First, so that list and histogram agree on whether it is among them.
  await recordReading(ctx)
  const [events, buckets, filters, opened, anchor] = await Promise.all([
    eventsOf(ctx, request), barsOf(ctx, request), filtersOf(ctx, request), openedEvent(ctx, request.opened), readAnchor(ctx),
  ])
  return {
    request, buckets, filters, opened,
    rows: events.rows.map(rowOf),
    pages: { nextCursor: events.nextCursor, previousCursor: events.previousCursor, countLabel: countLabelOf(buckets), pageSize: request.page.limit, sizes: PAGE_SIZES },
    anchor: anchor && { count: anchor.count, head: anchor.head },
    mayVerify: ctx.rights.holds('audit:read'),
  }
}
