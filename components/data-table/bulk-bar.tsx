'use client'
import { X } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Button } from '@/components/ui/button'
import type { BulkAction } from './table-types'

type BulkBarProps<Row extends object> = { rows: Row[]; actions: readonly BulkAction<Row>[]; onClear: () => void }

/** What can be done with the ticked rows; it floats over the lower edge, so that nothing moves. */
export function BulkBar<Row extends object>({ rows, actions, onClear }: BulkBarProps<Row>) {
  return (
    <div className="bulk-bar" role="region" aria-label="Selected rows">
      <p role="status" className="num">
        {rows.length} selected
      </p>
      {actions.map((action) => (
        <Button key={action.label} size="small" icon={action.icon} onClick={() => action.onSelect(rows, onClear)}>
          {action.label}
        </Button>
      ))}
      <IconButton label="Clear selection" size="small" icon={<X aria-hidden="true" />} onClick={onClear} />
    </div>
  )
}
