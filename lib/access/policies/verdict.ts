import type { CompiledPolicies, Evaluation, PolicyError, StatementTrace } from './compile'
import type { Entities, Request } from './entities'
import { isMember } from './operators'
import type { EntityRef } from './values'

/** The policies of one group of the principal. */
export type GroupPolicies = {
  groupId: string
  policies: CompiledPolicies
  /** The resource the group belongs to: its policies say nothing about what does not lie in it. */
  within?: EntityRef
}

export type PolicyQuestion = {
  /** Of the principal's groups, in any order: the answer does not depend on it. */
  groups: readonly GroupPolicies[]
  /** The organization's forbids; null for none. */
  guardrails: CompiledPolicies | null
  request: Request
  /** Other actions whose permission brings this one with it, e.g. `table:read` for `column:read`; see `actionsBringing`. */
  through?: readonly EntityRef[]
  entities: Entities
}

type GroupError = PolicyError & { groupId: string }

export type PolicyVerdict =
  /** Whatever roles and groups say, it is forbidden. */
  | { verdict: 'forbidden'; guardrails: readonly string[]; guardrailErrors: readonly PolicyError[] }
  | { verdict: 'allowed'; groupId: string; policyIds: readonly string[]; action: EntityRef; guardrailErrors: readonly PolicyError[] }
  /** Policies say nothing; roles may. `errors`: statements of groups that were skipped. */
  | { verdict: 'none'; errors: readonly GroupError[]; guardrailErrors: readonly PolicyError[] }

const SILENT: Evaluation = { decision: 'deny', determining: [], errors: [] }

/**
 * What policies say to a question: guardrails first, then the groups one at a time.
 *
 * Any group that allows is enough. A forbid binds within its own group only; a guardrail overrides everything, role grants too.
 */
export function decideWithPolicies({ groups, guardrails, request, through = [], entities }: PolicyQuestion): PolicyVerdict {
  const guarded = guardrails?.evaluate(request, entities) ?? SILENT
  const guardrailErrors = guarded.errors
  // guardrails hold forbids only, so whatever matched forbids
  if (guarded.decision === 'deny' && guarded.determining.length > 0)
    return { verdict: 'forbidden', guardrails: guarded.determining, guardrailErrors }
  const errors: GroupError[] = []
  for (const { groupId, policies, within } of groups) {
    if (within && !isMember(request.resource, within, entities)) continue
    for (const action of [request.action, ...through]) {
      const answer = policies.evaluate(action === request.action ? request : { ...request, action }, entities)
      if (answer.decision === 'allow') return { verdict: 'allowed', groupId, policyIds: answer.determining, action, guardrailErrors }
      errors.push(...answer.errors.map((error) => ({ groupId, ...error })))
    }
  }
  return { verdict: 'none', errors, guardrailErrors }
}

export type PolicyExplanation = {
  verdict: PolicyVerdict
  guardrails: readonly StatementTrace[]
  /** Every group, also those after the one that allowed. `isOutside`: it belongs to another resource, so was not asked. */
  groups: readonly { groupId: string; isOutside: boolean; statements: readonly StatementTrace[] }[]
}

/** The same, with what each statement of each group and guardrail said to the action itself. */
export function explainPolicies(question: PolicyQuestion): PolicyExplanation {
  const { groups, guardrails, request, entities } = question
  return {
    verdict: decideWithPolicies(question),
    guardrails: guardrails?.explain(request, entities) ?? [],
    groups: groups.map(({ groupId, policies, within }) => ({
      groupId,
      isOutside: within !== undefined && !isMember(request.resource, within, entities),
      statements: policies.explain(request, entities),
    })),
  }
}
