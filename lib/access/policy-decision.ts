import type { Evaluation } from '@/lib/access/policies/compile'
import { actionsBringing } from '@/lib/access/policies/grants'
import { CORE_PREFIX } from './models/role-permissions'
import { BY_POLICY, FORBIDDEN, isWithin, NARROWED, type Decision, type Question } from './engine/decide'
import { walkPath } from './engine/holdings'
import type { KnownPolicy } from './policy-index'
import { appliesTo, isInHome, policiesOf, policyRequestOf, type PolicyRequest } from './policy-question'
import { coveringAction, currentCoverage, groundOf } from './policy-reach'
import type { AccessIndex } from './snapshots/access-index'

/** Answers of role grants that no policy changes: nobody and nothing is there to be asked about, or the credential ends it. */
const SETTLED: ReadonlySet<string> = new Set(['unknown-permission', 'unknown-principal', 'inactive-principal', 'unknown-resource', 'not-applicable', 'narrowed'])

/** Whether policies had any say in an answer of role grants. */
export const isSettled = ({ because }: Decision): boolean => SETTLED.has(because)

/**
 * What policies make of an answer of role grants: guardrails override a yes, a group's policy turns a no into a yes, and a
 * narrowed credential ends that too.
 */
export function withPolicies(index: AccessIndex, question: Question, byRoles: Decision): Decision {
  const { guardrails } = index.policies
  const speaking = byRoles.allow ? [] : policiesOf(index, question.principalId)
  if (guardrails === null && speaking.length === 0) return byRoles
  const asked = policyRequestOf(index, question)
  if (asked === null) return byRoles
  if (guardrails && isForbidden(guardrails, asked, question.permission)) return FORBIDDEN
  if (!speaking.some((policy) => saysYes(index, policy, asked, question.permission))) return byRoles
  return isReached(index, question) ? BY_POLICY : NARROWED
}

/**
 * Whether the guardrails forbid it. Guardrails that cannot be read forbid everything but Gatehouse's own doors, through which
 * they can be mended.
 */
export function isForbidden({ compiled }: KnownPolicy, { request, entities }: PolicyRequest, permission: string): boolean {
  if (!compiled) return !permission.startsWith(CORE_PREFIX)
  const { decision, determining } = compiled.evaluate(request, entities)
  // They hold forbids only, so whatever matched forbids.
  return decision === 'deny' && determining.length > 0
}

/** Whether one group's policy allows it. */
function saysYes(index: AccessIndex, policy: KnownPolicy, asked: PolicyRequest, permission: string): boolean {
  return allowing(index, policy, asked, permission) !== null
}

/** How one group's policy allows something: by an evaluation, or since it permits all that lies below. */
export type Allowing = { action: string; evaluation: Evaluation | null }

export function allowing(index: AccessIndex, policy: KnownPolicy, asked: PolicyRequest, permission: string): Allowing | null {
  if (!policy.compiled || !isInHome(index, policy.ownerId, asked.node)) return null
  // Asked above the types it applies to, a permission means everything below, of which no evaluation could tell.
  if (!appliesTo(index, permission, asked.type)) {
    const action = coveringAction(index, currentCoverage(index, policy, asked), permission, groundOf(index, asked))
    return action === null ? null : { action, evaluation: null }
  }
  const { request, entities } = asked
  const own = policy.compiled.evaluate(request, entities)
  if (own.decision === 'allow') return { action: permission, evaluation: own }
  for (const action of actionsBringing(index.model, permission)) {
    if (!appliesTo(index, action.id, asked.type)) continue
    const evaluation = policy.compiled.evaluate({ ...request, action }, entities)
    if (evaluation.decision === 'allow') return { action: action.id, evaluation }
  }
  return null
}

/** Whether the question's credential reaches what a policy allows. */
export function isReached({ snapshot }: AccessIndex, { narrowing, permission, resourceId }: Question): boolean {
  if (!narrowing) return true
  walkPath(snapshot, snapshot.tree.ids.find(resourceId))
  return isWithin(snapshot, narrowing, snapshot.vocabulary.bitOf(permission))
}
