'use client'
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable, type ColumnDef, type RowSelectionState } from '@tanstack/react-table'
import { useMemo, useRef, useState } from 'react'
import { useColumnPreferences } from './column-preferences'
import type { DataTableProps } from './table-types'

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })

type ModelProps<Row extends object> = Pick<DataTableProps<Row>, 'name' | 'columns' | 'rows' | 'rowId' | 'isSelectable' | 'bulkActions'>

/** The table's state that is not in the address: ticked rows and shown columns. Order, filters and pages are the server's. */
export function useTableModel<Row extends object>({ name, columns, rows, rowId, isSelectable, bulkActions }: ModelProps<Row>) {
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({})
  const [switched, flip] = useColumnPreferences(name)
  const lastTicked = useRef<string | null>(null)
  const isShown = (column: (typeof columns)[number]) => switched.has(column.id) === (column.hiddenByDefault ?? false)
  const columnVisibility = Object.fromEntries(columns.map((column) => [column.id, isShown(column)]))
  const definitions = useMemo(
    () => columns.map((column): ColumnDef<typeof features, Row> => ({ id: column.id, header: column.header, enableHiding: column.hideable !== false })),
    [columns],
  )
  const table = useTable<typeof features, Row>({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    enableRowSelection: (row) => bulkActions !== undefined && (isSelectable?.(row.original) ?? true),
    state: { rowSelection, columnVisibility },
    onRowSelectionChange: setRowSelection,
  })
  const shown = new Set(table.getVisibleLeafColumns().map((column) => column.id))
  const modelRows = table.getRowModel().rows

  /** Ticks a row; with shift everything between it and the one ticked before. */
  function tick(id: string, on: boolean, range: boolean) {
    const ids = modelRows.map((row) => row.id)
    const here = ids.indexOf(id)
    const from = range && lastTicked.current !== null ? ids.indexOf(lastTicked.current) : here
    lastTicked.current = id
    const chosen = modelRows.slice(Math.min(here, Math.max(from, 0)), Math.max(here, from) + 1).filter((row) => row.getCanSelect())
    setRowSelection((before) => {
      const next = new Map(Object.keys(before).map((key): [string, true] => [key, true]))
      for (const row of chosen) if (on) next.set(row.id, true)
      else next.delete(row.id)
      return Object.fromEntries(next)
    })
  }
  return {
    table,
    rows: modelRows,
    columns: columns.filter((column) => shown.has(column.id)),
    choices: columns.filter((column) => column.hideable !== false).map(({ id, header }) => ({ id, header, shown: shown.has(id) })),
    flip,
    tick,
    /** Ticked rows that are on this page. */
    ticked: modelRows.filter((row) => rowSelection[row.id]).map((row) => row.original),
    clear: () => setRowSelection({}),
  }
}
