import { entityOf, isObject } from './json-tree'
import type { Entities, Request } from './entities'
import { EntityRef, Failure, type CedarValue } from './values'

/** What an expression is evaluated in. */
export type Scene = Request & { entities: Entities }

/** Evaluates an expression, or throws a `Failure`. */
export type Code = (scene: Scene) => CedarValue

/** Something that is not compiled: the whole set is then left to Cedar itself. */
export class NotCompiled extends Error {
  constructor(what: string) {
    super(`not compiled: ${what}`)
  }
}

/** A compiled expression; with `value`, the same for every request. */
export type Part = { run: Code; value?: CedarValue }

export const constant = (value: CedarValue): Part => ({ run: () => value, value })

/** Evaluates now what depends on no request; what fails so fails again with each request. */
export function folded(run: Code, parts: readonly Part[]): Part {
  if (!parts.every(({ value }) => value !== undefined)) return { run }
  try {
    return constant(run(NO_SCENE))
  } catch (error) {
    if (error instanceof Failure) return { run }
    throw error
  }
}

const NOBODY = new EntityRef('', '')
const NO_SCENE: Scene = {
  principal: NOBODY, action: NOBODY, resource: NOBODY, context: new Map(),
  entities: { attributesOf: () => undefined, tagsOf: () => undefined, isBelow: () => false, parentsOf: () => [] },
}

const VARIABLES: ReadonlyMap<string, Code> = new Map(Object.entries<Code>({
  principal: ({ principal }) => principal,
  action: ({ action }) => action,
  resource: ({ resource }) => resource,
  context: ({ context }) => context,
}))

/** `principal`, `action`, `resource` or `context`. */
export function variable(body: unknown): Part {
  const run = typeof body === 'string' ? VARIABLES.get(body) : undefined
  if (!run) throw new NotCompiled('a variable')
  return { run }
}

/** A value written in the text. */
export function literal(json: unknown): Part {
  if (typeof json === 'string' || typeof json === 'boolean') return constant(json)
  // beyond 2^53 the number in the JSON is no longer the one in the text
  if (typeof json === 'number' && Number.isSafeInteger(json)) return constant(json + 0)
  const entity = isObject(json) && Object.hasOwn(json, '__entity') ? entityOf(json) : null
  if (!entity) throw new NotCompiled('a number beyond 2^53, or a literal of another kind')
  return constant(entity)
}
