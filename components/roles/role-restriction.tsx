'use client'
import { useState } from 'react'
import { Field } from '@/components/forms/field'
import { Checkbox } from '@/components/ui/checkbox'
import { MultiCombobox } from '@/components/ui/multi-combobox'
import type { Option } from '@/components/ui/option'
import { searchChosenAction } from '@/lib/features/roles/actions'
import type { ScopeChoice } from '@/lib/features/roles/choices'

type RoleRestrictionProps = {
  org: string
  /** Resources to choose from before anything is typed. */
  offered: readonly ScopeChoice[]
  /** Null: everywhere. */
  chosen: readonly ScopeChoice[] | null
  onChange: (chosen: ScopeChoice[] | null) => void
}

const optionOf = ({ id, name, typeTitle }: ScopeChoice): Option => ({ value: id, label: name, detail: typeTitle })

/** Whether a role counts wherever it is held, or only at chosen resources. */
export function RoleRestriction({ org, offered, chosen, onChange }: RoleRestrictionProps) {
  // Everything ever offered, by id: what is chosen is named by an id only.
  const [known] = useState(() => new Map([...offered, ...(chosen ?? [])].map((scope) => [scope.id, scope])))
  const search = async (text: string): Promise<readonly Option[]> => {
    const result = await searchChosenAction(org, { q: text })
    if (!result.ok) throw new Error(result.refusal.message)
    for (const scope of result.value) known.set(scope.id, scope)
    return result.value.map(optionOf)
  }
  const choose = (options: Option[]) => onChange(options.map(({ value }) => known.get(value)).filter((scope) => scope !== undefined))
  return (
    <fieldset className="grid gap-2">
      <legend className="label mb-1">Where it counts</legend>
      <Checkbox type="radio" name="where" label="Wherever it is held" detail="At the place where somebody is given it, and everywhere below." checked={chosen === null} onChange={() => onChange(null)} />
      <Checkbox type="radio" name="where" label="Only at chosen resources" detail="There and below, however far up it is held." checked={chosen !== null} onChange={() => onChange([])} />
      {chosen === null ? null : (
        <Field name="resources" label="Resources">
          {({ defaultValue: _, required: _required, name: _name, ...control }) => (
            <MultiCombobox {...control} options={offered.map(optionOf)} search={search} value={chosen.map(optionOf)} onValueChange={choose} placeholder="Search resources" />
          )}
        </Field>
      )}
    </fieldset>
  )
}
