import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { DangerZone, MemberActions } from '@/components/members/member-actions'
import { MemberFacts } from '@/components/members/member-facts'
import { MemberStatusPill } from '@/components/members/member-status'
import { ManagedNote } from '@/components/provisioning/managed-note'
import { PrincipalRoles } from '@/components/role-assignments/principal-roles'
import { ReachTree } from '@/components/role-assignments/reach-tree'
import { MemberKeys } from '@/components/api-keys/member-keys'
import { MemberSessions } from '@/components/sessions/member-sessions'
import { LinkButton } from '@/components/ui/link-button'
import { requirePermission } from '@/lib/access/enter'
import { listMemberKeys, MEMBER_KEYS_SHOWN } from '@/lib/features/api-keys/page-list'
import { explainAddress } from '@/lib/features/explanations/address'
import { findMember, type MemberDetail } from '@/lib/features/members/detail'
import { findReach } from '@/lib/features/role-assignments/reach'
import { endMemberSessionsAction } from '@/lib/features/sessions/actions'
import { listMemberSessions } from '@/lib/features/sessions/queries'
import { mailServerConfigured } from '@/lib/mail/outbox'

export const metadata: Metadata = { title: 'User' }

const LAST = 'This is the last administrator. Give somebody else a role that may manage users and roles, for good, then come back.'

/** What goes when somebody is removed, in words. */
function whatGoes({ owned, assignments }: MemberDetail): string {
  const own = assignments.filter(({ via }) => via === null).length
  const removing = [
    ...(own === 0 ? [] : [`ends ${own === 1 ? '1 role' : `${own} roles`} at once`]),
    ...(owned.apiKeys === 0 ? [] : [`asks whether ${owned.apiKeys === 1 ? '1 API key is' : `${owned.apiKeys} API keys are`} revoked or handed over`]),
  ]
  return `Suspending keeps the person out until resumed.${removing.length === 0 ? '' : ` Removing ${removing.join(', and ')}.`}`
}

/** What of a person the buttons need; the rest stays on the server. */
const personOf = ({ id, invitationId, email, name, status, roles, managedBy }: MemberDetail) => ({ id, invitationId, email, name, status, roles, managedBy })

export default consolePage('member:read', async ({ ctx, org, params }) => {
  const member = await findMember(ctx, params['userId'] ?? '')
  const { rights, organization } = ctx
  const may = { write: rights.holds('member:write'), giveRoles: rights.holds('assignment:write'), endSessions: rights.holds('session:others'), provision: rights.holds('provisioning:write') }
  const place = { org, organization: organization.name, selfId: ctx.membership?.id ?? null }
  const facts = { may, hasMailServer: mailServerConfigured(), lastAdministratorId: member.isLastAdministrator ? member.id : null }
  const sessions = may.endSessions && member.status === 'active' ? await listMemberSessions(requirePermission(ctx, 'session:others'), member.id) : null
  const isInvitation = member.invitationId !== null
  const principal = { type: isInvitation ? ('invitation' as const) : ('user' as const), id: member.invitationId ?? member.id, name: member.name || member.email }
  const reach = await findReach(ctx, member.id, null, 'member:read')
  const keys = rights.holds('key:others') && !isInvitation ? await listMemberKeys(requirePermission(ctx, 'key:others'), member.id) : null
  return (
    <>
      <PageHeader
        title={member.name || member.email}
        trail={[{ label: 'Users', href: `/${org}/users` }]}
        mark={<MemberStatusPill status={member.status} />}
        description={`${member.isSelf ? 'This is you. ' : ''}${member.isAdministrator ? `Administers ${organization.name}.` : ''}`}
        actions={
          <>
            {rights.anywhere('decision:ask') && !isInvitation ? <LinkButton href={explainAddress(org, { who: member.id })}>Explain</LinkButton> : null}
            {rights.anywhere('audit:read') ? <LinkButton href={`/${org}/audit?range=30d&target=${member.id}`}>Audit trail</LinkButton> : null}
            <MemberActions place={place} person={personOf(member)} facts={facts} />
          </>
        }
      />
      <ManagedNote org={org} managed={{ type: 'user', id: member.id, name: member.email, managedBy: member.managedBy }} mayProvision={may.provision} />
      <Section title="Roles" description="Where each role holds; it reaches everything below. Those through a group are changed there.">
        <PrincipalRoles org={org} principal={principal} assignments={member.assignments} mayGive={rights.anywhere('assignment:write')} />
      </Section>
      {member.status === 'active' ? (
        <Section title="What this person can reach" description="Only branches where a role is held. What is held at a place counts everywhere below it; policies of groups are part of the permissions shown.">
          <ReachTree org={org} principalId={member.id} mayExplain={rights.anywhere('decision:ask')} first={reach} none="Nothing beyond what everybody may." />
        </Section>
      ) : null}
      {sessions ? (
        <Section title="Sessions" description="Browsers in which this person is signed in.">
          <MemberSessions organization={organization.name} org={org} userId={member.id} sessions={sessions} end={endMemberSessionsAction} />
        </Section>
      ) : null}
      {keys ? (
        <Section title="API keys" description="They act with this person’s rights of the moment.">
          <MemberKeys org={org} userId={member.id} keys={keys} most={MEMBER_KEYS_SHOWN} />
        </Section>
      ) : null}
      <Section title="Facts">
        <MemberFacts member={member} />
      </Section>
      {may.write ? (
        <Section title={isInvitation ? 'Invitation' : 'Suspend or remove'} description={isInvitation ? 'Resending starts seven new days; revoking ends the link.' : whatGoes(member)}>
          <DangerZone place={place} person={personOf(member)} refusedReason={member.isLastAdministrator ? LAST : null} />
        </Section>
      ) : null}
    </>
  )
})
