'use client'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { SIDEBAR_ID } from './sidebar-id'

/** On a phone the sidebar is a native popover: it closes when one has arrived somewhere. */
export function SidebarDrawer() {
  const pathname = usePathname()
  useEffect(() => {
    const sidebar = document.getElementById(SIDEBAR_ID)
    if (sidebar?.matches(':popover-open')) sidebar.hidePopover()
  }, [pathname])
  return null
}
