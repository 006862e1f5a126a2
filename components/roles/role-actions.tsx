'use client'
import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { DialogButton } from '@/components/ui/dialog-button'
import { toRoute } from '@/components/ui/route'
import type { DeletedRole } from './delete-role-dialog'

const loadDelete = () => import('./delete-role-dialog').then((module) => module.DeleteRoleDialog)

/** Opens the question about deleting a role; afterwards the list is where to go. */
export function DeleteRoleButton({ org, role }: { org: string; role: DeletedRole }) {
  const router = useRouter()
  return (
    <DialogButton name="delete" icon={<Trash2 aria-hidden="true" />} load={loadDelete} dialogProps={{ org, role, onDone: () => router.push(toRoute(`/${org}/roles`)) }}>
      Delete role…
    </DialogButton>
  )
}
