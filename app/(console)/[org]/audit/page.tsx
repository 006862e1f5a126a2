import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { AuditTable } from '@/components/audit-events/audit-table'
import { Histogram } from '@/components/audit-events/histogram'
import { OpenedEvent } from '@/components/audit-events/opened-event'
import { TimeRange } from '@/components/audit-events/time-range'
import { VerifyButton } from '@/components/audit-events/verify-button'
import { PageHeader } from '@/components/layout/page-header'
import { Banner } from '@/components/ui/banner'
import { verifyAuditAction } from '@/lib/features/audit-events/actions'
import { loadAuditPage } from '@/lib/features/audit-events/page-data'

export const metadata: Metadata = { title: 'Audit log' }

export default consolePage('audit:read', async ({ ctx, org, searchParams }) => {
  const { request, rows, pages, filters, buckets, opened, anchor, mayVerify } = await loadAuditPage(ctx, searchParams)
  const { range, from, to } = request.span
  return (
    <>
      <PageHeader
        title="Audit log"
        description={`Who did what in ${ctx.organization.name}, and who was refused. Entries cannot be changed or removed.`}
        actions={mayVerify ? <VerifyButton org={org} anchor={anchor} verify={verifyAuditAction} /> : null}
      />
      {request.problems.length > 0 ? (
        <Banner tone="warn" title="A filter cannot be understood">
          {request.problems.join(' ')} Change or clear it.
        </Banner>
      ) : null}
      {request.opened !== null && opened === null ? <Banner tone="warn" title="This entry does not exist">The link may be wrong, or the entry is of another organization.</Banner> : null}
      <div className="my-4 grid grid-cols-1 items-start gap-x-6 gap-y-3 md:grid-cols-[auto_minmax(0,1fr)]">
        <TimeRange range={range} from={from.getTime()} to={to.getTime()} />
        <Histogram key={`${from.getTime()} ${to.getTime()}`} buckets={buckets} />
      </div>
      <AuditTable
        org={org}
        rows={rows}
        filters={filters}
        pages={pages}
        exports={[{ label: 'Export as CSV', href: `/${org}/audit/export/csv` }, { label: 'Export as NDJSON', href: `/${org}/audit/export/ndjson` }]}
      />
      {opened ? <OpenedEvent event={opened} org={org} /> : null}
    </>
  )
})
