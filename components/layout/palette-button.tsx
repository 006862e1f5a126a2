'use client'
import { Search } from 'lucide-react'
import { openPalette } from './palette-events'

const prepare = () => void import('./command-palette')

/** Opens the command palette; it looks like the search it is. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  return (
    <button
      type="button"
      className={compact ? 'btn btn-quiet btn-icon' : 'palette-button'}
      aria-keyshortcuts="Control+K Meta+K"
      aria-haspopup="dialog"
      title="Search or go to"
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={openPalette}
    >
      <Search aria-hidden="true" />
      {compact ? null : (
        <>
          <span className="nav-text">Search or go to</span>
          <kbd className="kbd nav-text">Ctrl K</kbd>
        </>
      )}
    </button>
  )
}
