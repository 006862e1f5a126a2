'use client'
import { Lock } from 'lucide-react'
import type { DataTableColumn } from '@/components/data-table/table-types'
import { placeInWords } from '@/components/members/member-words'
import { ManagedBadge } from '@/components/provisioning/managed-badge'
import { Badge } from '@/components/ui/badge'
import { ChipList } from '@/components/ui/chip-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { TextLink } from '@/components/ui/text-link'
import type { GroupListRow } from '@/lib/features/groups/rows'

/** A group with the address of its page. */
export type GroupTableRow = GroupListRow & { href: string }

function Name({ row }: { row: GroupTableRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate">
        <TextLink href={row.href} plain>
          {row.name}
        </TextLink>
        {row.description ? <span className="ml-2 text-ink-3">{row.description}</span> : null}
      </span>
      {row.isLocked ? (
        <Badge title="Made with its resource: roles and policy cannot be edited">
          <Lock aria-hidden="true" className="mr-1 inline size-3" />
          locked
        </Badge>
      ) : null}
      {row.managedBy ? <ManagedBadge by={row.managedBy} /> : null}
    </span>
  )
}

const rolesOf = (row: GroupTableRow) => row.roles.map((role) => ({ label: role.title, detail: placeInWords(role) }))

const NAME: DataTableColumn<GroupTableRow> = { id: 'name', header: 'Name', cell: (row) => <Name row={row} />, sortable: true, width: 'wide', phone: 'title', hideable: false }
const HOME: DataTableColumn<GroupTableRow> = { id: 'home', header: 'Belongs to', cell: (row) => row.resource?.name ?? <span className="dim">–</span>, phone: 'second' }

function MemberCount({ count }: { count: number }) {
  return (
    <span className="num">
      {count.toLocaleString('en')}
      <span className="md:hidden">{count === 1 ? ' person' : ' people'}</span>
    </span>
  )
}

const MEMBERS: DataTableColumn<GroupTableRow> = { id: 'members', header: 'Members', cell: (row) => <MemberCount count={row.memberCount} />, align: 'end', width: 'fit', phone: 'second' }
const ROLES: DataTableColumn<GroupTableRow> = { id: 'roles', header: 'Roles and scope', cell: (row) => <ChipList items={rolesOf(row)} none="no role" />, phone: 'second' }

const REST: readonly DataTableColumn<GroupTableRow>[] = [
  {
    id: 'policy', header: 'Policy', width: 'fit',
    cell: (row) => (row.hasPolicy ? <StatusPill tone="accent">Policy</StatusPill> : <span className="dim">none</span>),
  },
  { id: 'added', header: 'Created', cell: (row) => <span className="dim"><RelativeTime at={row.createdAt} format="date" /></span>, sortable: 'desc', width: 'fit' },
]

/** Columns of the Groups page, with what a group belongs to in models that tie groups to something. */
export const GROUP_COLUMNS: readonly DataTableColumn<GroupTableRow>[] = [NAME, MEMBERS, ROLES, ...REST]
export const HOMED_GROUP_COLUMNS: readonly DataTableColumn<GroupTableRow>[] = [NAME, HOME, MEMBERS, ROLES, ...REST]
/** The same in models in which no group holds roles. */
export const ROLELESS_GROUP_COLUMNS: readonly DataTableColumn<GroupTableRow>[] = [NAME, MEMBERS, ...REST]
