import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { toast } from '@/components/ui/toast'
import type { Refusal } from '@/lib/boundary/report'
import { deleteResourceAction, moveResourceAction, updateResourceAction } from '@/lib/features/resources/actions'
import type { Place } from '@/lib/features/resources/rules'

/** A resource a deed is about, with the word for its type. */
export type DeedSubject = Place & { typeTitle: string }

const tellRefusal = (refusal: Refusal): void => toast({ kind: 'error', title: refusal.title, description: refusalText(refusal) })

async function moveBack(org: string, { id, name }: Place, parent: string): Promise<void> {
  const result = await moveResourceAction(org, { id, parent })
  if (result.ok) toast({ title: `${name} lies where it was` })
  else tellRefusal(result.refusal)
}

/** Says that something was moved, and offers to take it back. */
export function tellMoved(org: string, resource: Place, to: string, from: string): void {
  toast({ title: `Moved ${resource.name} to ${to}`, action: { label: 'Undo', onSelect: () => void moveBack(org, resource, from) } })
}

async function renameBack(org: string, id: string, name: string): Promise<void> {
  const result = await updateResourceAction(org, { id, name })
  if (result.ok) toast({ title: `It is called ${name} again` })
  else tellRefusal(result.refusal)
}

/** Says that something was renamed, and offers to take it back. */
export function tellRenamed(org: string, { id, name: before }: Place, name: string): void {
  toast({ title: `Renamed ${before} to ${name}`, action: { label: 'Undo', onSelect: () => void renameBack(org, id, before) } })
}

/** Asks for the name to be typed, and deletes. */
export function removeResource(org: string, { id, name, typeTitle }: DeedSubject, onDone?: () => void): void {
  const kind = typeTitle.toLowerCase()
  askToConfirm({
    title: `Delete ${name}?`,
    description: `The ${kind} goes for good, and with it every role given on it. It must be empty. Roles given higher up stay as they are.`,
    confirmLabel: `Delete ${kind}`,
    danger: true,
    typedName: name,
    onConfirm: async () => {
      const result = await deleteResourceAction(org, { id })
      if (result.ok) toast({ title: `Deleted ${name}` })
      return result
    },
    onDone,
  })
}
