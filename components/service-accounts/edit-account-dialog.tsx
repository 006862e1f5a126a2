'use client'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { updateServiceAccountAction } from '@/lib/features/service-accounts/actions'

type EditAccountDialogProps = LazyDialogProps & { org: string; account: { id: string; name: string; description: string } }

/** What an account is called and what it is for. */
export function EditAccountDialog({ org, account, ...dialog }: EditAccountDialogProps) {
  const save = (data: FormData) => updateServiceAccountAction(org, { id: account.id, name: String(data.get('name') ?? ''), description: String(data.get('description') ?? '') })
  return (
    <EditDialog {...dialog} title={`Edit ${account.name}`} run={save} saved={() => 'Saved'}>
      <TextField name="name" label="Name" defaultValue={account.name} maxLength={80} autoComplete="off" />
      <TextareaField name="description" label="Description" optional defaultValue={account.description} maxLength={500} rows={2} />
    </EditDialog>
  )
}
