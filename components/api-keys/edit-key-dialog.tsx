'use client'
import { useState } from 'react'
import { expiresAtOf, type ExpiryChoice, type LifetimePolicy } from '@/components/credentials/expiry-choice'
import { OtherEnd } from '@/components/credentials/other-end'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'
import type { KeyDoors } from './key-doors'

type EditKeyDialogProps = LazyDialogProps & { row: KeyRow; doors: Pick<KeyDoors, 'update'>; policy: LifetimePolicy }

/** Name, purpose and end of a key; what it may do and its secret never change. */
export function EditKeyDialog({ row, doors, policy, ...dialog }: EditKeyDialogProps) {
  const [expiry, setExpiry] = useState<ExpiryChoice | null>(null)
  const save = (data: FormData) =>
    doors.update(row.id, { name: String(data.get('name') ?? ''), purpose: String(data.get('purpose') ?? ''), ...(expiry && { expiresAt: expiresAtOf(expiry, Date.now(), policy) }) })
  return (
    <EditDialog {...dialog} title={`Edit ${row.name}`} description="What it may do stays: for other rights make another key." run={save} saved={() => 'Saved the key'}>
      <TextField name="name" label="Name" defaultValue={row.name} maxLength={80} autoComplete="off" />
      <TextareaField name="purpose" label="Purpose" optional defaultValue={row.purpose} maxLength={500} rows={2} />
      <OtherEnd expiresAt={row.expiresAt} policy={policy} value={expiry} onChange={setExpiry} />
    </EditDialog>
  )
}
