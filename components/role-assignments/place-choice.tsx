'use client'
import { useRef } from 'react'
import { Field } from '@/components/forms/field'
import { Combobox } from '@/components/ui/combobox'
import { Input } from '@/components/ui/input'
import type { Option } from '@/components/ui/option'
import { searchGivingScopesAction } from '@/lib/features/role-assignments/actions'
import type { GivingScope } from '@/lib/features/role-assignments/giving'

const optionOf = ({ id, name, typeTitle, parentName }: GivingScope): Option => ({ value: id, label: name, detail: parentName === null ? typeTitle : `${typeTitle} in ${parentName}` })

type PlaceChoiceProps = { org: string; scopes: readonly GivingScope[]; value: GivingScope | null; onChange: (scope: GivingScope) => void }

/** Where a role is to hold: a search over the resources at which one may give roles. */
export function PlaceChoice({ org, scopes, value, onChange }: PlaceChoiceProps) {
  const found = useRef(new Map<string, GivingScope>())
  const search = async (q: string): Promise<readonly Option[]> => {
    const result = await searchGivingScopesAction(org, { q })
    if (!result.ok) throw new Error(result.refusal.message)
    for (const scope of result.value) found.current.set(scope.id, scope)
    return result.value.map(optionOf)
  }
  const choose = (option: Option | null) => {
    const scope = option && (found.current.get(option.value) ?? scopes.find(({ id }) => id === option.value))
    if (scope) onChange(scope)
  }
  const [only, ...others] = scopes
  return (
    <Field name="scope" label="Where" hint="It reaches everything below.">
      {({ defaultValue: _, required: _required, ...control }) =>
        only && others.length === 0 ? (
          <Input {...control} value={only.name} readOnly />
        ) : (
          <Combobox {...control} options={scopes.map(optionOf)} search={search} value={value && optionOf(value)} onValueChange={choose} placeholder="Search folders, clusters and the like" />
        )
      }
    </Field>
  )
}
