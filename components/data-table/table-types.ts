import type { ReactNode } from 'react'
import type { MenuItem } from '@/components/ui/menu-item'
import type { Option } from '@/components/ui/option'

/** One column. Declare the list at module level of the feature's client component, so that it is stable. */
export type DataTableColumn<Row extends object> = {
  /** Also the name in `?sort=`. */
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** The header becomes a link that sorts; `desc` begins with the highest, right for times and counts. */
  sortable?: boolean | 'desc'
  align?: 'end'
  /** `wide` takes what is left and cuts long text, `fit` only what it needs, `wrap` may break lines, `chips` has room for two and cuts long ones. */
  width?: 'wide' | 'fit' | 'wrap' | 'chips'
  /** On a phone: the first line, the second line, or not shown. The first column is `title` unless told otherwise. */
  phone?: 'title' | 'second' | 'hidden'
  /** False for a column that must stay, such as the name. */
  hideable?: boolean
  hiddenByDefault?: boolean
}

/** `?sort=column` or `?sort=-column`: what the server did, its default included. */
export type TableSort = { column: string; direction: 'asc' | 'desc' }

type FilterBase = {
  /** Name of the search parameter. */
  id: string
  label: string
}

/** Values to choose from; several of them repeat the parameter: `?status=active&status=pending`. */
export type OptionsFilter = FilterBase & {
  kind?: 'options'
  options: readonly Option[]
  single?: boolean
  /** What the server assumes when the parameter is absent. Choosing nothing is then said as `?id=any`. */
  defaultValues?: readonly string[]
}

/** A text to match, such as an address or an id. */
export type TextFilter = FilterBase & { kind: 'text'; placeholder?: string; hint?: string }

/** A span of time, `?<id>From=` and `?<id>To=`, each `YYYY-MM-DDTHH:MM` in UTC. */
export type DatesFilter = FilterBase & { kind: 'dates' }

export type TableFilter = OptionsFilter | TextFilter | DatesFilter

/** What can be done with one row. The type of a menu's item. */
export type RowAction = MenuItem

export type BulkAction<Row extends object> = { label: string; icon?: ReactNode; onSelect: (rows: Row[], clear: () => void) => void }

/** Keyset pages: cursors of the next and the previous page, null where there is none. */
export type TablePages = {
  nextCursor: string | null
  previousCursor: string | null
  /** "1,000+ people": read out when it changes. */
  countLabel: string
  /** Rows on a page, in `?limit=`; without `sizes` it cannot be changed. */
  pageSize?: number
  sizes?: readonly number[]
}

/** Where to get the rows as a file; the current search, filters and sort are added to the address. */
export type TableExport = { label: string; href: string }

export type DataTableProps<Row extends object> = {
  /** Accessible name of the table, and under this name the choice of columns is remembered. */
  name: string
  columns: readonly DataTableColumn<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Names a row for screen readers: "Actions for m.dev@acme.test". */
  rowLabel: (row: Row) => string
  rowActions?: (row: Row) => readonly RowAction[]
  bulkActions?: readonly BulkAction<Row>[]
  /** Rows that cannot be ticked. */
  isSelectable?: (row: Row) => boolean
  sort?: TableSort
  search?: { placeholder: string; param?: string }
  filters?: readonly TableFilter[]
  pages?: TablePages
  exports?: readonly TableExport[]
  /** Shown when there is nothing at all: an EmptyState. Filters that match nothing are told by the table itself. */
  empty: ReactNode
  /** Extra controls at the right end of the bar. */
  controls?: ReactNode
}
