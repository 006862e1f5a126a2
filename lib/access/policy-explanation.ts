import type { StatementTrace } from '@/lib/access/policies/compile'
import { actionsBringing } from '@/lib/access/policies/grants'
import { actionRef } from '@/lib/access/policies/names'
import type { Decision, Question } from './engine/decide'
import { allowing, isSettled } from './policy-decision'
import type { KnownPolicy } from './policy-index'
import { appliesTo, isInHome, policiesOf, policyRequestOf, type PolicyRequest } from './policy-question'
import type { AccessIndex } from './snapshots/access-index'

/** How one statement met a question, with its own text. */
export type StatementTold = {
  policyId: string
  effect: 'permit' | 'forbid'
  /** `failed`: its evaluation failed, so it was skipped. */
  outcome: StatementTrace['outcome']
  /** The permission it was asked about: the question's own, or one that brings it along. */
  action: string
  text: string
  /** The first part that did not hold, or whose evaluation failed; null where that is not told. */
  clause: { part: 'principal' | 'action' | 'resource' | 'condition'; text: string } | null
  /** Why its evaluation failed. */
  message?: string
}

export type GroupPolicyTold = {
  groupId: string
  outcome: 'allows' | 'forbids' | 'silent'
  /** The group belongs to another resource, so its policy was not asked. */
  isOutside: boolean
  /** Why the text cannot be read; then it permits nothing. */
  problem: string | null
  /** Statements that are about this permission, `STATEMENTS_TOLD` at most. */
  statements: StatementTold[]
}

export type PoliciesTold = {
  guardrails: { outcome: 'forbids' | 'silent'; problem: string | null; statements: StatementTold[] }
  /** The policies of the principal's groups, each asked by itself. */
  groups: GroupPolicyTold[]
}

/** Most statements that are told of one text. */
export const STATEMENTS_TOLD = 50

const NOTHING: PoliciesTold = { guardrails: { outcome: 'silent', problem: null, statements: [] }, groups: [] }

function tell(text: string, action: string, trace: StatementTrace): StatementTold {
  const clause = trace.outcome === 'matched' ? null : trace.clause
  return {
    policyId: trace.policyId, effect: trace.effect, outcome: trace.outcome, action, text: text.slice(trace.start, trace.end),
    clause: clause && { part: clause.part, text: text.slice(clause.start, clause.end) },
    ...(trace.outcome === 'failed' && { message: trace.message }),
  }
}

/** Statements whose scope names the action, or none: others have nothing to say. */
function statementsOf({ compiled, text }: KnownPolicy, { request, entities }: PolicyRequest, actions: readonly string[], refs: readonly PolicyRequest['request']['action'][]): StatementTold[] {
  if (!compiled) return []
  return refs.flatMap((action, place) => compiled.explain({ ...request, action }, entities)
    .filter((trace) => !(trace.outcome === 'not-matched' && trace.clause?.part === 'action'))
    .map((trace) => tell(text, actions[place] ?? action.id, trace)))
    // What names no action is told once, for the question's own.
    .filter((told, at, all) => all.findIndex((each) => each.policyId === told.policyId && each.outcome === told.outcome) === at)
    .slice(0, STATEMENTS_TOLD)
}

/** What guardrails and each group's policy said to a question. */
export function tellPolicies(index: AccessIndex, question: Question, decision: Decision): PoliciesTold {
  const { policies: { guardrails }, model } = index
  const speaking = isSettled(decision) && decision.because !== 'narrowed' ? [] : policiesOf(index, question.principalId)
  const isKnown = !isSettled(decision) || decision.because === 'narrowed'
  const asked = isKnown && (guardrails !== null || speaking.length > 0) ? policyRequestOf(index, question) : null
  if (!asked) return NOTHING
  const { permission } = question
  const own = [actionRef(model, permission)]
  const bringing = actionsBringing(model, permission).filter(({ id }) => appliesTo(index, id, asked.type))
  const refs = [...own, ...bringing]
  const names = refs.map(({ id }) => id)
  return {
    guardrails: {
      outcome: decision.because === 'guardrail' ? 'forbids' : 'silent',
      problem: guardrails?.problem ?? null,
      statements: guardrails ? statementsOf(guardrails, asked, [permission], own) : [],
    },
    groups: speaking.map((policy) => {
      const isOutside = !isInHome(index, policy.ownerId, asked.node)
      const statements = isOutside ? [] : statementsOf(policy, asked, names, refs)
      const isAllowing = allowing(index, policy, asked, permission) !== null
      const isForbidding = statements.some(({ effect, outcome }) => effect === 'forbid' && outcome === 'matched')
      return { groupId: policy.ownerId, outcome: isAllowing ? 'allows' : isForbidding ? 'forbids' : 'silent', isOutside, problem: policy.problem, statements }
    }),
  }
}
