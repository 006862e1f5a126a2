'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import type { DataTableColumn, TableSort } from './table-types'
import { nextSort, sortParam } from './table-url'
import type { TableNavigation } from './use-table-navigation'

type SortLinkProps<Row extends object> = {
  column: Pick<DataTableColumn<Row>, 'id' | 'header' | 'sortable'>
  sort: TableSort | undefined
  navigation: TableNavigation
  className: string
}

/** A header that sorts: a link, so it works before script; with script the page stays and only rows change. */
export function SortLink<Row extends object>({ column, sort, navigation, className }: SortLinkProps<Row>) {
  const next = sortParam(nextSort(column.id, column.sortable === 'desc' ? 'desc' : 'asc', sort))
  const Arrow = sort?.direction === 'desc' ? ArrowDown : ArrowUp
  return (
    <Link
      href={toRoute(navigation.href({ sort: next }))}
      prefetch={false}
      scroll={false}
      className={className}
      onNavigate={(event) => {
        event.preventDefault()
        navigation.go({ sort: next })
      }}
    >
      {column.header}
      {sort?.column === column.id ? <Arrow aria-hidden="true" /> : null}
    </Link>
  )
}
