/** One field of a body, an answer or a schema. `ref` is where the schema its type names is explained. */
export type Field = { name: string; type: string; ref: string | null; isRequired: boolean; description: string; children: Field[] }

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
export const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? Object.fromEntries(Object.entries(value)) : {})

type Type = { text: string; ref: string | null }

/** The page of the schemas that answers share. */
export const SCHEMAS_PAGE = '/docs/api/schemas'

/** Where a schema stands on that page. */
export const schemaAnchor = (name: string): string => name.toLowerCase()

const nameOfRef = (ref: string): string => ref.split('/').at(-1) ?? ref

const within = (schema: Record<string, unknown>): string => {
  const { minimum, maximum, maxLength, maxItems, format } = schema
  if (typeof format === 'string') return ` (${format})`
  if (typeof minimum === 'number' && typeof maximum === 'number') return ` (${minimum} to ${maximum})`
  if (typeof maxLength === 'number') return ` (at most ${maxLength} characters)`
  return typeof maxItems === 'number' ? ` (at most ${maxItems})` : ''
}

/** A schema's type in words a reader of JSON knows. */
export function typeOf(schema: Record<string, unknown>): Type {
  const { $ref, type, items, anyOf, enum: values, const: fixed } = schema
  if (typeof $ref === 'string') return { text: nameOfRef($ref), ref: `${SCHEMAS_PAGE}#${schemaAnchor(nameOfRef($ref))}` }
  if (Array.isArray(anyOf)) {
    const types = anyOf.filter(isRecord).map(typeOf)
    return { text: types.map(({ text }) => text).join(' or '), ref: types.find(({ ref }) => ref !== null)?.ref ?? null }
  }
  if (fixed !== undefined) return { text: JSON.stringify(fixed), ref: null }
  const names = [type].flat().filter((name): name is string => typeof name === 'string')
  if (Array.isArray(values)) {
    return { text: [...values.filter((value) => value !== null).map((value) => JSON.stringify(value)), ...(names.includes('null') ? ['null'] : [])].join(' or '), ref: null }
  }
  if (names.includes('array')) {
    const inner = isRecord(items) ? typeOf(items) : { text: 'anything', ref: null }
    return { text: `list of ${inner.text}${within({ maxItems: schema['maxItems'] })}`, ref: inner.ref }
  }
  return { text: names.length === 0 ? 'anything' : names.join(' or ') + within(schema), ref: null }
}

/** Properties, down to what is a schema of its own. */
export function fieldsOf(schema: Record<string, unknown>): Field[] {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  return Object.entries(recordOf(schema['properties'])).map(([name, value]) => {
    const property = recordOf(value)
    const { text, ref } = typeOf(property)
    const inner = recordOf(property['items'])
    return {
      name, type: text, ref, isRequired: required.has(name), description: typeof property['description'] === 'string' ? property['description'] : '',
      children: ref === null ? [...fieldsOf(property), ...fieldsOf(inner)] : [],
    }
  })
}

/** The status of an operation's success and its response: of what is done, not of a dry run. */
export function successOf(operation: Record<string, unknown>): [status: string, response: unknown] {
  return Object.entries(recordOf(operation['responses'])).filter(([status]) => status.startsWith('2')).at(-1) ?? ['', undefined]
}

/** The schema of a successful answer: where a dry run answers with the same status, that of what is done. */
export function answerSchemaOf(operation: Record<string, unknown>, schema: unknown): unknown {
  const choices = recordOf(schema)['anyOf']
  return operation['x-dry-run'] === true && successOf(operation)[0] === '200' && Array.isArray(choices) ? choices[0] : schema
}
