import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { MailTable } from '@/components/mails/mail-table'
import { Banner } from '@/components/ui/banner'
import { mailRequestOf } from '@/lib/features/mails/page-request'
import { listMails } from '@/lib/features/mails/queries'
import { mailServerConfigured } from '@/lib/mail/outbox'

export const metadata: Metadata = { title: 'Outbox' }

export default consolePage('member:write', async ({ ctx, org, searchParams }) => {
  const { filter, page } = mailRequestOf(searchParams)
  const mails = await listMails(ctx, filter, page)
  const hasMailServer = mailServerConfigured()
  return (
    <>
      <PageHeader title="Outbox" description={`Mails that ${ctx.organization.name} sent, or is about to.`} />
      {hasMailServer ? null : (
        <div className="mb-3">
          <Banner tone="warn" title="No mail server is configured">
            Mails are kept here instead of being sent. Read one to copy its link and hand it over yourself; whoever runs this installation sends mail by setting <code className="mono">SMTP_URL</code>.
          </Banner>
        </div>
      )}
      <MailTable org={org} rows={mails.rows} pages={{ nextCursor: mails.nextCursor, previousCursor: mails.previousCursor, countLabel: '' }} hasMailServer={hasMailServer} />
    </>
  )
})
