import { cedarValidation, type CedarFault } from '@/lib/access/cedar'
import type { AccessModel } from '@/lib/access/models/access-model'
import { ANY_ACTION, cedarSchemaOf, resourceTypesOf } from './cedar-schema'
import { namesOf, type PrincipalKind } from './names'
import { readPolicyText, type ParsedStatement, type PolicyProblem } from './policy-text'
import { mentionsOf } from './references'
import { namedActions } from './scope-tests'

/** A group's policies permit and forbid; guardrails only forbid. */
export type PolicyPurpose = 'group' | 'guardrails'

export type CheckedPolicy = {
  statements: readonly ParsedStatement[]
  /** Errors and warnings in the order of the text, `PROBLEMS_MAX` at most. */
  problems: readonly PolicyProblem[]
  /** No problem is an error: it may be saved, once the entities it names are known to exist. */
  isValid: boolean
}

export const PROBLEMS_MAX = 100

/** Most pairs of a statement with a kind of request that are checked, which bounds the time at about a second. */
const WORK_MAX = 60_000

const INAPPLICABLE = 'unable to find an applicable action given the policy scope constraints'
const IMPOSSIBLE = 'policy is impossible: the policy expression evaluates to false for all valid requests'
const UNSAFE = 'unable to guarantee safety of access to optional attribute'

/**
 * Checks policy text: syntax, limits, and every name and type against the model's schema.
 *
 * A statement is checked for users, and for service accounts and tokens where it names them. Whether the entities it names
 * exist is the caller's matter: see `entitiesNamedIn`.
 */
export function checkPolicyText(model: AccessModel, text: string, purpose: PolicyPurpose = 'group'): CheckedPolicy {
  const { statements, problems } = readPolicyText(text)
  if (problems.length > 0) return { statements, problems: problems.slice(0, PROBLEMS_MAX), isValid: false }
  const permits = purpose === 'guardrails' ? statements.filter(({ json }) => json.effect === 'permit') : []
  const found = [...permits.map(permitInGuardrails), ...validationOf(model, text, statements)]
    .sort((one, other) => one.start - other.start || one.end - other.end)
  return { statements, problems: found.slice(0, PROBLEMS_MAX), isValid: found.every(({ severity }) => severity === 'warning') }
}

const permitInGuardrails = ({ index, effect }: ParsedStatement): PolicyProblem => ({
  ...effect, statement: index, severity: 'error', message: 'guardrails only forbid', help: 'permit in the policies of a group, or with a role',
})

/** What a statement has to be checked for. */
type Need = {
  statement: ParsedStatement
  /** `any`: one action stands for all, since it names none. */
  actions: readonly string[] | 'any' | 'all'
  principals: readonly PrincipalKind[]
}

function needOf(model: AccessModel, statement: ParsedStatement): Need {
  const names = namesOf(model)
  const { entities, types, variables } = mentionsOf(statement)
  const inScope = namedActions(statement)
  const named = entities.filter(({ type }) => type === names.actionType).map(({ id }) => id)
  const others = (['service_account', 'token'] as const).filter((kind) => types.has(names.principalTypes[kind]))
  return {
    statement,
    actions: inScope ? named : variables.has('action') ? 'all' : 'any',
    principals: ['user', ...others],
  }
}

function validationOf(model: AccessModel, text: string, statements: readonly ParsedStatement[]): PolicyProblem[] {
  const needs = statements.map((statement) => needOf(model, statement))
  const tooMuch = workOf(model, needs)
  if (tooMuch) return [tooMuch]
  const problems = groupsOf(needs).flatMap((group) => problemsOf(model, text, group, false))
  const failed = new Set(problems.filter(({ severity }) => severity === 'error').map(({ statement }) => statement))
  // an erring forbid is skipped, so what it reads should be asked for first
  const forbids = needs.filter(({ statement: { json, index } }) => json.effect === 'forbid' && json.conditions.length > 0 && !failed.has(index))
  return [...problems, ...groupsOf(forbids).flatMap((group) => problemsOf(model, text, group, true))]
}

