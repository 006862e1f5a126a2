'use client'
import type { DataTableColumn } from './table-types'
import { prepareRowMenu } from './row-menu'

type TableRowProps<Row extends object> = {
  row: Row
  label: string
  columns: readonly DataTableColumn<Row>[]
  tick?: { on: boolean; disabled: boolean; onTick: (on: boolean, range: boolean) => void } | undefined
  menu?: { isOpen: boolean; onOpen: (button: HTMLElement, byKey: boolean) => void } | undefined
}

/** One row: box, cells, and the button of the shared menu. Few nodes, since there are many rows. */
export function TableRow<Row extends object>({ row, label, columns, tick, menu }: TableRowProps<Row>) {
  return (
    <tr role="row" data-row="" data-selected={tick?.on ? '' : undefined}>
      {tick ? (
        <td role="cell" className="tick-cell">
          <input
            type="checkbox"
            className="check"
            aria-label={`Select ${label}`}
            checked={tick.on}
            disabled={tick.disabled}
            onChange={(event) => {
              const { nativeEvent } = event
              tick.onTick(event.currentTarget.checked, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
            }}
          />
        </td>
      ) : null}
      {columns.map((column, index) => (
        <td
          key={column.id}
          role="cell"
          data-align={column.align}
          data-width={column.width}
          data-phone={column.phone ?? (index === 0 ? 'title' : 'hidden')}
        >
          {column.cell(row)}
        </td>
      ))}
      {menu ? (
        <td role="cell" className="menu-cell">
          <button
            type="button"
            className="row-menu"
            aria-label={`Actions for ${label}`}
            aria-haspopup="menu"
            aria-expanded={menu.isOpen}
            onPointerEnter={prepareRowMenu}
            onFocus={prepareRowMenu}
            onClick={(event) => menu.onOpen(event.currentTarget, event.detail === 0)}
          />
        </td>
      ) : null}
    </tr>
  )
}
