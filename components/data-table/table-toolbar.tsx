'use client'
import type { ReactNode } from 'react'
import { ColumnChoice } from './column-choice'
import { ExportMenu } from './export-menu'
import { FilterChip } from './filter-chip'
import { SearchBox } from './search-box'
import { SortChoice } from './sort-choice'
import type { DataTableProps } from './table-types'
import type { TableNavigation } from './use-table-navigation'

type TableToolbarProps<Row extends object> = {
  table: Pick<DataTableProps<Row>, 'columns' | 'search' | 'filters' | 'sort' | 'exports' | 'pages' | 'controls'>
  navigation: TableNavigation
  choices: readonly { id: string; header: string; shown: boolean }[]
  onFlip: (id: string) => void
  clear: ReactNode
}

/** The bar above the rows: search, filters, count, columns, export. */
export function TableToolbar<Row extends object>({ table, navigation, choices, onFlip, clear }: TableToolbarProps<Row>) {
  const { search, filters = [], exports = [], pages } = table
  const sortable = table.columns.filter((column) => column.sortable)
  return (
    <div className="toolbar">
      {search ? <SearchBox {...search} navigation={navigation} /> : null}
      {filters.map((filter) => (
        <FilterChip key={filter.id} filter={filter} navigation={navigation} />
      ))}
      {sortable.length > 0 ? <SortChoice columns={sortable} sort={table.sort} navigation={navigation} /> : null}
      {clear}
      <div className="toolbar-end">
        {pages ? (
          <p role="status" className="num dim">
            {pages.countLabel}
          </p>
        ) : null}
        {table.controls}
        {choices.length > 0 ? <ColumnChoice columns={choices} onFlip={onFlip} /> : null}
        {exports.length > 0 ? <ExportMenu exports={exports} params={navigation.params} /> : null}
      </div>
    </div>
  )
}
