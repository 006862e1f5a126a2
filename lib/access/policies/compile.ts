import { AppError } from '@/lib/errors'
import type { AccessModel } from '@/lib/access/models/access-model'
import { askCedarItself } from './cedar-fallback'
import type { Entities, Request } from './entities'
import { NotCompiled, type Code, type Scene } from './expression-parts'
import { compileExpression } from './expressions'
import { namesOf } from './names'
import { readPolicyText, type ParsedStatement } from './policy-text'
import { mentionsOf } from './references'
import { compileScope, namedActions, type ScopeTest } from './scope-tests'
import type { Span } from './statements'
import { truth } from './operators'
import { Failure } from './values'

/** The answer of one set of policies, as Cedar gives it. */
export type Evaluation = {
  decision: 'allow' | 'deny'
  /** Ids of the statements that made it so: forbids if any matched, else permits; none for a denial by default. */
  determining: readonly string[]
  /** Statements that were skipped because their evaluation failed, forbids too. */
  errors: readonly PolicyError[]
}

export type PolicyError = { policyId: string; message: string }

/** A part of a statement, with its place in the text. */
export type Clause = Span & ({ part: 'principal' | 'action' | 'resource' } | { part: 'condition'; index: number; kind: 'when' | 'unless' })

export type StatementInfo = Span & { policyId: string; index: number; effect: 'permit' | 'forbid' }

/** How one statement met one request. */
export type StatementTrace = StatementInfo & (
  | { outcome: 'matched' }
  /** `clause`: the first that did not hold; null where Cedar itself was asked and does not tell. */
  | { outcome: 'not-matched'; clause: Clause | null }
  /** Skipped: evaluating `clause` failed. */
  | { outcome: 'failed'; clause: Clause | null; message: string }
)

type Condition = { code: Code | null; clause: Clause; wanted: boolean }

type Compiled = StatementInfo & {
  isForbid: boolean
  scope: readonly { test: ScopeTest; clause: Clause }[]
  conditions: readonly Condition[]
}

/** Policies of one group, or the guardrails, ready to be asked. */
export type CompiledPolicies = {
  readonly text: string
  readonly statements: readonly StatementInfo[]
  /** The same as they were read. */
  readonly parsed: readonly ParsedStatement[]
  /** Whether all of it is evaluated here; false where it is left to Cedar itself, which takes some 100 times as long. */
  readonly isCompiled: boolean
  evaluate(request: Request, entities: Entities): Evaluation
  /**
   * Whether a statement's principal and conditions are met, whatever the action and the resource; null where its conditions
   * ask for these, or are left to Cedar.
   */
  holdsNow(index: number, request: Request, entities: Entities): boolean | null
  /** Each statement with the clause that did not hold, in the order of the text. */
  explain(request: Request, entities: Entities): StatementTrace[]
}

/**
 * Compiles policy text, once for each version of it.
 *
 * Semantics are Cedar's: a statement whose evaluation fails is skipped; a matching forbid beats every permit of the same text.
 *
 * @throws AppError `invalid-input` when the text does not parse. A caller that cannot compile a group's policies counts
 *   them as none; one that cannot compile guardrails must refuse everything.
 */
export function compilePolicies(model: AccessModel, text: string): CompiledPolicies {
  const { statements, problems } = readPolicyText(text)
  const [problem] = problems
  if (problem) throw new AppError('invalid-input', `the policies cannot be read: ${problem.message}`)
  const compiled = statements.map(compileStatement)
  const isCompiled = compiled.every(({ conditions }) => conditions.every(({ code }) => code !== null))
  const candidates = byAction(namesOf(model).actionType, statements, compiled)
  const leave = (request: Request, entities: Entities) => askCedarItself(text, statements, request, entities)
  return {
    text, isCompiled,
    statements: compiled.map(infoOf),
    parsed: statements,
    evaluate: isCompiled ? (request, entities) => evaluate(candidates(request), { ...request, entities }) : leave,
    holdsNow: (index, request, entities) => {
      const [statement, parsed] = [compiled[index], statements[index]]
      return statement && parsed ? holdsBeside(statement, parsed, { ...request, entities }) : null
    },
    explain: (request, entities) => {
      const told = isCompiled ? null : leave(request, entities)
      return compiled.map((statement) => trace(statement, { ...request, entities }, told))
    },
  }
}

