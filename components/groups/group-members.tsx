'use client'
import { UserMinus, UserRound, Users } from 'lucide-react'
import { useMemo } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { DataTableColumn, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { nameOf } from '@/components/members/member-words'
import { Avatar } from '@/components/ui/avatar'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import { TextLink } from '@/components/ui/text-link'
import type { GroupMemberRow, GroupRow } from '@/lib/features/groups/rules'
import { removeFromGroup } from './group-deeds'

type Row = GroupMemberRow & { href: string }

const STATUS: Readonly<Record<GroupMemberRow['status'], { label: string; tone: Tone }>> = {
  active: { label: 'Active', tone: 'ok' },
  suspended: { label: 'Suspended', tone: 'bad' },
  invited: { label: 'Pending', tone: 'warn' },
}

const COLUMNS: readonly DataTableColumn<Row>[] = [
  {
    id: 'name', header: 'Name', width: 'wide', phone: 'title', hideable: false,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2.5">
        <Avatar name={nameOf(row)} />
        <span className="truncate">
          <TextLink href={row.href} plain>
            {nameOf(row)}
          </TextLink>
          {row.name ? <span className="ml-2 text-ink-3">{row.email}</span> : null}
        </span>
      </span>
    ),
  },
  { id: 'status', header: 'Status', width: 'fit', phone: 'second', cell: (row) => <StatusPill tone={STATUS[row.status].tone}>{STATUS[row.status].label}</StatusPill> },
  { id: 'by', header: 'Added by', cell: (row) => row.addedByName || <span className="dim">–</span>, hiddenByDefault: true },
  { id: 'added', header: 'Added', width: 'fit', phone: 'second', cell: (row) => <span className="dim"><RelativeTime at={row.addedAt} format="date" /></span> },
]

type GroupMembersProps = { org: string; group: Pick<GroupRow, 'id' | 'name'>; rows: readonly GroupMemberRow[]; pages: TablePages; mayWrite: boolean; /** Why nobody is taken out here, though one may. */ lockedReason: string | null }

/** Who is in a group. */
export function GroupMembers({ org, group, rows, pages, mayWrite, lockedReason }: GroupMembersProps) {
  const listed = useMemo(() => rows.map((row) => ({ ...row, href: `/${org}/users/${row.invitationId ?? row.id}` })), [rows, org])
  const remove = (people: readonly Row[], onDone?: () => void) => removeFromGroup(org, group, people, onDone)
  return (
    <DataTable
      name="Members"
      columns={COLUMNS}
      rows={listed}
      rowId={(row) => row.id}
      rowLabel={nameOf}
      rowActions={(row) => [
        { label: 'Open', icon: <UserRound aria-hidden="true" />, href: row.href },
        ...(mayWrite ? [{ label: 'Take out of the group…', icon: <UserMinus aria-hidden="true" />, onSelect: () => remove([row]), ...(lockedReason !== null && { disabledReason: lockedReason }) }] : []),
      ]}
      {...(mayWrite && lockedReason === null && { bulkActions: [{ label: 'Take out…', icon: <UserMinus aria-hidden="true" />, onSelect: (people: Row[], clear: () => void) => remove(people, clear) }] })}
      search={{ placeholder: 'Search members' }}
      pages={pages}
      empty={
        <EmptyState icon={<Users aria-hidden="true" />} title="Nobody is in this group yet">
          {lockedReason === null ? 'People you add hold the group’s roles, and what its policy permits, from that moment.' : 'Whom its directory puts into it appears here.'}
        </EmptyState>
      }
    />
  )
}
