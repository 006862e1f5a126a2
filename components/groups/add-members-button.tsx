'use client'
import { UserPlus } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { AddMembersProps } from './add-members-dialog'

const load = () => import('./add-members-dialog').then((module) => module.AddMembersDialog)

/** Opens the dialog that adds people to a group; `?dialog=add` opens it too. */
export function AddMembersButton(props: AddMembersProps) {
  return (
    <DialogButton name="add" variant="primary" icon={<UserPlus aria-hidden="true" />} load={load} dialogProps={props}>
      Add members
    </DialogButton>
  )
}
