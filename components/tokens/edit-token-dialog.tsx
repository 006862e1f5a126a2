'use client'
import { useState } from 'react'
import { expiresAtOf, type ExpiryChoice, type LifetimePolicy } from '@/components/credentials/expiry-choice'
import { OtherEnd } from '@/components/credentials/other-end'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { updateTokenAction } from '@/lib/features/tokens/actions'
import { tokenLabel, type TokenRow } from '@/lib/features/tokens/page-rules'

type EditTokenDialogProps = LazyDialogProps & { org: string; row: TokenRow; policy: LifetimePolicy }

/** Description and end of a token; its role and its secret never change. */
export function EditTokenDialog({ org, row, policy, ...dialog }: EditTokenDialogProps) {
  const [expiry, setExpiry] = useState<ExpiryChoice | null>(null)
  const save = (data: FormData) =>
    updateTokenAction(org, { id: row.id, description: String(data.get('description') ?? ''), ...(expiry && { expiresAt: expiresAtOf(expiry, Date.now(), policy) }) })
  return (
    <EditDialog {...dialog} title={`Edit ${tokenLabel(row)}`} description="Its role stays: for another role generate another token." run={save} saved={() => 'Saved the token'}>
      <TextField name="description" label="Description" optional defaultValue={row.description} maxLength={200} autoComplete="off" />
      <OtherEnd expiresAt={row.expiresAt} policy={policy} value={expiry} onChange={setExpiry} />
    </EditDialog>
  )
}
