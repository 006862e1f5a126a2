import { setFlagsFromString } from 'node:v8'
import {
  checkParseSchema, formatPolicies, isAuthorized, policySetTextToParts, policyToJson, preparsePolicySet, statefulIsAuthorized, validate,
  type AuthorizationAnswer,
  type AuthorizationCall, type DetailedError, type EntityJson, type PolicyJson, type Schema, type SchemaJson,
} from '@cedar-policy/cedar-wasm/nodejs'
import { stringOffsets } from '@/lib/access/policies/text-offsets'

/*
 * The only importer of Cedar. Two things to know of it:
 * - Offsets in its answers count UTF-8 bytes; what leaves this file counts UTF-16 units, as JavaScript and editors do.
 * - Text nested too deep overflows its stack, and then no call works again in this process. So people's text goes
 *   through `readPolicyText` first, which refuses such text; nothing else of theirs may be given to these functions.
 */

/*
 * V8 before that of Node 24 ends the process (`unreachable code` in `Deoptimizer::DoComputeBuiltinContinuation`) when it gives up
 * optimized code during a call into WebAssembly that answers with an object, as all of Cedar's do; so it must not inline them.
 */
if (Number.parseInt(process.versions.node, 10) < 24) setFlagsFromString('--no-turbo-inline-js-wasm-calls')

export type { EntityJson }
export type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs'

export type CedarAnswer = { allow: boolean; errors: string[] }

export type CedarRequest = Pick<AuthorizationCall, 'principal' | 'action' | 'resource' | 'context'> & { entities: EntityJson[] }

/**
 * Asks Cedar itself.
 *
 * @param policies text of a policy set
 * @param schema with it, a request that it does not allow is refused: `allow` is false and `errors` say why
 */
export function askCedar(policies: string, request: CedarRequest, schema?: Schema): CedarAnswer {
  const answer = isAuthorized({ ...request, policies: { staticPolicies: policies }, ...(schema !== undefined && { schema }) })
  if (answer.type === 'failure') return { allow: false, errors: answer.errors.map(({ message }) => message) }
  const { decision, diagnostics } = answer.response
  return { allow: decision === 'allow', errors: diagnostics.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`) }
}

/** What Cedar finds wrong in a schema. */
export function schemaErrors(schema: Schema): string[] {
  const answer = checkParseSchema(schema)
  return answer.type === 'failure' ? answer.errors.map(({ message }) => message) : []
}

export type CedarSchema = SchemaJson<string>
export type CedarPolicyJson = PolicyJson

/** What Cedar found, with the place in the text it was given; the whole text when it names none. */
export type CedarFault = { message: string; help: string | null; start: number; end: number; severity: 'error' | 'warning' }

/** `for policy `policy3`, …` names what the place shows. */
const PREAMBLE = /^(for policy `[^`]*`, |failed to parse (policies|policy|policy with id `[^`]*`) from string: )/

function faultOf(text: string, error: DetailedError): CedarFault {
  const [place] = error.sourceLocations ?? []
  const offset = stringOffsets(text)
  const message = error.message.replace(PREAMBLE, '')
  return {
    message: place?.label ? `${message}, ${place.label}` : message,
    help: error.help,
    start: place ? offset(place.start) : 0,
    end: place ? offset(place.end) : text.length,
    severity: error.severity === 'warning' || error.severity === 'advice' ? 'warning' : 'error',
  }
}

export type CedarParts = { statements: readonly string[]; templates: readonly string[] }

/** The statements and templates of a policy set as Cedar cuts it, in no order to rely on. */
export function cedarParts(text: string): { parts: CedarParts } | { faults: CedarFault[] } {
  const answer = policySetTextToParts(text)
  if (answer.type === 'failure') return { faults: answer.errors.map((error) => faultOf(text, error)) }
  return { parts: { statements: answer.policies, templates: answer.policy_templates } }
}

/** The structure of one statement. */
export function cedarJson(statement: string): { json: CedarPolicyJson } | { faults: CedarFault[] } {
  const answer = policyToJson(statement)
  return answer.type === 'failure'
    ? { faults: answer.errors.map((error) => faultOf(statement, error)) }
    : { json: answer.json }
}

/** What is wrong with statements (text by id) under a schema; by id, with places in the statement's own text. */
export function cedarValidation(schema: CedarSchema, statements: ReadonlyMap<string, string>): { id: string; fault: CedarFault }[] {
  const answer = validate({ schema, policies: { staticPolicies: Object.fromEntries(statements) } })
  if (answer.type === 'failure') throw new Error(`Cedar could not validate: ${answer.errors.map(({ message }) => message).join('; ')}`)
  return [...answer.validationErrors, ...answer.validationWarnings]
    .map(({ policyId, error }) => ({ id: policyId, fault: faultOf(statements.get(policyId) ?? '', error) }))
}

/** Text in Cedar's own layout, comments kept; null when it does not parse. */
export function cedarFormatted(text: string): string | null {
  const answer = formatPolicies({ policyText: text, lineWidth: 100, indentWidth: 2 })
  return answer.type === 'success' ? answer.formatted_policy : null
}

export type CedarDecision = {
  decision: 'allow' | 'deny'
  /** Ids of the statements that made it so; none for a denial by default. */
  determining: string[]
  errors: { policyId: string; message: string }[]
}

/**
 * Asks Cedar itself, without a schema: some milliseconds, most of them for reading the policies.
 *
 * @throws Error when policies, entities or context cannot be read
 */
export const cedarDecision = (policies: string, request: CedarRequest): CedarDecision =>
  decisionOf(isAuthorized({ ...request, policies: { staticPolicies: policies } }))

/**
 * Reads policies once, to ask Cedar about them often. Cedar never frees what it read: for tests and measurements.
 *
 * @param slot policies read before under this name are replaced
 * @throws Error when the policies cannot be read
 */
export function cedarPrepared(slot: string, policies: string): (request: CedarRequest) => CedarDecision {
  const answer = preparsePolicySet(slot, { staticPolicies: policies })
  if (answer.type === 'failure') throw new Error(`Cedar could not read: ${answer.errors.map(({ message }) => message).join('; ')}`)
  return (request) => decisionOf(statefulIsAuthorized({ ...request, preparsedPolicySetId: slot }))
}

function decisionOf(answer: AuthorizationAnswer): CedarDecision {
  if (answer.type === 'failure') throw new Error(`Cedar could not decide: ${answer.errors.map(({ message }) => message).join('; ')}`)
  const { decision, diagnostics } = answer.response
  return {
    decision,
    determining: diagnostics.reason,
    errors: diagnostics.errors.map(({ policyId, error }) => ({ policyId, message: error.message })),
  }
}
