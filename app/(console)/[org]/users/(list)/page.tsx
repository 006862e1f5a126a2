import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { InviteButton } from '@/components/invitations/invite-button'
import { PageHeader } from '@/components/layout/page-header'
import { MembersTable } from '@/components/members/members-table'
import { Banner } from '@/components/ui/banner'
import { TextLink } from '@/components/ui/text-link'
import { findFactorHolders, findGlancePlaces, findGlances } from '@/lib/features/members/glance'
import { findLastAdministrator } from '@/lib/features/members/last-administrator'
import { glancePlaceOf, memberFilterOf, memberPageOf, PAGE_SIZES } from '@/lib/features/members/page-request'
import { countInWords } from '@/lib/pagination'
import { countAdministrators, listMembers } from '@/lib/features/members/queries'
import { ADMINISTRATORS_ADVISED } from '@/lib/features/members/rules'
import { listRoleTitles } from '@/lib/features/roles/choices'
import { mailServerConfigured } from '@/lib/mail/outbox'

export const metadata: Metadata = { title: 'Users' }

export default consolePage('member:read', async ({ ctx, org, searchParams }) => {
  const filter = memberFilterOf(searchParams)
  const page = memberPageOf(searchParams)
  const [members, roles, administrators, lastAdministratorId, { at, places }] = await Promise.all([
    listMembers(ctx, filter, page), listRoleTitles(ctx), countAdministrators(ctx), findLastAdministrator(ctx), findGlancePlaces(ctx, glancePlaceOf(searchParams)),
  ])
  const mayWrite = ctx.rights.holds('member:write')
  const verbs = Object.fromEntries(await findGlances(ctx, members.rows, at.id))
  // Who is protected by a password alone is for those to know who can do something about it.
  const factors = mayWrite || ctx.rights.holds('sign-in:read') ? await findFactorHolders(ctx, members.rows) : null
  const hasMailServer = mailServerConfigured()
  const { name } = ctx.organization
  return (
    <>
      <PageHeader
        title="Users"
        description={`People in ${name}, where they may act, and how they sign in.`}
        actions={mayWrite ? <InviteButton org={org} organization={name} hasMailServer={hasMailServer} mayGiveRoles={ctx.rights.anywhere('assignment:write')} /> : null}
      />
      {administrators > ADMINISTRATORS_ADVISED && !filter.administrators ? (
        <div className="mb-3">
          <Banner tone="warn" title={`More than ${ADMINISTRATORS_ADVISED} people administer ${name}`}>
            Each of them can give anybody any role. <TextLink href={`/${org}/users?show=administrators`}>See who they are</TextLink>
          </Banner>
        </div>
      ) : null}
      <MembersTable
        org={org}
        organization={name}
        rows={members.rows}
        roles={roles}
        glances={{ at: at.id, place: at.name, verbs, places: places.map(({ id, name: label, typeTitle }) => ({ value: id, label, detail: typeTitle })) }}
        factors={factors}
        sort={filter.sort}
        pages={{
          nextCursor: members.nextCursor, previousCursor: members.previousCursor, countLabel: countInWords(members.count, members.isCountExact, 'person', 'people'),
          pageSize: page.limit, sizes: PAGE_SIZES,
        }}
        may={{
          write: mayWrite, giveRoles: ctx.rights.holds('assignment:write'), endSessions: ctx.rights.holds('session:others'), provision: ctx.rights.holds('provisioning:write'), export: ctx.rights.holds('member:read'),
        }}
        hasMailServer={hasMailServer}
        selfId={ctx.membership?.id ?? null}
        lastAdministratorId={lastAdministratorId}
      />
    </>
  )
})
