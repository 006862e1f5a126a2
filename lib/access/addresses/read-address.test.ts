import { isIP } from 'node:net'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { expect, test } from 'vitest'
import { readAddress } from './address'
import { rangesAround, readRange } from './range'

/** The words of an address as the library reads it, which knows no dotted tail but that of a mapped address: the URL standard's parser spells it in groups. */
function wordsByLibrary(text: string): number[] {
  const bytes = ipaddr.process(text.includes(':') ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text).toByteArray()
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 4).reduce((word, byte) => word * 256 + byte, 0))
}

function agree(text: string): void {
  const isAddress = isIP(text) !== 0 && !text.includes('%')
  const read = readAddress(text)
  expect([text, read !== null]).toEqual([text, isAddress])
  if (read) expect([text, [...read]]).toEqual([text, wordsByLibrary(text)])
}

const number = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('', '0', '00', '01', '255', '256', '1e1', ' 1', '+1', '1111'))
const dotted = fc.oneof(fc.ipV4(), fc.array(number, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')))
const group = fc.oneof(fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16)), fc.constantFrom('', '', '0', '0000', '00000', 'FfFf', 'g', '12345', '%'))
const colons = fc.tuple(fc.array(group, { minLength: 1, maxLength: 10 }), fc.option(dotted)).map(([groups, tail]) => [...groups, ...(tail === null ? [] : [tail])].join(':'))

test('reads what net.isIP accepts, as ipaddr.js reads it, and nothing else', () => {
  fc.assert(fc.property(fc.oneof(dotted, fc.ipV6(), colons), agree), { numRuns: 20_000 })
})

test('also with one sign changed, added or taken away', () => {
  const sign = fc.constantFrom(...'0123456789abcdefABCDEFgG:.%/ -'.split(''), '\u0660', '\0')
  const edited = fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4().map((text) => `::ffff:${text}`)), fc.nat(40), fc.nat(1), fc.oneof(sign, fc.constant('')))
    .map(([text, at, taken, put]) => text.slice(0, at) + put + text.slice(at + taken))
  fc.assert(fc.property(edited, agree), { numRuns: 20_000 })
})

test.each(['::', '::1', '1::', ':::', ':', '', '::ffff:1.2.3.4', '::1.2.3.4', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1::3:4:5:6:7:8', '1:2:3:4:5:6:7:8::', '::1:2:3:4:5:6:7:8', '1::2::3', '1:2:3:4:5:6:7:', ':1:2:3:4:5:6:7:8', '1.2.3.4.', '.1.2.3.4', '1..2.3', '0.0.0.0', '00.0.0.0', '255.255.255.255', '256.1.1.1', '::1.2.3', '1.2.3.4::', '::1.2.3.4:5', 'fe80::1%eth0', '::01.2.3.4'])('%s', agree)

test('an address is not changed by reading the next', () => {
  const first = readAddress('2001:db8::1')
  readAddress('ffff:ffff::')
  expect(first).toEqual([0x20010db8, 0, 0, 1])
})

test('the ranges around an address are those that hold it, the narrowest first, as they are spelled when stored', () => {
  const spellings = (text: string) => {
    const address = readAddress(text)
    return address === null ? [] : rangesAround(address)
  }
  expect(spellings('192.0.2.77')).toHaveLength(33)
  expect(spellings('192.0.2.77').slice(0, 4)).toEqual(['192.0.2.77', '192.0.2.76/31', '192.0.2.76/30', '192.0.2.72/29'])
  expect(spellings('2001:db8::1')).toHaveLength(129)
  expect([spellings('192.0.2.77').at(-1), spellings('2001:db8::1').at(-1)]).toEqual(['0.0.0.0/0', '::/0'])
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
    for (const spelled of spellings(text)) expect([readRange(spelled)?.cidr, readRange(spelled)?.hasHostBits]).toEqual([spelled, false])
  }), { numRuns: 200 })
})
