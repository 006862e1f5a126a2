/** A JSON Schema as it stands in the OpenAPI document: what of it our schemas use. */
export type JsonSchema = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const schemasIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isObject) : [])
export const objectIn = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {})

/** What a reference names. @throws Error when it leads nowhere */
export function resolveRef(schema: JsonSchema, document: JsonSchema): JsonSchema {
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  const found = ref.replace('#/', '').split('/').reduce<unknown>((value, key) => objectIn(value)[key], document)
  if (!isObject(found)) throw new Error(`${ref} leads nowhere`)
  return resolveRef(found, document)
}

/** The types a schema names; none when it takes any. */
export const typesOf = ({ type }: JsonSchema): string[] => (typeof type === 'string' ? [type] : Array.isArray(type) ? type.map(String) : [])

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

const FORMATS: Readonly<Record<string, RegExp>> = { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, uri: /^[a-z][a-z0-9+.-]*:/i }

function* faultsOfText(schema: JsonSchema, value: string, path: string): Generator<string> {
  const { minLength, maxLength, pattern, format } = schema
  const length = [...value].length
  if (typeof minLength === 'number' && length < minLength) yield `${path}: shorter than ${minLength}`
  if (typeof maxLength === 'number' && length > maxLength) yield `${path}: longer than ${maxLength}`
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) yield `${path}: \`${value}\` does not match ${pattern}`
  const known = typeof format === 'string' ? FORMATS[format] : undefined
  if (known && !known.test(value)) yield `${path}: \`${value}\` is no ${String(format)}`
}

function* faultsOfObject(schema: JsonSchema, value: Readonly<Record<string, unknown>>, path: string, document: JsonSchema): Generator<string> {
  const { required, additionalProperties: others } = schema
  const properties = objectIn(schema['properties'])
  for (const name of Array.isArray(required) ? required.map(String) : []) if (!(name in value)) yield `${path}/${name}: missing`
  for (const [name, inner] of Object.entries(value)) {
    const known = properties[name]
    if (isObject(known)) yield* faultsOf(known, inner, `${path}/${name}`, document)
    else if (isObject(others)) yield* faultsOf(others, inner, `${path}/${name}`, document)
    // What the document does not name is not documented, also where JSON Schema would let it pass.
    else if (others !== true && (Object.keys(properties).length > 0 || others === false)) yield `${path}/${name}: not documented`
  }
}

/** Everything in which a value is not as its schema says, one line each; properties that are not named count as faults. */
export function* faultsOf(given: JsonSchema, value: unknown, path: string, document: JsonSchema): Generator<string> {
  const schema = resolveRef(given, document)
  const types = typesOf(schema)
  const type = typeOf(value)
  if (types.length > 0 && !types.includes(type) && !(type === 'integer' && types.includes('number'))) return yield `${path}: ${type}, not ${types.join(' or ')}`
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) yield `${path}: ${JSON.stringify(value)} is none of ${JSON.stringify(schema['enum'])}`
  if ('const' in schema && schema['const'] !== value) yield `${path}: not ${JSON.stringify(schema['const'])}`
  for (const part of schemasIn(schema['allOf'])) yield* faultsOf(part, value, path, document)
  const choices = [...schemasIn(schema['anyOf']), ...schemasIn(schema['oneOf'])]
  if (choices.length > 0 && choices.every((choice) => !isValid(choice, value, document))) yield `${path}: ${JSON.stringify(value)?.slice(0, 120)} is none of what it may be`
  if (typeof value === 'string') yield* faultsOfText(schema, value, path)
  if (typeof value === 'number' && typeof schema['minimum'] === 'number' && value < schema['minimum']) yield `${path}: below ${schema['minimum']}`
  if (typeof value === 'number' && typeof schema['maximum'] === 'number' && value > schema['maximum']) yield `${path}: above ${schema['maximum']}`
  const items = schema['items']
  if (Array.isArray(value) && isObject(items)) for (const [at, inner] of value.entries()) yield* faultsOf(items, inner, `${path}/${at}`, document)
  if (isObject(value)) yield* faultsOfObject(schema, value, path, document)
}

export const isValid = (schema: JsonSchema, value: unknown, document: JsonSchema): boolean => faultsOf(schema, value, '', document).next().done === true
