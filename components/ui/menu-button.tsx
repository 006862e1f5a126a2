'use client'
import { lazy, Suspense, useState, type MouseEvent, type ReactNode } from 'react'
import { Button, type ButtonLook } from './button'
import type { MenuItem } from './menu-item'

const loadPopup = () => import('./menu-popup')
const LazyPopup = lazy(() => loadPopup().then((module) => ({ default: module.MenuPopup })))

type MenuButtonProps = ButtonLook & {
  /** Names the button when it shows an icon only, and the menu. */
  label: string
  icon?: ReactNode
  /** Text on the button; without it the button is square. */
  children?: ReactNode
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}

/** A button with a menu, whose script is fetched when the pointer or the focus comes near. */
export function MenuButton({ label, items, align = 'end', children, ...look }: MenuButtonProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  const [byKey, setByKey] = useState(false)
  const prepare = () => void loadPopup()
  const toggle = (event: MouseEvent<HTMLElement>) => {
    setAnchor(event.currentTarget)
    setByKey(event.detail === 0)
    setOpen(!open)
  }
  return (
    <>
      <Button
        {...look}
        className={children ? '' : 'btn-icon'}
        aria-label={children ? undefined : label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={toggle}
      >
        {children}
      </Button>
      {anchor ? (
        <Suspense>
          <LazyPopup anchor={anchor} open={open} onOpenChange={setOpen} byKey={byKey} label={label} items={items} align={align} />
        </Suspense>
      ) : null}
    </>
  )
}
