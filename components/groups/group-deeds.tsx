import { toldWith } from '@/components/access-preview/told-with'
import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { countOf } from '@/components/members/member-words'
import { toast } from '@/components/ui/toast'
import { addGroupMembersAction, deleteGroupAction, previewGroupDeletionAction, previewLeavingAction, removeGroupMembersAction } from '@/lib/features/groups/actions'
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
    description: toldWith(whatGoes(group), () => previewGroupDeletionAction(org, { id: group.id })),
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

/** Takes people out of a group once it was shown what they lose. */
export function removeFromGroup(org: string, group: Group, people: readonly Person[], onDone?: () => void): void {
  const input = { id: group.id, userIds: people.map(({ id }) => id) }
  askToConfirm({
    title: `Take ${named(people)} out of ${group.name}?`,
    description: toldWith('What is held through the group ends at once.', () => previewLeavingAction(org, input)),
    confirmLabel: 'Take out',
    danger: true,
    onConfirm: () => removeGroupMembersAction(org, input),
    onDone: () => {
      onDone?.()
      toast({ title: `Took ${named(people)} out of ${group.name}`, action: { label: 'Undo', onSelect: () => void bringBack(org, group, people) } })
    },
  })
}
