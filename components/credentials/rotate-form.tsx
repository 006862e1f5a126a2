'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { useNow } from '@/components/ui/server-time'
import type { ActionResult } from '@/lib/boundary/result'
import { isUsedLately, lastUseInWords, type CredentialFacts } from './credential-facts'
import { DEFAULT_OVERLAP_HOURS, OVERLAPS } from './rotation'

type RotateFormProps<V> = {
  credential: Pick<CredentialFacts, 'lastUsedAt' | 'lastUsedIp'>
  rotate: (overlapHours: number) => Promise<ActionResult<V>>
  onDone: (value: V) => void
  onCancel: () => void
}

/** How long old and new are to work side by side. */
export function RotateForm<V>({ credential, rotate, onDone, onCancel }: RotateFormProps<V>) {
  const [hours, setHours] = useState<number>(DEFAULT_OVERLAP_HOURS)
  const { now } = useNow()
  return (
    <ActionForm outcome={false} run={() => rotate(hours)} onDone={onDone}>
      <DialogBody>
        <div className="fields">
          <FormOutcome />
          <p>{lastUseInWords(credential, now)} A new secret with the same rights and limits takes over.</p>
          <fieldset className="grid gap-1">
            <legend className="label mb-1">The old secret stops</legend>
            {OVERLAPS.map((overlap) => (
              <Checkbox key={overlap.hours} type="radio" name="overlap" label={overlap.hours === 0 ? overlap.label : `After ${overlap.label}`} detail={overlap.detail} checked={hours === overlap.hours} onChange={() => setHours(overlap.hours)} />
            ))}
          </fieldset>
          {hours === 0 && isUsedLately(credential, now) ? <p className="text-warn">Whatever uses it now fails until it has the new secret.</p> : null}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton>Rotate</SubmitButton>
      </DialogFooter>
    </ActionForm>
  )
}
