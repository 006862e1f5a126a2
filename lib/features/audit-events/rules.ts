const HOUR = 3600_000
const DAY = 24 * HOUR

/** Time ranges one press away; the key stands in the address. */
export const RANGES = [
  { key: '1h', label: 'Last hour', ms: HOUR },
  { key: '24h', label: 'Last 24 hours', ms: 24 * HOUR },
  { key: '48h', label: 'Last 48 hours', ms: 48 * HOUR },
  { key: '7d', label: 'Last 7 days', ms: 7 * DAY },
  { key: '30d', label: 'Last 30 days', ms: 30 * DAY },
] as const

export type RangeKey = (typeof RANGES)[number]['key']
export const DEFAULT_RANGE: RangeKey = '48h'

/** What part of the log a page looks at; `range` is null for a span of one's own. */
export type TimeSpan = { range: RangeKey | null; from: Date; to: Date }

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i
/** The last moment that PostgreSQL, ids and JavaScript agree on comfortably. */
const LATEST = Date.UTC(9999, 11, 31)

/** A moment in RFC 3339, or a date or local time taken as UTC; null for anything else, such as 30 February. */
export function parseTime(text: string): Date | null {
  const [, date = '', clock = '00:00', zone = 'Z'] = TIME.exec(text.trim()) ?? []
  const day = new Date(`${date}T00:00:00Z`)
  const at = new Date(`${date}T${clock}${zone.toUpperCase()}`)
  const isReal = !Number.isNaN(at.getTime()) && day.toISOString().slice(0, 10) === date
  return isReal && at.getTime() >= 0 && at.getTime() <= LATEST ? at : null
}

/** The span of a page's address: its own, a named range, or the last 48 hours. What cannot be read counts as absent. */
export function spanOf({ range, from, to }: { range?: string | undefined; from?: string | undefined; to?: string | undefined }, now: Date): TimeSpan {
  const [begin, end] = [from === undefined ? null : parseTime(from), to === undefined ? null : parseTime(to)]
  if (begin && (end ?? now) > begin) return { range: null, from: begin, to: end ?? now }
  const chosen = RANGES.find(({ key }) => key === range) ?? RANGES.find(({ key }) => key === DEFAULT_RANGE) ?? RANGES[2]
  // Ids of events written in this very millisecond belong to it.
  return { range: chosen.key, from: new Date(now.getTime() - chosen.ms), to: new Date(now.getTime() + 1000) }
}

const MINUTE = 60_000
const STEPS = [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY]
/** Bars of a histogram, at most. */
export const BUCKETS_MAX = 60

/** A part of a span: its bounds in milliseconds and how many events are in it, estimated where not exact. */
export type Bucket = { from: number; to: number; count: number; exact: boolean }

/** Even parts of a span, on round times: at most sixty, as bounds in milliseconds; the first and last may be cut. */
export function bucketsOf(from: number, to: number): { from: number; to: number }[] {
  const span = Math.max(to - from, 1)
  const step = STEPS.find((each) => span / each <= BUCKETS_MAX - 1) ?? Math.ceil(span / (BUCKETS_MAX - 1))
  const buckets: { from: number; to: number }[] = []
  for (let at = Math.floor(from / step) * step; at < to; at += step) {
    buckets.push({ from: Math.max(at, from), to: Math.min(at + step, to) })
  }
  return buckets
}

/** Escapes LIKE's own characters and looks for the text anywhere. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The moment in an id (UUIDv7), in milliseconds. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(id.indexOf('_') + 1).replace('-', '').slice(0, 12), 16)
