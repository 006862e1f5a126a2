import type { AccessModel } from '@/lib/access/models/access-model'
import { AppError } from '@/lib/errors'
import { rowOf, type FormRow, type RowContent } from './form'
import { actionRef, namesOf } from './names'
import { readPolicyText, type ParsedStatement } from './policy-text'
import { entityText } from './quote'
import type { Permissions, PolicyResource } from './scope'
import type { Span } from './statements'

/** An edit in the form. Statements are named by their place in the text as it was before all edits. */
export type FormEdit =
  | { kind: 'add'; row: RowContent }
  /** Of a row; code rows are changed in the code. */
  | { kind: 'change'; index: number; row: RowContent }
  /** Of a row or a code row. */
  | { kind: 'delete'; index: number }

type Splice = Span & { text: string }

/** Most permissions in one row: more than any catalogue has. */
const PERMISSIONS_MAX = 1_000
const ID_MAX = 1_000

/**
 * Makes edits of the form in the policy text. Only the statements they name change; of one that is changed, only the action
 * and the resource, so that its annotations and comments stay. Without edits the text comes back as it was. New rows go to
 * the end.
 *
 * @throws AppError `invalid-input` when the text does not parse, a statement is not there or not a row, or a name is not in the
 *   model; the result still has to be checked with `checkPolicyText`
 */
export function applyForm(model: AccessModel, text: string, edits: readonly FormEdit[]): string {
  if (edits.length === 0) return text
  const { statements, problems } = readPolicyText(text)
  if (problems[0]) throw new AppError('invalid-input', `the text cannot be read: ${problems[0].message}`)
  const splices = edits.flatMap((edit) => splicesOf(model, statements, edit)).sort((one, other) => other.start - one.start)
  const changed = splices.reduce(spliced, text)
  const added = edits.filter((edit) => edit.kind === 'add').reduce((before, { row }) => appended(before, statementText(model, row)), changed)
  verify(model, text, statements, edits, added)
  return added
}

/** A row as policy text. */
export const statementText = (model: AccessModel, { permissions, resource }: RowContent): string =>
  `permit(\n  principal,\n  ${actionText(model, permissions)},\n  ${resourceText(model, resource)}\n);`

function actionText(model: AccessModel, permissions: Permissions): string {
  if (permissions === '*') return 'action'
  const unique = [...new Set(permissions)]
  const unknown = unique.find((name) => !namesOf(model).hasPermission(name))
  if (unknown !== undefined) throw new AppError('invalid-input', `no permission \`${unknown}\` in this access model`)
  if (unique.length === 0 || unique.length > PERMISSIONS_MAX) throw new AppError('invalid-input', 'a row has at least one permission')
  const refs = unique.map((name) => entityText(actionRef(model, name)))
  return refs.length === 1 ? `action == ${refs.join('')}` : `action in [${refs.join(', ')}]`
}

function resourceText(model: AccessModel, resource: PolicyResource): string {
  const cedarType = (type: string) => {
    const found = namesOf(model).typeOf(type)
    if (found === undefined) throw new AppError('invalid-input', `no resource type \`${type}\` in this access model`)
    return found
  }
  if (resource.kind === 'everything') return 'resource'
  if (resource.kind === 'type') return `resource is ${cedarType(resource.type)}`
  if (resource.id.length > ID_MAX) throw new AppError('invalid-input', `a resource’s id has ${ID_MAX} characters at most`)
  const entity = entityText({ type: cedarType(resource.type), id: resource.id })
  if (resource.kind === 'one') return `resource == ${entity}`
  return resource.only === null ? `resource in ${entity}` : `resource is ${cedarType(resource.only)} in ${entity}`
}

