import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { countOf } from '@/components/members/member-words'
import { toast } from '@/components/ui/toast'
import { addGroupMembersAction, deleteGroupAction, removeGroupMembersAction } from '@/lib/features/groups/actions'
import type { GroupMemberRow, GroupRow } from '@/lib/features/groups/rules'

type Group = Pick<GroupRow, 'id' | 'name'>
type Person = Pick<GroupMemberRow, 'id' | 'email'>

/** What goes with a group, in words. */
function whatGoes({ memberCount, roleCount, hasPolicy }: Pick<GroupRow, 'memberCount' | 'roleCount' | 'hasPolicy'>): string {
  const people = memberCount === 0 ? 'Nobody is in it.' : `${countOf(memberCount, 'person', 'people')} lose${memberCount === 1 ? 's' : ''} what it gives.`
  const gives = [...(roleCount > 0 ? [countOf(roleCount, 'role')] : []), ...(hasPolicy ? ['its policy with all versions'] : [])]
  return `${people} ${gives.length > 0 ? `With it go ${gives.join(' and ')}. ` : ''}This cannot be undone.`
}

/** Asks, with the name to type, and deletes. */
export function deleteGroup(org: string, group: Group & Pick<GroupRow, 'memberCount' | 'roleCount' | 'hasPolicy'>, onDone?: () => void): void {
  askToConfirm({
    title: `Delete ${group.name}?`,
    description: whatGoes(group),
    confirmLabel: 'Delete group',
    danger: true,
    typedName: group.name,
    onConfirm: () => deleteGroupAction(org, { id: group.id }),
    onDone: () => {
      toast({ title: `Deleted ${group.name}` })
      onDone?.()
    },
  })
}

const named = (people: readonly Person[]): string => (people.length === 1 ? (people[0]?.email ?? '') : countOf(people.length, 'person', 'people'))

async function bringBack(org: string, group: Group, people: readonly Person[]): Promise<void> {
  const result = await addGroupMembersAction(org, { id: group.id, userIds: people.map(({ id }) => id) })
  toast(result.ok ? { title: `${named(people)} back in ${group.name}` } : { kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
}

/** Takes people out of a group at once, since it can be undone. */
export async function removeFromGroup(org: string, group: Group, people: readonly Person[]): Promise<void> {
  const result = await removeGroupMembersAction(org, { id: group.id, userIds: people.map(({ id }) => id) })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  toast({ title: `Took ${named(people)} out of ${group.name}`, description: 'What they held through it ends at once.', action: { label: 'Undo', onSelect: () => void bringBack(org, group, people) } })
}
