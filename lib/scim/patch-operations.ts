import { ScimError } from './error'
import { parseFilter, UNKNOWN, type Filter } from './filter'
import { isObject, valueOf, type Json } from './json'
import { parseAttributePath, wrongPath, type AttributePath } from './path'
import { objectOf } from './resource'
import { isUrn, type ResourceKind } from './schemas'

export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
/** Most operations in one request. */
export const OPERATIONS_MAX = 1_000

/** Where an operation works: at the resource as a whole, at an attribute, or at the elements of a list that a filter chooses. */
export type Target = { path: AttributePath; filter?: Filter; sub?: string }
export type PatchOperation = { op: 'add' | 'replace' | 'remove'; target: Target | null; value: Json | undefined }

const OPS = ['add', 'replace', 'remove'] as const

/** `emails[type eq "work"].value`: the bracket that ends the filter is the last one, since a value may hold one too. */
function readTarget(text: string, kind: ResourceKind): Target {
  const open = text.indexOf('[')
  if (open < 0) return { path: parseAttributePath(text, kind) }
  const close = text.lastIndexOf(']')
  const rest = text.slice(close + 1)
  if (close < open || !/^(?:\.\$?[A-Za-z][\w$-]*)?$/.test(rest)) throw wrongPath(`\`${text.slice(0, 200)}\` is no path`)
  const path = parseAttributePath(text.slice(0, open), kind)
  if (path.attribute && !(path.attribute.type === 'complex' && path.attribute.multiValued)) throw wrongPath(`\`${path.attribute.name}\` is no list whose values could be chosen`)
  if (isUrn(path.names.at(-1) ?? '')) throw wrongPath('an extension is no list whose values could be chosen')
  const filter = parseFilter(text.slice(open + 1, close), kind, { within: path.attribute ?? UNKNOWN })
  return { path, filter, ...(rest !== '' && { sub: rest.slice(1) }) }
}

function readOne(each: Json, kind: ResourceKind): PatchOperation {
  if (!isObject(each)) throw new ScimError(400, 'invalidSyntax', 'an operation is a JSON object')
  const word = valueOf(each, 'op')
  const op = typeof word === 'string' ? OPS.find((known) => known === word.trim().toLowerCase()) : undefined
  if (!op) throw new ScimError(400, 'invalidSyntax', `\`op\` is add, replace or remove, not \`${typeof word === 'string' ? word.slice(0, 40) : typeof word}\``)
  const path = valueOf(each, 'path')
  if (path !== undefined && path !== null && typeof path !== 'string') throw wrongPath('a path is a text')
  const target = typeof path === 'string' && path.trim() !== '' ? readTarget(path.trim(), kind) : null
  const value = valueOf(each, 'value')
  if (op === 'remove' && target === null) throw new ScimError(400, 'noTarget', 'to remove something, name it by `path`')
  if (op !== 'remove' && value === undefined) throw new ScimError(400, 'invalidValue', `\`${op}\` needs a value`)
  if (op !== 'remove' && target === null && !isObject(value)) throw new ScimError(400, 'invalidValue', `without \`path\` the value of \`${op}\` is an object of attributes`)
  return { op, target, value }
}

/**
 * Reads the operations of a PATCH (RFC 7644 §3.5.2).
 *
 * @throws ScimError with the keyword for what is wrong
 */
export function readPatch(body: unknown, kind: ResourceKind): PatchOperation[] {
  const sent = objectOf(body)
  const schemas = valueOf(sent, 'schemas')
  const names = Array.isArray(schemas) ? schemas : schemas === undefined ? [PATCH_SCHEMA] : [schemas]
  if (!names.some((each) => typeof each === 'string' && each.toLowerCase() === PATCH_SCHEMA.toLowerCase())) throw new ScimError(400, 'invalidSyntax', `\`schemas\` does not hold \`${PATCH_SCHEMA}\``)
  const operations = valueOf(sent, 'Operations')
  if (!Array.isArray(operations) || operations.length === 0) throw new ScimError(400, 'invalidSyntax', '`Operations` is a list of at least one operation')
  if (operations.length > OPERATIONS_MAX) throw new ScimError(413, 'tooMany', `a request may have at most ${OPERATIONS_MAX} operations`)
  return operations.map((each) => readOne(each, kind))
}
