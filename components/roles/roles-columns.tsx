'use client'
import type { DataTableColumn } from '@/components/data-table/table-types'
import { TextLink } from '@/components/ui/text-link'
import { Tooltip } from '@/components/ui/tooltip'
import type { RoleRow } from '@/lib/features/roles/view'
import { RoleKindBadge } from './role-kind'
import { countInWords, permissionsInWords, placesInWords } from './role-words'

/** A role with the address of its page. */
export type RoleTableRow = RoleRow & { href: string }

const SHOWN = 40

const listed = (titles: readonly string[]): string =>
  titles.length > SHOWN ? `${titles.slice(0, SHOWN).join(', ')} and ${titles.length - SHOWN} more` : titles.join(', ')

function Title({ row }: { row: RoleTableRow }) {
  return (
    <span className="truncate">
      <TextLink href={row.href} plain>
        {row.title}
      </TextLink>
      {row.description ? <span className="ml-2 text-ink-3">{row.description}</span> : null}
    </span>
  )
}

function Permissions({ row }: { row: RoleTableRow }) {
  const { model, own } = row.counts
  if (row.titles.length === 0) return <span className="dim">none</span>
  return (
    <Tooltip content={listed(row.titles)}>
      <button type="button" className="badge" aria-label={`${permissionsInWords(row.counts)}: ${listed(row.titles)}`}>
        {model}
        {own > 0 ? <span className="text-ink-3"> + {own}</span> : null}
      </button>
    </Tooltip>
  )
}

function Holders({ row }: { row: RoleTableRow }) {
  if (row.isFloor) return <span className="dim">everybody</span>
  return row.holders === null ? <span className="dim">–</span> : <span className="num">{countInWords(row.holders)}</span>
}

/** Columns of the Roles page. On a phone: what it is called, below it of which kind it is and who holds it. */
export const ROLE_COLUMNS: readonly DataTableColumn<RoleTableRow>[] = [
  { id: 'title', header: 'Role', cell: (row) => <Title row={row} />, sortable: true, width: 'wide', phone: 'title', hideable: false },
  { id: 'kind', header: 'Type', cell: (row) => <RoleKindBadge kind={row.kind} isFloor={row.isFloor} />, width: 'fit', phone: 'second' },
  { id: 'group', header: 'Group', cell: (row) => <span className="dim">{row.group}</span>, width: 'fit' },
  { id: 'permissions', header: 'Permissions', cell: (row) => <Permissions row={row} />, sortable: 'desc', width: 'fit', phone: 'second' },
  { id: 'holders', header: 'Held by', cell: (row) => <Holders row={row} />, sortable: 'desc', width: 'fit' },
  { id: 'assignable', header: 'Can be held at', cell: (row) => <span className="dim">{row.isRestricted ? 'Chosen resources' : placesInWords(row.assignableAt)}</span>, width: 'fit' },
  { id: 'name', header: 'Identifier', cell: (row) => <span className="mono">{row.name}</span>, width: 'fit', hiddenByDefault: true },
]
