'use client'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { SIDEBAR_ID } from './sidebar-id'

function hideDrawer() {
  const sidebar = document.getElementById(SIDEBAR_ID)
  if (sidebar?.matches(':popover-open')) sidebar.hidePopover()
}

/** On a phone the sidebar is a native popover: it closes when one has arrived somewhere, or turned the phone. */
export function SidebarDrawer() {
  const pathname = usePathname()
  useEffect(hideDrawer, [pathname])
  useEffect(() => {
    const wide = window.matchMedia('(min-width: 48rem)')
    wide.addEventListener('change', hideDrawer)
    return () => wide.removeEventListener('change', hideDrawer)
  }, [])
  return null
}
