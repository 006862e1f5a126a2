'use client'
import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { NativeSelect } from './native-select'
import type { Option } from './option'
import { usePortalPlace } from './portal-place'
import { useHydrated } from './use-hydrated'

export type SelectProps = {
  id?: string | undefined
  name?: string | undefined
  options: readonly Option[]
  value?: string | undefined
  defaultValue?: string | undefined
  onValueChange?: ((value: string) => void) | undefined
  placeholder?: string | undefined
  disabled?: boolean | undefined
  required?: boolean | undefined
  'aria-label'?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean | undefined
}

/**
 * A select whose options carry a second line. Until script arrives it is a native select,
 * also because Base UI's hidden input has an inline style that the page's policy refuses in HTML.
 */
export function Select({ options, onValueChange, placeholder = 'Choose', ...rest }: SelectProps) {
  const hydrated = useHydrated()
  const place = usePortalPlace()
  if (!hydrated) {
    const { value, defaultValue, ...attributes } = rest
    return <NativeSelect {...attributes} options={options} placeholder={placeholder} defaultValue={value ?? defaultValue} />
  }
  const { id, name, value, defaultValue, disabled = false, required = false, ...aria } = rest
  return (
    <Base.Root
      items={options}
      name={name}
      disabled={disabled}
      required={required}
      {...(value === undefined ? { defaultValue: defaultValue ?? null } : { value })}
      onValueChange={(next: string | null) => next !== null && onValueChange?.(next)}
    >
      <Base.Trigger id={id} {...aria} className="input flex items-center justify-between gap-2 text-left">
        <Base.Value placeholder={placeholder} />
        <ChevronsUpDown aria-hidden="true" className="size-4 text-ink-3" />
      </Base.Trigger>
      <Base.Portal container={place}>
        <Base.Positioner className="layer" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className="menu menu-fit">
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function SelectItem({ option }: { option: Option }) {
  return (
    <Base.Item value={option.value} disabled={option.disabled ?? false} label={option.label} className="menu-item">
      <span>
        <Base.ItemText>{option.label}</Base.ItemText>
        {option.detail ? <small>{option.detail}</small> : null}
      </span>
      <Base.ItemIndicator className="tick">
        <Check aria-hidden="true" />
      </Base.ItemIndicator>
    </Base.Item>
  )
}
