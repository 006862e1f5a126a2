'use client'
import { PanelLeft } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { SIDEBAR_ID } from './sidebar-id'
import { SIDEBAR_COOKIE } from './theme'

const YEAR_S = 365 * 24 * 3600

/** Makes the sidebar narrow or wide, and remembers it in a cookie for the next page's HTML. */
export function SidebarToggle({ collapsed: initially }: { collapsed: boolean }) {
  const [collapsed, setCollapsed] = useState(initially)
  function toggle() {
    const next = !collapsed
    setCollapsed(next)
    document.querySelector('[data-shell]')?.toggleAttribute('data-collapsed', next)
    document.cookie = `${SIDEBAR_COOKIE}=${next ? 'collapsed' : 'open'}; path=/; max-age=${YEAR_S}; samesite=lax`
  }
  return (
    <IconButton
      label={collapsed ? 'Widen the sidebar' : 'Narrow the sidebar'}
      className="sidebar-toggle"
      size="small"
      icon={<PanelLeft aria-hidden="true" />}
      aria-expanded={!collapsed}
      aria-controls={SIDEBAR_ID}
      onClick={toggle}
    />
  )
}
