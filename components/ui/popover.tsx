'use client'
import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode } from 'react'
import { buttonClass, type ButtonLook } from './button'
import { usePortalPlace } from './portal-place'

type PopoverProps = ButtonLook & { label: ReactNode; title: string; children: ReactNode; className?: string }

/** A button that opens a small box with anything in it, such as an explanation. */
export function Popover({ label, title, children, className, ...look }: PopoverProps) {
  const place = usePortalPlace()
  return (
    <Base.Root>
      <Base.Trigger className={buttonClass(look, className)}>{label}</Base.Trigger>
      <Base.Portal container={place}>
        <Base.Positioner className="layer" sideOffset={6} align="start">
          <Base.Popup className="popup popover">
            <Base.Title>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
