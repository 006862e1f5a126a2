'use client'
import { Menu } from '@base-ui/react/menu'
import Link from 'next/link'
import { useRef } from 'react'
import type { MenuItem } from './menu-item'
import { usePortalPlace } from './portal-place'
import { toRoute } from './route'

type MenuPopupProps = {
  /** The button it belongs to: it hangs there, and focus goes back there. */
  anchor: HTMLElement | null
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Opened by key: the first item takes the focus at once. */
  byKey?: boolean
  label: string
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}

/** A menu without a trigger of its own, so that one serves a whole table. Load it lazily. */
export function MenuPopup({ anchor, open, onOpenChange, label, items, byKey = false, align = 'end' }: MenuPopupProps) {
  const place = usePortalPlace()
  const popup = useRef<HTMLDivElement>(null)
  const plain = items.filter((item) => !item.danger)
  const dangerous = items.filter((item) => item.danger)
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange} onOpenChangeComplete={(isOpen) => isOpen && byKey && focusFirst(popup.current)}>
      <Menu.Portal container={place}>
        <Menu.Positioner className="layer" anchor={anchor} align={align} sideOffset={4}>
          <Menu.Popup ref={popup} className="menu" aria-label={label} finalFocus={() => anchor}>
            {plain.map(renderItem)}
            {plain.length > 0 && dangerous.length > 0 ? <Menu.Separator className="menu-line" /> : null}
            {dangerous.map(renderItem)}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

const focusFirst = (popup: HTMLElement | null) => popup?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()

function renderItem(item: MenuItem) {
  const detail = item.disabledReason ?? item.detail
  const content = (
    <>
      {item.icon}
      <span>
        {item.label}
        {detail ? <small>{detail}</small> : null}
      </span>
    </>
  )
  if (item.href !== undefined && item.disabledReason === undefined)
    return (
      <Menu.LinkItem key={item.label} label={item.label} className="menu-item" closeOnClick render={<Link href={toRoute(item.href)} prefetch={false} />}>
        {content}
      </Menu.LinkItem>
    )
  return (
    <Menu.Item key={item.label} label={item.label} className="menu-item" disabled={item.disabledReason !== undefined} onClick={item.onSelect}>
      {content}
    </Menu.Item>
  )
}
