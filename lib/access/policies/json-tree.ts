import { EntityRef } from './values'

/** Cedar's JSON of an expression: an object with one key, the operator. What has another shape is `null` here. */
export type Operation = { name: string; body: unknown }

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const field = (body: unknown, name: string): unknown => (isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined)

export const textField = (body: unknown, name: string): string | null => {
  const value = field(body, name)
  return typeof value === 'string' ? value : null
}

export function operationOf(node: unknown): Operation | null {
  if (!isObject(node)) return null
  const [entry, ...more] = Object.entries(node)
  return entry && more.length === 0 ? { name: entry[0], body: entry[1] } : null
}

/** `{type, id}`, as scopes name entities, or the same under `__entity`, as values do. */
export function entityOf(json: unknown): EntityRef | null {
  const inner = field(json, '__entity') ?? json
  const type = textField(inner, 'type')
  const id = textField(inner, 'id')
  return type === null || id === null ? null : new EntityRef(type, id)
}

/** Operands of an expression, in the order of evaluation. */
export function operandsOf({ name, body }: Operation): readonly unknown[] {
  if (name === 'Value' || name === 'Var' || name === 'Slot') return []
  if (Array.isArray(body)) return body
  if (!isObject(body)) return []
  if (name === 'Record') return Object.values(body)
  return ['if', 'then', 'else', 'left', 'right', 'arg', 'in'].filter((key) => Object.hasOwn(body, key)).map((key) => body[key])
}

/** Calls `visit` for an expression and every one inside it. */
export function walk(node: unknown, visit: (operation: Operation) => void): void {
  const operation = operationOf(node)
  if (!operation) return
  visit(operation)
  operandsOf(operation).forEach((operand) => walk(operand, visit))
}
