import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { RoleEditor } from '@/components/roles/role-editor'
import { startRole } from '@/lib/features/roles/editing'
import { NoCustomRoles } from '@/components/roles/no-custom-roles'

export const metadata: Metadata = { title: 'New role' }

export default consolePage('role:write', async ({ ctx, org, searchParams }) => {
  const { from } = searchParams
  if (!ctx.model.rules.customRoles) return <NoCustomRoles org={org} may={{ write: true, customRoles: false }} />
  const editing = await startRole(ctx, typeof from === 'string' ? from : null)
  return (
    <>
      <PageHeader title="New role" trail={[{ label: 'Roles', href: `/${org}/roles` }]} description="Exactly the permissions you choose, of those you hold yourself." />
      <RoleEditor org={org} editing={editing} />
    </>
  )
})
