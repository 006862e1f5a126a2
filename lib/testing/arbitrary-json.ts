import fc from 'fast-check'
import { isObject, objectIn, resolveRef, typesOf, type JsonSchema } from './json-schema'

/** Texts that have broken programs, beside ordinary ones. */
const NASTY = [
  '', ' ', '0', '-1', 'null', '\u0000', 'a\u0000b', '\ud800', '\u202e', '😀'.repeat(40), 'x'.repeat(5000), "'; --", '%', '_', '\\', '../..', '{}', '[]', '"', 'permit(principal, action, resource);',
  '2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', '2999-01-01T00:00:00+14:00', '10.0.0.0/8', '::/0', '300.1.1.1', 'a@b', 'org_', 'usr_019a0b6e-7000-7ccc-8d10-2a3b4c5d6e7f', '__proto__', 'constructor',
]

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[]], { id: null }, [null], { type: 'user', id: '' }),
  fc.constantFrom(...NASTY),
  fc.jsonValue({ maxDepth: 3 }),
)

function texts(schema: JsonSchema, words: readonly string[]): fc.Arbitrary<unknown> {
  const { format, minLength, maxLength } = schema
  const min = typeof minLength === 'number' ? minLength : 0
  const max = Math.max(min, Math.min(typeof maxLength === 'number' ? maxLength : 40, 5000))
  const plain = fc.string({ minLength: min, maxLength: Math.min(max, 60), unit: 'grapheme' })
  const known = words.length > 0 ? [{ weight: 4, arbitrary: fc.constantFrom(...words) }] : []
  const dates = format === 'date-time' ? [{ weight: 6, arbitrary: fc.constantFrom('2999-01-01T00:00:00Z', '2027-06-01T12:00:00.000Z', '2020-01-01T00:00:00Z', '2027-06-01T12:00:00+02:00') }] : []
  const edge = fc.constantFrom('a'.repeat(max), 'é'.repeat(min), 'A')
  return fc.oneof({ weight: 2, arbitrary: plain }, { weight: 1, arbitrary: edge }, { weight: 1, arbitrary: fc.constantFrom(...NASTY) }, ...known, ...dates)
}

function numbers(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { minimum, maximum } = schema
  const [min, max] = [typeof minimum === 'number' ? minimum : -5, typeof maximum === 'number' ? maximum : 2 ** 40]
  return fc.oneof(fc.integer({ min: Math.ceil(Math.max(min, -(2 ** 53))), max: Math.floor(Math.min(max, 2 ** 53 - 1)) }), fc.constantFrom<number>(min, Math.min(max, 2 ** 53 - 1)))
}

function objects(schema: JsonSchema, document: JsonSchema, words: readonly string[], depth: number): fc.Arbitrary<unknown> {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'].map(String) : [])
  const parts = Object.entries(objectIn(schema['properties'])).map(([name, inner]) => {
    const value = arbitraryOf(objectIn(inner), document, words, depth + 1)
    return [name, required.has(name) ? value.map((given) => ({ given })) : fc.option(value.map((given) => ({ given })), { freq: 2 })] as const
  })
  if (parts.length === 0) return fc.dictionary(fc.string({ maxLength: 8 }), isObject(schema['additionalProperties']) ? arbitraryOf(schema['additionalProperties'], document, words, depth + 1) : anything, { maxKeys: 3 })
  return fc.tuple(...parts.map(([, part]) => part)).map((made) => Object.fromEntries(made.flatMap((part, at) => (part === null ? [] : [[parts[at]?.[0] ?? '', part.given]]))))
}

/** Values as a schema of the OpenAPI document describes them, and some that only nearly are. @param words texts that mean something, such as ids */
export function arbitraryOf(given: JsonSchema, document: JsonSchema, words: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  const schema = resolveRef(given, document)
  if (depth > 6) return fc.constant(null)
  const example = 'example' in schema ? [schema['example']] : Array.isArray(schema['examples']) ? schema['examples'] : []
  const withExample = (made: fc.Arbitrary<unknown>) => (example.length === 0 ? made : fc.oneof({ weight: 3, arbitrary: made }, { weight: 1, arbitrary: fc.constantFrom<unknown>(...example) }))
  if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...schema['enum'])
  if ('const' in schema) return fc.constant(schema['const'])
  const choices = [schema['anyOf'], schema['oneOf']].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []))
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, document, words, depth + 1)))
  const types = typesOf(schema)
  if (types.length === 0) return withExample(anything)
  return withExample(fc.oneof(...types.map((type) => {
    switch (type) {
      case 'string': return texts(schema, words)
      case 'integer': case 'number': return numbers(schema)
      case 'boolean': return fc.boolean()
      case 'null': return fc.constant(null)
      case 'array': return fc.array(arbitraryOf(objectIn(schema['items']), document, words, depth + 1), { maxLength: 4 })
      default: return objects(schema, document, words, depth)
    }
  })))
}

type Change = { at: number; how: 'replace' | 'drop' | 'add'; value: unknown }

/** The n-th place in a value changed: another value there, the key left out, or one too many. */
function changed(value: unknown, { at, how, value: other }: Change): unknown {
  let place = 0
  const walk = (inner: unknown): unknown => {
    if (place++ === at) return how === 'add' && isObject(inner) ? { ...inner, unknownKey: other } : how === 'drop' ? undefined : other
    if (Array.isArray(inner)) return inner.map(walk)
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).map(([key, part]) => [key, walk(part)])) : inner
  }
  return walk(value) ?? null
}

/** The same values, half of them spoiled in one place. */
export const spoiled = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(values, fc.tuple(values, fc.nat({ max: 12 }), fc.constantFrom<Change['how']>('replace', 'replace', 'drop', 'add'), anything).map(([value, at, how, other]) => changed(value, { at, how, value: other })))
