import type { StatementTrace } from '@/lib/access/policies/compile'
import type { PolicyProblem } from '@/lib/access/policies/policy-text'
import { AppError, type TextPosition } from '@/lib/errors'

/** Most tests of one policy. */
export const TESTS_MAX = 100

export const PRINCIPAL_PREFIXES = ['usr_', 'grp_', 'sva_', 'tok_'] as const

/** Whose text it is: a group's policy, or with the organization's own id its guardrails. */
export type PolicyOwner = {
  ownerId: string
  name: string
  kind: 'group' | 'guardrails'
  /** The resource the group belongs to: its policy says nothing about what lies elsewhere, and names nothing there. */
  resourceId: string | null
}

/** A text as it is stored; version 0 and empty before the first is saved. */
export type StoredPolicy = { ownerId: string; text: string; version: number; savedByName: string; savedAt: string | null }

/** What a question brings along, as tests keep it. */
export type QuestionContext = Record<string, string | number | boolean | string[]>

export type PolicyTestRow = {
  id: string
  name: string
  principalId: string
  action: string
  resource: { type: string; id: string }
  context: QuestionContext
  isAllowed: boolean
}

/** How a test came out on a text. */
export type TestOutcome = {
  name: string
  isAllowed: boolean
  /** What the text says; null when the question cannot be asked. */
  answer: boolean | null
  hasPassed: boolean
  /** Why it cannot be asked, or what decided. */
  detail: string
}

/** A version as the history lists it. */
export type PolicyVersionRow = { version: number; note: string; overrideReason: string; savedByName: string; savedAt: string; lines: { added: number; removed: number } }

/** One version whole, with the text before it. */
export type PolicyVersionDetail = PolicyVersionRow & { text: string; before: string; isCurrent: boolean }

/** What an unsaved text says to a question. */
export type Trial = {
  /** `allow`, `deny`: a statement said so; `silent`: none matched, so it is left to roles, other groups and the default no. */
  verdict: 'allow' | 'deny' | 'silent'
  /** Every statement, with the clause that did not hold and its own text. */
  statements: (StatementTrace & { text: string; clauseText: string | null })[]
  /** Whether it would be allowed in the end, were this text saved: roles, other groups and guardrails counted. */
  overall: { isAllowed: boolean; because: string }
}

function positionOf(text: string, start: number, end: number): TextPosition {
  const before = text.slice(0, start).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, start, end }
}

/** Problems of a text as wrong fields, with their places. @throws AppError `invalid-input` when one of them is an error */
export function requireValid(text: string, problems: readonly PolicyProblem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return
  throw new AppError('invalid-input', `\`text\`: ${first.message}`, {
    fields: errors.map(({ message, help, start, end }) => ({ path: 'text', message: help === undefined ? message : `${message}; ${help}`, position: positionOf(text, start, end) })),
  })
}

/** Tests that failed, without words to go on nevertheless. @throws AppError `policy-tests-fail` naming each */
export function requirePassed(outcomes: readonly TestOutcome[], overrideReason: string | undefined): void {
  const failed = outcomes.flatMap((outcome, place) => (outcome.hasPassed ? [] : [{ outcome, place }]))
  if (failed.length === 0 || overrideReason !== undefined) return
  const fields = failed.map(({ outcome: { name, detail }, place }) => ({ path: `tests.${place}`, message: name === '' ? detail : `${name}: ${detail}` }))
  const message = failed.length === 1 ? 'a test fails' : `${failed.length} tests fail`
  throw new AppError('policy-tests-fail', `${message}; change the text or the test, or say in \`overrideReason\` why it is saved nevertheless`, { fields })
}
