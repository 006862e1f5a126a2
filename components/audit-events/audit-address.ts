'use client'
import { usePathname, useSearchParams } from 'next/navigation'

/** Parameters of one page of the list; they make no sense for another list. */
const PAGE_PARAMS = ['after', 'before', 'last']

export type AddressChanges = Readonly<Record<string, string | null>>

/** The page's address with some parameters changed; null removes one. `sameList` keeps the page of the list. */
export function addressWith(pathname: string, params: URLSearchParams, changes: AddressChanges, sameList = false): string {
  const next = new URLSearchParams(params)
  if (!sameList) for (const name of [...PAGE_PARAMS, 'event']) next.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name)
    else next.set(name, value)
  }
  return next.size > 0 ? `${pathname}?${next}` : pathname
}

/** Makes addresses of this page; the state of the log is all in them. */
export function useAuditAddress() {
  const pathname = usePathname()
  const params = useSearchParams()
  return {
    params,
    to: (changes: AddressChanges) => addressWith(pathname, params, changes),
    toEvent: (id: string | null) => addressWith(pathname, params, { event: id }, true),
  }
}
