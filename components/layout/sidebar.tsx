import type { ReactNode } from 'react'
import { NavLink } from './nav-link'
import type { NavigationGroup } from './navigation'
import { SIDEBAR_ID } from './sidebar-id'

type SidebarProps = { label: string; navigation: readonly NavigationGroup[]; top: ReactNode; search: ReactNode; bottom: ReactNode }

/** The column of tabs. A native popover, which wide screens always show and phones open as a drawer, without script. */
export function Sidebar({ label, navigation, top, search, bottom }: SidebarProps) {
  return (
    <aside id={SIDEBAR_ID} popover="auto" className="sidebar" aria-label="Sidebar">
      <div className="flex">{top}</div>
      {search}
      <nav aria-label={label} className="sidebar-nav" tabIndex={-1}>
        {navigation.map((group) => (
          <div key={group.heading}>
            <h2>
              <span className="nav-text">{group.heading}</span>
            </h2>
            <ul>
              {group.items.map((item) => (
                <li key={item.href}>
                  <NavLink {...item} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="sidebar-foot">{bottom}</div>
    </aside>
  )
}
