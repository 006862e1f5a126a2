'use client'
import { Network, Pencil, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { BulkAction, DataTableColumn, TableFilter, TablePages } from '@/components/data-table/table-types'
import { askToConfirm } from '@/components/forms/confirm'
import { tellOrExplain } from '@/components/forms/tell-answers'
import { EmptyState } from '@/components/layout/empty-state'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { toast } from '@/components/ui/toast'
import { withIdentity } from '@/components/identity/ask'
import { SURFACES } from '@/lib/access/allowlist/surfaces'
import { deleteEntriesAction, tidyEntriesAction } from '@/lib/features/ip-allowlist/actions'
import { isEverything, type EntryRow } from '@/lib/features/ip-allowlist/range-words'
import { SURFACE_WORDS } from './words'

const EditEntryDialog = lazy(() => import('./edit-entry-dialog').then((module) => ({ default: module.EditEntryDialog })))

function Range({ row }: { row: EntryRow }) {
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-2">
      <code className="mono">{row.cidr}</code>
      {row.waiting ? <StatusPill tone="warn">{row.waiting}, not confirmed</StatusPill> : null}
      {isEverything(row.cidr) ? <StatusPill tone="bad">every address</StatusPill> : null}
      {row.coveredBy ? <span className="dim">within {row.coveredBy}</span> : null}
    </span>
  )
}

const COLUMNS: readonly DataTableColumn<EntryRow>[] = [
  { id: 'cidr', header: 'Address or range', cell: (row) => <Range row={row} />, width: 'wide', phone: 'title', hideable: false },
  { id: 'description', header: 'Description', cell: (row) => <span className="dim">{row.description || '–'}</span>, phone: 'second' },
  { id: 'surfaces', header: 'Opens', cell: (row) => <span className="flex gap-1">{row.surfaces.map((surface) => <Badge key={surface}>{SURFACE_WORDS[surface].title}</Badge>)}</span>, width: 'fit', phone: 'second' },
  { id: 'ends', header: 'Ends', cell: (row) => (row.expiresAt === null ? <span className="dim">never</span> : <RelativeTime at={row.expiresAt} />), width: 'fit' },
  { id: 'added', header: 'Added', cell: (row) => <span className="dim">{row.createdBy}, <RelativeTime at={row.createdAt} format="date" /></span>, width: 'fit' },
]

const SURFACE_FILTER: TableFilter = { id: 'surface', label: 'Opens', single: true, options: SURFACES.map((surface) => ({ value: surface, label: SURFACE_WORDS[surface].title })) }

function remove(org: string, rows: readonly EntryRow[], clear: () => void): void {
  const [only] = rows.length === 1 ? rows : []
  askToConfirm({
    title: only ? `Delete ${only.cidr}?` : `Delete ${rows.length} entries?`,
    description: 'Whoever comes from there is refused while the list is enforced, unless another entry covers them. An empty list opens nothing. Your own address cannot be deleted from here.',
    confirmLabel: only ? 'Delete entry' : 'Delete entries', danger: true,
    onConfirm: async () => tellOrExplain(await withIdentity(() => deleteEntriesAction(org, rows.map(({ id }) => id))), { done: (count) => (count === 1 ? 'Deleted 1 entry' : `Deleted ${count} entries`) }),
    onDone: clear,
  })
}

/** Asks, and takes off every entry that opens nothing a wider one does not. */
const tidy = (org: string): void =>
  askToConfirm({
    title: 'Remove entries that add nothing?', description: 'Each lies within a wider entry that opens the same for as long. Nobody gains or loses access.', confirmLabel: 'Remove them',
    onConfirm: () => withIdentity(() => tidyEntriesAction(org, {})), onDone: () => toast({ title: 'Removed the entries that added nothing' }),
  })

/** Entries of the allowlist, newest first. */
export function EntriesTable({ org, rows, pages, mayWrite }: { org: string; rows: readonly EntryRow[]; pages: TablePages; mayWrite: boolean }) {
  const trash = <Trash2 aria-hidden="true" />
  const bulkActions: readonly BulkAction<EntryRow>[] = [{ label: 'Delete', icon: trash, onSelect: (chosen, clear) => remove(org, chosen, clear) }]
  const [editing, setEditing] = useState<EntryRow | null>(null)
  return (
    <>
    {mayWrite && rows.some(({ coveredBy }) => coveredBy !== null) ? (
      <div className="mb-3">
        <Banner title="Some entries add nothing">
          They lie within wider ones that open the same for as long. <Button size="small" onClick={() => tidy(org)}>Remove them</Button>
        </Banner>
      </div>
    ) : null}
    <DataTable
      name="Entries of the allowlist" columns={COLUMNS} rows={rows} rowId={(row) => row.id} rowLabel={(row) => row.cidr}
      {...(mayWrite && { bulkActions, rowActions: (row: EntryRow) => [{ label: 'Edit…', icon: <Pencil aria-hidden="true" />, onSelect: () => setEditing(row) }, { label: 'Delete…', icon: trash, danger: true, onSelect: () => remove(org, [row], () => undefined) }] })}
      search={{ placeholder: 'Search range or description, or an address' }} filters={[SURFACE_FILTER]} pages={pages}
      empty={<EmptyState icon={<Network aria-hidden="true" />} title="No entries yet">Add the addresses from which people and programs come, beginning with your own.</EmptyState>}
    />
    {editing ? (
      <Suspense>
        <EditEntryDialog key={editing.id} org={org} entry={editing} open onOpenChange={(open) => !open && setEditing(null)} />
      </Suspense>
    ) : null}
    </>
  )
}
