'use client'
import { GripVertical, FolderOpen } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { DataTableColumn, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { ChipList } from '@/components/ui/chip-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { ContentsRow } from '@/lib/features/resources/contents'
import { beginDrag, endDrag } from './dragged'
import { ResourceIcon } from './resource-icon'
import { resourceMenu, type NameRules } from './resource-menu'

type Row = ContentsRow & { href: string }

function Name({ row }: { row: Row }) {
  const { id, type, name, parent, denied } = row
  return (
    <span
      className="contents-name"
      draggable={denied.move === null}
      onDragStart={(event) => beginDrag({ id, type, name, parentId: parent?.id ?? null }, event.dataTransfer)}
      onDragEnd={endDrag}
    >
      {denied.move === null ? <GripVertical aria-hidden="true" className="grip" /> : null}
      <ResourceIcon type={type} />
      <TextLink href={row.href} plain>
        {name}
      </TextLink>
    </span>
  )
}

function labelsOf({ attributes }: Row): { label: string }[] {
  const { labels } = attributes
  return typeof labels === 'object' ? labels.map((label) => ({ label })) : []
}

const COLUMNS: readonly DataTableColumn<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => <Name row={row} />, width: 'wide', phone: 'title', hideable: false },
  { id: 'type', header: 'Type', cell: (row) => row.typeTitle, width: 'fit', phone: 'second' },
  { id: 'contents', header: 'Contains', cell: (row) => <span className="dim">{row.contents || '–'}</span>, width: 'fit', phone: 'second' },
  { id: 'labels', header: 'Labels', cell: (row) => <ChipList items={labelsOf(row)} />, width: 'fit' },
  { id: 'externalId', header: 'External id', cell: (row) => (row.externalId === null ? <span className="dim">–</span> : <code>{row.externalId}</code>), hiddenByDefault: true },
  { id: 'created', header: 'Created', cell: (row) => <span className="dim"><RelativeTime at={row.createdAt} format="date" /></span>, width: 'fit' },
]

const WITHOUT_LABELS = COLUMNS.filter(({ id }) => id !== 'labels')

type ContentsTableProps = {
  org: string
  name: string
  rows: readonly ContentsRow[]
  types: readonly { type: string; plural: string }[]
  /** Whether anything that can lie here has labels. */
  hasLabels: boolean
  nameRules: NameRules
  pages: TablePages
  /** What stands there while nothing lies in it. */
  emptyText: ReactNode
}

/** What lies directly in a resource: folders first, then the rest, each by name. */
export function ContentsTable({ org, name, rows, types, hasLabels, nameRules, pages, emptyText }: ContentsTableProps) {
  const shown = useMemo(() => rows.map((row) => ({ ...row, href: `/${org}/folders/${row.id}` })), [rows, org])
  return (
    <DataTable
      name={`Contents of ${name}`}
      columns={hasLabels ? COLUMNS : WITHOUT_LABELS}
      rows={shown}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
      rowActions={(row) => resourceMenu({ org, nameRules }, row)}
      search={{ placeholder: 'Search here' }}
      {...(types.length > 1 && { filters: [{ id: 'type', label: 'Type', options: types.map(({ type, plural }) => ({ value: type, label: plural })) }] })}
      pages={pages}
      empty={
        <EmptyState icon={<FolderOpen aria-hidden="true" />} title="Nothing here yet">
          {emptyText}
        </EmptyState>
      }
    />
  )
}
