import { toldWith } from '@/components/access-preview/told-with'
import { askToConfirm } from '@/components/forms/confirm'
import { toast } from '@/components/ui/toast'
import { previewGroupReleaseAction, releaseGroupAction, releaseMemberAction } from '@/lib/features/provisioning/actions'
import { managerInWords, type ManagedBy } from '@/lib/features/provisioning/rules'

/** Somebody or a group, with the directory that decides about them. */
export type Managed = { type: 'user' | 'group'; id: string; name: string; managedBy: ManagedBy | null }

const WHAT_HAPPENS = {
  user: (directory: string) => `Whether they may enter is decided here from now on, until ${directory} says something new of them: then it takes them over again. To keep them apart for good, take them out of its assignment there too.`,
  group: (directory: string) => `Its name and its people are decided here from now on. Roles that ${directory}’s mappings give it are taken away at once, and what ${directory} sends about it is refused.`,
}

/** Asks, for a group with whose access it changes, and takes a person or a group back from its directory. */
export function release(org: string, { type, id, name, managedBy }: Managed, onDone?: () => void): void {
  if (managedBy === null) return
  const directory = managerInWords(managedBy)
  askToConfirm({
    title: `Release ${name} from ${directory}?`,
    description: type === 'user' ? WHAT_HAPPENS.user(directory) : toldWith(WHAT_HAPPENS.group(directory), () => previewGroupReleaseAction(org, { id })),
    confirmLabel: type === 'user' ? 'Release user' : 'Release group',
    onConfirm: () => (type === 'user' ? releaseMemberAction(org, { id }) : releaseGroupAction(org, { id })),
    onDone: () => {
      toast({ title: `${name} is decided about here again` })
      onDone?.()
    },
  })
}
