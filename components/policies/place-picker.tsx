'use client'
import { useRef } from 'react'
import { Combobox } from '@/components/ui/combobox'
import { Label } from '@/components/ui/label'
import type { Option } from '@/components/ui/option'
import type { EditingCatalogue, FormRowView, ItemView, ResourceChoice } from '@/lib/features/policies/editing-view'
import type { PolicySource } from './policy-source'
import { allInWords, isUsed, searchedTypes, thingInWords, type Place } from './row-choice'

type PlacePickerProps = {
  source: PolicySource
  catalogue: EditingCatalogue
  item: ItemView
  others: readonly FormRowView[]
  place: Place | null
  onPlace: (place: Place | null) => void
}

const ALL = '*'
const USED = 'already here'
const NONE: readonly Option[] = []

const keyOf = ({ type, id }: ResourceChoice): string => `${type}\n${id}`

/** What an action is about: everything it applies to, or one resource, searched in the tree; what other rows name is marked. */
export function PlacePicker({ source, catalogue, item, others, place, onPlace }: PlacePickerProps) {
  const known = useRef(new Map<string, ResourceChoice>())
  const all: Option = { value: ALL, label: allInWords(catalogue, item), ...(isUsed(others, item.value, null) && { detail: USED, disabled: true }) }
  const optionOf = (choice: ResourceChoice): Option => {
    const used = isUsed(others, item.value, choice)
    return { value: keyOf(choice), label: choice.name, detail: used ? `${choice.detail} · ${USED}` : choice.detail, disabled: used }
  }
  const search = async (text: string): Promise<readonly Option[]> => {
    const found = await source.searchResources(text, searchedTypes(catalogue, item))
    for (const choice of found) known.current.set(keyOf(choice), choice)
    return [...(all.label.toLowerCase().includes(text.toLowerCase()) ? [all] : []), ...found.map(optionOf)]
  }
  function choose(option: Option | null) {
    if (option === null) return onPlace(null)
    if (option.value === ALL) return onPlace({ kind: 'all' })
    const resource = known.current.get(option.value)
    if (resource) onPlace({ kind: 'resource', resource })
  }
  const value = place === null ? null : place.kind === 'all' ? all : { value: keyOf(place.resource), label: place.resource.name, detail: place.resource.detail }
  return (
    <div>
      <Label htmlFor="row-place">Resource</Label>
      <div className="mt-1">
        <Combobox id="row-place" options={NONE} search={search} value={value} onValueChange={choose} placeholder={`Choose ${thingInWords(catalogue, item)}`} />
      </div>
    </div>
  )
}
