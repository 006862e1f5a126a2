import { decide, NOT_LISTED, type Decision, type Question } from './engine/decide'
import { explain, type Explanation } from './engine/explain'
import { isSettled, withPolicies } from './policy-decision'
import { tellPolicies, type PoliciesTold } from './policy-explanation'
import type { AccessIndex } from './snapshots/access-index'

/** Whether the allowlist refuses what comes from an address; without an address it has no say. */
export const isAddressRefused = ({ allowlist }: AccessIndex, address: string | undefined, at: number): boolean =>
  address !== undefined && !allowlist.isIdle && allowlist.judge('data', address, at) === 'refused'

/**
 * The one decision about access in an organization. Never throws; what is unknown is denied.
 *
 * Role grants and the policies of the principal's groups, asked one group at a time, each can allow; guardrails override both,
 * and a narrowed credential takes away. What comes from an address that the allowlist does not open is denied before all that.
 * Doors ask here and nowhere else.
 */
export function decideAccess(index: AccessIndex, question: Question): Decision {
  if (isAddressRefused(index, question.address, question.at)) return NOT_LISTED
  const byRoles = decide(index.snapshot, question)
  return index.policies.isEmpty || isSettled(byRoles) ? byRoles : withPolicies(index, question, byRoles)
}


/** The derivation of a decision: by role grants, and what each policy said. */
export type AccessExplanation = Explanation & { policies: PoliciesTold }

/** The same decision with its whole derivation, and for a no what would grant it. */
export function explainAccess(index: AccessIndex, question: Question): AccessExplanation {
  const told = explain(index.snapshot, question)
  const decision = decideAccess(index, question)
  // What roles would grant is no help against a guardrail or the allowlist.
  const wouldGrant = decision.because === 'guardrail' || decision.because === 'address-not-listed' || decision.allow ? [] : told.wouldGrant
  return { ...told, ...decision, wouldGrant, policies: tellPolicies(index, question, decision) }
}
