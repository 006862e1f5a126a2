'use client'
import { Ban, Mail, Play, Trash2, Undo2, Users } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { BulkAction, TableFilter, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import type { Verb } from '@/lib/access/models/access-model'
import type { MemberRow, MemberSort } from '@/lib/features/members/rules'
import { remove, resend, resume, revoke, suspend, type DeedPlace } from './member-deeds'
import { memberMenu, type MemberRights } from './member-menu'
import { nameOf } from './member-words'
import { MEMBER_COLUMNS, type MemberTableRow } from './members-columns'

const EditRolesDialog = lazy(() => import('./edit-roles-dialog').then((module) => ({ default: module.EditRolesDialog })))

type MembersTableProps = {
  org: string
  organization: string
  rows: readonly MemberRow[]
  /** What the people may do at one resource, by their id, and resources to choose. */
  glances: { at: string; place: string; places: readonly Option[]; verbs: Readonly<Record<string, readonly Verb[]>> }
  roles: readonly { id: string; title: string }[]
  /** Whether each person has a second factor, by their id, open invitations left out; null for who may not know. */
  factors: Readonly<Record<string, boolean>> | null
  sort: MemberSort
  pages: TablePages
  may: MemberRights & { export: boolean }
  hasMailServer: boolean
  selfId: string | null
  lastAdministratorId: string | null
}

const STATUS_FILTER: TableFilter = {
  id: 'status', label: 'Status',
  options: [{ value: 'active', label: 'Active' }, { value: 'pending', label: 'Pending' }, { value: 'suspended', label: 'Suspended' }, { value: 'expired', label: 'Expired' }],
}

const SHOW_FILTER: TableFilter = {
  id: 'show', label: 'Show',
  options: [
    { value: 'unused', label: 'Unused for 90 days', detail: 'Active, but not seen for so long' },
    { value: 'administrators', label: 'Administrators', detail: 'May manage users and give roles' },
  ],
}

type Chosen = (row: MemberRow) => boolean
const isInvitation: Chosen = (row) => row.invitationId !== null
const isActive: Chosen = (row) => row.status === 'active'
const isSuspended: Chosen = (row) => row.status === 'suspended'
const isMember: Chosen = (row) => row.invitationId === null

/** A bulk action on those of the chosen rows that it fits; it says so when it fits none. */
const onThose = (label: string, icon: BulkAction<MemberTableRow>['icon'], fits: Chosen, misfit: string, deed: (rows: MemberTableRow[]) => void): BulkAction<MemberTableRow> => ({
  label, icon,
  onSelect: (rows, clear) => {
    const fitting = rows.filter(fits)
    if (fitting.length === 0) return toast({ kind: 'error', title: `None of the chosen rows is ${misfit}`, description: 'Choose others, or clear the selection.' })
    deed(fitting)
    clear()
  },
})

const bulkActionsIn = (place: DeedPlace): readonly BulkAction<MemberTableRow>[] => [
  onThose('Suspend', <Ban aria-hidden="true" />, isActive, 'an active member', (rows) => suspend(place, rows)),
  onThose('Resume', <Play aria-hidden="true" />, isSuspended, 'a suspended member', (rows) => void resume(place, rows)),
  onThose('Resend', <Mail aria-hidden="true" />, isInvitation, 'an open invitation', (rows) => void resend(place, rows)),
  onThose('Revoke', <Undo2 aria-hidden="true" />, isInvitation, 'an open invitation', (rows) => revoke(place, rows)),
  onThose('Remove', <Trash2 aria-hidden="true" />, isMember, 'a member', (rows) => remove(place, rows)),
]

/** Members and open invitations in one table. */
export function MembersTable(props: MembersTableProps) {
  const { org, organization, selfId, may, hasMailServer, lastAdministratorId } = props
  const [editing, setEditing] = useState<MemberTableRow | null>(null)
  const place = useMemo(() => ({ org, organization, selfId }), [org, organization, selfId])
  const { glances, factors } = props
  const rows = useMemo(
    () => props.rows.map((row) => ({ ...row, href: `/${org}/users/${row.id}`, glance: { verbs: glances.verbs[row.id] ?? [], place: glances.place }, hasSecondFactor: factors?.[row.id] ?? null })),
    [props.rows, org, glances, factors],
  )
  const columns = useMemo(() => MEMBER_COLUMNS.filter(({ id }) => id !== 'second-factor' || factors !== null), [factors])
  const bulkActions = useMemo(() => bulkActionsIn(place), [place])
  const roleFilter: TableFilter = { id: 'role', label: 'Role', single: true, options: props.roles.map(({ id, title }) => ({ value: id, label: title })) }
  const placeFilter: TableFilter = { id: 'at', label: 'Actions in', single: true, options: glances.places }
  return (
    <>
      <DataTable
        name="Users"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={nameOf}
        rowActions={(row) => memberMenu(place, row, { may, hasMailServer, lastAdministratorId }, () => setEditing(row))}
        {...(may.write && { bulkActions })}
        sort={props.sort}
        search={{ placeholder: 'Search name or e-mail' }}
        filters={[STATUS_FILTER, roleFilter, SHOW_FILTER, placeFilter]}
        pages={props.pages}
        {...(may.export && { exports: [{ label: 'Export as CSV', href: `/${org}/users/export` }] })}
        empty={
          <EmptyState icon={<Users aria-hidden="true" />} title="Nobody to see here yet">
            People whom you invite to {organization} appear here, with their roles and when they were last seen.
          </EmptyState>
        }
      />
      {editing ? (
        <Suspense>
          <EditRolesDialog key={editing.id} org={org} person={editing} open onOpenChange={(open) => !open && setEditing(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
