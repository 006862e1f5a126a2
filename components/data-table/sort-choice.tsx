'use client'
import { Disclosure } from '@/components/ui/disclosure'
import { SortLink } from './sort-link'
import type { DataTableColumn, TableSort } from './table-types'
import type { TableNavigation } from './use-table-navigation'

type SortChoiceProps<Row extends object> = { columns: readonly DataTableColumn<Row>[]; sort: TableSort | undefined; navigation: TableNavigation }

/** On a phone, where there are no headers: the same sort links behind a chip. */
export function SortChoice<Row extends object>({ columns, sort, navigation }: SortChoiceProps<Row>) {
  const current = columns.find((column) => column.id === sort?.column)
  return (
    <div className="filter sort-choice">
      <Disclosure name="table-filter" summaryClass="filter-chip" summary={current ? `Sort: ${current.header}` : 'Sort'}>
        <div className="popup menu">
          {columns.map((column) => (
            <SortLink key={column.id} column={column} sort={sort} navigation={navigation} className="menu-item" />
          ))}
        </div>
      </Disclosure>
    </div>
  )
}
