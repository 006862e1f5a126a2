import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

export type ButtonLook = {
  /** `primary` once a view, `danger` only at the moment of a dangerous confirmation. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined
  size?: 'small' | 'medium' | 'wide' | undefined
}

/** The classes of a button, for elements that are not one (a summary, a Base UI trigger). */
export const buttonClass = ({ variant = 'secondary', size = 'medium' }: ButtonLook, extra?: string): string =>
  clsx('btn', variant !== 'secondary' && `btn-${variant}`, size !== 'medium' && `btn-${size}`, extra)

export type ButtonProps = Omit<ComponentProps<'button'>, 'style'> &
  ButtonLook & { icon?: ReactNode; /** Shows a spinner and ignores presses; the label stays. */ pending?: boolean | undefined }

/** A button; `type` is `button` unless told otherwise, so that it never submits a form by accident. */
export function Button({ variant, size, icon, pending, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ variant, size }, className)}
      {...(pending ? { 'aria-busy': true, 'aria-disabled': true } : {})}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      {pending ? <span className="spinner" aria-hidden="true" /> : icon}
      {children}
    </button>
  )
}
