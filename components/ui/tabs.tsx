'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

type TabsProps = { label: string; items: readonly { value: string; label: string; content: ReactNode }[]; defaultValue?: string }

/** Tabs inside a page that change nothing but what is shown. For places of their own use LinkTabs. */
export function Tabs({ label, items, defaultValue }: TabsProps) {
  return (
    <Base.Root defaultValue={defaultValue ?? items[0]?.value ?? null}>
      <Base.List className="tabs" aria-label={label}>
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className="tab">
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value}>
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
