import { readDotted, readGroups } from './read-address'

/** An address as numbers: one 32-bit word for IPv4, four for IPv6. An IPv4-mapped one is IPv4. */
export type Address = readonly [number] | readonly [number, number, number, number]

/** Word `at` of four, from two groups of sixteen bits. */
const wordAt = (groups: Readonly<Uint16Array>, at: number): number => (((groups[at * 2] ?? 0) << 16) | (groups[at * 2 + 1] ?? 0)) >>> 0

/** An address as numbers, compared as such and never as text; null for whatever `net.isIP` refuses, and for zones. */
export function readAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const word = readDotted(text)
    return word < 0 ? null : [word]
  }
  const groups = readGroups(text)
  if (groups === null) return null
  const words = [wordAt(groups, 0), wordAt(groups, 1), wordAt(groups, 2), wordAt(groups, 3)] as const
  return words[0] === 0 && words[1] === 0 && words[2] === 0xffff ? [words[3]] : words
}

const dotted = (word: number): string => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.')

/** An address in its one canonical spelling (RFC 5952 for IPv6). */
export function writeAddress(address: Address): string {
  if (address.length === 1) return dotted(address[0])
  const groups = address.flatMap((word) => [word >>> 16, word & 0xffff])
  let [start, length] = [-1, 1]
  for (let at = 0; at < 8; at++) {
    let end = at
    while (end < 8 && groups[end] === 0) end++
    if (end - at > length) [start, length] = [at, end - at]
  }
  const hex = groups.map((group) => group.toString(16))
  return start < 0 ? hex.join(':') : `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}
