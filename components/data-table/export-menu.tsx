'use client'
import { Download } from 'lucide-react'
import { Disclosure } from '@/components/ui/disclosure'
import type { TableExport } from './table-types'
import { addressOf, changeParams } from './table-url'

/** Links that download all rows of the current search and filters. Plain links: the browser keeps the file. */
export function ExportMenu({ exports, params }: { exports: readonly TableExport[]; params: URLSearchParams }) {
  const query = changeParams(params, { limit: null })
  const only = exports.length === 1 ? exports[0] : undefined
  if (only)
    return (
      <a className="btn btn-quiet btn-icon" href={addressOf(only.href, query)} download aria-label={only.label} title={only.label}>
        <Download aria-hidden="true" />
      </a>
    )
  return (
    <Disclosure side="end" name="table-filter" label="Export" title="Export" summaryClass="btn btn-quiet btn-icon" summary={<Download aria-hidden="true" />}>
      <div className="popup menu">
        {exports.map((each) => (
          <a key={each.label} className="menu-item" href={addressOf(each.href, query)} download>
            {each.label}
          </a>
        ))}
      </div>
    </Disclosure>
  )
}
