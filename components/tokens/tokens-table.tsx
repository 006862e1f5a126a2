'use client'
import { Ban, Copy, KeySquare, Pencil, Play, RefreshCw, Trash2 } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { LifetimePolicy } from '@/components/credentials/expiry-choice'
import { DataTable } from '@/components/data-table/data-table'
import type { BulkAction, TableFilter, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import type { MenuItem } from '@/components/ui/menu-item'
import { tokenLabel, type TokenRow, type TokenSort } from '@/lib/features/tokens/page-rules'
import { TOKEN_COLUMNS } from './token-columns'
import { deleteTokens, resumeTokens, suspendTokens } from './token-deeds'

const RotateTokenDialog = lazy(() => import('./rotate-token-dialog').then((module) => ({ default: module.RotateTokenDialog })))
const EditTokenDialog = lazy(() => import('./edit-token-dialog').then((module) => ({ default: module.EditTokenDialog })))

type TokensTableProps = {
  org: string
  organization: string
  baseUrl: string
  policy: LifetimePolicy
  rows: readonly TokenRow[]
  roles: readonly { id: string; title: string }[]
  sort: TokenSort
  pages: TablePages
  mayWrite: boolean
}

const STATUS_FILTER: TableFilter = { id: 'status', label: 'Status', single: true, options: [{ value: 'active', label: 'Active' }, { value: 'suspended', label: 'Suspended' }, { value: 'expired', label: 'Expired' }] }

const MARK_FILTER: TableFilter = {
  id: 'mark', label: 'Show', single: true,
  options: [{ value: 'expiring', label: 'Expiring', detail: 'Within 7 days' }, { value: 'old', label: 'Old', detail: 'Made over 90 days ago' }, { value: 'unused', label: 'Unused', detail: 'For 90 days' }],
}

const icon = (Icon: typeof Ban) => <Icon aria-hidden="true" />

type Opened = { row: TokenRow; dialog: 'rotate' | 'edit' }

function menuOf(org: string, row: TokenRow, open: (opened: Opened) => void): MenuItem[] {
  const isReplaced = row.replacedBy !== null ? { disabledReason: 'It was rotated already; rotate the new one' } : {}
  return [
    { label: 'Generate another of this role', icon: icon(Copy), href: `/${org}/tokens?generate=${row.role.id}` },
    { label: 'Rotate…', icon: icon(RefreshCw), onSelect: () => open({ row, dialog: 'rotate' }), ...isReplaced },
    row.status === 'suspended'
      ? { label: 'Resume', icon: icon(Play), onSelect: () => void resumeTokens(org, [row]) }
      : { label: 'Suspend', icon: icon(Ban), onSelect: () => void suspendTokens(org, [row]), ...(row.status === 'expired' && { disabledReason: 'It has expired, so it does not work anyway' }) },
    { label: 'Edit description and end', icon: icon(Pencil), onSelect: () => open({ row, dialog: 'edit' }) },
    { label: 'Delete…', icon: icon(Trash2), danger: true, onSelect: () => deleteTokens(org, [row]) },
  ]
}

/** Application tokens of the organization. */
export function TokensTable(props: TokensTableProps) {
  const { org, organization, baseUrl, policy, mayWrite } = props
  const [open, setOpen] = useState<Opened | null>(null)
  const bulkActions = useMemo(
    (): readonly BulkAction<TokenRow>[] => [
      { label: 'Suspend', icon: icon(Ban), onSelect: (rows, clear) => (void suspendTokens(org, rows), clear()) },
      { label: 'Resume', icon: icon(Play), onSelect: (rows, clear) => (void resumeTokens(org, rows), clear()) },
      { label: 'Delete', icon: icon(Trash2), onSelect: (rows, clear) => (deleteTokens(org, rows), clear()) },
    ],
    [org],
  )
  const roleFilter: TableFilter = { id: 'role', label: 'Role', single: true, options: props.roles.map(({ id, title }) => ({ value: id, label: title })) }
  const dialog = { open: true, onOpenChange: (next: boolean) => !next && setOpen(null) }
  return (
    <>
      <DataTable
        name="Application tokens"
        columns={TOKEN_COLUMNS}
        rows={props.rows}
        rowId={(row) => row.id}
        rowLabel={tokenLabel}
        {...(mayWrite && { bulkActions, rowActions: (row: TokenRow) => menuOf(org, row, setOpen) })}
        sort={props.sort}
        search={{ placeholder: 'Search description or gh_tok_…' }}
        filters={[STATUS_FILTER, roleFilter, MARK_FILTER]}
        pages={props.pages}
        empty={
          <EmptyState icon={<KeySquare aria-hidden="true" />} title="No application tokens yet">
            A token is a program of its own with exactly one role: it depends on nobody, and outlives whoever generated it.
          </EmptyState>
        }
      />
      <Suspense>
        {open?.dialog === 'rotate' ? <RotateTokenDialog key={open.row.id} {...dialog} org={org} row={open.row} organization={organization} baseUrl={baseUrl} /> : null}
        {open?.dialog === 'edit' ? <EditTokenDialog key={open.row.id} {...dialog} org={org} row={open.row} policy={policy} /> : null}
      </Suspense>
    </>
  )
}
