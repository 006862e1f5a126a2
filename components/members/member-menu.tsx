import { Ban, KeyRound, Link2, LogOut, Mail, Pencil, Play, Trash2, UserRound } from 'lucide-react'
import { managedMenu } from '@/components/provisioning/managed-menu'
import type { MenuItem } from '@/components/ui/menu-item'
import { managedReason } from '@/lib/features/provisioning/rules'
import type { MemberRow } from '@/lib/features/members/rules'
import { copyLink, endSessions, remove, resend, resume, revoke, sendReset, suspend, type DeedPlace, type Person as Somebody } from './member-deeds'

type Person = Somebody & Pick<MemberRow, 'managedBy'>

export type MemberRights = { write: boolean; giveRoles: boolean; endSessions: boolean; /** May see directories and take back what they manage. */ provision: boolean }

export type MenuFacts = { may: MemberRights; hasMailServer: boolean; lastAdministratorId: string | null }

const LAST = 'The last administrator. Give somebody else this role first'
const NO_MAIL = 'No mail server is configured, and the link is for nobody else'

const icon = (Icon: typeof Ban) => <Icon aria-hidden="true" />

/** What a directory decides about cannot be done here. */
const lockOf = ({ managedBy }: Person) => (managedBy === null ? {} : { disabledReason: managedReason(managedBy) })

function forInvitation(place: DeedPlace, person: Person): MenuItem[] {
  return [
    { label: 'Resend invitation', icon: icon(Mail), onSelect: () => void resend(place, [person]) },
    {
      label: 'Copy link', icon: icon(Link2), onSelect: () => void copyLink(place, person),
      ...(person.status === 'expired' && { disabledReason: 'The invitation has ended. Resend it to get a new link' }),
    },
    { label: 'Revoke invitation', icon: icon(Trash2), danger: true, onSelect: () => revoke(place, [person]), ...lockOf(person) },
  ]
}

function forMember(place: DeedPlace, person: Person, { may, hasMailServer, lastAdministratorId }: MenuFacts): MenuItem[] {
  const last = { ...(person.id === lastAdministratorId && { disabledReason: LAST }), ...lockOf(person) }
  const isSuspended = person.status === 'suspended'
  return [
    ...(may.write ? [isSuspended
      ? { label: 'Resume', icon: icon(Play), onSelect: () => void resume(place, [person]), ...lockOf(person) }
      : { label: 'Suspend…', icon: icon(Ban), onSelect: () => suspend(place, [person]), ...last }] : []),
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
    ...(may.provision ? managedMenu(place.org, { type: 'user', id: person.id, name: person.email, managedBy: person.managedBy }) : []),
  ]
}
