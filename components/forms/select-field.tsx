'use client'
import { NativeSelect } from '@/components/ui/native-select'
import type { Option } from '@/components/ui/option'
import { Field, type FieldProps } from './field'

type SelectFieldProps = FieldProps & {
  options: readonly Option[]
  placeholder?: string
  defaultValue?: string
  disabled?: boolean
  onValueChange?: (value: string) => void
}

/** A labelled native select. */
export function SelectField({ name, label, hint, optional, defaultValue, onValueChange, ...select }: SelectFieldProps) {
  return (
    <Field {...{ name, label, hint }} optional={optional ?? false}>
      {(control) => (
        <NativeSelect {...select} defaultValue={defaultValue} {...control} onChange={(event) => onValueChange?.(event.currentTarget.value)} />
      )}
    </Field>
  )
}
