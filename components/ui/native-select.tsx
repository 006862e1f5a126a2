import clsx from 'clsx'
import type { ComponentProps } from 'react'
import type { Option } from './option'

type NativeSelectProps = Omit<ComponentProps<'select'>, 'style' | 'children' | 'multiple'> & {
  options: readonly Option[]
  /** First, empty choice. */
  placeholder?: string | undefined
}

/** The browser's own select, in our clothes: no script, right on phones. The default for forms. */
export function NativeSelect({ options, placeholder, className, ...rest }: NativeSelectProps) {
  return (
    <select {...rest} className={clsx('input', className)}>
      {placeholder === undefined ? null : <option value="">{placeholder}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
