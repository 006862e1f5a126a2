'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

type TabItem = {
  value: string
  label: ReactNode
  content: ReactNode
  /** Stays in the page while another tab is shown, with what it holds. */
  keepMounted?: boolean
}

type TabsProps = {
  label: string
  items: readonly TabItem[]
  defaultValue?: string
  /** With `onValueChange`, the tab shown is decided outside. */
  value?: string
  onValueChange?: (value: string) => void
}

/** Tabs inside a page that change nothing but what is shown. For places of their own use LinkTabs. */
export function Tabs({ label, items, defaultValue, value, onValueChange }: TabsProps) {
  return (
    <Base.Root {...(value === undefined ? { defaultValue: defaultValue ?? items[0]?.value ?? null } : { value })} onValueChange={(next) => onValueChange?.(String(next))}>
      <Base.List className="tabs" aria-label={label}>
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className="tab">
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} keepMounted={item.keepMounted ?? false}>
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
