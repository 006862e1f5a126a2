import type { Attribute } from './attributes'
import { coerce, keepUnknown } from './coerce'
import { ScimError } from './error'
import { isObject, isSame, keyOf, ownValue, setMember, valueOf, type Json, type JsonObject } from './json'
import { parseAttributePath } from './path'
import { extensionOf, findTop, isOwnSchema, isUrn, type ResourceKind } from './schemas'

/** Members of a group are a table of their own; thousands of them do not go through here. */
export const MEMBERS = 'members'

/** The object of a request. @throws ScimError `invalidSyntax` */
export function objectOf(body: unknown): JsonObject {
  if (isObject(body)) return body
  throw new ScimError(400, 'invalidSyntax', 'the body is not a JSON object')
}

/** What a client may set, in the schema's names: everything but what is read only here, and the members of a group. */
export function writable(kind: ResourceKind, attribute: Attribute): boolean {
  return attribute.mutability !== 'readOnly' && !(kind.name === 'Group' && attribute.name === MEMBERS)
}

function checkSchemas(kind: ResourceKind, body: JsonObject): void {
  const given = valueOf(body, 'schemas')
  if (given === undefined || given === null) return
  const names = Array.isArray(given) ? given : [given]
  if (!names.some((each) => typeof each === 'string' && isOwnSchema(kind, each)))
    throw new ScimError(400, 'invalidSyntax', `\`schemas\` does not hold \`${kind.schema.id}\``)
}

/** One member of a body, which may be an attribute, an extension, or a path in dots or after a URN. */
function readMember(kind: ResourceKind, into: JsonObject, name: string, value: Json): void {
  if (isUrn(name)) return readUrn(kind, into, name, value)
  const attribute = findTop(kind, name)
  if (attribute) {
    if (!writable(kind, attribute)) return
    const coerced = coerce(attribute, value)
    if (coerced !== undefined) setMember(into, attribute.name, coerced)
  } else if (name.includes('.') && findTop(kind, name.split('.')[0] ?? '')) setAt(kind, into, name, value)
}

function readUrn(kind: ResourceKind, into: JsonObject, urn: string, value: Json): void {
  if (isOwnSchema(kind, urn)) {
    if (isObject(value)) for (const [name, each] of Object.entries(value)) readMember(kind, into, name, each)
    return
  }
  const extension = extensionOf(kind, urn)
  if (!extension && !isObject(value)) return setAt(kind, into, urn, value)
  if (extension && !isObject(value)) {
    if (value !== null) throw new ScimError(400, 'invalidValue', `\`${urn}\`: expected an object`)
    return
  }
  const kept: JsonObject = {}
  if (extension && isObject(value)) {
    for (const attribute of extension.attributes) {
      const key = keyOf(value, attribute.name)
      const coerced = key === undefined ? undefined : coerce(attribute, value[key] ?? null)
      if (coerced !== undefined) setMember(kept, attribute.name, coerced)
    }
  } else {
    const all = keepUnknown(urn, value)
    for (const [name, each] of Object.entries(isObject(all) ? all : {})) setMember(kept, name, each)
  }
  if (Object.keys(kept).length > 0) setMember(into, extension?.id ?? urn, kept)
}

/** Sets what a path names, making the objects on the way. */
function setAt(kind: ResourceKind, into: JsonObject, path: string, value: Json): void {
  const { names, attribute, parent } = parseAttributePath(path, kind)
  if (parent?.multiValued) throw new ScimError(400, 'invalidPath', `\`${path.slice(0, 200)}\` names a part of a list`)
  const coerced = attribute ? coerce(attribute, value) : keepUnknown(path, value)
  const last = names.at(-1)
  if (coerced === undefined || last === undefined) return
  let at = into
  for (const name of names.slice(0, -1)) {
    const next = ownValue(at, name)
    const object = isObject(next) ? next : {}
    setMember(at, name, object)
    at = object
  }
  setMember(at, last, coerced)
}

/** Exactly one value of a list may be the preferred one (RFC 7643 §2.4). */
export function checkPrimaries(resource: JsonObject): void {
  for (const [name, value] of Object.entries(resource)) {
    const primaries = Array.isArray(value) ? value.filter((each) => isObject(each) && each['primary'] === true) : []
    if (primaries.length > 1) throw new ScimError(400, 'invalidValue', `\`${name}\`: only one value may be primary`)
  }
}

/** Bytes of JSON that may be kept about one resource. */
export const PROFILE_MAX_BYTES = 65_536

/** @throws ScimError when more is to be kept than is sensible */
export function checkSize(resource: JsonObject): void {
  if (Buffer.byteLength(JSON.stringify(resource)) > PROFILE_MAX_BYTES) throw new ScimError(413, 'tooMany', `the resource takes more than ${PROFILE_MAX_BYTES / 1024} KiB`)
}

/**
 * What a client sent of a resource, in the schema's names and types. Read-only attributes are left out, as are a
 * group's members and what no schema knows outside extensions (a password too).
 *
 * @throws ScimError `invalidSyntax`, `invalidValue`
 */
export function readResource(kind: ResourceKind, body: unknown): JsonObject {
  const sent = objectOf(body)
  checkSchemas(kind, sent)
  const resource: JsonObject = {}
  for (const [name, value] of Object.entries(sent)) readMember(kind, resource, name, value)
  checkPrimaries(resource)
  checkSize(resource)
  return resource
}

/** URNs of the schemas that a resource uses. */
export const schemasOf = (kind: ResourceKind, resource: JsonObject): string[] => [kind.schema.id, ...Object.keys(resource).filter(isUrn)]

export const isUnchanged = (before: JsonObject, after: JsonObject): boolean => isSame(before, after)
