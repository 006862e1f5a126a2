import type { AccessModel } from '@/lib/access/models/access-model'
import { choiceOf } from './form-catalogue'
import { readPolicyText, type ParsedStatement, type PolicyProblem } from './policy-text'
import { permissionsOf, resourceOf, type Permissions, type PolicyResource } from './scope'
import type { Span } from './statements'

/** What a form row says: these permissions on this resource, for everyone in the group. */
export type RowContent = { permissions: Permissions; resource: PolicyResource }

type Place = Span & {
  /** Place among the statements, from 0: what edits name a statement by. */
  index: number
  /** As decisions and explanations name it. */
  policyId: string
  annotations: Readonly<Record<string, string | null>>
}

export type FormRow = Place & RowContent & {
  kind: 'row'
  /** The catalogue's item with exactly these permissions, e.g. `table:*`; null for another selection. */
  choice: string | null
}

/** Why a statement cannot be a row. */
export type CodeReason = 'forbids' | 'has-condition' | 'names-principal' | 'unknown-action' | 'unknown-resource'

export type CodeRow = Place & {
  kind: 'code'
  effect: 'permit' | 'forbid'
  reason: CodeReason
  /** The same in a sentence. */
  sentence: string
}

const SENTENCES: Readonly<Record<CodeReason, string>> = {
  forbids: 'This statement forbids; the form shows what is permitted.',
  'has-condition': 'This statement has a condition (`when` or `unless`).',
  'names-principal': 'This statement is about certain principals only, not about everyone in the group.',
  'unknown-action': 'This statement names an action that the access model does not have.',
  'unknown-resource': 'This statement names a resource of a type that the access model does not have.',
}

export type PolicyForm = {
  /** Every statement in the order of the text. */
  rows: readonly (FormRow | CodeRow)[]
  /** Why there is no form: the text does not parse. Then `rows` is empty. */
  problems: readonly PolicyProblem[]
}

/**
 * Policy text as a form. Every plain permit, without conditions and for everyone in the group, is a row; whatever else there is,
 * is a code row with the reason. Nothing is kept beside the text: the form of the same text is always the same.
 */
export function formOf(model: AccessModel, text: string): PolicyForm {
  const { statements, problems } = readPolicyText(text)
  return { rows: statements.map((statement) => rowOf(model, statement)), problems }
}

/** One statement as a row of the form. */
export function rowOf(model: AccessModel, statement: ParsedStatement): FormRow | CodeRow {
  const { json, index, id, start, end } = statement
  const place: Place = { index, policyId: id, start, end, annotations: json.annotations ?? {} }
  const code = (reason: CodeReason): CodeRow => ({ ...place, kind: 'code', effect: json.effect, reason, sentence: SENTENCES[reason] })
  if (json.effect === 'forbid') return code('forbids')
  if (json.conditions.length > 0) return code('has-condition')
  if (json.principal.op !== 'All') return code('names-principal')
  const permissions = permissionsOf(model, statement)
  if (permissions === null || permissions.length === 0) return code('unknown-action')
  const resource = resourceOf(model, json)
  if (!resource) return code('unknown-resource')
  return { ...place, kind: 'row', permissions, resource, choice: choiceOf(model, permissions) }
}
