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
import { updateServiceAccountAction } from '@/lib/features/service-accounts/actions'

type EditAccountDialogProps = LazyDialogProps & { org: string; account: { id: string; name: string; description: string } }

/** What an account is called and what it is for. */
export function EditAccountDialog({ org, account, open, onOpenChange }: EditAccountDialogProps) {
  const save = (data: FormData) => updateServiceAccountAction(org, { id: account.id, name: String(data.get('name') ?? ''), description: String(data.get('description') ?? '') })
  const done = () => {
    toast({ title: 'Saved' })
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${account.name}`}>
      <ActionForm outcome={false} run={save} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextField name="name" label="Name" defaultValue={account.name} maxLength={80} autoComplete="off" />
            <TextareaField name="description" label="Description" optional defaultValue={account.description} maxLength={500} rows={2} />
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
