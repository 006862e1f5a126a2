import { entityOf, field, walk } from './json-tree'
import { readPolicyText, type ParsedStatement } from './policy-text'
import type { Span } from './statements'
import { tokensOf } from './tokens'
import { EntityRef } from './values'

/** An entity that a statement names, anywhere in its scope or its conditions. */
export type NamedEntity = Span & { entity: EntityRef; statement: number }

/** Types that a statement names with `is`, or as the type of an entity. */
export type Mentions = { entities: readonly EntityRef[]; types: ReadonlySet<string>; variables: ReadonlySet<string> }

/** What the structure of a statement names. */
export function mentionsOf({ json }: ParsedStatement): Mentions {
  const entities: EntityRef[] = []
  const types = new Set<string>()
  const variables = new Set<string>()
  const addEntity = (node: unknown) => {
    const entity = entityOf(node)
    if (!entity) return
    entities.push(entity)
    types.add(entity.type)
  }
  const addType = (node: unknown) => {
    const type = field(node, 'entity_type')
    if (typeof type === 'string') types.add(type)
  }
  for (const constraint of [json.principal, json.action, json.resource]) {
    addEntity(field(constraint, 'entity'))
    addEntity(field(field(constraint, 'in'), 'entity'))
    const list = field(constraint, 'entities')
    if (Array.isArray(list)) list.forEach(addEntity)
    addType(constraint)
  }
  json.conditions.forEach(({ body }) => walk(body, ({ name, body: inner }) => {
    if (name === 'Value') addEntity(field(inner, '__entity'))
    if (name === 'Var' && typeof inner === 'string') variables.add(inner)
    if (name === 'is') addType(inner)
  }))
  return { entities, types, variables }
}

/**
 * Every entity that policy text names, in scopes and conditions alike, each place once. Actions are among them; their names
 * are checked by the schema already.
 *
 * The caller refuses what the organization does not have.
 *
 * @returns nothing for text that does not parse
 */
export function entitiesNamedIn(text: string): NamedEntity[] {
  return readPolicyText(text).statements.flatMap((statement) => {
    const named = mentionsOf(statement).entities
    const places = new Map(placesIn(text, statement).map((place) => [place.key, place.spans]))
    return named.map((entity) => {
      const { start, end } = places.get(plain(entity))?.shift() ?? statement
      return { entity, statement: statement.index, start, end }
    })
  })
}

const plain = ({ type, id }: EntityRef) => `${type}\u0000${id}`

/** Where entities are written. Only to place markers: what a statement names is told by its structure. */
function placesIn(text: string, { start, end }: Span): { key: string; spans: Span[] }[] {
  const tokens = tokensOf(text.slice(start, end))
  const found = new Map<string, Span[]>()
  tokens.forEach((token, at) => {
    if (token.kind !== 'string' || tokens[at - 1]?.text !== '::') return
    let first = at - 1
    while (tokens[first]?.text === '::' && tokens[first - 1]?.kind === 'name') first -= 2
    const path = tokens.slice(first + 1, at - 1)
    const id = unquoted(token.text)
    const key = plain(new EntityRef(path.map((part) => part.text).join(''), id))
    const span = { start: start + (path[0]?.start ?? token.start), end: start + token.end }
    found.set(key, [...(found.get(key) ?? []), span])
  })
  return [...found].map(([key, spans]) => ({ key, spans }))
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '"': '"', "'": "'", '\\': '\\' }

/** The text a Cedar string literal stands for. */
function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u\{([0-9a-fA-F_]{1,9})\}|x([0-9a-fA-F]{2})|([^]))/g, (_, code?: string, byte?: string, char?: string) => {
    const hex = code ?? byte
    if (hex === undefined) return ESCAPES[char ?? ''] ?? char ?? ''
    const point = Number.parseInt(hex.replaceAll('_', ''), 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })
}

