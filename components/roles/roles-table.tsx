'use client'
import { Copy, GitCompareArrows, Pencil, ShieldCheck, Trash2 } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { TableFilter, TablePages } from '@/components/data-table/table-types'
import type { MenuItem } from '@/components/ui/menu-item'
import type { RoleRow, RoleSort } from '@/lib/features/roles/view'
import { NoCustomRoles } from './no-custom-roles'
import { ROLE_COLUMNS, type RoleTableRow } from './roles-columns'

const DeleteRoleDialog = lazy(() => import('./delete-role-dialog').then((module) => ({ default: module.DeleteRoleDialog })))

const KIND_FILTER: TableFilter = {
  id: 'kind', label: 'Type', single: true,
  options: [{ value: 'built-in', label: 'Built-in', detail: 'Come with the access model' }, { value: 'custom', label: 'Custom', detail: 'The organization’s own' }],
}

type RolesTableProps = {
  org: string
  rows: readonly RoleRow[]
  sort: RoleSort | null
  pages: TablePages
  /** Only custom ones are asked for, so nothing at all means that there are none yet. */
  onlyCustom: boolean
  may: { write: boolean; customRoles: boolean }
}

const BUILT_IN = 'Built into the access model. Duplicate it and change the copy'

function menuOf(org: string, row: RoleTableRow, may: RolesTableProps['may'], remove: (row: RoleTableRow) => void): MenuItem[] {
  const fixed = row.kind === 'built-in' ? { disabledReason: BUILT_IN } : {}
  const isWritable = may.write && may.customRoles
  return [
    { label: 'Open', icon: <ShieldCheck aria-hidden="true" />, href: row.href },
    { label: 'Compare', icon: <GitCompareArrows aria-hidden="true" />, href: `/${org}/roles/compare?a=${row.id}` },
    ...(isWritable ? [
      { label: 'Edit', icon: <Pencil aria-hidden="true" />, href: `${row.href}/edit`, ...fixed },
      { label: 'Duplicate', icon: <Copy aria-hidden="true" />, href: `/${org}/roles/new?from=${row.id}` },
      { label: 'Delete…', icon: <Trash2 aria-hidden="true" />, danger: true, onSelect: () => remove(row), ...fixed },
    ] : []),
  ]
}

/** Roles of the organization, built-in and custom. */
export function RolesTable({ org, rows: given, sort, pages, onlyCustom, may }: RolesTableProps) {
  const [removed, setRemoved] = useState<RoleTableRow | null>(null)
  const rows = useMemo(() => given.map((row) => ({ ...row, href: `/${org}/roles/${row.id}` })), [given, org])
  if (onlyCustom && rows.length === 0) return <NoCustomRoles org={org} may={may} />
  return (
    <>
      <DataTable
        name="Roles"
        columns={ROLE_COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => row.title}
        rowActions={(row) => menuOf(org, row, may, setRemoved)}
        {...(sort && { sort })}
        search={{ placeholder: 'Search roles' }}
        filters={[KIND_FILTER]}
        pages={pages}
        empty={<NoCustomRoles org={org} may={may} />}
      />
      {removed ? (
        <Suspense>
          <DeleteRoleDialog key={removed.id} org={org} role={removed} open onOpenChange={(open) => !open && setRemoved(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
