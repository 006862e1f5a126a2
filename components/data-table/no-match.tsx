'use client'
import { SearchX } from 'lucide-react'

/** In place of rows when search and filters match nothing. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className="no-match">
      <SearchX aria-hidden="true" />
      <p className="font-semibold">Nothing matches</p>
      <p className="dim">Nothing on this page fits the search and the filters.</p>
      <button type="button" className="btn mt-2" onClick={onClear}>
        Show everything
      </button>
    </div>
  )
}
