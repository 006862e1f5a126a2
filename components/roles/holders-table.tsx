'use client'
import { useMemo } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { DataTableColumn, TablePages } from '@/components/data-table/table-types'
import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { HolderKind, RoleHolder } from '@/lib/features/roles/holders'
import { HOLDER_WORDS } from './role-words'

type HolderRow = RoleHolder & { href: string }

const PATHS: Readonly<Record<HolderKind, string>> = { user: 'users', invitation: 'users', group: 'groups', service_account: 'service-accounts' }

const COLUMNS: readonly DataTableColumn<HolderRow>[] = [
  {
    id: 'holder', header: 'Held by', width: 'wide', phone: 'title', hideable: false,
    cell: (row) => (
      <span className="truncate">
        <TextLink href={row.href} plain>
          {row.name}
        </TextLink>
        {row.detail ? <span className="ml-2 text-ink-3">{row.detail}</span> : null}
      </span>
    ),
  },
  { id: 'kind', header: 'Type', cell: (row) => HOLDER_WORDS[row.kind], width: 'fit', phone: 'second' },
  { id: 'scope', header: 'Where', cell: (row) => row.scope.name, phone: 'second' },
  { id: 'ends', header: 'Ends', cell: (row) => (row.expiresAt === null ? <span className="dim">never</span> : <RelativeTime at={row.expiresAt} />), width: 'fit' },
  { id: 'giver', header: 'Given by', cell: (row) => <span className="dim">{row.grantedBy || '–'}</span>, width: 'fit' },
]

/** Who holds a role, and where. */
export function HoldersTable({ org, title, rows: given, pages }: { org: string; title: string; rows: readonly RoleHolder[]; pages: TablePages }) {
  const rows = useMemo(() => given.map((row) => ({ ...row, href: `/${org}/${PATHS[row.kind]}/${row.holderId}` })), [given, org])
  return <DataTable name="Holders" columns={COLUMNS} rows={rows} rowId={(row) => row.id} rowLabel={(row) => row.name} pages={pages} empty={<p className="text-ink-2">Nobody holds {title} at present.</p>} />
}
