import { spanOf, type TimeSpan } from './rules'
import { AuditFilters, AuditPage } from './schema'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page that one may choose; the first is the default. */
export const PAGE_SIZES = [25, 50, 100] as const

/** What the address of the Audit Log page asks for. `event` there is the opened event, so the filter is called `action`. */
export type AuditPageRequest = {
  span: TimeSpan
  filters: AuditFilters & { from: Date; to: Date }
  /** Filters that cannot be understood, as sentences; the list is empty then rather than wider than asked. */
  problems: string[]
  page: AuditPage
  /** Id of the event shown in the panel. */
  opened: string | null
}

const listOf = (params: Params, name: string): string[] => [params[name] ?? []].flat().map((value) => value.trim()).filter((value) => value !== '' && value !== 'any')
const oneOf = (params: Params, name: string): string | undefined => listOf(params, name)[0]

const FILTER_NAMES = { actor: 'Actor', event: 'Action', target: 'Target', outcome: 'Result', address: 'Address', q: 'Search' } as const

/** The page's filters as `AuditFilters` takes them, times included. */
export function filterInputOf(params: Params, span: TimeSpan): Record<string, unknown> {
  const given = { actor: oneOf(params, 'actor'), target: oneOf(params, 'target'), address: oneOf(params, 'address'), q: oneOf(params, 'q') }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...present, event: listOf(params, 'action'), outcome: listOf(params, 'outcome'), from: span.from.toISOString(), to: span.to.toISOString() }
}

export const spanOfParams = (params: Params, now: Date): TimeSpan =>
  spanOf({ range: oneOf(params, 'range'), from: oneOf(params, 'from'), to: oneOf(params, 'to') }, now)

const nameOfFilter = (key: PropertyKey | undefined): string => Object.entries(FILTER_NAMES).find(([name]) => name === key)?.[1] ?? 'Filter'

/** Reads the address of the page. Never throws: it may have been typed. */
export function pageRequestOf(params: Params, now: Date): AuditPageRequest {
  const span = spanOfParams(params, now)
  const parsed = AuditFilters.safeParse(filterInputOf(params, span))
  const size = PAGE_SIZES.find((each) => String(each) === oneOf(params, 'limit')) ?? PAGE_SIZES[0]
  const [after, before] = [oneOf(params, 'after'), oneOf(params, 'before')]
  const page = AuditPage.safeParse({ limit: size, ...(after !== undefined && { after }), ...(before !== undefined && { before }), last: oneOf(params, 'last') === '1' })
  const { from, to } = span
  return {
    span,
    filters: { ...(parsed.success ? parsed.data : { event: [], outcome: [] }), from, to },
    problems: parsed.success ? [] : parsed.error.issues.map((issue) => `${nameOfFilter(issue.path[0])}: ${issue.message}.`),
    page: page.success ? page.data : { limit: size, last: false },
    opened: oneOf(params, 'event') ?? null,
  }
}
