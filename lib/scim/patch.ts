import { findAttribute, type Attribute } from './attributes'
import { coerce, keepUnknown, LIST_MAX } from './coerce'
import { ScimError } from './error'
import { fulfils } from './evaluate'
import type { Filter } from './filter'
import { asList, isAbsent, isObject, isSame, keyOf, ownValue, setMember, type Json, type JsonObject } from './json'
import type { PatchOperation, Target } from './patch-operations'
import { checkSize, MEMBERS, readResource } from './resource'
import { isUrn, type ResourceKind } from './schemas'

const readOnly = (name: string): ScimError => new ScimError(400, 'mutability', `\`${name}\` is decided here and cannot be changed`)

/** Two values of a list that mean the same: the same `value` of the same kind. */
function isSameElement(one: Json, other: Json): boolean {
  if (!isObject(one) || !isObject(other) || one['value'] === undefined) return isSame(one, other)
  return isSame(one['value'], other['value']) && isSame(one['type'], other['type'])
}

/** A list with more in it; what is there already stays, with what is new about it. */
function joined(list: readonly Json[], more: readonly Json[]): Json[] {
  const result = [...list]
  for (const each of more) {
    const at = result.findIndex((known) => isSameElement(known, each))
    const known = result[at]
    if (at < 0) result.push(each)
    else if (isObject(known) && isObject(each)) result[at] = { ...known, ...each }
  }
  return result
}

function put(object: JsonObject, name: string, value: Json | undefined): void {
  if (Array.isArray(value) && value.length > LIST_MAX) throw new ScimError(400, 'invalidValue', `\`${name}\`: give at most ${LIST_MAX} values`)
  if (isAbsent(value) || (isObject(value) && Object.keys(value).length === 0)) delete object[name]
  else if (value !== undefined) setMember(object, name, value)
}

/** Adds to or replaces what an object holds under a name. A complex value keeps the parts that are not named. */
function change(object: JsonObject, name: string, attribute: Attribute | undefined, op: 'add' | 'replace', raw: Json): void {
  if (attribute?.mutability === 'readOnly') throw readOnly(attribute.name)
  const value = attribute ? coerce(attribute, raw) : keepUnknown(name, raw)
  const before = ownValue(object, name)
  if (value === undefined) {
    // Nothing is added by adding nothing; replaced by nothing, it is gone.
    if (op === 'replace') delete object[name]
    return
  }
  const isList = attribute ? attribute.multiValued : Array.isArray(before)
  if (isList && op === 'add') return put(object, name, joined(asList(before), asList(value)))
  if (!isList && isObject(value) && isObject(before)) return put(object, name, { ...before, ...value })
  put(object, name, value)
}

/** The object that holds what a path names; made on the way when asked for. */
function holderOf(resource: JsonObject, names: readonly string[], make: boolean): JsonObject | undefined {
  let at = resource
  for (const name of names.slice(0, -1)) {
    const next = ownValue(at, name)
    if (!isObject(next) && !make) return undefined
    const object = isObject(next) ? next : {}
    if (object !== next) setMember(at, name, object)
    at = object
  }
  return at
}

/** What a new element must hold so that the filter chooses it: its plain equalities. */
function seedOf(filter: Filter): JsonObject {
  const seed: JsonObject = {}
  const visit = (each: Filter): void => {
    if (each.kind === 'and') each.of.forEach(visit)
    if (each.kind !== 'test') return
    const { test, path } = each
    if (test.type === 'flag') setMember(seed, path.names.at(-1) ?? '', test.value)
    else if (test.type !== 'time' && test.operator === 'eq') setMember(seed, path.names.at(-1) ?? '', test.value)
  }
  visit(filter)
  return seed
}

/** What an element is chosen by, and stays when it is replaced without a word about it. */
function chosenBy(filter: Filter, element: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(seedOf(filter)).flatMap((name): [string, Json][] => (Object.hasOwn(element, name) ? [[name, element[name] ?? null]] : [])))
}

