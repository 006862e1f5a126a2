'use client'
import { createContext, use } from 'react'

/** Where menus and lists are put: Modal sets it to itself. */
export const PortalPlace = createContext<HTMLElement | null>(null)

/** The dialog around, or else the page's main landmark, so that what opens is never outside of all landmarks. */
export function usePortalPlace(): HTMLElement | undefined {
  const place = use(PortalPlace)
  return place ?? (typeof document === 'undefined' ? undefined : (document.getElementById('main') ?? undefined))
}
