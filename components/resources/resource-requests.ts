import type { AttributeType } from '@/lib/access/models/access-model'
import type { AttributeValue, Place } from '@/lib/features/resources/rules'

/** What a dialog is asked to do, from anywhere in the tab: tree, table or page. */
export type ResourceRequest =
  | { kind: 'move'; resource: Place; to?: Pick<Place, 'id' | 'name'> | undefined }
  | { kind: 'rename'; resource: Place; rule: { pattern: string | null; text: string | null } }
  | { kind: 'details'; resource: Place; externalId: string | null; attributes: Readonly<Record<string, AttributeValue>>; declared: readonly (readonly [string, AttributeType])[] }

type Listener = (request: ResourceRequest) => void
let listener: Listener | null = null

/** Opens the dialog; ResourceDialogs of the tab shows it. */
export const askFor = (request: ResourceRequest): void => listener?.(request)

/** For ResourceDialogs. */
export function onRequest(next: Listener): () => void {
  listener = next
  return () => {
    if (listener === next) listener = null
  }
}
