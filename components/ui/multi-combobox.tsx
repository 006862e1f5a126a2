'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import { X } from 'lucide-react'
import type { ComboboxProps } from './combobox'
import { ComboboxPopup } from './combobox-popup'
import type { Option } from './option'
import { useHydrated } from './use-hydrated'
import { useOptionSearch } from './use-option-search'

type MultiComboboxProps = Omit<ComboboxProps, 'value' | 'onValueChange'> & {
  value: readonly Option[]
  onValueChange: (value: Option[]) => void
}

/** Chooses several of many by typing; the chosen ones are chips before the text. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { options, search, value, onValueChange, name, placeholder, empty = 'Nothing matches.', ...attributes } = props
  const found = useOptionSearch(options, search)
  if (!useHydrated()) return <input {...attributes} className="input" placeholder={placeholder} readOnly />
  return (
    <Base.Root
      multiple
      items={found.options}
      {...(search ? { filter: null } : {})}
      name={name}
      value={[...value]}
      onValueChange={onValueChange}
      onOpenChange={(open) => open && found.onOpen()}
      onInputValueChange={(text, { reason }) => reason !== 'item-press' && found.onText(text)}
      isItemEqualToValue={(item, chosen) => item.value === chosen.value}
    >
      <Base.InputGroup className="input combobox">
        <Base.Chips className="combobox-chips">
          {value.map((option) => (
            <Base.Chip key={option.value} className="chip" aria-label={option.label}>
              {option.label}
              {option.detail ? <em>{option.detail}</em> : null}
              <Base.ChipRemove aria-label={`Remove ${option.label}`}>
                <X aria-hidden="true" />
              </Base.ChipRemove>
            </Base.Chip>
          ))}
          <Base.Input {...attributes} placeholder={value.length === 0 ? placeholder : ''} />
        </Base.Chips>
      </Base.InputGroup>
      <ComboboxPopup status={found.status} empty={empty} />
    </Base.Root>
  )
}
