import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { RoleEditor } from '@/components/roles/role-editor'
import { toRoute } from '@/components/ui/route'
import { editRole } from '@/lib/features/roles/editing'

export const metadata: Metadata = { title: 'Edit role' }

export default consolePage('role:write', async ({ ctx, org, params }) => {
  const id = params['roleId'] ?? ''
  const editing = await editRole(ctx, id)
  // The page of a built-in role says why it cannot be edited, and offers a copy.
  if (editing === null) redirect(toRoute(`/${org}/roles/${id}`))
  const { name } = editing.draft
  return (
    <>
      <PageHeader title={`Edit ${name}`} trail={[{ label: 'Roles', href: `/${org}/roles` }, { label: name, href: `/${org}/roles/${id}` }]} description="Before it is saved you see who gains and who loses what." />
      <RoleEditor org={org} editing={editing} />
    </>
  )
})
