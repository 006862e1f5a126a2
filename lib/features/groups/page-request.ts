import type { GroupPageRequest } from './queries'
import { parseGroupSort } from './rules'
import { GroupFilter } from './schema'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page that one may choose; the first is the default. */
export const PAGE_SIZES = [25, 50, 100] as const

const oneOf = (params: Params, name: string): string | undefined => [params[name] ?? []].flat().find((value) => value !== '' && value !== 'any')

/** The words searched for in an address. */
export const searchOf = (params: Params): string => (oneOf(params, 'q') ?? '').slice(0, 200)

/** The filter in an address of the Groups page. What cannot be understood there counts as absent. */
export function groupFilterOf(params: Params): GroupFilter {
  const sort = oneOf(params, 'sort') ?? ''
  return GroupFilter.parse({ q: searchOf(params), ...(parseGroupSort(sort) !== null && { sort }) })
}

/** Which page an address asks for, of groups or of a group's members. */
export function groupPageOf(params: Params): GroupPageRequest {
  const limit = PAGE_SIZES.find((size) => String(size) === oneOf(params, 'limit')) ?? PAGE_SIZES[0]
  return { limit, after: oneOf(params, 'after'), before: oneOf(params, 'before'), last: oneOf(params, 'last') === '1' }
}
