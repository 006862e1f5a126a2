import { isRecord, recordOf } from '@/lib/api/reference-fields'

const INDENT = '  '
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/

const quoted = (value: unknown): string => (typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : JSON.stringify(value))
const keyOf = (name: string): string => (PLAIN_NAME.test(name) ? name : quoted(name))
const union = (types: readonly string[]): string => [...new Set(types)].join(' | ')

/** A description as a comment above what it describes; empty without one. */
export function comment(text: unknown, indent: string): string {
  if (typeof text !== 'string' || text.trim() === '') return ''
  const lines = text.trim().replaceAll('*/', '* /').split('\n')
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n') + '\n'
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function objectType(schema: Record<string, unknown>, indent: string): string {
  const properties = Object.entries(recordOf(schema['properties']))
  const required = new Set(listOf(schema['required']))
  const rest = schema['additionalProperties']
  const more = isRecord(rest) ? typeOf(rest, indent) : 'unknown'
  if (properties.length === 0) return rest === false ? 'Record<string, never>' : `Record<string, ${more}>`
  const inner = indent + INDENT
  const lines = properties.map(([name, property]) =>
    `${comment(recordOf(property)['description'], inner)}${inner}${keyOf(name)}${required.has(name) ? '' : '?'}: ${typeOf(property, inner)}`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

function namedType(name: unknown, schema: Record<string, unknown>, indent: string): string {
  if (name === 'string') return 'string'
  if (name === 'integer' || name === 'number') return 'number'
  if (name === 'boolean' || name === 'null') return name
  if (name === 'array') {
    const item = typeOf(schema['items'], indent)
    return /[ |&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
  }
  return name === 'object' ? objectType(schema, indent) : 'unknown'
}

/** The TypeScript type of a JSON Schema, as OpenAPI 3.1 writes it. */
export function typeOf(value: unknown, indent = ''): string {
  const schema = recordOf(value)
  const { $ref: ref, enum: options, anyOf, oneOf, allOf, type } = schema
  if (typeof ref === 'string') return ref.split('/').at(-1) ?? 'unknown'
  if ('const' in schema) return quoted(schema['const'])
  if (Array.isArray(options)) return union(options.map(quoted))
  const alternatives = listOf(anyOf ?? oneOf)
  if (alternatives.length > 0) return union(alternatives.map((each) => typeOf(each, indent)))
  if (Array.isArray(allOf)) return allOf.map((each) => typeOf(each, indent)).join(' & ')
  return union((Array.isArray(type) ? type : [type]).map((each) => namedType(each, schema, indent)))
}
