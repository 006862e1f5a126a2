import clsx from 'clsx'
import type { ComponentProps } from 'react'

/** A line of text. Give it a label: TextField does, or `aria-label`. */
export function Input({ className, ...rest }: Omit<ComponentProps<'input'>, 'style'>) {
  return <input {...rest} className={clsx('input', className)} />
}
