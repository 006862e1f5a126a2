import { isScimError, ScimError } from './error'
import { isObject, setMember, type Json, type JsonObject } from './json'
import { parseAttributePath } from './path'
import type { ResourceKind } from './schemas'

/** Which attributes an answer shows (RFC 7644 §3.9). */
export type Projection = { only: readonly (readonly string[])[] | null; without: readonly (readonly string[])[] }

/** What is always returned (RFC 7643 §7, `returned: always`). */
const ALWAYS = new Set(['schemas', 'id'])

const NAMED_MAX = 100

/** Paths of the attributes named; what a kind does not have is not shown, and that is no error. */
function pathsOf(kind: ResourceKind, named: readonly string[]): string[][] {
  if (named.length > NAMED_MAX) throw new ScimError(400, 'invalidValue', `name at most ${NAMED_MAX} attributes`)
  return named.flatMap((text) => {
    try {
      return [[...parseAttributePath(text, kind).names]]
    } catch (error) {
      if (isScimError(error)) return []
      throw error
    }
  })
}

/** Reads `attributes` and `excludedAttributes`: lists, or text with commas. */
export function readProjection(kind: ResourceKind, attributes: readonly string[], excluded: readonly string[]): Projection {
  const names = (given: readonly string[]): string[] => given.flatMap((each) => each.split(',')).map((each) => each.trim()).filter(Boolean)
  const [wanted, unwanted] = [names(attributes), names(excluded)]
  return { only: wanted.length === 0 ? null : pathsOf(kind, wanted), without: pathsOf(kind, unwanted) }
}

export const WHOLE: Projection = { only: null, without: [] }

/** Whether an attribute at the top is to be shown, whole or in part: what is not need not be read. */
export function isShown({ only, without }: Projection, name: string): boolean {
  if (only !== null) return only.some(([first]) => first === name)
  return !without.some((path) => path.length === 1 && path[0] === name)
}

function pick(from: Json, names: readonly string[]): Json | undefined {
  const [name, ...rest] = names
  if (name === undefined) return from
  // Elements keep their places, so that pieces of the same list can be put together.
  if (Array.isArray(from)) return from.map((each) => pick(each, names) ?? {})
  if (!isObject(from) || !Object.hasOwn(from, name)) return undefined
  const inner = pick(from[name] ?? null, rest)
  return inner === undefined ? undefined : { [name]: inner }
}

function drop(from: Json, names: readonly string[]): Json {
  const [name, ...rest] = names
  if (name === undefined) return from
  if (Array.isArray(from)) return from.map((each) => drop(each, names))
  if (!isObject(from) || !Object.hasOwn(from, name)) return from
  const { [name]: inner, ...others } = from
  return rest.length === 0 || inner === undefined ? others : { ...others, [name]: drop(inner, rest) }
}

/** Two pieces of one resource put together; lists of the same length are pieces of the same elements. */
function merged(one: Json | undefined, other: Json): Json {
  if (Array.isArray(one) && Array.isArray(other)) return other.map((each, index) => merged(one[index], each))
  if (!isObject(one) || !isObject(other)) return other
  const result = { ...one }
  for (const [name, value] of Object.entries(other)) setMember(result, name, merged(one[name], value))
  return result
}

/** A resource with only what was asked for. `only` goes before `without`, which narrows it further. */
export function project(resource: JsonObject, { only, without }: Projection): JsonObject {
  let shown: JsonObject = resource
  if (only !== null) {
    shown = {}
    for (const name of ALWAYS) if (resource[name] !== undefined) setMember(shown, name, resource[name])
    for (const path of only) {
      const piece = pick(resource, path)
      const next = piece === undefined ? shown : merged(shown, piece)
      if (isObject(next)) shown = next
    }
  }
  for (const path of without) {
    const next = ALWAYS.has(path[0] ?? '') ? shown : drop(shown, path)
    if (isObject(next)) shown = next
  }
  return shown
}
