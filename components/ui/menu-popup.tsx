'use client'
import { Menu } from '@base-ui/react/menu'
import Link from 'next/link'
import type { MenuItem } from './menu-item'
import { toRoute } from './route'

type MenuPopupProps = {
  /** The button it belongs to: it hangs there, and focus goes back there. */
  anchor: HTMLElement | null
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}

/** A menu without a trigger of its own, so that one serves a whole table. Load it lazily. */
export function MenuPopup({ anchor, open, onOpenChange, label, items, align = 'end' }: MenuPopupProps) {
  const plain = items.filter((item) => !item.danger)
  const dangerous = items.filter((item) => item.danger)
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Menu.Portal>
        <Menu.Positioner className="layer" anchor={anchor} align={align} sideOffset={4}>
          <Menu.Popup className="menu" aria-label={label} finalFocus={() => anchor}>
            {plain.map(renderItem)}
            {plain.length > 0 && dangerous.length > 0 ? <Menu.Separator className="menu-line" /> : null}
            {dangerous.map(renderItem)}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

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
