import { formatDate } from '@/components/ui/time-format'
import type { InvitationFacts } from '@/lib/features/invitations/invitation-facts'

/** Who invites whom to what, before one answers. */
export function InvitationDetails({ invitation }: { invitation: InvitationFacts }) {
  const { organization, inviter, email, roles, expiresAt } = invitation
  return (
    <dl className="key-values mb-5">
      <dt>Organization</dt>
      <dd>{organization}</dd>
      <dt>Invited by</dt>
      <dd>{inviter || 'an administrator'}</dd>
      <dt>For</dt>
      <dd>{email}</dd>
      <dt>Roles</dt>
      <dd>{roles.length > 0 ? roles.join(', ') : 'No role beside membership'}</dd>
      {expiresAt ? (
        <>
          <dt>Valid until</dt>
          <dd>{formatDate(Date.parse(expiresAt))}</dd>
        </>
      ) : null}
    </dl>
  )
}
