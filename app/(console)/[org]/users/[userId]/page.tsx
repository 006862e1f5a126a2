import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { DangerZone, MemberActions } from '@/components/members/member-actions'
import { MemberAccess } from '@/components/members/member-access'
import { MemberFacts } from '@/components/members/member-facts'
import { MemberRoles } from '@/components/members/member-roles'
import { MemberStatusPill } from '@/components/members/member-status'
import { MemberSessions } from '@/components/sessions/member-sessions'
import { LinkButton } from '@/components/ui/link-button'
import { requirePermission } from '@/lib/access/enter'
import { explainAddress } from '@/lib/features/explanations/address'
import { findMember, type MemberDetail } from '@/lib/features/members/detail'
import { endMemberSessionsAction } from '@/lib/features/sessions/actions'
import { listMemberSessions } from '@/lib/features/sessions/queries'
import { mailServerConfigured } from '@/lib/mail/outbox'

export const metadata: Metadata = { title: 'User' }

const LAST = 'This is the last administrator. Give somebody else a role that may manage users and roles, for good, then come back.'

/** What goes when somebody is removed, in words. */
function whatGoes({ owned, assignments }: MemberDetail): string {
  const keys = owned.apiKeys === 1 ? '1 API key' : `${owned.apiKeys} API keys`
  const roles = assignments.length === 1 ? '1 role' : `${assignments.length} roles`
  return `Suspending keeps the person out until resumed. Removing ends ${roles} and stops ${keys} at once.`
}

/** What of a person the buttons need; the rest stays on the server. */
const personOf = ({ id, invitationId, email, name, status, roles }: MemberDetail) => ({ id, invitationId, email, name, status, roles })

export default consolePage('member:read', async ({ ctx, org, params }) => {
  const member = await findMember(ctx, params['userId'] ?? '')
  const { rights, organization } = ctx
  const may = { write: rights.holds('member:write'), giveRoles: rights.holds('assignment:write'), endSessions: rights.holds('session:others') }
  const place = { org, organization: organization.name, selfId: ctx.membership?.id ?? null }
  const facts = { may, hasMailServer: mailServerConfigured(), lastAdministratorId: member.isLastAdministrator ? member.id : null }
  const sessions = may.endSessions && member.status === 'active' ? await listMemberSessions(requirePermission(ctx, 'session:others'), member.id) : null
  const isInvitation = member.invitationId !== null
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
      <Section title="Roles" description="Where each role holds; it reaches everything below.">
        <MemberRoles assignments={member.assignments} />
      </Section>
      {member.status === 'active' ? (
        <Section title={`Access at ${organization.name}`} description="What these roles, and the one everybody holds, permit at the organization and so everywhere below it.">
          <MemberAccess groups={member.access} />
        </Section>
      ) : null}
      {sessions ? (
        <Section title="Sessions" description="Browsers in which this person is signed in.">
          <MemberSessions organization={organization.name} org={org} userId={member.id} sessions={sessions} end={endMemberSessionsAction} />
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
