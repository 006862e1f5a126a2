'use client'
import { CredentialStatus } from '@/components/credentials/credential-status'
import { Expires } from '@/components/credentials/expires'
import { LastUsed } from '@/components/credentials/last-used'
import type { DataTableColumn } from '@/components/data-table/table-types'
import { RelativeTime } from '@/components/ui/relative-time'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'

/** A key with what its name does when pressed. */
export type KeyTableRow = KeyRow & { onOpen: () => void }

function Name({ row }: { row: KeyTableRow }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2.5">
      <button type="button" className="truncate text-left hover:underline underline-offset-2" onClick={row.onOpen}>
        {row.name}
      </button>
      <code className="mono flex-none text-[12px] text-ink-3">{row.hint}</code>
    </span>
  )
}

const status = (row: KeyTableRow) => (
  <CredentialStatus status={row.status} marks={row.marks} reason={row.status === 'revoked' ? row.revokedReason : row.suspendedReason} narrowing={row.narrowing.join(', ') || undefined} />
)

/** Columns of a list of keys. On a phone: name, below it how it stands and when it was used. */
export const KEY_COLUMNS: readonly DataTableColumn<KeyTableRow>[] = [
  { id: 'name', header: 'Name', cell: (row) => <Name row={row} />, sortable: true, width: 'wide', phone: 'title', hideable: false },
  { id: 'owner', header: 'Owner', cell: (row) => <span className="dim">{row.isOwn ? 'you' : row.owner.name}</span> },
  { id: 'status', header: 'Status', cell: status, width: 'fit', phone: 'second' },
  { id: 'narrowing', header: 'Narrowed to', cell: (row) => <span className="dim">{row.narrowing.join(', ') || '–'}</span>, hiddenByDefault: true },
  { id: 'created', header: 'Created', cell: (row) => <span className="dim"><RelativeTime at={row.createdAt} format="date" /></span>, sortable: 'desc', width: 'fit' },
  { id: 'expires', header: 'Expires', cell: (row) => <Expires credential={row} />, sortable: true, width: 'fit' },
  { id: 'last-used', header: 'Last used', cell: (row) => <LastUsed lastUsedAt={row.lastUsedAt} lastUsedIp={row.lastUsedIp} />, sortable: 'desc', width: 'fit', phone: 'second' },
]

/** Where the owner is known anyway. */
export const OWN_KEY_COLUMNS = KEY_COLUMNS.filter(({ id }) => id !== 'owner')
