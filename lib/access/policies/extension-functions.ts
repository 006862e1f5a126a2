import { isInRange, isLoopback, isMulticast, parseIp } from './ip'
import { add, divide, remainder, subtract, type Long } from './longs'
import { parseDatetime, parseDecimal, parseDuration } from './moments'
import { Datetime, Decimal, Duration, expected, Failure, Ip, type CedarValue } from './values'

/** A function of Cedar's extensions: `ip(…)`, `.isInRange(…)`, `datetime(…)` and so on. Ends with a `Failure` like any operator. */
export type ExtensionFunction =
  | { arity: 1; apply: (argument: CedarValue) => CedarValue }
  | { arity: 2; apply: (left: CedarValue, right: CedarValue) => CedarValue }

const DAY_MS = 86_400_000

const ip = (value: CedarValue): Ip => {
  if (value instanceof Ip) return value
  throw expected('ipaddr', value)
}
const decimal = (value: CedarValue): Long => {
  if (value instanceof Decimal) return value.scaled
  throw expected('decimal', value)
}
const moment = (value: CedarValue): Long => {
  if (value instanceof Datetime) return value.epochMs
  throw expected('datetime', value)
}
const span = (value: CedarValue): Long => {
  if (value instanceof Duration) return value.ms
  throw expected('duration', value)
}
const within64 = (value: Long | null): Long => {
  if (value === null) throw new Failure('the result does not fit in 64 bits')
  return value
}

const one = (apply: (argument: CedarValue) => CedarValue): ExtensionFunction => ({ arity: 1, apply })
const two = (apply: (left: CedarValue, right: CedarValue) => CedarValue): ExtensionFunction => ({ arity: 2, apply })

const made = (name: string, parse: (text: string) => CedarValue | null) => one((argument) => {
  if (typeof argument !== 'string') throw expected('string', argument)
  const value = parse(argument)
  if (value === null) throw new Failure(`\`${argument}\` is not a valid ${name}`)
  return value
})

const compared = (test: (left: Long, right: Long) => boolean) => two((left, right) => test(decimal(left), decimal(right)))

/** Whole units of a span; each is cut from the one before it, which comes to the same. */
const counted = (unitMs: number) => one((argument) => divide(span(argument), unitMs))

/** All functions of Cedar 4's extensions by name; a name that is not here is left to Cedar itself. */
export const EXTENSION_FUNCTIONS: ReadonlyMap<string, ExtensionFunction> = new Map(Object.entries({
  ip: made('IP address or range', parseIp),
  isIpv4: one((value) => ip(value).version === 4),
  isIpv6: one((value) => ip(value).version === 6),
  isLoopback: one((value) => isLoopback(ip(value))),
  isMulticast: one((value) => isMulticast(ip(value))),
  isInRange: two((inner, outer) => isInRange(ip(inner), ip(outer))),
  decimal: made('decimal', parseDecimal),
  lessThan: compared((left, right) => left < right),
  lessThanOrEqual: compared((left, right) => left <= right),
  greaterThan: compared((left, right) => left > right),
  greaterThanOrEqual: compared((left, right) => left >= right),
  datetime: made('datetime', parseDatetime),
  duration: made('duration', parseDuration),
  offset: two((at, by) => new Datetime(within64(add(moment(at), span(by))))),
  durationSince: two((at, since) => new Duration(within64(subtract(moment(at), moment(since))))),
  toDate: one((at) => new Datetime(within64(subtract(moment(at), remainder(moment(at), DAY_MS))))),
  toTime: one((at) => new Duration(remainder(moment(at), DAY_MS))),
  toMilliseconds: one(span),
  toSeconds: counted(1_000),
  toMinutes: counted(60_000),
  toHours: counted(3_600_000),
  toDays: counted(DAY_MS),
}))
