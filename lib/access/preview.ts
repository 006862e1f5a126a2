import { previewChanges, type AccessPreview } from './engine/preview'
import type { Change } from './engine/rows'
import type { Entered } from './context'
import { judgeOf, type PolicyChange } from './policy-preview'
import { indexStore } from './snapshots/index-store'

export type { AccessPreview, AccessShift } from './engine/preview'
export type { Change } from './engine/rows'
export type { PolicyChange } from './policy-preview'

/**
 * Who would gain and who would lose what if these rows and texts were written or deleted: nothing is. Rows of the database
 * in the engine's form, e.g. a resource with another parent, or an assignment to remove. An assignment that is not there
 * yet may have any id. By role grants, policies and guardrails.
 *
 * @throws AppError `unavailable` when the state of the organization is not known at the moment
 */
export async function previewAccess({ orgId, now }: Pick<Entered, 'orgId' | 'now'>, changes: readonly Change[], texts: readonly PolicyChange[] = []): Promise<AccessPreview> {
  const index = await indexStore().atLeast(orgId, 0)
  const at = now.getTime()
  return previewChanges(index.snapshot, changes, at, judgeOf(index, changes, texts, at))
}
