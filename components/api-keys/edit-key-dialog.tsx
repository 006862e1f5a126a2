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
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'
import type { KeyDoors } from './key-doors'

type EditKeyDialogProps = LazyDialogProps & { row: KeyRow; doors: Pick<KeyDoors, 'update'>; policy: LifetimePolicy }

/** Name, purpose and end of a key; what it may do and its secret never change. */
export function EditKeyDialog({ row, doors, policy, open, onOpenChange }: EditKeyDialogProps) {
  const [name, setName] = useState(row.name)
  const [purpose, setPurpose] = useState(row.purpose)
  const [expiry, setExpiry] = useState<ExpiryChoice | null>(null)
  const done = () => {
    toast({ title: `Saved ${name.trim()}` })
    onOpenChange(false)
  }
  const end = row.expiresAt === null ? 'It has no end' : `It ends on ${formatDate(Date.parse(row.expiresAt))}`
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${row.name}`} description="What it may do stays: for other rights make another key.">
      <ActionForm outcome={false} run={() => doors.update(row.id, { name, purpose, ...(expiry && { expiresAt: expiresAtOf(expiry, Date.now(), policy) }) })} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <Field name="name" label="Name">
              {({ defaultValue: _, ...control }) => <Input {...control} maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />}
            </Field>
            <Field name="purpose" label="Purpose" optional>
              {({ defaultValue: _, ...control }) => <Textarea {...control} rows={2} maxLength={500} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} />}
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
