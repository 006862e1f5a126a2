'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { toast } from '@/components/ui/toast'
import { createTrustedIssuerAction, updateTrustedIssuerAction } from '@/lib/features/trusted-issuers/actions'
import type { TrustRow } from '@/lib/features/trusted-issuers/page-rules'
import { ConditionFields } from './condition-fields'
import { draftOf, ISSUERS, wantedConditions } from './trust-draft'

type TrustDialogProps = LazyDialogProps & { org: string; account: { id: string; name: string }; /** Of a new trust: what its tokens should be made for. */ audience: string; trust?: TrustRow }

/** Says whose tokens are believed for an account, and about what. */
export function TrustDialog({ org, account, audience, trust, open, onOpenChange }: TrustDialogProps) {
  const [first] = ISSUERS
  const [issuer, setIssuer] = useState(trust?.issuer ?? first.issuer)
  const [conditions, setConditions] = useState(() => (trust?.conditions ?? first.conditions).map(draftOf))
  const choose = (value: string) => {
    const chosen = ISSUERS.find((each) => each.value === value)
    if (!chosen) return
    setIssuer(chosen.issuer)
    setConditions(chosen.conditions.map(draftOf))
  }
  const run = (data: FormData) => {
    const terms = { name: String(data.get('name') ?? ''), issuer, audience: String(data.get('audience') ?? ''), conditions: wantedConditions(conditions) }
    return trust ? updateTrustedIssuerAction(org, { serviceAccountId: account.id, id: trust.id, ...terms }) : createTrustedIssuerAction(org, { serviceAccountId: account.id, ...terms })
  }
  const done = () => {
    toast(trust ? { title: 'Saved', description: 'What was exchanged under other terms has ended.' } : { title: 'The issuer is trusted now' })
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={trust ? `Edit ${trust.name}` : 'Trust an issuer'} description={`Its tokens are exchanged for ones of an hour that may do what ${account.name} may.`}>
      <ActionForm outcome={false} run={run} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            {trust ? null : (
              <Field name="kind" label="Where tokens come from">
                {({ defaultValue: _, ...control }) => <NativeSelect {...control} options={ISSUERS} onChange={(event) => choose(event.currentTarget.value)} />}
              </Field>
            )}
            <TextField name="name" label="Name" defaultValue={trust?.name ?? ''} maxLength={80} autoComplete="off" />
            <Field name="issuer" label="Issuer" hint="The claim iss of its tokens, letter by letter.">
              {({ defaultValue: _, ...control }) => <Input {...control} className="mono" type="url" autoComplete="off" spellCheck={false} value={issuer} onChange={(event) => setIssuer(event.currentTarget.value)} />}
            </Field>
            <TextField name="audience" label="Audience" hint="What its tokens are made for, the claim aud." defaultValue={trust?.audience ?? audience} className="mono" autoComplete="off" spellCheck={false} />
            <ConditionFields drafts={conditions} onChange={setConditions} />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>{trust ? 'Save' : 'Trust issuer'}</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
