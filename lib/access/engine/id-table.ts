import { IndexPool, IntColumn } from './columns'

const PREFIX_LENGTH = 4
const PACKED_LENGTH = PREFIX_LENGTH + 36
const WORDS = 5
const DASH = 45
const DASHES = [12, 17, 22, 27] as const

const HEX = new Int8Array(256).fill(-1)
for (let digit = 0; digit < 16; digit++) HEX[digit.toString(16).charCodeAt(0)] = digit

const hexAt = (text: string, index: number): number => HEX[text.charCodeAt(index)] ?? -1

/** The id last packed: four words of UUID. Kept outside, so that looking up allocates nothing. */
const packed = new Int32Array(4)

/** Packs the UUID of an id such as `usr_0193…` (three letters, `_`, lower case); false for any other form of id. */
function pack(id: string): boolean {
  if (id.length !== PACKED_LENGTH || id.charCodeAt(3) !== 95) return false
  for (const at of DASHES) if (id.charCodeAt(at) !== DASH) return false
  let at = PREFIX_LENGTH
  for (let word = 0; word < 4; word++) {
    let value = 0
    for (let digit = 0; digit < 8; digit++) {
      if (at === 12 || at === 17 || at === 22 || at === 27) at++
      const hex = hexAt(id, at++)
      if (hex < 0) return false
      value = (value << 4) | hex
    }
    packed[word] = value
  }
  return true
}

const word = (index: number): number => packed[index] ?? 0

/** All four words count: the first two of ids made together are alike. */
function hashOfPacked(): number {
  let hash = Math.imul(word(3), 0x9e3779b1) ^ Math.imul(word(2), 0x85ebca6b) ^ Math.imul(word(1), 0xc2b2ae35) ^ word(0)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

const hexOf = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')

/**
 * Ids as small whole numbers, and back. An id of our own form costs 20 bytes and its place in a hash table, off the
 * heap, where a `Map` of strings costs some 120 and is walked by every garbage collection; other ids go to such a map.
 */
export class IdTable {
  private readonly pool = new IndexPool()
  private readonly prefixes: string[] = []
  /** Five words an index: prefix number, or -1 for an id kept in `others`, then the UUID. */
  private readonly ids = new IntColumn(-1)
  private readonly others = new Map<string, number>()
  private readonly otherIds = new Map<number, string>()
  /** Open addressing, linear probing: index + 1, or 0. */
  private slots = new Int32Array(64)
  private used = 0

  /** The number of an id, or -1. */
  find(id: string): number {
    if (!pack(id)) return this.others.get(id) ?? -1
    const slot = this.slotOf(id)
    return (this.slots[slot] ?? 0) - 1
  }

  /** The number of an id, given now if it has none. */
  intern(id: string): number {
    if (!pack(id)) return this.others.get(id) ?? this.internOther(id)
    if (this.used * 2 >= this.slots.length) this.rehash(this.slots.length * 2)
    const slot = this.slotOf(id)
    const found = (this.slots[slot] ?? 0) - 1
    if (found >= 0) return found
    const index = this.pool.take()
    this.ids.set(index * WORDS, this.prefixNumber(id.slice(0, PREFIX_LENGTH)))
    for (let at = 0; at < 4; at++) this.ids.set(index * WORDS + 1 + at, word(at))
    this.slots[slot] = index + 1
    this.used++
    return index
  }

  /** Forgets an id; its number may be given to another. */
  remove(id: string): void {
    const index = this.find(id)
    if (index < 0) return
    this.pool.giveBack(index)
    if (this.others.delete(id)) return void this.otherIds.delete(index)
    this.emptySlot(this.slotOf(id))
    this.used--
  }

  /** The id of a number that was given and not taken back. */
  idAt(index: number): string {
    const prefix = this.prefixes[this.ids.get(index * WORDS)]
    if (prefix === undefined) return this.otherIds.get(index) ?? ''
    const at = index * WORDS
    const [a, b, c, d] = [1, 2, 3, 4].map((step) => hexOf(this.ids.get(at + step)))
    return `${prefix}${a}-${b?.slice(0, 4)}-${b?.slice(4)}-${c?.slice(0, 4)}-${c?.slice(4)}${d}`
  }

  /** Order of the ids of two numbers, as of their strings. */
  compare(a: number, b: number): number {
    if (a === b) return 0
    const isAlike = this.ids.get(a * WORDS) === this.ids.get(b * WORDS) && this.ids.get(a * WORDS) >= 0
    if (!isAlike) return this.idAt(a) < this.idAt(b) ? -1 : 1
    for (let at = 1; at < WORDS; at++) {
      const difference = (this.ids.get(a * WORDS + at) >>> 0) - (this.ids.get(b * WORDS + at) >>> 0)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** One above the highest number ever given. */
  get end(): number {
    return this.pool.end
  }

  get bytes(): number {
    return this.ids.bytes + this.slots.byteLength
  }

  reserve(count: number): void {
    this.ids.reserve(count * WORDS)
    let size = this.slots.length
    while (size < count * 2) size *= 2
    if (size > this.slots.length) this.rehash(size)
  }

  private internOther(id: string): number {
    const index = this.pool.take()
    this.ids.set(index * WORDS, -1)
    this.others.set(id, index)
    this.otherIds.set(index, id)
    return index
  }

  private prefixNumber(prefix: string): number {
    const found = this.prefixes.indexOf(prefix)
    return found >= 0 ? found : this.prefixes.push(prefix) - 1
  }

  private prefixIs(index: number, id: string): boolean {
    return id.startsWith(this.prefixes[this.ids.get(index * WORDS)] ?? '\0')
  }

  private isPacked(index: number): boolean {
    const at = index * WORDS
    return this.ids.get(at + 4) === word(3) && this.ids.get(at + 3) === word(2) && this.ids.get(at + 2) === word(1) &&
      this.ids.get(at + 1) === word(0)
  }

  /** Where the id just packed stands, or the empty slot where it would. */
  private slotOf(id: string): number {
    const mask = this.slots.length - 1
    let slot = hashOfPacked() & mask
    for (;;) {
      const index = (this.slots[slot] ?? 0) - 1
      if (index < 0 || (this.isPacked(index) && this.prefixIs(index, id))) return slot
      slot = (slot + 1) & mask
    }
  }

  private homeOf(index: number): number {
    for (let at = 0; at < 4; at++) packed[at] = this.ids.get(index * WORDS + 1 + at)
    return hashOfPacked() & (this.slots.length - 1)
  }

  /** Closes the gap, so that no search ends before what it looks for (Knuth, algorithm R). */
  private emptySlot(gap: number): void {
    const mask = this.slots.length - 1
    for (let slot = (gap + 1) & mask; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const value = this.slots[slot] ?? 0
      const home = this.homeOf(value - 1)
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue
      this.slots[gap] = value
      gap = slot
    }
    this.slots[gap] = 0
  }

  private rehash(size: number): void {
    const kept = [packed[0], packed[1], packed[2], packed[3]]
    const old = this.slots
    this.slots = new Int32Array(size)
    for (const value of old) {
      if (value === 0) continue
      let slot = this.homeOf(value - 1)
      while (this.slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      this.slots[slot] = value
    }
    kept.forEach((value, at) => (packed[at] = value ?? 0))
  }
}
