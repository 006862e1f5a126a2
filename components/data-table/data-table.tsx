'use client'
import { BulkBar } from './bulk-bar'
import { NoMatch } from './no-match'
import { PaginationBar } from './pagination-bar'
import { moveInRows } from './row-keys'
import { useRowMenu } from './row-menu'
import { TableHead } from './table-head'
import { TableRow } from './table-row'
import { TableToolbar } from './table-toolbar'
import type { DataTableProps } from './table-types'
import { ANY, filterParams, filterValues, PAGE_PARAMS, type ParamChanges } from './table-url'
import { useTableModel } from './use-table-model'
import { useTableNavigation } from './use-table-navigation'

/**
 * The one table of the console. The server searches, filters, sorts and pages; the state of all that is the address
 * (`q`, one parameter a filter, `sort`, `after`, `before`, `last`, `limit`), so it can be shared and the back button works.
 *
 * A feature's table is a client component with its columns at module level, which a page renders with the rows of its query.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { name, sort, pages, bulkActions, rowActions, rowLabel } = props
  const navigation = useTableNavigation()
  const model = useTableModel(props)
  const menu = useRowMenu()
  const cleared = clearing(props)
  // Among later pages rows may have gone meanwhile: that is not an empty list either.
  const narrowed = isFiltered(props, navigation.params) || PAGE_PARAMS.some((param) => navigation.params.has(param))
  const clear = () => navigation.go(cleared)

  if (props.rows.length === 0 && !narrowed && !navigation.pending) return props.empty
  return (
    <section className="data-table" aria-label={name} aria-busy={navigation.pending}>
      <TableToolbar
        table={props}
        navigation={navigation}
        choices={model.choices}
        onFlip={model.flip}
        clear={
          isFiltered(props, navigation.params) ? (
            <button type="button" className="btn btn-quiet btn-small" onClick={clear}>
              Clear all
            </button>
          ) : null
        }
      />
      <div className="table-frame" role="region" aria-label={`${name}, scrollable`} tabIndex={0}>
        <table role="table" aria-label={name}>
          <TableHead
            columns={model.columns}
            sort={sort}
            navigation={navigation}
            hasActions={rowActions !== undefined}
            ticks={
              bulkActions && {
                all: model.table.getIsAllRowsSelected(),
                some: model.ticked.length > 0,
                onTickAll: (on) => model.table.toggleAllRowsSelected(on),
              }
            }
          />
          <tbody role="rowgroup" onKeyDown={moveInRows}>
            {model.rows.map((row) => (
              <TableRow
                key={row.id}
                row={row.original}
                label={rowLabel(row.original)}
                columns={model.columns}
                tick={bulkActions && { on: row.getIsSelected(), disabled: !row.getCanSelect(), onTick: (on, range) => model.tick(row.id, on, range) }}
                menu={
                  rowActions && {
                    isOpen: menu.openFor === row.id,
                    onOpen: (anchor, byKey) => menu.show({ rowId: row.id, anchor, byKey, label: `Actions for ${rowLabel(row.original)}`, items: rowActions(row.original) }),
                  }
                }
              />
            ))}
          </tbody>
        </table>
        {props.rows.length === 0 && narrowed ? <NoMatch onClear={clear} /> : null}
      </div>
      {bulkActions && model.ticked.length > 0 ? <BulkBar rows={model.ticked} actions={bulkActions} onClear={model.clear} /> : null}
      {pages ? <PaginationBar pages={pages} name={name} navigation={navigation} /> : null}
      {menu.element}
    </section>
  )
}

type Narrowing<Row extends object> = Pick<DataTableProps<Row>, 'search' | 'filters'>

/** Whether search or filters leave something out; a filter's default may, too. */
function isFiltered<Row extends object>({ search, filters = [] }: Narrowing<Row>, params: URLSearchParams): boolean {
  if (search && params.has(search.param ?? 'q')) return true
  return filters.some((filter) => filterValues(filter, params).some((value) => value !== ''))
}

/** The changes that set search and all filters aside, defaults included. */
function clearing<Row extends object>({ search, filters = [] }: Narrowing<Row>): ParamChanges {
  const names = filters.flatMap((filter) => {
    const set = filter.kind === 'text' || filter.kind === 'dates' ? undefined : filter.defaultValues
    return filterParams(filter).map((param): [string, string | null] => [param, set && set.length > 0 ? ANY : null])
  })
  return { ...Object.fromEntries(names), ...(search ? { [search.param ?? 'q']: null } : {}) }
}
