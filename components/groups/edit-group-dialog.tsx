'use client'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { updateGroupAction } from '@/lib/features/groups/actions'
import type { GroupRow } from '@/lib/features/groups/rules'

export type EditGroupProps = { org: string; group: Pick<GroupRow, 'id' | 'name' | 'description'> }

/** A group's name and description. */
export function EditGroupDialog({ org, group, open, onOpenChange }: EditGroupProps & LazyDialogProps) {
  const text = (data: FormData, name: string) => String(data.get(name) ?? '')
  const done = (name: string) => {
    onOpenChange(false)
    toast({ title: `Saved ${name}` })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Rename ${group.name}`} keepOpenOutside>
      <ActionForm outcome={false} run={(data) => updateGroupAction(org, { id: group.id, name: text(data, 'name'), description: text(data, 'description') })} onDone={({ name }) => done(name)}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextField name="name" label="Name" defaultValue={group.name} maxLength={100} autoComplete="off" />
            <TextareaField name="description" label="Description" optional defaultValue={group.description} rows={2} maxLength={500} />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Save</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
