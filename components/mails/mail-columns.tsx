'use client'
import type { DataTableColumn } from '@/components/data-table/table-types'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import type { MailRow } from '@/lib/features/mails/rules'
import { kindInWords, MAIL_WORDS } from './mail-words'

function State({ row }: { row: MailRow }) {
  const { label, tone, detail } = MAIL_WORDS[row.state]
  return (
    <StatusPill tone={tone} title={detail}>
      {label}
    </StatusPill>
  )
}

/** Attempts, and of a failed mail why and when it is tried again. */
function Attempts({ row }: { row: MailRow }) {
  if (row.lastError === null) return <span className="dim">{row.attempts === 0 ? '–' : row.attempts}</span>
  return (
    <span title={row.lastError}>
      {row.attempts}
      {row.nextAttemptAt === null ? null : <>, next <RelativeTime at={row.nextAttemptAt} /></>}
    </span>
  )
}

/** Columns of the outbox. On a phone: to whom, below it state and time. */
export const MAIL_COLUMNS: readonly DataTableColumn<MailRow>[] = [
  { id: 'recipient', header: 'To', cell: (row) => row.recipient, phone: 'title', hideable: false },
  { id: 'subject', header: 'Subject', cell: (row) => row.subject, width: 'wide' },
  { id: 'kind', header: 'Kind', cell: (row) => <span className="dim">{kindInWords(row.template)}</span>, width: 'fit' },
  { id: 'state', header: 'State', cell: (row) => <State row={row} />, width: 'fit', phone: 'second' },
  { id: 'attempts', header: 'Attempts', cell: (row) => <Attempts row={row} />, width: 'fit' },
  { id: 'error', header: 'Last error', cell: (row) => row.lastError ?? <span className="dim">–</span>, width: 'wrap', hiddenByDefault: true },
  { id: 'created', header: 'Written', cell: (row) => <span className="dim"><RelativeTime at={row.createdAt} /></span>, width: 'fit', phone: 'second' },
  { id: 'sent', header: 'Sent', cell: (row) => <span className="dim"><RelativeTime at={row.sentAt} /></span>, width: 'fit' },
]
