'use client'
import { Plus } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { GiveRoleDialogProps, GiveRoleTarget } from './give-role-dialog'

type GiveRoleButtonProps = { org: string; target: GiveRoleTarget; onGiven?: () => void }

const load = () => import('./give-role-dialog').then((module) => module.GiveRoleDialog)

/** Opens the dialog that gives a role: to this principal, or at this resource. */
export function GiveRoleButton(props: GiveRoleButtonProps) {
  return (
    <DialogButton<Omit<GiveRoleDialogProps, 'open' | 'onOpenChange'>> name="give-role" size="small" icon={<Plus aria-hidden="true" />} load={load} dialogProps={props}>
      Give a role
    </DialogButton>
  )
}
