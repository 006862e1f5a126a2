import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { MemberDetail } from '@/lib/features/members/detail'
import { methodInWords } from '@/lib/features/sessions/device'

const SOURCES: Readonly<Record<string, string>> = { founder: 'Founded the organization', invitation: 'Invitation', scim: 'SCIM', sso: 'Single sign-on' }

/** What the organization knows about somebody, apart from roles. */
export function MemberFacts({ member }: { member: MemberDetail }) {
  const { invitationId } = member
  const came = `${SOURCES[member.source] ?? member.source}${member.invitedBy ? `, by ${member.invitedBy}` : ''}`
  const joined = [
    { label: 'Joined', value: <RelativeTime at={member.joinedAt} /> },
    { label: 'Last seen', value: <RelativeTime at={member.lastSeenAt} never="never" /> },
    { label: 'Signs in with', value: member.signInMethod === null ? '–' : methodInWords(member.signInMethod) },
    { label: 'API keys', value: String(member.owned.apiKeys) },
  ]
  return (
    <KeyValueList
      items={[
        { label: 'E-mail', value: member.email },
        { label: 'Came in through', value: came },
        { label: 'Added', value: <RelativeTime at={member.addedAt} format="date" /> },
        ...(invitationId === null ? joined : [{ label: member.status === 'expired' ? 'Invitation ended' : 'Invitation ends', value: <RelativeTime at={member.invitationExpiresAt} /> }]),
        ...(member.suspendedAt === null || member.status !== 'suspended' ? [] : [{ label: 'Suspended', value: <RelativeTime at={member.suspendedAt} /> }]),
        { label: 'Id', value: <code className="mono break-all">{invitationId ?? member.id}</code> },
      ]}
    />
  )
}
