import type { ComponentProps, ReactNode } from 'react'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'style' | 'className' | 'role'> & { label: ReactNode; detail?: ReactNode }

/** A setting that is on or off at once. A native checkbox underneath, so forms carry it as `on`. */
export function Switch({ label, detail, ...rest }: SwitchProps) {
  return (
    <label className="choice">
      <input {...rest} type="checkbox" role="switch" className="switch" />
      <span>
        {label}
        {detail ? <small>{detail}</small> : null}
      </span>
    </label>
  )
}
