'use client'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { renamePasskeyAction } from '@/lib/features/second-factors/actions'
import type { PasskeyRow } from '@/lib/features/second-factors/view'

/** Another name for a passkey. */
export function RenamePasskeyDialog({ passkey, open, onOpenChange }: LazyDialogProps & { passkey: PasskeyRow }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="small" title={`Rename ${passkey.name}`}>
      <ActionForm outcome={false} run={(data) => renamePasskeyAction({ id: passkey.id, name: String(data.get('name') ?? '') })} onDone={() => onOpenChange(false)}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextField name="name" label="Name" defaultValue={passkey.name} maxLength={60} autoComplete="off" />
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
