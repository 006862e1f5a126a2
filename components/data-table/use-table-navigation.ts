'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useMemo, useOptimistic, useTransition } from 'react'
import { toRoute } from '@/components/ui/route'
import { addressOf, changeParams, type ParamChanges } from './table-url'

export type TableNavigation = {
  pathname: string
  /** The search parameters, already as they will be while the server still works. */
  params: URLSearchParams
  /** The search parameters the rows on the page belong to. */
  committed: URLSearchParams
  pending: boolean
  href: (changes: ParamChanges) => string
  /** Goes there; `replace` leaves no step for the back button, right while typing. */
  go: (changes: ParamChanges, how?: 'push' | 'replace') => void
}

/** The list's state is the address: this reads it, and changes it without losing the page. */
export function useTableNavigation(): TableNavigation {
  const router = useRouter()
  const pathname = usePathname()
  const committed = useSearchParams()
  const [pending, startTransition] = useTransition()
  const [shown, show] = useOptimistic(committed.toString())
  const params = useMemo(() => new URLSearchParams(shown), [shown])
  const href = (changes: ParamChanges) => addressOf(pathname, changeParams(params, changes))
  const go: TableNavigation['go'] = (changes, how = 'push') =>
    startTransition(() => {
      show(changeParams(params, changes).toString())
      router[how](toRoute(href(changes)), { scroll: false })
    })
  return { pathname, params, committed, pending, href, go }
}
