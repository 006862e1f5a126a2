'use client'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { updateGroupAction } from '@/lib/features/groups/actions'
import type { GroupRow } from '@/lib/features/groups/rules'
import { managedReason } from '@/lib/features/provisioning/rules'

export type EditGroupProps = { org: string; group: Pick<GroupRow, 'id' | 'name' | 'description' | 'managedBy'> }

/** A group's name and description; a directory's group is named there. */
export function EditGroupDialog({ org, group, ...dialog }: EditGroupProps & LazyDialogProps) {
  const { managedBy } = group
  const save = (data: FormData) => updateGroupAction(org, { id: group.id, ...(managedBy === null && { name: String(data.get('name') ?? '') }), description: String(data.get('description') ?? '') })
  return (
    <EditDialog {...dialog} title={managedBy ? `Describe ${group.name}` : `Rename ${group.name}`} keepOpenOutside run={save} saved={({ name }) => `Saved ${name}`}>
      <TextField name="name" label="Name" defaultValue={group.name} maxLength={100} autoComplete="off" {...(managedBy && { readOnly: true, hint: managedReason(managedBy) })} />
      <TextareaField name="description" label="Description" optional defaultValue={group.description} rows={2} maxLength={500} />
    </EditDialog>
  )
}
