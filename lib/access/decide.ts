import { decide, type Decision, type Question } from './engine/decide'
import { explain, type Explanation } from './engine/explain'
import { isSettled, withPolicies } from './policy-decision'
import { tellPolicies, type PoliciesTold } from './policy-explanation'
import type { AccessIndex } from './snapshots/access-index'

/**
 * The one decision about access in an organization. Never throws; what is unknown is denied.
 *
 * Role grants and the policies of the principal's groups, asked one group at a time, each can allow; guardrails override both,
 * and a narrowed credential takes away. Doors ask here and nowhere else.
 */
export function decideAccess(index: AccessIndex, question: Question): Decision {
  const byRoles = decide(index.snapshot, question)
  return index.policies.isEmpty || isSettled(byRoles) ? byRoles : withPolicies(index, question, byRoles)
}


/** The derivation of a decision: by role grants, and what each policy said. */
export type AccessExplanation = Explanation & { policies: PoliciesTold }

/** The same decision with its whole derivation, and for a no what would grant it. */
export function explainAccess(index: AccessIndex, question: Question): AccessExplanation {
  const told = explain(index.snapshot, question)
  const decision = decideAccess(index, question)
  // What roles would grant is no help against a guardrail.
  const wouldGrant = decision.because === 'guardrail' || decision.allow ? [] : told.wouldGrant
  return { ...told, ...decision, wouldGrant, policies: tellPolicies(index, question, decision) }
}
