import type { TableFilter, TableSort } from './table-types'

/** Parameters of the page, not of the list: a changed list begins again without them. */
export const PAGE_PARAMS = ['after', 'before', 'last'] as const
/** Said for an options filter whose default is set aside. */
export const ANY = 'any'

export type ParamChanges = Readonly<Record<string, string | readonly string[] | null>>

/** Other search parameters: null or an empty list removes one, and the page begins anew unless a page is what changes. */
export function changeParams(current: URLSearchParams, changes: ParamChanges): URLSearchParams {
  const next = new URLSearchParams(current)
  for (const name of [...PAGE_PARAMS, 'dialog']) next.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name)
    for (const each of value === null ? [] : [value].flat()) if (each !== '') next.append(name, each)
  }
  return next
}

/** A path with parameters, without a lonely question mark. */
export const addressOf = (pathname: string, params: URLSearchParams): string => (params.size > 0 ? `${pathname}?${params}` : pathname)

/** Chosen values of a filter, its default when the address does not mention it. */
export function filterValues(filter: TableFilter, params: URLSearchParams): readonly string[] {
  if (filter.kind === 'dates') return [params.get(`${filter.id}From`) ?? '', params.get(`${filter.id}To`) ?? '']
  const values = params.getAll(filter.id)
  if (values.length === 0 && filter.kind !== 'text') return filter.defaultValues ?? []
  return values.filter((value) => value !== ANY)
}

/** Names of all parameters a filter writes. */
export const filterParams = (filter: TableFilter): readonly string[] =>
  filter.kind === 'dates' ? [`${filter.id}From`, `${filter.id}To`] : [filter.id]

/** The parameter of a sort: a minus before the column means highest first. */
export const sortParam = (sort: TableSort): string => (sort.direction === 'desc' ? `-${sort.column}` : sort.column)

/** The sort that a press on a column's header asks for. */
export function nextSort(column: string, begin: 'asc' | 'desc', current: TableSort | undefined): TableSort {
  if (current?.column !== column) return { column, direction: begin }
  return { column, direction: current.direction === 'asc' ? 'desc' : 'asc' }
}
