import { previewChanges, type AccessPreview as Preview } from './engine/preview'
import type { Change } from './engine/rows'
import type { Snapshot } from './engine/snapshot'
import type { Entered } from './context'
import { judgeOf, type PolicyChange, type Undecided } from './policy-preview'
import { indexStore } from './snapshots/index-store'

export type { AccessShift } from './engine/preview'
export type { Change } from './engine/rows'
export type { PolicyChange } from './policy-preview'

/** Of a change of nothing but an assignment's end: the earlier of the two ends, from which they differ. Null for other changes. */
function endingAt({ assignments, roleIds, cells, principals, tree }: Snapshot, change: Change): number | null {
  if (change.kind !== 'assignment' || !('put' in change)) return null
  const { id, roleId, principalId, scopeId, expiresAt } = change.put
  const known = assignments.ids.find(id)
  const role = known < 0 ? -1 : assignments.roles.get(known)
  if (role < 0) return null
  const cell = assignments.cells.get(known)
  const isSame = roleIds.idAt(role) === roleId && principals.ids.idAt(cells.principalOf(cell)) === principalId && tree.ids.idAt(cells.scopeOf(cell)) === scopeId
  return isSame ? Math.min(assignments.expiries.get(known), expiresAt ?? Infinity) : null
}

/** The moment from which changes make a difference, where they only say when assignments end and none has ended; null: at once. */
function laterMoment(snapshot: Snapshot, changes: readonly Change[], at: number): number | null {
  const ends = changes.map((change) => endingAt(snapshot, change))
  const first = Math.min(...ends.map((end) => end ?? at))
  return first > at && first < Infinity ? first : null
}

export type AccessPreview = Preview & {
  /** From when on it is so, in epoch milliseconds; null: at once. */
  since: number | null
  /** Statements that have a say in it by the circumstances of each request. */
  undecided: readonly Undecided[]
}

/**
 * Who would gain and who would lose what if these rows and texts were written or deleted: nothing is. Rows of the database
 * in the engine's form, e.g. a resource with another parent, or an assignment to remove. An assignment that is not there
 * yet may have any id. By role grants, policies and guardrails, from the moment on at which it makes a difference.
 *
 * @throws AppError `unavailable` when the state of the organization is not known at the moment
 */
export async function previewAccess({ orgId, now }: Pick<Entered, 'orgId' | 'now'>, changes: readonly Change[], texts: readonly PolicyChange[] = []): Promise<AccessPreview> {
  const index = await indexStore().atLeast(orgId, 0)
  const since = laterMoment(index.snapshot, changes, now.getTime())
  const at = since ?? now.getTime()
  const judge = judgeOf(index, changes, texts, at)
  const preview = previewChanges(index.snapshot, changes, at, judge)
  return { ...preview, since, undecided: judge?.undecided(preview) ?? [] }
}
