'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { CommandPaletteProps } from './command-palette'
import { onOpenPalette } from './palette-events'

const LazyPalette = lazy(() => import('./command-palette').then((module) => ({ default: module.CommandPalette })))

/** Waits for Ctrl or Cmd with K, or for a PaletteButton; only then the palette's script comes. */
export function PaletteHost(props: Omit<CommandPaletteProps, 'open' | 'onOpenChange'>) {
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)
  useEffect(() => {
    const show = () => {
      setUsed(true)
      setOpen(true)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      show()
    }
    document.addEventListener('keydown', onKey)
    const stop = onOpenPalette(show)
    return () => {
      document.removeEventListener('keydown', onKey)
      stop()
    }
  }, [])
  if (!used) return null
  return (
    <Suspense>
      <LazyPalette {...props} open={open} onOpenChange={setOpen} />
    </Suspense>
  )
}
