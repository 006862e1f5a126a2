'use client'
import { Plus, Trash2 } from 'lucide-react'
import { Field } from '@/components/forms/field'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { Option } from '@/components/ui/option'
import { Textarea } from '@/components/ui/textarea'
import type { Operator } from '@/lib/features/trusted-issuers/rules'
import { emptyCondition, type ConditionDraft } from './trust-draft'

const OPERATORS: readonly (Option & { value: Operator })[] = [{ value: 'equals', label: 'is exactly' }, { value: 'glob', label: 'fits the pattern' }]

type OneProps = { at: number; draft: ConditionDraft; onChange: (next: ConditionDraft) => void; onRemove: (() => void) | null }

function OneCondition({ at, draft, onChange, onRemove }: OneProps) {
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-3">
      <legend className="sr-only">Condition {at + 1}</legend>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-40 flex-1">
          <Field name={`conditions.${at}.claim`} label={`Claim ${at + 1}`}>
            {({ defaultValue: _, ...control }) => <Input {...control} className="mono" autoComplete="off" spellCheck={false} value={draft.claim} onChange={(event) => onChange({ ...draft, claim: event.currentTarget.value })} />}
          </Field>
        </div>
        <div className="min-w-40 flex-1">
          <Field name={`conditions.${at}.operator`} label={`Compared ${at + 1}`}>
            {({ defaultValue: _, ...control }) => (
              <NativeSelect {...control} options={OPERATORS} value={draft.operator} onChange={(event) => onChange({ ...draft, operator: event.currentTarget.value === 'glob' ? 'glob' : 'equals' })} />
            )}
          </Field>
        </div>
        {onRemove ? <IconButton label={`Remove condition ${at + 1}`} icon={<Trash2 aria-hidden="true" />} onClick={onRemove} /> : null}
      </div>
      <Field name={`conditions.${at}.values`} label={`Values ${at + 1}`} hint={draft.operator === 'glob' ? 'One a line; one has to fit. * stands for anything but / and :, ** for anything.' : 'One a line; one has to be met.'}>
        {({ defaultValue: _, ...control }) => <Textarea {...control} className="mono" rows={2} spellCheck={false} value={draft.values} onChange={(event) => onChange({ ...draft, values: event.currentTarget.value })} />}
      </Field>
    </fieldset>
  )
}

/** The conditions of a trust, all of which a token has to meet. */
export function ConditionFields({ drafts, onChange }: { drafts: readonly ConditionDraft[]; onChange: (next: ConditionDraft[]) => void }) {
  return (
    <div className="grid gap-3">
      <p className="label">Conditions, all of which a token has to meet</p>
      {drafts.map((draft, at) => (
        <OneCondition
          key={draft.key} at={at} draft={draft}
          onChange={(next) => onChange(drafts.map((each) => (each.key === draft.key ? next : each)))}
          onRemove={drafts.length > 1 ? () => onChange(drafts.filter((each) => each.key !== draft.key)) : null}
        />
      ))}
      <div>
        <Button icon={<Plus aria-hidden="true" />} onClick={() => onChange([...drafts, emptyCondition()])}>
          Add condition
        </Button>
      </div>
    </div>
  )
}
