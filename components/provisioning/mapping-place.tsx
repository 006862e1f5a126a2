'use client'
import { useRef } from 'react'
import { Field } from '@/components/forms/field'
import { Combobox } from '@/components/ui/combobox'
import type { Option } from '@/components/ui/option'
import { searchMappingScopesAction } from '@/lib/features/provisioning/actions'

export type Place = { id: string; type: string; name: string }

type MappingPlaceProps = { org: string; value: Place; root: Place; onChange: (place: Place) => void }

/** Where a mapped role holds: a search over the organization's resources. */
export function MappingPlace({ org, value, root, onChange }: MappingPlaceProps) {
  const found = useRef(new Map<string, Place>([[root.id, root]]))
  const search = async (q: string): Promise<readonly Option[]> => {
    const result = await searchMappingScopesAction(org, { q })
    if (!result.ok) throw new Error(result.refusal.message)
    for (const scope of result.value) found.current.set(scope.id, scope)
    return result.value.map(({ id, name, typeTitle }) => ({ value: id, label: name, detail: typeTitle }))
  }
  const choose = (option: Option | null) => {
    const place = option && found.current.get(option.value)
    if (place) onChange(place)
  }
  return (
    <Field name="scope" label="Where" hint="It reaches everything below.">
      {({ defaultValue: _, required: _required, ...control }) => (
        <Combobox {...control} options={[{ value: root.id, label: root.name, detail: 'Organization' }]} search={search} value={{ value: value.id, label: value.name }} onValueChange={choose} placeholder="Search folders, clusters and the like" />
      )}
    </Field>
  )
}
