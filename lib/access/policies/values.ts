import { processWide } from '@/lib/process-state'
import type { Long } from './longs'

/** An entity by type and id, e.g. `RocketAdmin::Table::"1234/products"`. */
class EntityRefValue {
  constructor(readonly type: string, readonly id: string) {}
}

/** An address or a range of addresses, as `ip("10.0.0.0/8")`. Two are equal when address and prefix are. */
class IpValue {
  /** Bounds of the range: numbers for version 4, bigints for version 6. */
  constructor(
    readonly version: 4 | 6, readonly address: number | bigint, readonly prefix: number,
    readonly first: number | bigint, readonly last: number | bigint,
  ) {}
}

/** A decimal number with four places: `scaled` is the number times 10,000. */
class DecimalValue {
  constructor(readonly scaled: Long) {}
}

/** A moment, in milliseconds since 1970. */
class DatetimeValue {
  constructor(readonly epochMs: Long) {}
}

/** A span of time, in milliseconds. */
class DurationValue {
  constructor(readonly ms: Long) {}
}

export type CedarRecord = ReadonlyMap<string, CedarValue>

/** What a policy computes with. Long numbers beyond 2^53 are bigints, all others numbers. */
export type CedarValue = string | boolean | Long | EntityRef | CedarSet | CedarRecord | Ip | Decimal | Datetime | Duration

type Primitive = string | boolean | Long

const isPrimitive = (value: CedarValue): value is Primitive => typeof value !== 'object'

/** An unordered set; items may repeat, which changes nothing. */
class CedarSetValue {
  private readonly primitives = new Set<Primitive>()
  private readonly others: CedarValue[] = []

  constructor(readonly items: readonly CedarValue[]) {
    for (const item of items) {
      if (isPrimitive(item)) this.primitives.add(item)
      else this.others.push(item)
    }
  }

  get isEmpty(): boolean {
    return this.items.length === 0
  }

  has(value: CedarValue): boolean {
    return isPrimitive(value) ? this.primitives.has(value) : this.others.some((item) => isEqual(item, value))
  }
}

/** Two copies of this module in one process must know each other's values by their class. */
const classes = processWide('policy-values', () => ({
  EntityRef: EntityRefValue, Ip: IpValue, Decimal: DecimalValue, Datetime: DatetimeValue, Duration: DurationValue, CedarSet: CedarSetValue,
}))
export const { EntityRef, Ip, Decimal, Datetime, Duration, CedarSet } = classes
export type EntityRef = EntityRefValue
export type Ip = IpValue
export type Decimal = DecimalValue
export type Datetime = DatetimeValue
export type Duration = DurationValue
export type CedarSet = CedarSetValue

export const isRecord = (value: CedarValue): value is CedarRecord => value instanceof Map

const isSubset = (small: CedarSet, large: CedarSet) => small.items.every((item) => large.has(item))

function isSameRecord(left: CedarRecord, right: CedarRecord): boolean {
  if (left.size !== right.size) return false
  for (const [name, value] of left) {
    const other = right.get(name)
    if (other === undefined || !isEqual(value, other)) return false
  }
  return true
}

/** Cedar's `==`: values of different types are unequal, never an error. */
export function isEqual(left: CedarValue, right: CedarValue): boolean {
  if (left === right) return true
  if (isPrimitive(left) || isPrimitive(right)) return false
  if (left instanceof EntityRef) return right instanceof EntityRef && left.id === right.id && left.type === right.type
  if (left instanceof CedarSet) return right instanceof CedarSet && isSubset(left, right) && isSubset(right, left)
  if (left instanceof Ip)
    return right instanceof Ip && left.version === right.version && left.address === right.address && left.prefix === right.prefix
  if (left instanceof Decimal) return right instanceof Decimal && left.scaled === right.scaled
  if (left instanceof Datetime) return right instanceof Datetime && left.epochMs === right.epochMs
  if (left instanceof Duration) return right instanceof Duration && left.ms === right.ms
  return isRecord(left) && isRecord(right) && isSameRecord(left, right)
}

/** The type of a value in words, for messages. */
export function typeName(value: CedarValue): string {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (isPrimitive(value)) return 'long'
  if (value instanceof EntityRef) return `entity \`${value.type}\``
  if (value instanceof CedarSet) return 'set'
  if (value instanceof Ip) return 'ipaddr'
  if (value instanceof Decimal) return 'decimal'
  if (value instanceof Datetime) return 'datetime'
  return value instanceof Duration ? 'duration' : 'record'
}

/** Why the evaluation of one policy ended: the policy is skipped. Not an `Error`, whose stack would cost more than the evaluation. */
export class Failure {
  constructor(readonly message: string) {}
}

export const expected = (what: string, found: CedarValue) => new Failure(`type error: expected ${what}, got ${typeName(found)}`)