/** One of the values a filter chose: more is said of it, or it is replaced whole (RFC 7644 §3.5.2.3). */
function setElement(element: JsonObject, attribute: Attribute | undefined, { op, value }: PatchOperation, filter: Filter): void {
  const given = attribute ? coerce({ ...attribute, multiValued: false }, value ?? null) : keepUnknown('value', value ?? null)
  if (!attribute && given !== undefined && !isObject(given)) throw new ScimError(400, 'invalidValue', 'a value chosen by a filter is an object')
  if (!isObject(given)) return
  const next = op === 'replace' ? { ...chosenBy(filter, element), ...given } : given
  if (op === 'replace') for (const name of Object.keys(element)) delete element[name]
  for (const [name, each] of Object.entries(next)) setMember(element, name, each)
}

/** One part of a value. */
function changeElement(element: JsonObject, attribute: Attribute | undefined, { op, value }: PatchOperation, sub: string): void {
  const part = attribute?.subAttributes && findAttribute(attribute.subAttributes, sub)
  if (attribute?.subAttributes && !part) throw new ScimError(400, 'invalidPath', `\`${attribute.name}\` has no \`${sub}\``)
  const name = part?.name ?? keyOf(element, sub) ?? sub
  if (op === 'remove') delete element[name]
  else change(element, name, part, op, value ?? null)
}

/** What a list holds. Of an attribute that is not known here only this tells that it is one, and that its values have parts. */
function elementsOf(holder: JsonObject, name: string, attribute: Attribute | undefined): Json[] {
  const held = ownValue(holder, name)
  if (!attribute && held !== undefined && !(Array.isArray(held) && held.every(isObject))) throw new ScimError(400, 'invalidPath', `\`${name}\` is no list of objects that could be chosen`)
  return asList(held)
}

/** Elements of a list that a filter chooses (`emails[type eq "work"]`), or one part of each. */
function applyChosen(resource: JsonObject, operation: PatchOperation, { path, filter, sub }: Target & { filter: Filter }): void {
  const { op } = operation
  const name = path.names.at(-1) ?? ''
  const holder = holderOf(resource, path.names, op !== 'remove')
  if (!holder) return
  const list = elementsOf(holder, name, path.attribute)
  const chosen = list.filter(isObject).filter((each) => fulfils(filter, each))
  if (op === 'remove' && sub === undefined) return put(holder, name, list.filter((each) => !chosen.some((one) => one === each)))
  if (chosen.length === 0 && op === 'replace') throw new ScimError(400, 'noTarget', `no value of \`${name}\` is chosen by the filter`)
  if (chosen.length === 0 && op === 'add') {
    const element = seedOf(filter)
    list.push(element)
    chosen.push(element)
  }
  for (const element of chosen) {
    if (sub === undefined) setElement(element, path.attribute, operation, filter)
    else changeElement(element, path.attribute, operation, sub)
  }
  put(holder, name, list.filter((each) => !isObject(each) || Object.keys(each).length > 0))
}

/** `emails.value`: one part of every element. */
function applyToEach(resource: JsonObject, operation: PatchOperation, { path }: Target, list: Attribute): void {
  const [part = '', name = ''] = [path.names.at(-1), path.names.at(-2)]
  const holder = holderOf(resource, path.names.slice(0, -1), true)
  if (!holder) return
  const elements = asList(ownValue(holder, name))
  if (elements.length === 0 && operation.op !== 'remove') elements.push({})
  for (const element of elements) if (isObject(element)) changeElement(element, list, operation, part)
  put(holder, name, elements)
}

function applyAt(resource: JsonObject, operation: PatchOperation, target: Target): void {
  const { path } = target
  if (path.attribute?.mutability === 'readOnly' || path.parent?.mutability === 'readOnly') throw readOnly(path.names.join('.'))
  if (target.filter) return applyChosen(resource, operation, { ...target, filter: target.filter })
  if (path.parent?.multiValued) return applyToEach(resource, operation, target, path.parent)
  const { op, value } = operation
  const holder = holderOf(resource, path.names, op !== 'remove')
  const name = path.names.at(-1) ?? ''
  if (!holder) return
  if (op !== 'remove') return change(holder, name, path.attribute, op, value ?? null)
  if (path.attribute?.multiValued && Array.isArray(value)) removeListed(holder, name, path.attribute, value)
  else delete holder[name]
  pruneEmpty(resource)
}