const infoOf = ({ policyId, index, effect, start, end }: StatementInfo): StatementInfo => ({ policyId, index, effect, start, end })

function compileStatement(statement: ParsedStatement): Compiled {
  const { json, scope, conditions, id, index, start, end } = statement
  const parts = (['principal', 'action', 'resource'] as const)
    .filter((part) => json[part].op !== 'All')
    .map((part) => ({ test: compileScope(part, json[part]), clause: { part, ...scope[part] } }))
  return {
    policyId: id, index, effect: json.effect, start, end, isForbid: json.effect === 'forbid',
    scope: parts,
    conditions: json.conditions.map(({ kind, body }, place) => ({
      code: codeOf(body), wanted: kind === 'when',
      clause: { part: 'condition', index: place, kind, ...(conditions[place] ?? { start, end }) },
    })),
  }
}

function codeOf(body: unknown): Code | null {
  try {
    return compileExpression(body)
  } catch (error) {
    if (error instanceof NotCompiled) return null
    throw error
  }
}

/** The statements whose action may match, without asking each: those that name it, and those that name none. */
function byAction(actionType: string, statements: readonly ParsedStatement[], compiled: readonly Compiled[]) {
  const named = statements.map(namedActions)
  const general = compiled.filter((_, place) => named[place] === null)
  const ids = new Set(named.flatMap((actions) => actions?.filter(({ type }) => type === actionType).map(({ id }) => id) ?? []))
  const lists = new Map([...ids].map((id) =>
    [id, compiled.filter((_, place) => named[place]?.some((action) => action.type === actionType && action.id === id) ?? true)]))
  return ({ action }: Request): readonly Compiled[] => {
    if (action.type !== actionType) return compiled
    return lists.get(action.id) ?? general
  }
}

/** @throws Failure */
function holds({ scope, conditions }: Compiled, scene: Scene): boolean {
  for (const { test } of scope) if (!test(scene)) return false
  for (const { code, wanted } of conditions) if (code && truth(code(scene)) !== wanted) return false
  return true
}

function holdsBeside(statement: Compiled, parsed: ParsedStatement, scene: Scene): boolean | null {
  for (const { test, clause } of statement.scope) if (clause.part === 'principal' && !test(scene)) return false
  const { variables } = mentionsOf(parsed)
  if (variables.has('resource') || variables.has('action') || statement.conditions.some(({ code }) => code === null)) return null
  try {
    return statement.conditions.every(({ code, wanted }) => code !== null && truth(code(scene)) === wanted)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return false
  }
}

const NONE: readonly never[] = Object.freeze([])
const DENIED: Evaluation = Object.freeze({ decision: 'deny', determining: NONE, errors: NONE })

function evaluate(statements: readonly Compiled[], scene: Scene): Evaluation {
  let permits: string[] | null = null
  let forbids: string[] | null = null
  let errors: PolicyError[] | null = null
  for (const statement of statements) {
    try {
      if (!holds(statement, scene)) continue
      if (statement.isForbid) (forbids ??= []).push(statement.policyId)
      else (permits ??= []).push(statement.policyId)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      ;(errors ??= []).push({ policyId: statement.policyId, message: error.message })
    }
  }
  if (!permits && !forbids && !errors) return DENIED
  return { decision: permits && !forbids ? 'allow' : 'deny', determining: forbids ?? permits ?? NONE, errors: errors ?? NONE }
}

function trace(statement: Compiled, scene: Scene, told: Evaluation | null): StatementTrace {
  const info = infoOf(statement)
  for (const { test, clause } of statement.scope) if (!test(scene)) return { ...info, outcome: 'not-matched', clause }
  for (const { code, wanted, clause } of statement.conditions) {
    if (!code) return toldBy(info, told)
    try {
      if (truth(code(scene)) !== wanted) return { ...info, outcome: 'not-matched', clause }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return { ...info, outcome: 'failed', clause, message: error.message }
    }
  }
  return { ...info, outcome: 'matched' }
}

/** What Cedar's answer says about a statement; that a permit matched beside a forbid, it does not say. */
function toldBy(info: StatementInfo, told: Evaluation | null): StatementTrace {
  const failed = told?.errors.find(({ policyId }) => policyId === info.policyId)
  if (failed) return { ...info, outcome: 'failed', clause: null, message: failed.message }
  return told?.determining.includes(info.policyId) ? { ...info, outcome: 'matched' } : { ...info, outcome: 'not-matched', clause: null }
}
