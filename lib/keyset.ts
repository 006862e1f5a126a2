/** How a list is ordered by a column: whether it may be empty, and then counts as lower or as higher than everything. */
export type KeysetOrder = { direction: 'asc' | 'desc'; empty: 'never' | 'lowest' | 'highest' }

type Compare = { gt: unknown } | { lt: unknown }
type Condition = Record<string, unknown>

const areEmptyLast = ({ direction, empty }: KeysetOrder): boolean => empty === (direction === 'asc' ? 'highest' : 'lowest')

/**
 * The rows beyond a boundary in the list's order, as a condition for Prisma. The id decides between equal values.
 *
 * @param value of the sort column at the boundary; null when it is empty there
 */
export function beyond(column: string, order: KeysetOrder, { value, id }: { value: string | Date | null; id: string }): { OR: Condition[] } {
  const after = (bound: unknown): Compare => (order.direction === 'asc' ? { gt: bound } : { lt: bound })
  const sameValue = { [column]: value, id: after(id) }
  if (value === null) return { OR: [sameValue, ...(areEmptyLast(order) ? [] : [{ [column]: { not: null } }])] }
  return { OR: [{ [column]: after(value) }, sameValue, ...(areEmptyLast(order) ? [{ [column]: null }] : [])] }
}

/** The order that belongs to it. */
export const orderOf = (column: string, order: KeysetOrder): Condition[] => {
  const { direction, empty } = order
  return [{ [column]: empty === 'never' ? direction : { sort: direction, nulls: areEmptyLast(order) ? 'last' : 'first' } }, { id: direction }]
}

/** The same list from its other end. */
export const turned = ({ direction, empty }: KeysetOrder): KeysetOrder => ({ direction: direction === 'asc' ? 'desc' : 'asc', empty })