/** Removing from a list by naming its values, as some send it instead of a filter. */
function removeListed(holder: JsonObject, name: string, attribute: Attribute, value: Json): void {
  const gone = asList(coerce(attribute, value))
  put(holder, name, asList(ownValue(holder, name)).filter((each) => !gone.some((one) => isSameElement(one, each))))
}

function pruneEmpty(resource: JsonObject): void {
  for (const [name, value] of Object.entries(resource)) if (isObject(value) && Object.keys(value).length === 0) delete resource[name]
}

/** An extension's attributes, one by one; the object is made where there is none. */
function applyExtension(kind: ResourceKind, resource: JsonObject, name: string, op: Parameters<typeof change>[3], value: Json | undefined): void {
  const extension = kind.extensions.find(({ id }) => id === name)
  const before = ownValue(resource, name)
  const holder = isObject(before) ? before : {}
  if (isObject(value)) for (const [part, inner] of Object.entries(value)) change(holder, part, extension && findAttribute(extension.attributes, part), op, inner)
  put(resource, name, holder)
}

/** Without a path the value is a piece of the resource; what is read only in it is not looked at, since some send it along. */
function applyWhole(kind: ResourceKind, resource: JsonObject, { op, value }: PatchOperation): void {
  const given = readResource(kind, value)
  const changeOp = op === 'remove' ? 'replace' : op
  for (const [name, each] of Object.entries(given)) {
    if (isUrn(name)) applyExtension(kind, resource, name, changeOp, each)
    else change(resource, name, kind.schema.attributes.find((known) => known.name === name), changeOp, each)
  }
  if (op === 'replace' && isObject(value)) for (const [name, each] of Object.entries(value)) if (each === null) dropNamed(kind, resource, name)
}

function dropNamed(kind: ResourceKind, resource: JsonObject, name: string): void {
  const attribute = findAttribute(kind.schema.attributes, name) ?? (name.toLowerCase() === 'externalid' ? { name: 'externalId' } : undefined)
  if (attribute) delete resource[attribute.name]
}

/** Of a list with two preferred values the one that has just become so is it. */
function settlePrimaries(before: JsonObject, after: JsonObject): void {
  for (const [name, value] of Object.entries(after)) {
    if (!Array.isArray(value)) continue
    const primaries = value.filter(isObject).filter((each) => each['primary'] === true)
    if (primaries.length < 2) continue
    const old = asList(before[name]).find((each) => isObject(each) && each['primary'] === true)
    const fresh = primaries.filter((each) => !old || !isSameElement(old, each))
    const winner = fresh.at(-1) ?? primaries.at(-1)
    for (const each of primaries) if (each !== winner) each['primary'] = false
  }
}

/** What a resource must have stays (RFC 7644 §3.5.2.2). */
function keepRequired({ schema }: ResourceKind, before: JsonObject, after: JsonObject): void {
  const gone = schema.attributes.find(({ name, required }) => required && !isAbsent(before[name]) && isAbsent(after[name]))
  if (gone) throw new ScimError(400, 'mutability', `\`${gone.name}\` is needed and cannot be taken away`)
}

const isMembers = (operation: PatchOperation): boolean => operation.target?.path.names[0] === MEMBERS

/**
 * A resource as it is after all operations, in their order. Members of a group are left to `member-changes`.
 *
 * @throws ScimError when one of them cannot be done, so that none of them is
 */
export function applyPatch(kind: ResourceKind, resource: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  const after = structuredClone(resource)
  for (const operation of operations) {
    if (kind.name === 'Group' && isMembers(operation)) continue
    const before = structuredClone(after)
    if (operation.target) applyAt(after, operation, operation.target)
    else applyWhole(kind, after, operation)
    settlePrimaries(before, after)
    keepRequired(kind, before, after)
    checkSize(after)
  }
  return after
}
