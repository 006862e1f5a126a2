/** How a list is ordered by a column that may be empty: empty counts as lower, or as higher, than everything. */
export type KeysetOrder = { direction: 'asc' | 'desc'; empty: 'lowest' | 'highest' }

type Compare = { gt: unknown } | { lt: unknown }
type Condition = Record<string, unknown>

/**
 * The rows beyond a boundary in the list's order, as a condition for Prisma. The id decides between equal values.
 *
 * @param value of the sort column at the boundary; null when it is empty there
 */
export function beyond(column: string, { direction, empty }: KeysetOrder, { value, id }: { value: string | Date | null; id: string }): { OR: Condition[] } {
  const after = (bound: unknown): Compare => (direction === 'asc' ? { gt: bound } : { lt: bound })
  const areEmptyLast = (direction === 'asc') === (empty === 'highest')
  const sameValue = { [column]: value, id: after(id) }
  if (value === null) return { OR: [sameValue, ...(areEmptyLast ? [] : [{ [column]: { not: null } }])] }
  return { OR: [{ [column]: after(value) }, sameValue, ...(areEmptyLast ? [{ [column]: null }] : [])] }
}

/** The order that belongs to it. */
export const orderOf = (column: string, { direction, empty }: KeysetOrder, isNullable: boolean): Condition[] => {
  const nulls = (direction === 'asc') === (empty === 'highest') ? 'last' : 'first'
  return [{ [column]: isNullable ? { sort: direction, nulls } : direction }, { id: direction }]
}

/** The same list from its other end. */
export const turned = ({ direction, empty }: KeysetOrder): KeysetOrder => ({ direction: direction === 'asc' ? 'desc' : 'asc', empty })
