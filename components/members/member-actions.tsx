'use client'
import { MoreHorizontal, Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { MenuButton } from '@/components/ui/menu-button'
import { toRoute } from '@/components/ui/route'
import type { MemberRow } from '@/lib/features/members/rules'
import { managedReason } from '@/lib/features/provisioning/rules'
import { remove, resend, resume, revoke, suspend, type DeedPlace } from './member-deeds'
import { memberMenu, type MenuFacts } from './member-menu'

const loadEditRoles = () => import('./edit-roles-dialog').then((module) => module.EditRolesDialog)

type Person = Pick<MemberRow, 'id' | 'invitationId' | 'email' | 'name' | 'status' | 'roles' | 'managedBy'>
type MemberActionsProps = { place: DeedPlace; person: Person; facts: MenuFacts }

/** The buttons at the top of a person's page: roles, and the same menu as in the list. */
export function MemberActions({ place, person, facts }: MemberActionsProps) {
  const href = `/${place.org}/users/${person.id}`
  const items = memberMenu(place, { ...person, href }, { ...facts, may: { ...facts.may, giveRoles: false } }, () => undefined).filter((item) => item.href === undefined)
  return (
    <>
      {items.length > 0 ? <MenuButton label={`Actions for ${person.email}`} icon={<MoreHorizontal aria-hidden="true" />} items={items} /> : null}
      {facts.may.giveRoles ? (
        <DialogButton name="roles" variant="primary" icon={<Pencil aria-hidden="true" />} load={loadEditRoles} dialogProps={{ org: place.org, person, isSelf: person.id === place.selfId }}>
          Edit roles
        </DialogButton>
      ) : null}
    </>
  )
}

type DangerZoneProps = { place: DeedPlace; person: Person; /** Why neither can be done. */ refusedReason: string | null }

/** What takes a person's access away. After removing, the list is where to go. */
export function DangerZone({ place, person, refusedReason }: DangerZoneProps) {
  const router = useRouter()
  const back = () => router.push(toRoute(`/${place.org}/users`))
  const { managedBy } = person
  const reason = managedBy === null ? refusedReason : `${managedReason(managedBy)}.`
  const isRefused = reason !== null
  if (person.invitationId !== null)
    return (
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void resend(place, [person])}>Resend invitation</Button>
        <Button disabled={managedBy !== null} onClick={() => revoke(place, [person], back)}>
          Revoke invitation…
        </Button>
      </div>
    )
  return (
    <div className="grid gap-3">
      {isRefused ? <p className="text-ink-2">{reason}</p> : null}
      <div className="flex flex-wrap gap-2">
        {person.status === 'suspended' ? (
          <Button disabled={managedBy !== null} onClick={() => void resume(place, [person])}>
            Resume user
          </Button>
        ) : (
          <Button disabled={isRefused} onClick={() => suspend(place, [person])}>
            Suspend user…
          </Button>
        )}
        <Button disabled={isRefused} onClick={() => remove(place, [person], back)}>
          Remove user…
        </Button>
      </div>
    </div>
  )
}
