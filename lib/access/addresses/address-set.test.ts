import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './address'
import { addressSetOf } from './address-set'
import { covers, readRange } from './range'

test.each<[string, string | null, boolean]>([
  ['10.1.2.3', '10.1.2.3', false],
  ['10.1.2.3/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/8', false],
  ['0.0.0.0/0', '0.0.0.0/0', false],
  ['10.1.2.3/32', '10.1.2.3', false],
  ['2001:DB8::1', '2001:db8::1', false],
  ['2001:db8:0:0:1:0:0:1/64', '2001:db8::/64', true],
  ['::/0', '::/0', false],
  ['::ffff:192.0.2.0/120', '192.0.2.0/24', false],
  ['::ffff:192.0.2.7', '192.0.2.7', false],
  ['::ffff:0:0/95', null, false],
  ['010.0.0.1', null, false], ['10.0.0.1/33', null, false], ['10.0.0.1/08', null, false], ['10.0.0', null, false], ['fe80::1%eth0', null, false],
  ['::1/129', null, false], ['1.2.3.4/', null, false], ['', null, false], ['::ffff:1.2.3.4/96', '0.0.0.0/0', true], ['example.test', null, false],
])('%s is read as %s', (text, cidr, hasHostBits) => {
  const range = readRange(text)
  expect(range?.cidr ?? null).toBe(cidr)
  if (range) expect(range.hasHostBits).toBe(hasHostBits)
})

test('mapped addresses are IPv4, families are apart, nonsense is nowhere', () => {
  const set = addressSetOf(['192.0.2.0/24', '2001:db8::/32', 'damaged'])
  expect(['192.0.2.9', '::ffff:192.0.2.9', '2001:db8:1::1'].map((address) => set.has(address))).toEqual([true, true, true])
  expect(['192.0.3.1', '2001:db9::1', 'x', '', '192.0.2.9%1', '::c000:0209'].map((address) => set.has(address))).toEqual([false, false, false, false, false, false])
  expect(addressSetOf(['::/0']).has('192.0.2.1')).toBe(false)
  expect(addressSetOf(['255.255.255.255', '0.0.0.0']).has('128.0.0.0')).toBe(false)
})

type Parsed = ReturnType<typeof ipaddr.parse>

function matches(one: Parsed, [base, prefix]: [Parsed, number]): boolean {
  if (one instanceof ipaddr.IPv4 && base instanceof ipaddr.IPv4) return one.match(base, prefix)
  return one instanceof ipaddr.IPv6 && base instanceof ipaddr.IPv6 && one.match(base, prefix)
}

const v4 = fc.ipV4()
const v6 = fc.array(fc.oneof(fc.constant(0), fc.constant(0xffff), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':')).filter((text) => readAddress(text)?.length === 4)
const range4 = fc.tuple(v4, fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`)
const range6 = fc.tuple(v6, fc.integer({ min: 0, max: 128 })).map(([address, prefix]) => `${address}/${prefix}`)

test('agrees with ipaddr.js', () => {
  fc.assert(fc.property(fc.array(fc.oneof(range4, range6), { maxLength: 30 }), fc.array(fc.oneof(v4, v6), { minLength: 1, maxLength: 30 }), (ranges, addresses) => {
    const set = addressSetOf(ranges)
    const parsed = ranges.map((range) => ipaddr.parseCIDR(range))
    for (const address of [...addresses, ...ranges.map((range) => range.split('/')[0] ?? '')]) {
      const one = ipaddr.parse(address)
      expect(set.has(address)).toBe(parsed.some((range) => matches(one, range)))
    }
  }), { numRuns: 300 })
})

test('writing and reading again is the same address, in the spelling of RFC 5952', () => {
  fc.assert(fc.property(fc.oneof(v4, v6, fc.ipV6()), (text) => {
    const address = readAddress(text)
    if (!address) return
    const written = writeAddress(address)
    expect(readAddress(written)).toEqual(address)
    expect(written).toBe(address.length === 1 ? text : new URL(`http://[${text}]`).hostname.slice(1, -1))
  }))
})

test('a range covers what it holds whole', () => {
  const [wide, narrow, other] = ['10.0.0.0/8', '10.2.0.0/16', '::/0'].map((text) => readRange(text))
  if (!wide || !narrow || !other) throw new Error('all three are ranges')
  expect([covers(wide, narrow), covers(narrow, wide), covers(other, narrow), covers(wide, wide)]).toEqual([true, false, false, true])
})
