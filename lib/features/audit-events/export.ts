import type { Ctx } from '@/lib/access/context'
import { csvLines } from '@/lib/csv'
import { listEvents } from './queries'
import type { AuditEventView, AuditFilters, EXPORT_FORMATS } from './schema'

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Events read at once; what lies ready at any moment. */
const BATCH = 200

const COLUMNS = ['id', 'time', 'event', 'outcome', 'sentence', 'source', 'actor type', 'actor id', 'actor', 'credential id', 'targets', 'target ids', 'before', 'after', 'detail', 'address', 'user agent', 'request id', 'sequence', 'seal']

const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value))

const cells = (e: AuditEventView): string[] => [
  e.id, e.at, e.event, e.outcome, e.sentence, e.source, e.actor.type, e.actor.id, e.actor.name, e.actor.credentialId ?? '',
  e.targets.map((target) => target.name).join('; '), e.targets.map((target) => target.id).join('; '),
  json(e.before), json(e.after), json(e.detail), e.address, e.userAgent, e.requestId, e.seal?.sequence ?? '', e.seal?.value ?? '',
]

const encode = (format: ExportFormat, events: readonly AuditEventView[]): string =>
  format === 'csv' ? csvLines(events.map(cells)) : events.map((event) => `${JSON.stringify(event)}\n`).join('')

/**
 * The events of a filter as text, newest first, in pieces that are made as they are asked for. Each event
 * carries its place in the chain and its seal, so that any copy of the newest is a copy of the anchor.
 */
export async function* exportEvents(ctx: Ctx<'audit:read'>, filters: AuditFilters, format: ExportFormat): AsyncGenerator<string> {
  // A byte order mark, so that spreadsheets read the file as UTF-8.
  if (format === 'csv') yield `\ufeff${csvLines([COLUMNS])}`
  let after: string | undefined
  do {
    const page = await listEvents(ctx, filters, { limit: BATCH, last: false, ...(after !== undefined && { after }) })
    if (page.rows.length > 0) yield encode(format, page.rows)
    after = page.nextCursor ?? undefined
  } while (after !== undefined)
}

export const EXPORT_TYPES: Record<ExportFormat, string> = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' }
