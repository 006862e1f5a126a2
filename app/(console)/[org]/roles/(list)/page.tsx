import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { RoleTabs } from '@/components/roles/role-tabs'
import { RolesTable } from '@/components/roles/roles-table'
import { LinkButton } from '@/components/ui/link-button'
import { ROLE_PAGE_SIZES, roleFilterOf, rolePageOf, rolesInWords } from '@/lib/features/roles/page-request'
import { listRoleRows } from '@/lib/features/roles/views'

export const metadata: Metadata = { title: 'Roles' }

export default consolePage('role:read', async ({ ctx, org, searchParams }) => {
  const filter = roleFilterOf(searchParams)
  const page = rolePageOf(searchParams)
  const { rows, nextCursor, previousCursor, count } = await listRoleRows(ctx, filter, page)
  const may = { write: ctx.rights.holds('role:write'), customRoles: ctx.model.rules.customRoles }
  return (
    <>
      <PageHeader
        title="Roles"
        description={`What people, groups and service accounts of ${ctx.organization.name} can be permitted to do.`}
        actions={may.write && may.customRoles ? <LinkButton href={`/${org}/roles/new`} variant="primary" icon={<Plus aria-hidden="true" />}>Create role</LinkButton> : null}
      />
      <RoleTabs org={org} current="list" />
      <RolesTable
        org={org}
        rows={rows}
        sort={filter.sort}
        pages={{ nextCursor, previousCursor, countLabel: rolesInWords(count), pageSize: page.limit, sizes: ROLE_PAGE_SIZES }}
        onlyCustom={filter.kinds.length === 1 && filter.kinds[0] === 'custom' && filter.q === ''}
        may={may}
      />
    </>
  )
})
