import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { RoleMatrix } from '@/components/roles/role-matrix'
import { RoleTabs } from '@/components/roles/role-tabs'
import { roleFilterOf } from '@/lib/features/roles/page-request'
import { cellsOf } from '@/lib/features/roles/view'
import { listRoleViews } from '@/lib/features/roles/views'

export const metadata: Metadata = { title: 'Matrix of roles' }

export default consolePage('role:read', async ({ ctx, org, searchParams }) => {
  const { roles, groups } = await listRoleViews(ctx)
  const { q, kinds } = roleFilterOf(searchParams)
  return (
    <>
      <PageHeader title="Roles" description={`Which role permits what in the ${ctx.model.title} model, with what comes along. An asterisk: only where the role is held at certain places.`} />
      <RoleTabs org={org} current="matrix" />
      <RoleMatrix
        org={org}
        groups={groups}
        roles={roles.map((role) => ({ id: role.id, title: role.title, kind: role.kind, onlyAt: role.onlyAt, cells: cellsOf(groups, role) }))}
        q={q}
        kind={kinds.length === 1 ? (kinds[0] ?? '') : ''}
      />
    </>
  )
})