/** Too many kinds of request to go through, named at the statement where it becomes too much. */
function workOf(model: AccessModel, needs: readonly Need[]): PolicyProblem | null {
  const all = model.permissions.reduce((sum, { name }) => sum + resourceTypesOf(model, name).length, 0) + 40 * model.resourceTypes.length
  let work = 0
  for (const { statement: { json, index, start, end }, actions, principals } of needs) {
    if (json.conditions.length === 0) continue
    const kinds = actions === 'all' ? all : (actions === 'any' ? 1 : actions.length) * model.resourceTypes.length
    work += kinds * principals.length
    if (work > WORK_MAX) return {
      start, end, statement: index, severity: 'error', message: 'too much to check',
      help: 'name actions in the scope rather than in conditions, or use fewer statements',
    }
  }
  return null
}

type Group = { needs: readonly Need[]; actions: ReadonlySet<string> | undefined; principals: readonly PrincipalKind[] }

/** Statements that can be checked together, under as few actions as they need: the time goes with their number. */
function groupsOf(needs: readonly Need[]): Group[] {
  return [false, true].flatMap((hasOthers): Group[] => {
    const mine = needs.filter(({ principals }) => principals.length > 1 === hasOthers)
    const principals: readonly PrincipalKind[] = hasOthers ? ['user', 'service_account', 'token'] : ['user']
    const [any, all, named] = [mine.filter(({ actions }) => actions === 'any'), mine.filter(({ actions }) => actions === 'all'),
      mine.filter(({ actions }) => typeof actions !== 'string')]
    return [
      { needs: any, actions: new Set([ANY_ACTION]), principals },
      { needs: all, actions: undefined, principals },
      { needs: named, actions: new Set(named.flatMap(({ actions }) => [...actions])), principals },
    ].filter((group) => group.needs.length > 0)
  })
}

function problemsOf(model: AccessModel, text: string, { needs, actions, principals }: Group, mayMiss: boolean): PolicyProblem[] {
  const schema = cedarSchemaOf(model, { principals, attributesMayMiss: mayMiss, ...(actions && { actions }) })
  const byId = new Map(needs.map(({ statement }) => [statement.id, statement]))
  const texts = new Map([...byId].map(([id, { start, end }]) => [id, text.slice(start, end)]))
  const faults = cedarValidation(schema, texts)
  const having = (test: (fault: CedarFault) => boolean) => new Set(faults.filter(({ fault }) => test(fault)).map(({ id }) => id))
  const inapplicable = having(({ message }) => message === INAPPLICABLE)
  const wrong = having(({ severity }) => severity === 'error')
  const seen = new Set<string>()
  return faults.flatMap(({ id, fault }) => {
    const statement = byId.get(id)
    if (!statement || (mayMiss && !fault.message.startsWith(UNSAFE))) return []
    // said better by what stands beside it
    if (fault.message === IMPOSSIBLE && (inapplicable.has(id) || wrong.has(id))) return []
    if (fault.message === INAPPLICABLE && wrong.has(id)) return []
    const problem = mayMiss ? skippedWarning(statement, fault) : problemOf(statement, fault)
    const key = `${problem.start} ${problem.end} ${problem.message}`
    if (seen.has(key)) return []
    seen.add(key)
    return [problem]
  })
}

function problemOf(statement: ParsedStatement, fault: CedarFault): PolicyProblem {
  const isInapplicable = fault.message === INAPPLICABLE
  const place = { start: statement.start + fault.start, end: statement.start + fault.end }
  // the same attribute missing for several actions is one problem
  const message = fault.message.replace(/ in context for .*$/, ' in the context')
  return {
    ...place, statement: statement.index,
    // Cedar only warns of a statement that can never apply
    severity: isInapplicable ? 'error' : fault.severity,
    message: isInapplicable ? 'no action named here applies to the resource' : message,
    ...(fault.help !== null && { help: fault.help }),
  }
}

function skippedWarning(statement: ParsedStatement, fault: CedarFault): PolicyProblem {
  const attribute = /attribute `([^`]*)`/.exec(fault.message)?.[1] ?? ''
  return {
    start: statement.start + fault.start, end: statement.start + fault.end, statement: statement.index, severity: 'warning',
    message: `where \`${attribute}\` is not known, this forbid is skipped`,
    ...(fault.help !== null && { help: fault.help }),
  }
}
