'use client'
import { useState } from 'react'
import { expiresAtOf, type ExpiryChoice, type LifetimePolicy } from '@/components/credentials/expiry-choice'
import { ExpiryPicker } from '@/components/credentials/expiry-picker'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Input } from '@/components/ui/input'
import { formatDate } from '@/components/ui/time-format'
import { toast } from '@/components/ui/toast'
import { updateTokenAction } from '@/lib/features/tokens/actions'
import { tokenLabel, type TokenRow } from '@/lib/features/tokens/page-rules'

type EditTokenDialogProps = LazyDialogProps & { org: string; row: TokenRow; policy: LifetimePolicy }

/** Description and end of a token; its role and its secret never change. */
export function EditTokenDialog({ org, row, policy, open, onOpenChange }: EditTokenDialogProps) {
  const [description, setDescription] = useState(row.description)
  const [expiry, setExpiry] = useState<ExpiryChoice | null>(null)
  const done = () => {
    toast({ title: `Saved ${description.trim() || row.clientId}` })
    onOpenChange(false)
  }
  const end = row.expiresAt === null ? 'It has no end' : `It ends on ${formatDate(Date.parse(row.expiresAt))}`
  const save = () => updateTokenAction(org, { id: row.id, description, ...(expiry && { expiresAt: expiresAtOf(expiry, Date.now(), policy) }) })
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${tokenLabel(row)}`} description="Its role stays: for another role generate another token.">
      <ActionForm outcome={false} run={save} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <Field name="description" label="Description" optional>
              {({ defaultValue: _, ...control }) => <Input {...control} maxLength={200} autoComplete="off" value={description} onChange={(event) => setDescription(event.currentTarget.value)} />}
            </Field>
            <Checkbox label="Give it another end" detail={end} checked={expiry !== null} onChange={(event) => setExpiry(event.currentTarget.checked ? { kind: 'date', date: row.expiresAt?.slice(0, 10) ?? '' } : null)} />
            {expiry ? <ExpiryPicker policy={policy} value={expiry} onChange={setExpiry} /> : null}
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
