'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import { ChevronsUpDown } from 'lucide-react'
import { ComboboxPopup } from './combobox-popup'
import type { Option } from './option'
import { useHydrated } from './use-hydrated'
import { useOptionSearch, type OptionSearch } from './use-option-search'

export type ComboboxProps = {
  id?: string | undefined
  name?: string | undefined
  /** All options, or with `search` the ones shown before typing. */
  options: readonly Option[]
  search?: OptionSearch | undefined
  value: Option | null
  onValueChange: (value: Option | null) => void
  placeholder?: string | undefined
  empty?: string | undefined
  'aria-label'?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
}

/** Chooses one of many by typing; with `search` the options come from the server. */
export function Combobox(props: ComboboxProps) {
  const { options, search, value, onValueChange, name, placeholder, empty = 'Nothing matches.', ...attributes } = props
  const found = useOptionSearch(options, search)
  if (!useHydrated()) return <input {...attributes} className="input" placeholder={placeholder} readOnly />
  return (
    <Base.Root
      items={found.options}
      {...(search ? { filter: null } : {})}
      name={name}
      value={value}
      onValueChange={onValueChange}
      onOpenChange={(open) => open && found.onOpen()}
      onInputValueChange={(text, { reason }) => reason !== 'item-press' && found.onText(text)}
      isItemEqualToValue={(item, chosen) => item.value === chosen.value}
    >
      <Base.InputGroup className="input combobox">
        <Base.Input {...attributes} placeholder={placeholder} />
        <Base.Trigger aria-label="Show options" className="grid size-6 place-items-center text-ink-3">
          <ChevronsUpDown aria-hidden="true" className="size-4" />
        </Base.Trigger>
      </Base.InputGroup>
      <ComboboxPopup status={found.status} empty={empty} />
    </Base.Root>
  )
}
