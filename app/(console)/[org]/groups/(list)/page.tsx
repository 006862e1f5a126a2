import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { CreateGroupButton } from '@/components/groups/create-group-button'
import { GroupsTable } from '@/components/groups/groups-table'
import { PageHeader } from '@/components/layout/page-header'
import { groupFilterOf, groupPageOf, PAGE_SIZES } from '@/lib/features/groups/page-request'
import { countInWords } from '@/lib/pagination'
import { listGroups } from '@/lib/features/groups/queries'
import { groupHomeType } from '@/lib/features/groups/rules'
import { withRoles } from '@/lib/features/groups/rows'
import { groupsAreGivenRoles } from '@/lib/features/role-assignments/rules'

export const metadata: Metadata = { title: 'Groups' }

export default consolePage('group:read', async ({ ctx, org, searchParams }) => {
  const filter = groupFilterOf(searchParams)
  const page = groupPageOf(searchParams)
  const groups = await listGroups(ctx, filter, page)
  const type = ctx.model.resourceTypes.find(({ name }) => name === groupHomeType(ctx.model))
  const home = type ? { title: type.title } : null
  const mayWrite = ctx.rights.anywhere('group:write')
  const areGivenRoles = groupsAreGivenRoles(ctx.model)
  const shared = `People of ${ctx.organization.name} who share ${areGivenRoles ? 'roles and a policy' : 'a policy'}`
  return (
    <>
      <PageHeader
        title="Groups"
        description={home ? `${shared}, each group for one ${home.title.toLowerCase()}.` : `${shared}.`}
        actions={mayWrite ? <CreateGroupButton org={org} home={home} /> : null}
      />
      <GroupsTable
        org={org}
        organization={ctx.organization.name}
        home={home}
        rows={await withRoles(ctx, groups.rows)}
        sort={filter.sort}
        pages={{
          nextCursor: groups.nextCursor, previousCursor: groups.previousCursor, countLabel: countInWords(groups.count, groups.isCountExact, 'group'),
          pageSize: page.limit, sizes: PAGE_SIZES,
        }}
        mayWrite={mayWrite}
        areGivenRoles={areGivenRoles}
        mayProvision={ctx.rights.holds('provisioning:write')}
      />
    </>
  )
})
