'use client'
import { Pencil, ScrollText, Trash2, Users } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { managedMenu } from '@/components/provisioning/managed-menu'
import type { MenuItem } from '@/components/ui/menu-item'
import type { GroupSort } from '@/lib/features/groups/rules'
import type { GroupListRow } from '@/lib/features/groups/rows'
import { managedReason } from '@/lib/features/provisioning/rules'
import { CreateGroupButton } from './create-group-button'
import type { CreateGroupProps } from './create-group-dialog'
import { deleteGroup } from './group-deeds'
import { LOCKED } from './group-words'
import { GROUP_COLUMNS, HOMED_GROUP_COLUMNS, ROLELESS_GROUP_COLUMNS, type GroupTableRow } from './groups-columns'

const EditGroupDialog = lazy(() => import('./edit-group-dialog').then((module) => ({ default: module.EditGroupDialog })))

type GroupsTableProps = CreateGroupProps & {
  organization: string
  rows: readonly GroupListRow[]
  sort: GroupSort
  pages: TablePages
  mayWrite: boolean
  /** Whether groups can be given roles; where everybody holds exactly one role, they have policies only. */
  areGivenRoles: boolean
  /** May see directories and take back what they manage. */
  mayProvision: boolean
}

/** The organization's groups. */
export function GroupsTable({ org, organization, home, rows, sort, pages, mayWrite, areGivenRoles, mayProvision }: GroupsTableProps) {
  const [editing, setEditing] = useState<GroupTableRow | null>(null)
  const listed = useMemo(() => rows.map((row) => ({ ...row, href: `/${org}/groups/${row.id}` })), [rows, org])
  const actionsOf = (row: GroupTableRow): MenuItem[] => {
    const locked = row.isLocked ? { disabledReason: LOCKED } : {}
    const managed = row.managedBy === null ? locked : { disabledReason: managedReason(row.managedBy) }
    return [
      { label: 'Open', icon: <Users aria-hidden="true" />, href: row.href },
      { label: 'Policy', icon: <ScrollText aria-hidden="true" />, href: `${row.href}/policy` },
      ...(mayWrite ? [
        { label: row.managedBy === null ? 'Rename' : 'Describe', icon: <Pencil aria-hidden="true" />, onSelect: () => setEditing(row), ...locked },
        { label: 'Delete…', icon: <Trash2 aria-hidden="true" />, danger: true, onSelect: () => deleteGroup(org, row), ...managed },
      ] : []),
      ...(mayProvision ? managedMenu(org, { type: 'group', id: row.id, name: row.name, managedBy: row.managedBy }) : []),
    ]
  }
  return (
    <>
      <DataTable
        name="Groups"
        columns={home ? HOMED_GROUP_COLUMNS : areGivenRoles ? GROUP_COLUMNS : ROLELESS_GROUP_COLUMNS}
        rows={listed}
        rowId={(row) => row.id}
        rowLabel={(row) => row.name}
        rowActions={actionsOf}
        sort={sort}
        search={{ placeholder: 'Search name or description' }}
        pages={pages}
        empty={
          <EmptyState icon={<Users aria-hidden="true" />} title="No groups yet" action={mayWrite ? <CreateGroupButton org={org} home={home} /> : null}>
            {areGivenRoles
              ? `A group gives several people of ${organization} the same roles at once, and can hold a policy: rules about single resources, times and addresses.`
              : `A group holds a policy for several people of ${organization}: rules about single resources, times and addresses.`}
          </EmptyState>
        }
      />
      {editing ? (
        <Suspense>
          <EditGroupDialog key={editing.id} org={org} group={editing} open onOpenChange={(open) => !open && setEditing(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
