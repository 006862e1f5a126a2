import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { AccountsTable } from '@/components/service-accounts/accounts-table'
import { CreateAccountButton } from '@/components/service-accounts/create-account-button'
import { PAGE_SIZES } from '@/lib/features/api-keys/page-request'
import { countInWords } from '@/lib/pagination'
import { accountFilterOf, accountPageOf, listAccountPage } from '@/lib/features/service-accounts/page-list'

export const metadata: Metadata = { title: 'Service Accounts' }

export default consolePage('service-account:read', async ({ ctx, org, searchParams }) => {
  const filter = accountFilterOf(searchParams)
  const page = accountPageOf(searchParams)
  const accounts = await listAccountPage(ctx, filter, page)
  const mayWrite = ctx.rights.holds('service-account:write')
  return (
    <>
      <PageHeader
        title="Service Accounts"
        description={`Programs that act in ${ctx.organization.name} with roles and keys of their own. They outlive people.`}
        actions={mayWrite ? <CreateAccountButton org={org} /> : null}
      />
      <AccountsTable
        org={org}
        rows={accounts.rows}
        sort={filter.sort}
        mayWrite={mayWrite}
        pages={{
          nextCursor: accounts.nextCursor, previousCursor: accounts.previousCursor, countLabel: countInWords(accounts.count, accounts.isCountExact, 'service account'), pageSize: page.limit,
          sizes: PAGE_SIZES,
        }}
      />
    </>
  )
})
