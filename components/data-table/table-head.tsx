'use client'
import { SortLink } from './sort-link'
import type { DataTableColumn, TableSort } from './table-types'
import type { TableNavigation } from './use-table-navigation'

type TableHeadProps<Row extends object> = {
  columns: readonly DataTableColumn<Row>[]
  sort: TableSort | undefined
  navigation: TableNavigation
  /** Present when rows can be ticked. */
  ticks?: { all: boolean; some: boolean; onTickAll: (on: boolean) => void } | undefined
  hasActions: boolean
}

/** The header row. Roles are said outright, since a phone shows the table as cards. */
export function TableHead<Row extends object>({ columns, sort, navigation, ticks, hasActions }: TableHeadProps<Row>) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {ticks ? (
          <th role="columnheader" className="tick-cell">
            <input
              type="checkbox"
              className="check"
              aria-label="Select all rows on this page"
              checked={ticks.all}
              ref={(box) => {
                if (box) box.indeterminate = ticks.some && !ticks.all
              }}
              onChange={(event) => ticks.onTickAll(event.currentTarget.checked)}
            />
          </th>
        ) : null}
        {columns.map((column) => (
          <th key={column.id} role="columnheader" data-align={column.align} aria-sort={sortState(column.id, sort)}>
            {column.sortable ? (
              <SortLink column={column} sort={sort} navigation={navigation} className="sort-link" />
            ) : (
              column.header
            )}
          </th>
        ))}
        {hasActions ? (
          <th role="columnheader" className="menu-cell">
            <span className="sr-only">Actions</span>
          </th>
        ) : null}
      </tr>
    </thead>
  )
}

function sortState(column: string, sort: TableSort | undefined) {
  if (sort?.column !== column) return undefined
  return sort.direction === 'asc' ? 'ascending' : 'descending'
}
