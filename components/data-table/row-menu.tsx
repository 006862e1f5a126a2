'use client'
import { lazy, Suspense, useState } from 'react'
import type { RowAction } from './table-types'

const loadPopup = () => import('@/components/ui/menu-popup')
const LazyPopup = lazy(() => loadPopup().then((module) => ({ default: module.MenuPopup })))

/** Fetches the menu's script ahead of the press. */
export const prepareRowMenu = (): void => void loadPopup()

type Open = { rowId: string; anchor: HTMLElement; byKey: boolean; label: string; items: readonly RowAction[] }

/**
 * The one menu of a table, moved to the row whose button was pressed.
 *
 * @returns the element to render once, the row it is open for, and the function that opens it there
 */
export function useRowMenu() {
  const [at, setAt] = useState<Open | null>(null)
  const [open, setOpen] = useState(false)
  function show(next: Open) {
    setAt(next)
    setOpen(!(open && at?.anchor === next.anchor))
  }
  const element = at ? (
    <Suspense>
      <LazyPopup anchor={at.anchor} byKey={at.byKey} label={at.label} items={at.items} open={open} onOpenChange={setOpen} />
    </Suspense>
  ) : null
  return { element, openFor: open ? at?.rowId : undefined, show }
}
