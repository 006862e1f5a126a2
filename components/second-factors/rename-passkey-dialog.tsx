'use client'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { renamePasskeyAction } from '@/lib/features/second-factors/actions'
import type { PasskeyRow } from '@/lib/features/second-factors/view'

/** Another name for a passkey. */
export function RenamePasskeyDialog({ passkey, ...dialog }: LazyDialogProps & { passkey: PasskeyRow }) {
  return (
    <EditDialog {...dialog} size="small" title={`Rename ${passkey.name}`} run={(data) => renamePasskeyAction({ id: passkey.id, name: String(data.get('name') ?? '') })}>
      <TextField name="name" label="Name" defaultValue={passkey.name} maxLength={60} autoComplete="off" />
    </EditDialog>
  )
}
