'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { toRoute } from '@/components/ui/route'
import type { GroupRow } from '@/lib/features/groups/rules'
import type { EditGroupProps } from './edit-group-dialog'
import { deleteGroup } from './group-deeds'

const loadEdit = () => import('./edit-group-dialog').then((module) => module.EditGroupDialog)

/** Opens the dialog that renames a group. */
export function EditGroupButton(props: EditGroupProps) {
  return (
    <DialogButton name="rename" load={loadEdit} dialogProps={props}>
      {props.group.managedBy === null ? 'Rename' : 'Describe'}
    </DialogButton>
  )
}

type DeleteGroupProps = { org: string; group: Pick<GroupRow, 'id' | 'name' | 'memberCount' | 'roleCount' | 'hasPolicy'> }

/** Deletes a group after its name was typed; the list is where to go then. */
export function DeleteGroupButton({ org, group }: DeleteGroupProps) {
  const router = useRouter()
  return <Button onClick={() => deleteGroup(org, group, () => router.push(toRoute(`/${org}/groups`)))}>Delete group…</Button>
}
