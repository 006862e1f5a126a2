import Link from 'next/link'
import { toRoute } from './route'

type LinkTabsProps = { label: string; current: string; items: readonly { href: string; label: string }[] }

/** Tabs that are addresses: links, so they work without script and the back button knows them. */
export function LinkTabs({ label, current, items }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="tabs">
      {items.map((item) => (
        <Link key={item.href} href={toRoute(item.href)} prefetch={false} className="tab" aria-current={item.href === current ? 'page' : undefined}>
          {item.label}
        </Link>
      ))}
    </nav>
  )
}
