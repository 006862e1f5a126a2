import { Bot, Mail, Users } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { TextLink } from '@/components/ui/text-link'
import type { AssignmentRow, PrincipalRef } from '@/lib/features/role-assignments/rules'

const KINDS = { invitation: { Icon: Mail, word: 'Invited' }, group: { Icon: Users, word: 'Group' }, service_account: { Icon: Bot, word: 'Service account' } }

/** Page of a principal; service accounts and groups have their own tabs. */
export function principalHref(org: string, { type, id }: PrincipalRef): string {
  if (type === 'group') return `/${org}/groups/${id}`
  return type === 'service_account' ? `/${org}/service-accounts/${id}` : `/${org}/users/${id}`
}

/** Who holds a role: a person by initials, others by a sign and a word. */
export function PrincipalName({ org, principal }: { org: string; principal: AssignmentRow['principal'] }) {
  const kind = principal.type === 'user' ? null : KINDS[principal.type]
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {kind ? (
        <span className="avatar" aria-hidden="true">
          <kind.Icon className="size-3.5" />
        </span>
      ) : (
        <Avatar name={principal.name} />
      )}
      <span className="min-w-0 truncate">
        <TextLink href={principalHref(org, principal)} plain>
          {principal.name}
        </TextLink>
        {principal.detail ? <span className="ml-2 text-ink-3">{principal.detail}</span> : null}
      </span>
      {kind ? <Badge>{kind.word}</Badge> : null}
    </span>
  )
}
