'use client'
import { Ban, KeyRound, Play, Trash2 } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { LifetimePolicy } from '@/components/credentials/expiry-choice'
import { DataTable } from '@/components/data-table/data-table'
import type { BulkAction, TableExport, TableFilter, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import type { KeyRow, KeySort } from '@/lib/features/api-keys/page-rules'
import { KEY_COLUMNS, OWN_KEY_COLUMNS, type KeyTableRow } from './key-columns'
import { resumeKeys, revokeKeys, suspendKeys } from './key-deeds'
import type { KeyDoors } from './key-doors'
import { keyMenu, type KeyDialog } from './key-menu'

const RotateKeyDialog = lazy(() => import('./rotate-key-dialog').then((module) => ({ default: module.RotateKeyDialog })))
const EditKeyDialog = lazy(() => import('./edit-key-dialog').then((module) => ({ default: module.EditKeyDialog })))
const KeyPanel = lazy(() => import('./key-panel').then((module) => ({ default: module.KeyPanel })))

export type KeysTableProps = {
  doors: KeyDoors
  organization: string
  baseUrl: string
  policy: LifetimePolicy
  rows: readonly KeyRow[]
  sort: KeySort
  pages: TablePages
  /** Whether all rows have one owner, so that none is shown. */
  isOneOwner: boolean
  ownerFilter?: TableFilter | undefined
  mayChange: boolean
  /** Address of a key's events without its id; null for who may not read them. */
  auditHref: string | null
  exports?: readonly TableExport[]
  /** The key of the address, to open its panel. */
  opened?: string | undefined
  empty: { title: string; text: ReactNode }
}

const STATUS_FILTER: TableFilter = {
  id: 'status', label: 'Status',
  options: [{ value: 'active', label: 'Active' }, { value: 'suspended', label: 'Suspended' }, { value: 'expired', label: 'Expired' }, { value: 'revoked', label: 'Revoked' }],
}

const MARK_FILTER: TableFilter = {
  id: 'mark', label: 'Show', single: true,
  options: [
    { value: 'expiring', label: 'Expiring', detail: 'Within 7 days' },
    { value: 'old', label: 'Old', detail: 'Made over 90 days ago' },
    { value: 'unused', label: 'Unused', detail: 'For 90 days' },
    { value: 'narrowed', label: 'Narrowed', detail: 'May do less than the owner' },
  ],
}

type Chosen = (row: KeyRow) => boolean

/** A bulk action on those of the chosen rows that it fits; it says so when it fits none. */
const onThose = (label: string, icon: ReactNode, fits: Chosen, misfit: string, deed: (rows: KeyTableRow[]) => void): BulkAction<KeyTableRow> => ({
  label, icon,
  onSelect: (rows, clear) => {
    const fitting = rows.filter(fits)
    if (fitting.length === 0) return toast({ kind: 'error', title: `None of the chosen keys is ${misfit}`, description: 'Choose others, or clear the selection.' })
    deed(fitting)
    clear()
  },
})

const bulkActionsWith = (doors: KeyDoors): readonly BulkAction<KeyTableRow>[] => [
  onThose('Suspend', <Ban aria-hidden="true" />, ({ status }) => status === 'active', 'active', (rows) => void suspendKeys(doors, rows)),
  onThose('Resume', <Play aria-hidden="true" />, ({ status }) => status === 'suspended', 'suspended', (rows) => void resumeKeys(doors, rows)),
  onThose('Revoke', <Trash2 aria-hidden="true" />, ({ status }) => status !== 'revoked', 'still there to revoke', (rows) => revokeKeys(doors, rows)),
]

/** Keys in the one table, with their dialogs. */
export function KeysTable(props: KeysTableProps) {
  const { doors, policy, organization, baseUrl, auditHref, mayChange, isOneOwner } = props
  const [open, setOpen] = useState<{ row: KeyRow; dialog: KeyDialog } | null>(null)
  const rows = useMemo(() => props.rows.map((row) => ({ ...row, onOpen: () => setOpen({ row, dialog: 'details' }) })), [props.rows])
  const bulkActions = useMemo(() => bulkActionsWith(doors), [doors])
  const dialog = { open: true, onOpenChange: (next: boolean) => !next && setOpen(null) }
  return (
    <>
      <DataTable
        name="API keys"
        columns={isOneOwner ? OWN_KEY_COLUMNS : KEY_COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => row.name}
        rowActions={(row) => keyMenu(doors, row, mayChange, (which) => setOpen({ row, dialog: which }))}
        {...(mayChange && { bulkActions })}
        sort={props.sort}
        search={{ placeholder: isOneOwner ? 'Search name or gh_…' : 'Search name or owner' }}
        filters={[STATUS_FILTER, MARK_FILTER, ...(props.ownerFilter ? [props.ownerFilter] : [])]}
        pages={props.pages}
        {...(props.exports && { exports: props.exports })}
        empty={<EmptyState icon={<KeyRound aria-hidden="true" />} title={props.empty.title}>{props.empty.text}</EmptyState>}
      />
      <Suspense>
        {open?.dialog === 'rotate' ? <RotateKeyDialog key={open.row.id} {...dialog} row={open.row} doors={doors} organization={organization} baseUrl={baseUrl} /> : null}
        {open?.dialog === 'edit' ? <EditKeyDialog key={open.row.id} {...dialog} row={open.row} doors={doors} policy={policy} /> : null}
        {open?.dialog === 'details' ? <KeyPanel key={open.row.id} {...dialog} id={open.row.id} name={open.row.name} doors={doors} auditHref={auditHref && auditHref + open.row.id} /> : null}
        {open === null && props.opened !== undefined ? <OpenedKey id={props.opened} doors={doors} auditHref={auditHref} /> : null}
      </Suspense>
    </>
  )
}

/** The panel of the key in the address; closing takes it out again. */
function OpenedKey({ id, doors, auditHref }: { id: string; doors: KeyDoors; auditHref: string | null }) {
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  function close() {
    const rest = new URLSearchParams(params)
    rest.delete('key')
    router.replace(toRoute(rest.size > 0 ? `${pathname}?${rest}` : pathname), { scroll: false })
  }
  return <KeyPanel open onOpenChange={(next) => !next && close()} id={id} name="API key" doors={doors} auditHref={auditHref && auditHref + id} />
}
