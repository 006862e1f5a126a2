import { decide, type Question } from './engine/decide'
import { CORE_PREFIX } from './models/role-permissions'
import { isReached, isSettled } from './policy-decision'
import { isInHome, policiesOf, policyRequestOf } from './policy-question'
import { coveringAction, groundOf, isBarred } from './policy-reach'
import type { AccessIndex } from './snapshots/access-index'

/**
 * Whether somebody holds a permission so wholly that they may give it on: by role, or by a policy without conditions, at a
 * resource and all below it, or with `onlyThere` at that one.
 *
 * A guardrail that is about certain principals, this one among them, takes it away. One that is about everybody does not: it
 * goes on to hold for whoever is given it.
 */
export function mayGive(index: AccessIndex, question: Question, onlyThere: boolean): boolean {
  const byRoles = decide(index.snapshot, question)
  if (isSettled(byRoles)) return false
  const { guardrails } = index.policies
  const speaking = byRoles.allow ? [] : policiesOf(index, question.principalId)
  if (guardrails === null && speaking.length === 0) return byRoles.allow
  const asked = policyRequestOf(index, question)
  if (!asked) return byRoles.allow
  if (guardrails && !guardrails.compiled && !question.permission.startsWith(CORE_PREFIX)) return false
  const ground = groundOf(index, { node: asked.node, type: asked.type, onlyThere })
  if (isBarred(index, asked, question.permission, ground)) return false
  if (byRoles.allow) return true
  return speaking.some((policy) => isInHome(index, policy.ownerId, asked.node) && coveringAction(index, policy.coverage, question.permission, ground) !== null)
    && isReached(index, question)
}
