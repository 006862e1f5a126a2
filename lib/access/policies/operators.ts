import type { Entities } from './entities'
import { add, multiply, subtract, type Long } from './longs'
import { CedarSet, Datetime, Duration, EntityRef, expected, Failure, isRecord, type CedarRecord, type CedarValue } from './values'

/** The value as a boolean. */
export function truth(value: CedarValue): boolean {
  if (typeof value === 'boolean') return value
  throw expected('bool', value)
}

function long(value: CedarValue): Long {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  throw expected('long', value)
}

function set(value: CedarValue): CedarSet {
  if (value instanceof CedarSet) return value
  throw expected('set', value)
}

const isSame = (one: EntityRef, other: EntityRef) => one === other || (one.id === other.id && one.type === other.type)

const isUnder = (entity: EntityRef, place: EntityRef, entities: Entities) => isSame(entity, place) || entities.isBelow(entity, place)

/** Cedar's `in`: the same entity or one above it; of a set, any of its entities. */
export function isMember(entity: CedarValue, place: CedarValue, entities: Entities): boolean {
  if (!(entity instanceof EntityRef)) throw expected('an entity', entity)
  if (place instanceof EntityRef) return isUnder(entity, place, entities)
  if (!(place instanceof CedarSet)) throw expected('an entity or a set of entities', place)
  const places = place.items.map((item) => {
    if (item instanceof EntityRef) return item
    throw expected('an entity', item)
  })
  return places.some((item) => isUnder(entity, item, entities))
}

/** Attributes of a record, or of an entity; undefined for an entity that there is not. */
function fieldsOf(value: CedarValue, entities: Entities): CedarRecord | undefined {
  if (value instanceof EntityRef) return entities.attributesOf(value)
  if (isRecord(value)) return value
  throw expected('a record or an entity', value)
}

export const hasAttribute = (value: CedarValue, name: string, entities: Entities): boolean => fieldsOf(value, entities)?.has(name) ?? false

export function attributeOf(value: CedarValue, name: string, entities: Entities): CedarValue {
  const fields = fieldsOf(value, entities)
  if (!fields) throw missing(value)
  const found = fields.get(name)
  if (found === undefined) throw new Failure(value instanceof EntityRef
    ? `\`${value.type}::${JSON.stringify(value.id)}\` does not have the attribute \`${name}\``
    : `the record does not have the attribute \`${name}\``)
  return found
}

function missing(value: CedarValue): Failure {
  return new Failure(value instanceof EntityRef ? `the entity \`${value.type}::${JSON.stringify(value.id)}\` does not exist` : 'no such entity')
}

function tagsOf(entity: CedarValue, name: CedarValue, entities: Entities): { tags: CedarRecord | undefined; key: string } {
  if (!(entity instanceof EntityRef)) throw expected('an entity', entity)
  if (typeof name !== 'string') throw expected('string', name)
  return { tags: entities.tagsOf(entity), key: name }
}

export function hasTag(entity: CedarValue, name: CedarValue, entities: Entities): boolean {
  const { tags, key } = tagsOf(entity, name, entities)
  return tags?.has(key) ?? false
}

export function tagOf(entity: CedarValue, name: CedarValue, entities: Entities): CedarValue {
  const { tags, key } = tagsOf(entity, name, entities)
  if (!tags) throw missing(entity)
  const found = tags.get(key)
  if (found === undefined) throw new Failure(`there is no tag \`${key}\``)
  return found
}

type Binary = (left: CedarValue, right: CedarValue) => CedarValue

const arithmetic = (sign: string, apply: (left: Long, right: Long) => Long | null): Binary => (left, right) => {
  const result = apply(long(left), long(right))
  if (result === null) throw new Failure(`\`${sign}\` does not fit in 64 bits`)
  return result
}

/** Long with long, datetime with datetime, duration with duration. */
const compared = (test: (left: Long, right: Long) => boolean): Binary => (left, right) => {
  if (left instanceof Datetime && right instanceof Datetime) return test(left.epochMs, right.epochMs)
  if (left instanceof Duration && right instanceof Duration) return test(left.ms, right.ms)
  return test(long(left), long(right))
}

/** The minus before a number. */
export const negated = (value: CedarValue): CedarValue => arithmetic('-', subtract)(0, value)

/** Operators of two operands, both always evaluated, that look up no entity. */
export const OPERATORS: ReadonlyMap<string, Binary> = new Map(Object.entries<Binary>({
  '<': compared((left, right) => left < right),
  '<=': compared((left, right) => left <= right),
  '>': compared((left, right) => left > right),
  '>=': compared((left, right) => left >= right),
  '+': arithmetic('+', add),
  '-': arithmetic('-', subtract),
  '*': arithmetic('*', multiply),
  contains: (left, right) => set(left).has(right),
  containsAll: (left, right) => {
    const [all, some] = [set(left), set(right)]
    return some.items.every((item) => all.has(item))
  },
  containsAny: (left, right) => {
    const [all, some] = [set(left), set(right)]
    return some.items.some((item) => all.has(item))
  },
}))
