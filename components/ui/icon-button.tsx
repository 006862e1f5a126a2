import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button'

/** A square button with an icon only: `label` is its name and its hint. */
export function IconButton({ label, icon, className = '', ...rest }: Omit<ButtonProps, 'children'> & { label: string; icon: ReactNode }) {
  return (
    <Button variant="quiet" {...rest} className={`btn-icon ${className}`} aria-label={label} title={label}>
      {icon}
    </Button>
  )
}
