import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { attributeReaders } from './attributes'
import { add, divide, longOf, multiply, remainder, subtract, type Long } from './longs'
import { likeTest } from './like'
import { stringOffsets } from './text-offsets'
import { CedarSet, Datetime, Duration, EntityRef, isEqual, type CedarValue } from './values'

const long = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.maxSafeInteger().map(BigInt), fc.constantFrom(2n ** 53n, 2n ** 53n - 1n, -(2n ** 53n), 0n, -1n))
const small = (value: bigint): Long => longOf(value) ?? 0

test('long numbers are exact in 64 bits, and one number has one form', () => {
  fc.assert(fc.property(long, long, (left, right) => {
    expect(add(small(left), small(right))).toBe(longOf(left + right))
    expect(subtract(small(left), small(right))).toBe(longOf(left - right))
    const product = multiply(small(left), small(right))
    expect(product).toBe(longOf(left * right))
    expect(divide(small(left), 86_400_000)).toBe(longOf(left / 86_400_000n))
    expect(BigInt(remainder(small(left), 86_400_000))).toBe(((left % 86_400_000n) + 86_400_000n) % 86_400_000n)
  }), { numRuns: 2_000 })
})

test('values of different types are unequal, sets have no order', () => {
  const [one, other] = [new EntityRef('A', 'x'), new EntityRef('B', 'x')]
  const values: CedarValue[] = [1, '1', true, one, other, new CedarSet([1]), new Map([['a', 1]]), new Datetime(1), new Duration(1), 2n ** 60n]
  values.forEach((left, row) => values.forEach((right, column) => expect(isEqual(left, right)).toBe(row === column)))
  expect(isEqual(new CedarSet([1, one, 1]), new CedarSet([new EntityRef('A', 'x'), 1]))).toBe(true)
  expect(isEqual(new CedarSet([1]), new CedarSet([1, 2]))).toBe(false)
  expect(isEqual(new Map([['a', new CedarSet([1, 2])]]), new Map([['a', new CedarSet([2, 1])]]))).toBe(true)
  expect(isEqual(new Map([['a', 1]]), new Map([['b', 1]]))).toBe(false)
})

test('a second copy of the module knows the values of the first', async () => {
  vi.resetModules()
  const copy = await import('./values')
  expect(copy.isEqual).not.toBe(isEqual)
  expect(copy.isEqual(new EntityRef('A', 'x'), new copy.EntityRef('A', 'x'))).toBe(true)
})

test('offsets in bytes become offsets of the string', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
    const offset = stringOffsets(before + after)
    expect(offset(Buffer.byteLength(before))).toBe(before.length)
    expect(offset(Buffer.byteLength(before + after) + 5)).toBe((before + after).length)
  }))
})

test('a pattern fits as a regular expression would say', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 3 })
  fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 }), (pieces, text) => {
    const pattern = new RegExp(`^${pieces.map((part) => part.replaceAll('.', '\\.')).join('.*')}$`, 's')
    expect(likeTest(pieces)(text)).toBe(pattern.test(text))
  }), { numRuns: 1_000 })
})

test('attributes are read by their declared types, and what does not fit is missing', () => {
  const model = {
    ...rocketadmin,
    resourceTypes: [{ name: 'organization', title: '', plural: '', parents: [], attributes: {
      s: 'String', n: 'Long', b: 'Boolean', l: 'Set<String>', ip: 'ipaddr', at: 'datetime', owner: 'User',
    } as const }],
  }
  const { ofResource, ofContext } = attributeReaders(model)
  const read = ofResource('organization')
  const full = read({ s: 'x', n: -0, b: false, l: ['a'], ip: '10.0.0.0/8', at: '2026-11-22', owner: 'usr_1', other: 1 })
  expect([...full.keys()]).toEqual(['s', 'n', 'b', 'l', 'ip', 'at', 'owner'])
  expect(full.get('owner')).toEqual(new EntityRef('RocketAdmin::User', 'usr_1'))
  expect(read({ s: 1, n: 1.5, b: 'no', l: [1], ip: '10.0.0', at: 'today', owner: null }).size).toBe(0)
  expect([read(null), read([]), read('x'), ofResource('nonesuch')({ s: 'x' })].map(({ size }) => size)).toEqual([0, 0, 0, 0])
  expect(read(JSON.parse('{"__proto__": {"s": "x"}}')).size).toBe(0)
  expect([...ofContext({ ip: '::1', time: 1_795_000_000_000, device: 'x' }).keys()]).toEqual(['ip', 'time'])
})
