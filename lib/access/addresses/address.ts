import { isIP } from 'node:net'

/** An address as numbers: one 32-bit word for IPv4, four for IPv6. An IPv4-mapped one is IPv4. */
export type Address = readonly [number] | readonly [number, number, number, number]

function wordOf(text: string): number {
  let word = 0
  for (const part of text.split('.')) word = word * 256 + Number(part)
  return word
}

/** The 16-bit groups of one side of `::`; a dotted tail counts for two. */
function groupsOf(side: string): number[] {
  if (side === '') return []
  return side.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const word = wordOf(group)
    return [word >>> 16, word & 0xffff]
  })
}

function wordsOf(text: string): readonly [number, number, number, number] {
  const [before = '', after] = text.split('::')
  const head = groupsOf(before)
  const tail = after === undefined ? [] : groupsOf(after)
  const groups = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]
  const word = (at: number): number => (((groups[at] ?? 0) << 16) | (groups[at + 1] ?? 0)) >>> 0
  return [word(0), word(2), word(4), word(6)]
}

const isMapped = ([first, second, third]: readonly [number, number, number, number]): boolean => first === 0 && second === 0 && third === 0xffff

/** An address as numbers, compared as such and never as text; null for whatever `net.isIP` refuses, and for zones. */
export function readAddress(text: string): Address | null {
  const family = text.includes('%') ? 0 : isIP(text)
  if (family === 4) return [wordOf(text)]
  if (family !== 6) return null
  const words = wordsOf(text)
  return isMapped(words) ? [words[3]] : words
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
