import type { AccessModel, AttributeType } from '@/lib/access/models/access-model'
import { parseIp } from '@/lib/access/policies/ip'
import { parseDatetime } from '@/lib/access/policies/moments'
import type { FieldError } from '@/lib/errors'
import { attributesOf, typeOf, withArticle, type AttributeValue } from './rules'

const EXPECTED: Readonly<Record<AttributeType, string>> = {
  String: 'Give a text', Long: 'Give a whole number', Boolean: 'Give true or false', 'Set<String>': 'Give a list of texts',
  ipaddr: 'Give an address or a range, such as 10.0.0.0/8', datetime: 'Give a time, such as 2027-01-31T00:00:00Z', User: 'Give the id of a user, usr_…',
}

function fits(type: AttributeType, value: AttributeValue): boolean {
  switch (type) {
    case 'String': return typeof value === 'string'
    case 'Long': return typeof value === 'number' && Number.isSafeInteger(value)
    case 'Boolean': return typeof value === 'boolean'
    case 'Set<String>': return Array.isArray(value)
    case 'ipaddr': return typeof value === 'string' && parseIp(value) !== null
    case 'datetime': return typeof value === 'string' && parseDatetime(value) !== null
    case 'User': return typeof value === 'string' && value.startsWith('usr_')
  }
}

/** A list that is read as a set is kept as one: each text once, in order. */
const tidied = (value: AttributeValue): AttributeValue => (typeof value === 'object' ? [...new Set(value.map((item) => item.trim()).filter(Boolean))].sort() : value)

export type ReadAttributes = { values: Record<string, AttributeValue>; problems: FieldError[]; users: string[] }

/**
 * Stored attributes with changes applied, as the model declares them for the type.
 *
 * @param changes by name; null takes an attribute away
 * @returns what to store, what is wrong, and the users that are named
 */
export function applyAttributes(model: AccessModel, type: string, stored: Readonly<Record<string, AttributeValue>>, changes: Readonly<Record<string, AttributeValue | null>>): ReadAttributes {
  const declared = new Map(attributesOf(model, type))
  const read: ReadAttributes = { values: { ...stored }, problems: [], users: [] }
  for (const [name, value] of Object.entries(changes)) {
    const expected = declared.get(name)
    const path = `attributes.${name}`
    if (value === null) delete read.values[name]
    else if (expected === undefined) read.problems.push({ path, message: unknownAttribute(model, type, [...declared.keys()]) })
    else if (!fits(expected, value)) read.problems.push({ path, message: EXPECTED[expected] })
    else {
      read.values[name] = tidied(value)
      if (expected === 'User') read.users.push(String(value))
    }
  }
  return read
}

function unknownAttribute(model: AccessModel, type: string, names: readonly string[]): string {
  const known = names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ')
  const thing = withArticle(typeOf(model, type).title)
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)} has no such attribute; it has ${known}`
}
