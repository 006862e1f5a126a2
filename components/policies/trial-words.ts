import type { Trial } from '@/lib/features/policies/rules'
import type { PolicyTestInput } from '@/lib/features/policies/schema'
import type { Highlight } from './code-view'

/** A question as actions take it, with the names people know. */
export type Asked = { question: Omit<PolicyTestInput, 'name' | 'isAllowed'>; words: string; trial: Trial }

const EFFECTS: Readonly<Record<Trial['verdict'], 'permit' | 'forbid' | null>> = { allow: 'permit', deny: 'forbid', silent: null }

/** The statements that made the answer what it is, to mark them in the code. */
export function highlightsOf(asked: Asked | null): Highlight[] {
  if (!asked) return []
  const wanted = EFFECTS[asked.trial.verdict]
  return asked.trial.statements.filter(({ outcome, effect }) => outcome === 'matched' && effect === wanted).map(({ start, end, effect }) => ({ start, end, effect }))
}

type Statement = Trial['statements'][number]

const PARTS: Readonly<Record<string, string>> = { principal: 'it is about somebody else', action: 'it is about another action', resource: 'it is about another resource', condition: 'its condition does not hold' }

/** How a statement met the question, in words. */
export function outcomeInWords(statement: Statement): string {
  if (statement.outcome === 'matched') return 'applies'
  if (statement.outcome === 'failed') return `is skipped: ${statement.message}`
  return statement.clause === null ? 'does not apply' : `does not apply: ${PARTS[statement.clause.part] ?? 'a part of it does not hold'}`
}

/** Statements worth telling: those that applied or failed, then those that only a condition or the resource kept from it. */
export function tellingStatements({ statements }: Trial): Statement[] {
  const rank = (statement: Statement): number => {
    if (statement.outcome === 'matched') return 0
    if (statement.outcome === 'failed') return 1
    return statement.clause?.part === 'condition' ? 2 : statement.clause?.part === 'resource' ? 3 : 4
  }
  return [...statements].sort((one, other) => rank(one) - rank(other) || one.index - other.index)
}

const BECAUSE: Readonly<Record<string, string>> = {
  policy: 'A policy of a group they are in permits it.',
  role: 'A role they hold here or above permits it.',
  'floor-role': 'The role that everybody holds permits it.',
  guardrail: 'A guardrail forbids it, whatever roles and policies say.',
  'address-not-listed': 'The address is not on the IP allowlist of the organization.',
  'no-role': 'No role they hold here or above permits it, and no policy of their groups.',
  'inactive-principal': 'They are suspended, or have not accepted their invitation.',
  'not-applicable': 'The action does not apply to resources of this type.',
}

/** Why the whole decision is what it is. */
export const becauseInWords = ({ overall: { because } }: Trial): string => BECAUSE[because] ?? because
