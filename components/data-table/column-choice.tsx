'use client'
import { Columns3 } from 'lucide-react'
import { Checkbox } from '@/components/ui/checkbox'
import { Disclosure } from '@/components/ui/disclosure'

type ColumnChoiceProps = { columns: readonly { id: string; header: string; shown: boolean }[]; onFlip: (id: string) => void }

/** Which columns to show. */
export function ColumnChoice({ columns, onFlip }: ColumnChoiceProps) {
  return (
    <Disclosure
      className="column-choice"
      side="end"
      name="table-filter"
      label="Columns"
      title="Columns"
      summaryClass="btn btn-quiet btn-icon"
      summary={<Columns3 aria-hidden="true" />}
    >
      <div className="popup filter-panel" role="group" aria-label="Columns">
        {columns.map((column) => (
          <Checkbox key={column.id} label={column.header} checked={column.shown} onChange={() => onFlip(column.id)} />
        ))}
      </div>
    </Disclosure>
  )
}
