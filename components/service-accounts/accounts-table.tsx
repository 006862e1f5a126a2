'use client'
import { Bot } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { DataTableColumn, TableFilter, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { placeInWords } from '@/components/members/member-words'
import { ChipList } from '@/components/ui/chip-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { AccountRow, AccountSort } from '@/lib/features/service-accounts/page-rules'
import { accountMenu } from './account-menu'
import { AccountStatusPill } from './account-status'

const EditAccountDialog = lazy(() => import('./edit-account-dialog').then((module) => ({ default: module.EditAccountDialog })))

type Row = AccountRow & { href: string }

const rolesOf = ({ roles }: Row) => roles.map(({ role, scope, expiresAt }) => ({ label: role.title, detail: placeInWords({ roleId: role.id, name: role.name, title: role.title, scope, expiresAt }) }))

function Name({ row }: { row: Row }) {
  return (
    <span className="truncate">
      <TextLink href={row.href} plain>
        {row.name}
      </TextLink>
      {row.description ? <span className="ml-2 text-ink-3">{row.description}</span> : null}
    </span>
  )
}

const COLUMNS: readonly DataTableColumn<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => <Name row={row} />, sortable: true, width: 'wide', phone: 'title', hideable: false },
  { id: 'status', header: 'Status', cell: (row) => <AccountStatusPill status={row.status} />, width: 'fit', phone: 'second' },
  { id: 'roles', header: 'Roles and scope', cell: (row) => <ChipList items={rolesOf(row)} none="no role" />, phone: 'second' },
  { id: 'keys', header: 'Keys', cell: (row) => <span className="num">{row.keys}</span>, align: 'end', width: 'fit' },
  { id: 'created-by', header: 'Made by', cell: (row) => <span className="dim">{row.createdBy ?? '–'}</span> },
  { id: 'created', header: 'Created', cell: (row) => <span className="dim"><RelativeTime at={row.createdAt} format="date" /></span>, sortable: 'desc', width: 'fit' },
  { id: 'last-used', header: 'Last used', cell: (row) => <span className="dim"><RelativeTime at={row.lastUsedAt} never="never" /></span>, width: 'fit' },
]

const STATUS_FILTER: TableFilter = { id: 'status', label: 'Status', single: true, options: [{ value: 'active', label: 'Active' }, { value: 'suspended', label: 'Suspended' }] }

type AccountsTableProps = { org: string; rows: readonly AccountRow[]; sort: AccountSort; pages: TablePages; mayWrite: boolean }

/** Service accounts of the organization. */
export function AccountsTable({ org, sort, pages, mayWrite, ...props }: AccountsTableProps) {
  const [editing, setEditing] = useState<Row | null>(null)
  const rows = useMemo(() => props.rows.map((row) => ({ ...row, href: `/${org}/service-accounts/${row.id}` })), [props.rows, org])
  return (
    <>
      <DataTable
        name="Service accounts"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => row.name}
        rowActions={(row) => accountMenu(org, row, mayWrite, () => setEditing(row))}
        sort={sort}
        search={{ placeholder: 'Search name or description' }}
        filters={[STATUS_FILTER]}
        pages={pages}
        empty={
          <EmptyState icon={<Bot aria-hidden="true" />} title="No service accounts yet">
            A service account is a program with roles and keys of its own. Unlike the keys of people, it stays when somebody leaves.
          </EmptyState>
        }
      />
      {editing ? (
        <Suspense>
          <EditAccountDialog key={editing.id} org={org} account={editing} open onOpenChange={(open) => !open && setEditing(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
