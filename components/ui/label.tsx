import type { ComponentProps } from 'react'

/** The name of a control; `optional` says so in words, since required is the rule. */
export function Label({ optional = false, children, ...rest }: Omit<ComponentProps<'label'>, 'style'> & { optional?: boolean }) {
  return (
    <label {...rest} className="label">
      {children}
      {optional ? <span className="font-normal text-ink-3"> (optional)</span> : null}
    </label>
  )
}
