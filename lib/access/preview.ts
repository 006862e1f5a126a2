import { previewChanges, type AccessPreview } from './engine/preview'
import type { Change } from './engine/rows'
import type { Entered } from './context'
import { indexStore } from './snapshots/index-store'

export type { AccessPreview, AccessShift } from './engine/preview'
export type { Change } from './engine/rows'

/**
 * Who would gain and who would lose what if these rows were written or deleted: nothing is. Rows of the database in
 * the engine's form, e.g. a resource with another parent, or an assignment to remove. An assignment that is not there
 * yet may have any id. By role grants; policies are not looked at.
 *
 * @throws AppError `unavailable` when the state of the organization is not known at the moment
 */
export async function previewAccess({ orgId, now }: Pick<Entered, 'orgId' | 'now'>, changes: readonly Change[]): Promise<AccessPreview> {
  const { snapshot } = await indexStore().atLeast(orgId, 0)
  return previewChanges(snapshot, changes, now.getTime())
}
