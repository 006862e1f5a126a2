'use client'
import { useRef } from 'react'
import { Field } from '@/components/forms/field'
import { Combobox } from '@/components/ui/combobox'
import type { Option } from '@/components/ui/option'
import { searchPrincipalsAction } from '@/lib/features/role-assignments/actions'
import type { PrincipalChoice } from '@/lib/features/role-assignments/giving'

const optionOf = ({ id, name, detail }: PrincipalChoice): Option => ({ value: id, label: name, detail: detail || undefined })

type PrincipalChoiceProps = { org: string; value: PrincipalChoice | null; onChange: (principal: PrincipalChoice | null) => void }

/** Who is to hold a role: a search over people, invitations, groups and service accounts. */
export function PrincipalChoiceField({ org, value, onChange }: PrincipalChoiceProps) {
  const found = useRef(new Map<string, PrincipalChoice>())
  const search = async (q: string): Promise<readonly Option[]> => {
    const result = await searchPrincipalsAction(org, { q })
    if (!result.ok) throw new Error(result.refusal.message)
    for (const principal of result.value) found.current.set(principal.id, principal)
    return result.value.map(optionOf)
  }
  return (
    <Field name="principal.id" label="Who" hint="By name or address. Somebody you do not see here: type the whole address.">
      {({ defaultValue: _, required: _required, ...control }) => (
        <Combobox
          {...control}
          options={[]}
          search={search}
          value={value && optionOf(value)}
          onValueChange={(option) => onChange(option && (found.current.get(option.value) ?? null))}
          placeholder="Search people, groups and service accounts"
          empty="Nobody matches. Type more of the name, or the whole address."
        />
      )}
    </Field>
  )
}
