import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { AddMembersButton } from '@/components/groups/add-members-button'
import { DeleteGroupButton, EditGroupButton } from '@/components/groups/group-actions'
import { GroupMembers } from '@/components/groups/group-members'
import { LOCKED } from '@/components/groups/group-words'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { ManagedNote } from '@/components/provisioning/managed-note'
import { PrincipalRoles } from '@/components/role-assignments/principal-roles'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/link-button'
import { groupPageOf, PAGE_SIZES, searchOf } from '@/lib/features/groups/page-request'
import { countInWords } from '@/lib/pagination'
import { findGroup, listGroupMembers } from '@/lib/features/groups/queries'
import { managedReason } from '@/lib/features/provisioning/rules'
import { listAssignmentsOf } from '@/lib/features/role-assignments/queries'
import { groupsAreGivenRoles } from '@/lib/features/role-assignments/rules'

export const metadata: Metadata = { title: 'Group' }

export default consolePage('group:read', async ({ ctx, org, params, searchParams }) => {
  const group = await findGroup(ctx, params['groupId'] ?? '')
  const page = groupPageOf(searchParams)
  const members = await listGroupMembers(ctx, { id: group.id, q: searchOf(searchParams) }, page)
  const { id, name, isLocked, resource, may, managedBy } = group
  const assignments = await listAssignmentsOf(ctx, id, 'group:read')
  const areGivenRoles = groupsAreGivenRoles(ctx.model)
  const place = resource ? `Belongs to ${resource.name}. ` : ''
  const mayEdit = may.edit && !isLocked
  const mayProvision = ctx.rights.holds('provisioning:write')
  return (
    <>
      <PageHeader
        title={name}
        trail={[{ label: 'Groups', href: `/${org}/groups` }]}
        mark={isLocked ? <Badge title={LOCKED}>locked</Badge> : null}
        description={`${place}${group.description}`}
        actions={
          <>
            {ctx.rights.anywhere('audit:read') ? <LinkButton href={`/${org}/audit?range=30d&target=${id}`}>Audit trail</LinkButton> : null}
            {mayEdit ? <EditGroupButton org={org} group={group} /> : null}
            {may.edit && managedBy === null ? <AddMembersButton org={org} group={{ id, name }} /> : null}
          </>
        }
      />
      <ManagedNote org={org} managed={{ type: 'group', id, name, managedBy }} mayProvision={mayProvision} />
      <Section title="Policy" description="What people in this group may do by rules about single resources, times and addresses." actions={<LinkButton href={`/${org}/groups/${id}/policy`} size="small">{may.editPolicy ? 'Edit policy' : 'Show policy'}</LinkButton>}>
        <p className="text-ink-2">{isLocked ? `${LOCKED}.` : group.hasPolicy ? 'This group has a policy.' : areGivenRoles ? 'No policy yet: the group gives what its roles give.' : 'No policy yet: the group permits nothing.'}</p>
      </Section>
      {areGivenRoles || assignments.length > 0 ? (
        <Section title="Roles" description="What everybody in this group holds, and where; it reaches everything below.">
          <PrincipalRoles org={org} principal={{ type: 'group', id, name }} assignments={assignments} mayGive={areGivenRoles && !isLocked && ctx.rights.anywhere('assignment:write')} none="No role: the group gives what its policy permits." />
        </Section>
      ) : null}
      <Section title="People">
        <GroupMembers
          org={org}
          group={{ id, name }}
          rows={members.rows}
          pages={{
            nextCursor: members.nextCursor, previousCursor: members.previousCursor, countLabel: countInWords(members.count, members.isCountExact, 'person', 'people'),
            pageSize: page.limit, sizes: PAGE_SIZES,
          }}
          mayWrite={may.edit}
          lockedReason={managedBy && managedReason(managedBy)}
        />
      </Section>
      {mayEdit && managedBy === null ? (
        <Section title="Delete" description="Its members stay users of the organization; what they hold through the group ends.">
          <DeleteGroupButton org={org} group={group} />
        </Section>
      ) : null}
    </>
  )
})
