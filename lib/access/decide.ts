import { decide, type Decision, type Question } from './engine/decide'
import { explain, type Explanation } from './engine/explain'
import type { AccessIndex } from './snapshots/access-index'

/**
 * The one decision about access in an organization. Never throws; what is unknown is denied.
 *
 * Doors ask here and nowhere else, so that what comes beside role grants comes to all of them at once.
 */
export function decideAccess({ snapshot }: AccessIndex, question: Question): Decision {
  return decide(snapshot, question)
}

/** The same decision with its whole derivation, and for a no what would grant it. */
export function explainAccess({ snapshot }: AccessIndex, question: Question): Explanation {
  return explain(snapshot, question)
}
