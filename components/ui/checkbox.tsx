import type { ComponentProps, ReactNode } from 'react'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'style' | 'className'> & {
  label: ReactNode
  detail?: ReactNode
  type?: 'checkbox' | 'radio'
}

/** A native checkbox (or radio) with its label: it works without script. */
export function Checkbox({ label, detail, type = 'checkbox', ...rest }: CheckboxProps) {
  return (
    <label className="choice">
      <input {...rest} type={type} className="check" />
      <span>
        {label}
        {detail ? <small>{detail}</small> : null}
      </span>
    </label>
  )
}