function splicesOf(model: AccessModel, statements: readonly ParsedStatement[], edit: FormEdit): Splice[] {
  if (edit.kind === 'add') return []
  const statement = statements[edit.index]
  if (!statement) throw new AppError('invalid-input', `there is no statement ${edit.index + 1}`)
  if (edit.kind === 'delete') return [{ start: statement.start, end: statement.end, text: '' }]
  const row = rowOf(model, statement)
  if (row.kind === 'code') throw new AppError('invalid-input', `statement ${edit.index + 1} is edited as code`)
  const splices: Splice[] = []
  if (!isSamePermissions(row.permissions, edit.row.permissions))
    splices.push({ ...statement.scope.action, text: actionText(model, edit.row.permissions) })
  if (!isSameResource(row.resource, edit.row.resource))
    splices.push({ ...statement.scope.resource, text: resourceText(model, edit.row.resource) })
  return splices
}

/** Cuts and pastes; what is deleted takes its own lines with it, and one of two empty lines that would meet. */
function spliced(text: string, { start, end, text: replacement }: Splice): string {
  if (replacement !== '') return text.slice(0, start) + replacement + text.slice(end)
  const [before, after] = [text.slice(0, start), text.slice(end)]
  const lineStart = before.length - (/[ \t]*$/.exec(before)?.[0].length ?? 0)
  const isAtLineStart = lineStart === 0 || /[\n\r]/.test(before.charAt(lineStart - 1))
  const restOfLine = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(after)?.[0].length
  if (!isAtLineStart || restOfLine === undefined) return before + after
  const [kept, rest] = [before.slice(0, lineStart), after.slice(restOfLine)]
  const isAfterEmptyLine = kept === '' || /(?:^|\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(kept)
  return kept + (isAfterEmptyLine ? rest.replace(/^[ \t]*(?:\r\n|\n|\r)/, '') : rest)
}

function appended(text: string, statement: string): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const written = statement.replaceAll('\n', lineEnd) + lineEnd
  if (text.trim() === '') return written
  return text + (/[\n\r]$/.test(text) ? '' : lineEnd) + lineEnd + written
}

const isSamePermissions = (one: Permissions, other: Permissions) =>
  one === '*' || other === '*' ? one === other : new Set([...one, ...other]).size === one.length && new Set(other).size === one.length

function isSameResource(one: PolicyResource, other: PolicyResource): boolean {
  if (one.kind === 'everything' || other.kind === 'everything') return one.kind === other.kind
  if (one.kind === 'type' || other.kind === 'type') return one.kind === other.kind && one.type === other.type
  const [only, otherOnly] = [one.kind === 'within' ? one.only : null, other.kind === 'within' ? other.only : null]
  return one.kind === other.kind && one.type === other.type && one.id === other.id && only === otherOnly
}

/** Reads the result back: every edit must mean what it said, and every other statement be the same to the byte. */
function verify(model: AccessModel, before: string, old: readonly ParsedStatement[], edits: readonly FormEdit[], after: string) {
  const { statements, problems } = readPolicyText(after)
  if (problems[0]) throw new AppError('invalid-input', `the result cannot be read: ${problems[0].message}`)
  const isDeleted = (index: number) => edits.some((edit) => edit.kind === 'delete' && edit.index === index)
  const changes = new Map(edits.flatMap((edit) => (edit.kind === 'change' ? [[edit.index, edit.row] as const] : [])))
  const kept = old.filter(({ index }) => !isDeleted(index))
  const adds = edits.flatMap((edit) => (edit.kind === 'add' ? [edit.row] : []))
  const isRight = statements.length === kept.length + adds.length && statements.every((statement, place) => {
    const from = kept[place]
    const wanted = from ? changes.get(from.index) : adds[place - kept.length]
    if (wanted) return says(rowOf(model, statement), wanted)
    return from !== undefined && after.slice(statement.start, statement.end) === before.slice(from.start, from.end)
  })
  if (!isRight) throw new Error('an edit of policy text did not come out as meant')
}

const says = (row: FormRow | { kind: 'code' }, wanted: RowContent) =>
  row.kind === 'row' && isSamePermissions(row.permissions, wanted.permissions) && isSameResource(row.resource, wanted.resource)
