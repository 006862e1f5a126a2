import type { Place } from '@/lib/features/resources/rules'

/** What is being dragged, with where it lies. Browsers hide the data of a drag until it is dropped, so it is kept here. */
export type Dragged = Place & { parentId: string | null }

let dragged: Dragged | null = null

export const draggedNow = (): Dragged | null => dragged

/** Begins a drag; a drag that begins elsewhere is none of ours. */
export function beginDrag(resource: Dragged, transfer: DataTransfer): void {
  dragged = resource
  transfer.effectAllowed = 'move'
  transfer.setData('text/plain', resource.name)
}

export function endDrag(): void {
  dragged = null
}
