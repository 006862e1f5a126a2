'use client'
import { Plus } from 'lucide-react'
import { DialogButton } from '@/components/ui/dialog-button'
import type { CreateGroupProps } from './create-group-dialog'

const load = () => import('./create-group-dialog').then((module) => module.CreateGroupDialog)

/** Opens the dialog that makes a group; `?dialog=create` opens it too. */
export function CreateGroupButton(props: CreateGroupProps) {
  return (
    <DialogButton name="create" variant="primary" icon={<Plus aria-hidden="true" />} load={load} dialogProps={props}>
      Create group
    </DialogButton>
  )
}
