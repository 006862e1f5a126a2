'use client'
import { ChevronLeft, ChevronRight, ChevronsLeft, ChevronsRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { NativeSelect } from '@/components/ui/native-select'
import { toRoute } from '@/components/ui/route'
import type { TablePages } from './table-types'
import type { ParamChanges } from './table-url'
import type { TableNavigation } from './use-table-navigation'

type PaginationBarProps = { pages: TablePages; name: string; navigation: TableNavigation }

/** First, previous, next and last page as links; there are no page numbers, so the cost does not grow with them. */
export function PaginationBar({ pages, name, navigation }: PaginationBarProps) {
  const { nextCursor: next, previousCursor: previous, pageSize, sizes } = pages
  const step = (label: string, changes: ParamChanges | null, children: ReactNode, square = false) => (
    <PageLink label={label} changes={changes} navigation={navigation} square={square}>
      {children}
    </PageLink>
  )
  return (
    <nav className="pagination" aria-label={`Pages of ${name}`}>
      {pageSize && sizes ? (
        <label className="page-size">
          Rows
          <NativeSelect
            className="input-sm"
            value={String(pageSize)}
            options={sizes.map((size) => ({ value: String(size), label: String(size) }))}
            onChange={(event) => navigation.go({ limit: event.currentTarget.value })}
          />
        </label>
      ) : null}
      <span className="grow" />
      {step('First page', previous ? {} : null, <ChevronsLeft aria-hidden="true" />, true)}
      {step('Previous page', previous ? { before: previous } : null, <><ChevronLeft aria-hidden="true" /><span className="max-md:hidden">Previous</span></>)}
      {step('Next page', next ? { after: next } : null, <><span className="max-md:hidden">Next</span><ChevronRight aria-hidden="true" /></>)}
      {step('Last page', next ? { last: '1' } : null, <ChevronsRight aria-hidden="true" />, true)}
    </nav>
  )
}

type PageLinkProps = { label: string; changes: ParamChanges | null; navigation: TableNavigation; square: boolean; children: ReactNode }

function PageLink({ label, changes, navigation, square, children }: PageLinkProps) {
  const look = square ? 'btn btn-icon' : 'btn'
  if (changes === null)
    return (
      <span role="link" aria-disabled="true" aria-label={label} className={look}>
        {children}
      </span>
    )
  return (
    <Link
      href={toRoute(navigation.href(changes))}
      prefetch={false}
      scroll={false}
      aria-label={label}
      title={square ? label : undefined}
      className={look}
      onNavigate={(event) => {
        event.preventDefault()
        navigation.go(changes)
      }}
    >
      {children}
    </Link>
  )
}
