'use client'
import { useState } from 'react'
import { AddressField } from '@/components/credentials/address-field'
import type { LifetimePolicy } from '@/components/credentials/expiry-choice'
import { ExpiryPicker } from '@/components/credentials/expiry-picker'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Input } from '@/components/ui/input'
import { useNow } from '@/components/ui/server-time'
import { Textarea } from '@/components/ui/textarea'
import type { ActionResult } from '@/lib/boundary/result'
import { KEY_STEPS, newKeyDraft, stepOfField, stepProblems, wantedKey, type KeyDraft } from './key-draft'
import type { KeyDoors, MadeKey } from './key-doors'
import { RightsStep } from './rights-step'
import { StepList } from './step-list'
import { stepRefusal } from './step-refusal'

export type CreatedKey = { id: string; secret: string; name: string; expiresAt: string | null }

type CreateKeyFormProps = {
  doors: Pick<KeyDoors, 'create' | 'listRoles' | 'searchPlaces' | 'findRights'>
  policy: LifetimePolicy
  whose: { everything: string; detail: string }
  onDone: (key: CreatedKey) => void
  onCancel: () => void
}

const LAST = KEY_STEPS.length - 1

/** A key in three steps; what was typed stays in all of them, and a refusal leads back to the step it is about. */
export function CreateKeyForm({ doors, policy, whose, onDone, onCancel }: CreateKeyFormProps) {
  const [draft, setDraft] = useState(() => newKeyDraft(policy))
  const [step, setStep] = useState(0)
  const { now } = useNow()
  const change = (part: Partial<KeyDraft>) => setDraft((before) => ({ ...before, ...part }))

  /** Enter and Next go on; only the last step makes the key. Null: nothing made yet. */
  async function goOn(): Promise<ActionResult<MadeKey | null>> {
    const problems = stepProblems(step, draft, policy, now)
    if (Object.keys(problems).length > 0) return stepRefusal(problems)
    if (step < LAST) {
      setStep(step + 1)
      return { ok: true, value: null }
    }
    const result = await doors.create(wantedKey(draft, policy, Date.now()))
    const [first] = result.ok ? [] : result.refusal.fields
    if (first) setStep(stepOfField(first.path))
    return result
  }
  const done = (made: MadeKey | null) => made && onDone({ ...made, name: draft.name.trim(), expiresAt: wantedKey(draft, policy, Date.now()).expiresAt })
  return (
    <ActionForm outcome={false} run={goOn} onDone={done}>
      <DialogBody>
        <div className="fields">
          <StepList steps={KEY_STEPS} current={step} onGo={setStep} />
          <FormOutcome />
          {step === 0 ? <PurposeStep draft={draft} onChange={change} /> : null}
          {step === 1 ? <RightsStep doors={doors} draft={draft} onChange={change} whose={whose} /> : null}
          {step === 2 ? (
            <>
              <AddressField value={draft.addresses} onChange={(addresses) => change({ addresses })} />
              <ExpiryPicker policy={policy} value={draft.expiry} onChange={(expiry) => change({ expiry })} />
            </>
          ) : null}
        </div>
      </DialogBody>
      <DialogFooter start={step > 0 ? <Button onClick={() => setStep(step - 1)}>Back</Button> : null}>
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton>{step < LAST ? 'Next' : 'Create key'}</SubmitButton>
      </DialogFooter>
    </ActionForm>
  )
}

function PurposeStep({ draft, onChange }: { draft: KeyDraft; onChange: (part: Partial<KeyDraft>) => void }) {
  return (
    <>
      <Field name="name" label="Name" hint="What uses it: it stands in lists and in the audit log.">
        {({ defaultValue: _, ...control }) => <Input {...control} autoFocus maxLength={80} autoComplete="off" value={draft.name} onChange={(event) => onChange({ name: event.currentTarget.value })} />}
      </Field>
      <Field name="purpose" label="Purpose" optional hint="What it is for and whom to ask, for whoever finds it in a year.">
        {({ defaultValue: _, ...control }) => <Textarea {...control} rows={2} maxLength={500} value={draft.purpose} onChange={(event) => onChange({ purpose: event.currentTarget.value })} />}
      </Field>
    </>
  )
}
