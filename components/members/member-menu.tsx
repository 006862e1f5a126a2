import { Ban, KeyRound, Link2, LogOut, Mail, Pencil, Play, Trash2, UserRound } from 'lucide-react'
import type { MenuItem } from '@/components/ui/menu-item'
import { copyLink, endSessions, remove, resend, resume, revoke, sendReset, suspend, type DeedPlace, type Person } from './member-deeds'

export type MemberRights = { write: boolean; giveRoles: boolean; endSessions: boolean }

export type MenuFacts = { may: MemberRights; hasMailServer: boolean; lastAdministratorId: string | null }

const LAST = 'The last administrator. Give somebody else this role first'
const NO_MAIL = 'No mail server is configured, and the link is for nobody else'

const icon = (Icon: typeof Ban) => <Icon aria-hidden="true" />

function forInvitation(place: DeedPlace, person: Person): MenuItem[] {
  return [
    { label: 'Resend invitation', icon: icon(Mail), onSelect: () => void resend(place, [person]) },
    {
      label: 'Copy link', icon: icon(Link2), onSelect: () => void copyLink(place, person),
      ...(person.status === 'expired' && { disabledReason: 'The invitation has ended. Resend it to get a new link' }),
    },
    { label: 'Revoke invitation', icon: icon(Trash2), danger: true, onSelect: () => revoke(place, [person]) },
  ]
}

function forMember(place: DeedPlace, person: Person, { may, hasMailServer, lastAdministratorId }: MenuFacts): MenuItem[] {
  const last = person.id === lastAdministratorId ? { disabledReason: LAST } : {}
  const isSuspended = person.status === 'suspended'
  return [
    ...(may.write ? [isSuspended
      ? { label: 'Resume', icon: icon(Play), onSelect: () => void resume(place, [person]) }
      : { label: 'Suspend', icon: icon(Ban), onSelect: () => suspend(place, [person]), ...last }] : []),
    ...(may.endSessions ? [{
      label: 'End sessions', icon: icon(LogOut), onSelect: () => void endSessions(place, person),
      ...(isSuspended && { disabledReason: 'Suspended, so none is open' }),
    }] : []),
    ...(may.write ? [
      { label: 'Send password reset', icon: icon(KeyRound), onSelect: () => void sendReset(place, person), ...(!hasMailServer && { disabledReason: NO_MAIL }) },
      { label: 'Remove…', icon: icon(Trash2), danger: true, onSelect: () => remove(place, [person]), ...last },
    ] : []),
  ]
}

/** What can be done with one row; what cannot be done now is there with the reason. */
export function memberMenu(place: DeedPlace, person: Person & { href: string }, facts: MenuFacts, onEditRoles: () => void): MenuItem[] {
  const { may } = facts
  return [
    { label: 'Open', icon: icon(UserRound), href: person.href },
    ...(may.giveRoles ? [{ label: 'Edit roles', icon: icon(Pencil), onSelect: onEditRoles }] : []),
    ...(person.invitationId === null ? forMember(place, person, facts) : may.write ? forInvitation(place, person) : []),
  ]
}
