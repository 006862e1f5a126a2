'use client'
import { useState, useTransition } from 'react'
import { Field } from '@/components/forms/field'
import { useFormField } from '@/components/forms/form-context'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import type { FieldError } from '@/lib/errors'
import { readModelAction } from '@/lib/features/access-models/actions'
import type { ModelSummary } from '@/lib/features/access-models/describe'
import { ModelFaults } from './model-faults'
import { ModelText, useModelText } from './model-text'
import { UploadButton } from '@/components/forms/upload-button'

type Checked = { faults: readonly FieldError[]; title: string } | { summary: ModelSummary } | null

const inWords = ({ title, roleGroups, permissionGroups, types }: ModelSummary): string => {
  const roles = roleGroups.reduce((sum, group) => sum + group.roles.length, 0)
  const permissions = permissionGroups.reduce((sum, group) => sum + group.permissions.length, 0)
  return `“${title}”: ${types.length} resource types, ${permissions} permissions, ${roles} roles.`
}

/** The JSON of an access model of one's own, pasted, typed or from a file, with its faults told by line. */
export function ModelTextField({ name, canCheck }: { name: string; canCheck: boolean }) {
  const { value: kept } = useFormField(name)
  const { text, setText, ref, goTo } = useModelText(kept ?? '')
  const [checked, setChecked] = useState<Checked>(null)
  const [pending, startTransition] = useTransition()
  const faults = checked && 'faults' in checked ? checked.faults : []

  function change(next: string) {
    setText(next)
    setChecked(null)
  }
  const check = () => startTransition(async () => {
    const result = await readModelAction({ text })
    setChecked(result.ok ? { summary: result.value } : { faults: result.refusal.fields, title: 'This is no access model yet' })
  })
  return (
    <div className="grid gap-3">
      <Field name={name} label="Access model as JSON" hint="Resource types, permissions, roles and rules. The administrators’ guide shows the shape.">
        {({ defaultValue: _kept, required: _required, ...control }) => (
          <ModelText {...control} ref={ref} value={text} onChange={change} marked={faults.flatMap(({ position }) => (position ? [position.line] : []))} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <UploadButton label="Upload a file" onText={change} onProblem={(message) => setChecked({ faults: [], title: message })} />
        {canCheck ? (
          <Button size="small" onClick={check} pending={pending} disabled={text.trim() === ''}>
            Check
          </Button>
        ) : null}
      </div>
      {checked && 'faults' in checked ? <ModelFaults title={checked.title} faults={checked.faults} onGoTo={goTo} /> : null}
      {checked && 'summary' in checked ? (
        <Banner tone="ok" live>
          {inWords(checked.summary)}
        </Banner>
      ) : null}
    </div>
  )
}
