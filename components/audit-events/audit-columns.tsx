'use client'
import type { DataTableColumn } from '@/components/data-table/table-types'
import type { AuditRow } from '@/lib/features/audit-events/page-rows'
import { EventLink } from './event-link'
import { EventTime } from './event-time'
import { OutcomePill } from './outcome-pill'
import { sourceWords } from './source-words'

/** Columns of the log. On a phone: when and who, below it what happened, which tells a refusal too. */
export const AUDIT_COLUMNS: readonly DataTableColumn<AuditRow>[] = [
  { id: 'time', header: 'Time (UTC)', cell: (row) => <EventTime at={row.at} />, width: 'fit', phone: 'second', hideable: false },
  { id: 'actor', header: 'Actor', cell: (row) => <span title={row.actor.id}>{row.actor.name}</span>, width: 'fit', phone: 'second' },
  { id: 'what', header: 'What happened', cell: (row) => <EventLink row={row} />, width: 'wide', phone: 'title', hideable: false },
  { id: 'action', header: 'Action', cell: (row) => <code className="mono">{row.event}</code>, width: 'fit', hiddenByDefault: true },
  { id: 'target', header: 'Target', cell: (row) => row.target?.name ?? '–', width: 'fit', hiddenByDefault: true },
  { id: 'source', header: 'Source', cell: (row) => sourceWords(row.source), width: 'fit' },
  { id: 'address', header: 'Address', cell: (row) => (row.address ? <span className="mono">{row.address}</span> : <span className="dim">–</span>), width: 'fit' },
  { id: 'outcome', header: 'Result', cell: (row) => <OutcomePill outcome={row.outcome} />, width: 'fit' },
]
