import { readAddress, writeAddress, type Address } from './address'

/** Addresses from the first to the last, both of one family. */
export type Range = { first: Address; last: Address }

/** A range somebody wrote: what it covers, its one canonical spelling, and whether bits were set that it does not look at. */
export type WrittenRange = Range & { cidr: string; hasHostBits: boolean }

const RANGE = /^([0-9a-fA-F:.]{2,45})(?:\/(\d{1,3}))?$/

/** The bits of word `at` that a prefix of this length fixes. */
function maskAt(prefix: number, at: number): number {
  const bits = Math.min(32, Math.max(0, prefix - at * 32))
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0
}

function mapWords(address: Address, change: (word: number, at: number) => number): Address {
  if (address.length === 1) return [change(address[0], 0)]
  const [a, b, c, d] = address
  return [change(a, 0), change(b, 1), change(c, 2), change(d, 3)]
}

/** An IPv4-mapped range is the IPv4 range of its last 32 bits; a wider one mixes the families and is none. */
function bitsOf(address: Address, written: string, given: string | undefined): { bits: number; prefix: number } | null {
  const bits = address.length * 32
  const isWrittenAsV6 = written.includes(':')
  if (given === undefined) return { bits, prefix: bits }
  const prefix = Number(given) - (isWrittenAsV6 && bits === 32 ? 96 : 0)
  return prefix < 0 || prefix > bits || (given.length > 1 && given.startsWith('0')) ? null : { bits, prefix }
}

/** A single address or a range in CIDR notation; null when it is neither. */
export function readRange(text: string): WrittenRange | null {
  const [, written = '', given] = RANGE.exec(text.trim()) ?? []
  const address = readAddress(written)
  const size = address && bitsOf(address, written, given)
  if (!address || !size) return null
  const first = mapWords(address, (word, at) => (word & maskAt(size.prefix, at)) >>> 0)
  const last = mapWords(first, (word, at) => (word | ~maskAt(size.prefix, at)) >>> 0)
  const spelled = writeAddress(first)
  return { first, last, cidr: size.prefix === size.bits ? spelled : `${spelled}/${size.prefix}`, hasHostBits: compareAddresses(first, address) !== 0 }
}

/** The spellings of all ranges that hold an address, the narrowest first: 33 for IPv4, 129 for IPv6. */
export function rangesAround(address: Address): string[] {
  const bits = address.length * 32
  return Array.from({ length: bits + 1 }, (_, wider) => {
    const prefix = bits - wider
    const spelled = writeAddress(mapWords(address, (word, at) => (word & maskAt(prefix, at)) >>> 0))
    return prefix === bits ? spelled : `${spelled}/${prefix}`
  })
}

/** Below zero when `a` comes first. Only addresses of one family are compared. */
export function compareAddresses(a: Address, b: Address): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether every address of `inner` is in `outer`. */
export const covers = (outer: Range, inner: Range): boolean =>
  outer.first.length === inner.first.length && compareAddresses(outer.first, inner.first) <= 0 && compareAddresses(outer.last, inner.last) >= 0
