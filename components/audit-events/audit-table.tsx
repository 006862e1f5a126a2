'use client'
import { ScrollText } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { DataTable } from '@/components/data-table/data-table'
import type { RowAction, TableExport, TableFilter, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import type { AuditRow } from '@/lib/features/audit-events/page-rows'
import { addressWith, useAuditAddress } from './audit-address'
import { AUDIT_COLUMNS } from './audit-columns'
import { SavedFilters } from './saved-filters'

type AuditTableProps = {
  org: string
  rows: readonly AuditRow[]
  filters: readonly TableFilter[]
  pages: TablePages
  exports: readonly TableExport[]
}

/** The log as a table: search, filters, pages, export, saved filters. */
export function AuditTable({ org, rows, filters, pages, exports }: AuditTableProps) {
  const { to } = useAuditAddress()
  const router = useRouter()
  const go = (changes: Record<string, string>) => router.push(toRoute(to(changes)), { scroll: false })
  const actionsOf = (row: AuditRow): RowAction[] => [
    { label: 'Only this actor', detail: row.actor.name, onSelect: () => go({ actor: row.actor.id }) },
    ...(row.target ? [{ label: 'Only this target', detail: row.target.name, onSelect: () => go({ target: row.target?.id ?? '' }) }] : []),
    { label: 'Only this action', detail: row.title, onSelect: () => go({ action: row.event }) },
    ...(row.address ? [{ label: 'Only this address', detail: row.address, onSelect: () => go({ address: row.address }) }] : []),
    { label: 'Copy link', onSelect: () => copyLink(`/${org}/audit`, row.id) },
  ]
  return (
    <DataTable
      name="Audit log"
      columns={AUDIT_COLUMNS}
      rows={rows}
      rowId={(row) => row.id}
      rowLabel={(row) => `${row.title} by ${row.actor.name}`}
      rowActions={actionsOf}
      search={{ placeholder: 'E-mail, action, id, IP address' }}
      filters={filters}
      pages={pages}
      exports={exports}
      controls={<SavedFilters org={org} />}
      empty={
        <EmptyState icon={<ScrollText aria-hidden="true" />} title="Nothing happened in this time">
          Every sign-in, change and refusal of this organization is kept here. Choose a longer time above to see earlier ones.
        </EmptyState>
      }
    />
  )
}

/** A link to one event, which opens it whatever the list shows. */
function copyLink(pathname: string, id: string) {
  const address = new URL(addressWith(pathname, new URLSearchParams(), { event: id }), window.location.origin).href
  navigator.clipboard.writeText(address).then(
    () => toast({ title: 'Link copied' }),
    () => toast({ title: 'The link could not be copied', description: address, kind: 'error' }),
  )
}
