import { EntityList, type Entity, type Request } from '@/lib/access/policies/entities'
import { parseIp } from '@/lib/access/policies/ip'
import { CedarSet, Datetime, Decimal, Duration, EntityRef, type CedarRecord, type CedarValue } from '@/lib/access/policies/values'

/** A whole number from 0 up to, not including, `below`. */
export type Pick = (below: number) => number

/** Repeatable: the same seed, the same numbers (mulberry32). */
export function picksFrom(seed: number): Pick {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const oneOf = <T>(pick: Pick, list: readonly [T, ...T[]]): T => list[pick(list.length)] ?? list[0]

const STRINGS = ['', 'a', 'ab', 'a*b', 'aXbXc', 'ü😀', 'x y'] as const
const LONGS = ['0', '1', '2', '-1', '7', '4611686018427387904', '9007199254740991', '3037000500'] as const
const IPS = ['10.0.0.1', '10.0.0.0/8', '10.1.0.0/16', '127.0.0.1', '::1', 'ff00::1/16', '2001:db8::/32', '224.0.0.1', '0.0.0.0/0', 'x'] as const
const MOMENTS = ['2026-11-22', '1969-12-31T23:59:59.001Z', '2026-11-22T10:00:00+0130', '0001-01-01', '2026-13-01'] as const
const SPANS = ['1d', '-1h30m', '0ms', '90m', '9223372036854775807ms', '1h1d'] as const
const DECIMALS = ['1.0', '-0.5', '1.2345', '922337203685477.5807', '1.23456'] as const
const ENTITIES = ['U::"u0"', 'U::"u1"', 'G::"g0"', 'G::"g1"', 'F::"f0"', 'F::"f1"', 'T::"t0"', 'T::"t1"', 'T::"nobody"', 'N::X::"n"'] as const
const ATTRIBUTES = ['s', 'n', 'b', 'l', 'ip', 'at', 'd', 'e', 'r', 'none'] as const

type Kind = 'bool' | 'long' | 'string' | 'set' | 'entity' | 'record' | 'ip' | 'datetime' | 'duration' | 'decimal'
const KINDS = ['bool', 'long', 'string', 'set', 'entity', 'record', 'ip', 'datetime', 'duration', 'decimal'] as const

/** The text of a random expression, of this type as a rule, now and then of another. */
function expression(pick: Pick, kind: Kind, depth: number): string {
  const actual = pick(40) === 0 ? oneOf(pick, KINDS) : kind
  const of = (wanted: Kind) => expression(pick, wanted, depth - 1)
  if (actual !== 'bool' && pick(12) === 0) return `(if ${of('bool')} then ${of(actual)} else ${of(actual)})`
  if (depth <= 0 || pick(4) === 0) return atom(pick, actual)
  return compound(pick, actual, of)
}

const attributeOfKind: Readonly<Record<Kind, string>> = {
  bool: 'b', long: 'n', string: 's', set: 'l', entity: 'e', record: 'r', ip: 'ip', datetime: 'at', duration: 'span', decimal: 'd',
}

function atom(pick: Pick, kind: Kind): string {
  if (pick(2) === 0) return `${oneOf(pick, ['principal', 'resource', 'context', 'context.r', 'principal.e'])}.${attributeOfKind[kind]}`
  switch (kind) {
    case 'bool': return oneOf(pick, ['true', 'false'])
    case 'long': return oneOf(pick, LONGS)
    case 'string': return JSON.stringify(oneOf(pick, STRINGS))
    case 'set': return oneOf(pick, ['[]', '["a", "ab"]', '[1, 2, 2]', '[U::"u0", G::"g0"]', '[[1], {a: 1}]'])
    case 'entity': return pick(2) === 0 ? oneOf(pick, ['principal', 'resource', 'action']) : oneOf(pick, ENTITIES)
    case 'record': return oneOf(pick, ['context', '{}', '{s: "a", r: {n: 1}}', '{"x y": 1, s: "a"}'])
    case 'ip': return `ip("${oneOf(pick, IPS)}")`
    case 'datetime': return `datetime("${oneOf(pick, MOMENTS)}")`
    case 'duration': return `duration("${oneOf(pick, SPANS)}")`
    case 'decimal': return `decimal("${oneOf(pick, DECIMALS)}")`
  }
}

type Of = (kind: Kind) => string

function compound(pick: Pick, kind: Kind, of: Of): string {
  switch (kind) {
    case 'bool': return test(pick, of)
    case 'long': return oneOf(pick, [
      () => `(${of('long')} ${oneOf(pick, ['+', '-', '*'])} ${of('long')})`, () => `(-${of('long')})`,
      () => `${of('duration')}.${oneOf(pick, ['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'])}()`,
    ])()
    case 'string': return `${of('entity')}.getTag(${of('string')})`
    case 'set': return `[${of('string')}, ${of(oneOf(pick, KINDS))}]`
    case 'entity': return `${of('entity')}.e`
    case 'record': return `{s: ${of('string')}, n: ${of('long')}}`
    case 'ip': return atom(pick, 'ip')
    case 'datetime': return oneOf(pick, [() => `${of('datetime')}.offset(${of('duration')})`, () => `${of('datetime')}.toDate()`])()
    case 'duration': return oneOf(pick, [() => `${of('datetime')}.durationSince(${of('datetime')})`, () => `${of('datetime')}.toTime()`])()
    case 'decimal': return atom(pick, 'decimal')
  }
}

function test(pick: Pick, of: Of): string {
  const any = () => of(oneOf(pick, KINDS))
  return oneOf(pick, [
    () => `(${of('bool')} && ${of('bool')})`, () => `(${of('bool')} || ${of('bool')})`, () => `(!${of('bool')})`,
    () => `(${of('long')} ${oneOf(pick, ['<', '<=', '>', '>='])} ${of('long')})`,
    () => `(${of('datetime')} ${oneOf(pick, ['<', '<=', '>', '>='])} ${of('datetime')})`,
    () => `(${of('duration')} < ${of('duration')})`,
    () => { const kind = oneOf(pick, KINDS); return `(${of(kind)} ${oneOf(pick, ['==', '!='])} ${of(kind)})` },
    () => `(${any()} == ${any()})`,
    () => `(${of('entity')} in ${of('entity')})`, () => `(${of('entity')} in [${of('entity')}, ${of('entity')}])`,
    () => `(${of('entity')} is ${oneOf(pick, ['U', 'T', 'N::X'])})`, () => `(${of('entity')} is T in ${of('entity')})`,
    () => `(${of('string')} like "${oneOf(pick, ['a*', '*b', '*', 'a\\*b', '*X*X*', '', 'ü*'])}")`,
    () => `(${of(oneOf(pick, ['entity', 'record'] as const))} has ${oneOf(pick, ['s', 'r.s', 'e.n', '"x y"', 'none'])})`,
    () => `(${of('record')} has ${oneOf(pick, ATTRIBUTES)})`,
    () => `${of('set')}.contains(${any()})`, () => `${of('set')}.containsAll(${of('set')})`,
    () => `${of('set')}.containsAny(${of('set')})`, () => `${of('set')}.isEmpty()`,
    () => `${of('entity')}.hasTag(${of('string')})`,
    () => `${of('ip')}.isInRange(${of('ip')})`, () => `${of('ip')}.${oneOf(pick, ['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'])}()`,
    () => `${of('decimal')}.${oneOf(pick, ['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'])}(${of('decimal')})`,
  ])()
}

const ACTIONS = ['Action::"read"', 'Action::"write"'] as const

/** The text of a random statement. */
export function randomStatement(pick: Pick): string {
  const principal = oneOf(pick, ['', '', ' == U::"u0"', ' in G::"g0"', ' is U', ' is U in G::"g1"'])
  const action = oneOf(pick, ['', ` == ${ACTIONS[0]}`, ` in [${ACTIONS.join(', ')}]`, ` in ${ACTIONS[1]}`])
  const resource = oneOf(pick, ['', '', ' == T::"t0"', ' in F::"f0"', ' is T', ' is T in F::"f1"'])
  const conditions = Array.from({ length: oneOf(pick, [0, 1, 1, 1, 2]) }, () =>
    ` ${oneOf(pick, ['when', 'unless'])} { ${expression(pick, 'bool', 3)} }`)
  return `${oneOf(pick, ['permit', 'permit', 'forbid'])}(principal${principal}, action${action}, resource${resource})${conditions.join('')};`
}

function randomRecord(pick: Pick, depth: number): CedarRecord {
  const ref = () => { const [type = '', id = ''] = oneOf(pick, ENTITIES).split('::"'); return new EntityRef(type, id.slice(0, -1)) }
  const values: readonly [string, () => CedarValue | null][] = [
    ['s', () => oneOf(pick, STRINGS)], ['n', () => oneOf(pick, [0, 1, -1, 9_007_199_254_740_991, 3_037_000_500])], ['b', () => pick(2) === 0],
    ['l', () => new CedarSet(oneOf<CedarValue[]>(pick, [[], ['a', 'b'], [1, 2], [ref()], [new CedarSet([1]), 'a']]))],
    ['ip', () => parseIp(oneOf(pick, IPS))], ['at', () => new Datetime(oneOf(pick, [0, -1, 1_790_000_000_000]))],
    ['span', () => new Duration(oneOf(pick, [0, -90_061_001, 86_400_000]))], ['d', () => new Decimal(oneOf(pick, [0, 12_345, -5_000]))],
    ['e', ref], ['r', () => (depth > 0 ? randomRecord(pick, depth - 1) : new Map())],
  ]
  // now and then of another type than its name says
  return new Map(values.flatMap(([name, make]) => {
    const value = pick(5) === 0 ? null : pick(20) === 0 ? 'odd' : make()
    return value === null ? [] : [[name, value] as const]
  }))
}

/** A small world of users, groups, folders and tables with random attributes. */
export function randomEntities(pick: Pick): EntityList {
  const ref = (type: string, id: string) => new EntityRef(type, id)
  const entity = (type: string, id: string, parents: EntityRef[]): Entity =>
    ({ ref: ref(type, id), attributes: randomRecord(pick, 1), parents, tags: new Map(pick(2) === 0 ? [['a', 'ab'], ['ab', 'a']] : []) })
  const some = (list: EntityRef[]) => list.filter(() => pick(2) === 0)
  return new EntityList([
    entity('G', 'g1', []), entity('G', 'g0', some([ref('G', 'g1')])), entity('U', 'u0', some([ref('G', 'g0'), ref('G', 'g1')])),
    entity('U', 'u1', some([ref('G', 'g0')])), entity('F', 'f1', []), entity('F', 'f0', some([ref('F', 'f1')])),
    entity('T', 't0', some([ref('F', 'f0')])), entity('T', 't1', some([ref('F', 'f1')])),
  ])
}

export function randomRequest(pick: Pick): Request {
  const ref = (type: string, ids: readonly [string, ...string[]]) => new EntityRef(type, oneOf(pick, ids))
  return {
    principal: ref('U', ['u0', 'u1', 'u9']), action: ref('Action', ['read', 'write', 'other']), resource: ref('T', ['t0', 't1', 't9']),
    context: randomRecord(pick, 1),
  }
}
