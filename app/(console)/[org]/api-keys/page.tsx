import type { Metadata } from 'next'
import { consolePage, type SearchParams } from '@/app/console-page'
import { CreateKeyButton } from '@/components/api-keys/create-key-button'
import { PeopleKeysTable } from '@/components/api-keys/people-keys-table'
import type { TableFilter } from '@/components/data-table/table-types'
import { PageHeader } from '@/components/layout/page-header'
import type { Ctx } from '@/lib/access/context'
import { env } from '@/lib/env'
import { findKeyOwner, listKeyPage } from '@/lib/features/api-keys/page-list'
import { keyFilterOf, keyPageOf, PAGE_SIZES } from '@/lib/features/api-keys/page-request'
import { countInWords } from '@/lib/pagination'
import { findCredentialPolicy } from '@/lib/features/credential-policy/queries'
import { makingProblem } from '@/lib/features/credential-policy/rules'

export const metadata: Metadata = { title: 'API Keys' }

/** Mine, everybody’s, or the person in the address. */
async function ownerFilterFor(ctx: Ctx<'key:self'>, owner: string): Promise<TableFilter> {
  const person = await findKeyOwner(ctx, owner)
  return { id: 'owner', label: 'Owner', single: true, options: [{ value: 'me', label: 'Mine' }, ...(person ? [{ value: person.id, label: person.email }] : [])] }
}

const openedIn = (search: SearchParams): string | undefined => (typeof search['key'] === 'string' && search['key'].startsWith('key_') ? search['key'] : undefined)

export default consolePage('key:self', async ({ ctx, org, searchParams }) => {
  const maySeeOthers = ctx.rights.holds('key:others')
  const filter = keyFilterOf(searchParams, maySeeOthers ? 'all' : 'me')
  const page = keyPageOf(searchParams)
  const [keys, policy, ownerFilter] = await Promise.all([
    listKeyPage(ctx, filter, page), findCredentialPolicy(ctx.tx, ctx.orgId), maySeeOthers ? ownerFilterFor(ctx, filter.owner) : undefined,
  ])
  const { name } = ctx.organization
  const baseUrl = env().publicUrl.origin
  const problem = makingProblem(policy, 'apiKey', ctx.rights)
  const lifetime = { maxLifetimeDays: policy.maxLifetimeDays, defaultLifetimeDays: policy.defaultLifetimeDays }
  const opened = openedIn(searchParams)
  return (
    <>
      <PageHeader
        title="API Keys"
        description={`Each opens ${name} to a program, with the rights its owner has at that moment. ${problem === null ? '' : `You cannot create one: ${problem}.`}`}
        actions={
          problem === null && ctx.membership !== null ? (
            <CreateKeyButton
              org={org}
              place={{
                organization: name, owner: ctx.membership.email, baseUrl, policy: lifetime, title: 'Create an API key',
                whose: { everything: 'Everything you may', detail: 'It follows your rights: what you lose, it loses at once' },
              }}
            />
          ) : null
        }
      />
      <PeopleKeysTable
        org={org}
        organization={name}
        baseUrl={baseUrl}
        policy={lifetime}
        rows={keys.rows}
        sort={filter.sort}
        isOneOwner={!maySeeOthers}
        ownerFilter={ownerFilter}
        mayChange
        auditHref={ctx.rights.anywhere('audit:read') ? `/${org}/audit?range=30d&target=` : null}
        pages={{
          nextCursor: keys.nextCursor, previousCursor: keys.previousCursor, countLabel: countInWords(keys.count, keys.isCountExact, 'key'), pageSize: page.limit, sizes: PAGE_SIZES,
        }}
        exports={[{ label: 'Export as CSV', href: `/${org}/api-keys/export` }]}
        opened={opened}
        empty={{ title: 'No API keys yet', text: 'A key lets a script or a service call the API in your name, as far as you let it. Create one for each program, so that you can revoke it alone.' }}
      />
    </>
  )
})
