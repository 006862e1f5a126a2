import { findAttribute, type Attribute } from './attributes'
import { ScimError } from './error'
import { isObject, keyOf, setMember, type Json, type JsonObject } from './json'
import { flagIn } from './test'

/** Longest text of one value; a certificate fits. */
export const TEXT_MAX = 20_000
/** Most values of one list other than a group's members. */
export const LIST_MAX = 200
const DEPTH_MAX = 20
/** Base64 of either alphabet, broken into lines or not (RFC 7643 §2.3.6). */
const BASE64 = /^[\w+/\s-]*={0,2}\s*$/

const wrong = (name: string, message: string): ScimError => new ScimError(400, 'invalidValue', `\`${name}\`: ${message}`)

function textOf(attribute: Attribute, value: Json): string {
  if (typeof value === 'object') throw wrong(attribute.name, 'expected a text')
  const text = String(value)
  if (text.length > TEXT_MAX) throw wrong(attribute.name, `use at most ${TEXT_MAX} characters`)
  if (attribute.type === 'binary' && !BASE64.test(text)) throw wrong(attribute.name, 'expected base64')
  return text
}

/** Some send the bare value where an object with `value` belongs. */
function complexOf(attribute: Attribute, value: Json): JsonObject | undefined {
  const parts = attribute.subAttributes ?? []
  const given = isObject(value) ? value : findAttribute(parts, 'value') && typeof value !== 'object' ? { value } : null
  if (!given) throw wrong(attribute.name, 'expected an object')
  const result: JsonObject = {}
  for (const part of parts) {
    const key = keyOf(given, part.name)
    const coerced = key === undefined ? undefined : coerce(part, given[key] ?? null)
    if (coerced !== undefined) setMember(result, part.name, coerced)
  }
  return Object.keys(result).length === 0 ? undefined : result
}

function coerceOne(attribute: Attribute, value: Json): Json | undefined {
  if (value === null) return undefined
  if (attribute.type === 'complex') return complexOf(attribute, value)
  if (attribute.type !== 'boolean') return textOf(attribute, value)
  const flag = flagIn(value)
  if (flag === undefined) throw wrong(attribute.name, 'expected true or false')
  return flag
}

/**
 * A value as the schema has it: "True" is true, one value is a list of one, names in the schema's case, what it does not
 * know left out.
 *
 * @returns undefined for what counts as absent: null, an empty list, an empty object
 * @throws ScimError `invalidValue`
 */
export function coerce(attribute: Attribute, value: Json): Json | undefined {
  if (value === null) return undefined
  if (!attribute.multiValued) {
    const [only] = Array.isArray(value) && value.length <= 1 ? value : [value]
    if (Array.isArray(only)) throw wrong(attribute.name, 'expected one value, not a list')
    return only === undefined ? undefined : coerceOne(attribute, only)
  }
  const list = Array.isArray(value) ? value : [value]
  if (list.length > LIST_MAX) throw wrong(attribute.name, `give at most ${LIST_MAX} values`)
  const values = list.map((each) => coerceOne(attribute, each)).filter((each) => each !== undefined)
  return values.length === 0 ? undefined : values
}

/** A value of an extension that is not known here: kept as it is, as long as it is not made to exhaust anything. */
export function keepUnknown(name: string, value: Json, depth = 0): Json | undefined {
  if (depth > DEPTH_MAX) throw wrong(name, `more than ${DEPTH_MAX} objects within each other`)
  if (typeof value === 'string' && value.length > TEXT_MAX) throw wrong(name, `use at most ${TEXT_MAX} characters`)
  if (Array.isArray(value)) {
    const kept = value.map((each) => keepUnknown(name, each, depth + 1)).filter((each) => each !== undefined)
    return kept.length === 0 ? undefined : kept
  }
  if (!isObject(value)) return value ?? undefined
  const kept: JsonObject = {}
  for (const [key, each] of Object.entries(value)) {
    const part = keepUnknown(name, each, depth + 1)
    if (part !== undefined) setMember(kept, key, part)
  }
  return Object.keys(kept).length === 0 ? undefined : kept
}
