'use client'
import { Mail, MailOpen, Mails, Send } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { RowAction, TableFilter, TablePages } from '@/components/data-table/table-types'
import { EmptyState } from '@/components/layout/empty-state'
import { tellAnswers } from '@/components/forms/tell-answers'
import { countOf } from '@/components/members/member-words'
import { retryMailsAction } from '@/lib/features/mails/actions'
import { MAIL_STATES, type MailRow } from '@/lib/features/mails/rules'
import { MAIL_COLUMNS } from './mail-columns'
import { MAIL_WORDS } from './mail-words'

const MailPanel = lazy(() => import('./mail-panel').then((module) => ({ default: module.MailPanel })))

const STATE_FILTER: TableFilter = { id: 'state', label: 'State', options: MAIL_STATES.map((value) => ({ value, label: MAIL_WORDS[value].label, detail: MAIL_WORDS[value].detail })) }

type MailTableProps = { org: string; rows: readonly MailRow[]; pages: TablePages; hasMailServer: boolean }

/** Why a mail cannot be sent now, if it cannot. */
const refusedReason = (row: MailRow, hasMailServer: boolean) =>
  row.state === 'sent' ? { disabledReason: 'It was sent already' } : hasMailServer ? {} : { disabledReason: 'No mail server is configured' }

/** The organization's mails: to whom, how they stand, and their text. */
export function MailTable({ org, rows, pages, hasMailServer }: MailTableProps) {
  const [reading, setReading] = useState<MailRow | null>(null)
  const send = async (chosen: readonly MailRow[]) =>
    tellAnswers(await retryMailsAction(org, chosen.map(({ id }) => id)), { done: (count) => `Sending ${countOf(count, 'mail')} now` })
  const actionsOf = (row: MailRow): RowAction[] => [
    { label: 'Read mail', icon: <MailOpen aria-hidden="true" />, detail: 'The audit log tells who did', onSelect: () => setReading(row) },
    { label: 'Send now', icon: <Send aria-hidden="true" />, onSelect: () => void send([row]), ...refusedReason(row, hasMailServer) },
  ]
  return (
    <>
      <DataTable
        name="Outbox"
        columns={MAIL_COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => `${row.subject} to ${row.recipient}`}
        rowActions={actionsOf}
        {...(hasMailServer && {
          isSelectable: (row: MailRow) => row.state !== 'sent',
          bulkActions: [{ label: 'Send now', icon: <Mail aria-hidden="true" />, onSelect: (chosen: MailRow[], clear: () => void) => (void send(chosen), clear()) }],
        })}
        search={{ placeholder: 'Search recipient or subject' }}
        filters={[STATE_FILTER]}
        pages={pages}
        empty={
          <EmptyState icon={<Mails aria-hidden="true" />} title="No mail yet">
            Invitations you send are listed here, with whether they left. Where no mail server is configured, you read them here and hand the links over.
          </EmptyState>
        }
      />
      {reading ? (
        <Suspense>
          <MailPanel key={reading.id} org={org} mail={reading} open onOpenChange={(open) => !open && setReading(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
