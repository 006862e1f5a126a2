'use client'
import { Bookmark, X } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useSyncExternalStore, type SubmitEvent } from 'react'
import { Disclosure } from '@/components/ui/disclosure'
import { IconButton } from '@/components/ui/icon-button'
import { toRoute } from '@/components/ui/route'
import { useAuditAddress } from './audit-address'
import { readSaved, removeFilter, saveFilter, subscribeSaved } from './saved-store'

/** Filters one comes back to, kept in this browser: the address under a name. */
export function SavedFilters({ org }: { org: string }) {
  const pathname = usePathname()
  const { params } = useAuditAddress()
  const saved = useSyncExternalStore(subscribeSaved, () => readSaved(org), () => readSaved(null))
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const name = String(new FormData(form).get('name') ?? '').trim()
    if (name === '') return
    saveFilter(org, name, params)
    form.reset()
  }
  return (
    <Disclosure side="end" name="table-filter" label="Saved filters" title="Saved filters" summaryClass="btn btn-quiet btn-icon" summary={<Bookmark aria-hidden="true" />}>
      <div className="popup filter-panel" role="group" aria-label="Saved filters">
        {saved.length === 0 ? <p className="dim mb-2">Keep the present filters and time under a name, in this browser.</p> : null}
        <ul className="mb-2 grid gap-0.5">
          {saved.map(({ name, query }) => (
            <li key={name} className="flex items-center gap-1">
              <Link href={toRoute(query ? `${pathname}?${query}` : pathname)} prefetch={false} className="menu-item">
                {name}
              </Link>
              <IconButton label={`Remove ${name}`} size="small" variant="quiet" icon={<X aria-hidden="true" />} onClick={() => removeFilter(org, name)} />
            </li>
          ))}
        </ul>
        <form onSubmit={submit} className="flex gap-2">
          <input className="input" name="name" aria-label="Name of the filter" placeholder="Name" maxLength={60} autoComplete="off" required />
          <button className="btn">Save</button>
        </form>
      </div>
    </Disclosure>
  )
}
