import { IndexPool, IntColumn } from './columns'

const PREFIX_LENGTH = 4
const PACKED_LENGTH = PREFIX_LENGTH + 36
const DASH = 45
const DASHES = [12, 17, 22, 27] as const

const NO_DIGIT = 0xff
const DIGITS = new Uint8Array(256).fill(NO_DIGIT)
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit

/** The id last packed: four words of UUID. Kept outside, so that looking up allocates nothing. */
const packed = new Int32Array(4)
/** All digits read of the id being packed, joined: beyond 15 if one of them was none. */
let joined = 0

const digitAt = (text: string, at: number): number => DIGITS[text.charCodeAt(at)] ?? NO_DIGIT

/** Four hexadecimal digits. */
function quad(text: string, at: number): number {
  const a = digitAt(text, at)
  const b = digitAt(text, at + 1)
  const c = digitAt(text, at + 2)
  const d = digitAt(text, at + 3)
  joined |= a | b | c | d
  return (a << 12) | (b << 8) | (c << 4) | d
}

/** Packs the UUID of an id such as `usr_0193…` (three letters, `_`, lower case); false for any other form of id. */
function pack(id: string): boolean {
  if (id.length !== PACKED_LENGTH || id.charCodeAt(3) !== 95) return false
  for (const at of DASHES) if (id.charCodeAt(at) !== DASH) return false
  joined = 0
  packed[0] = (quad(id, 4) << 16) | quad(id, 8)
  packed[1] = (quad(id, 13) << 16) | quad(id, 18)
  packed[2] = (quad(id, 23) << 16) | quad(id, 28)
  packed[3] = (quad(id, 32) << 16) | quad(id, 36)
  return joined <= 15
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

/** Words of a slot: the UUID, and index + 1 with the prefix's number above it; 0 in an empty one. */
const SLOT = 5
const INDEX_BITS = 26
const INDEX_MASK = (1 << INDEX_BITS) - 1
const PREFIXES_MAX = 1 << (31 - INDEX_BITS)

/**
 * Ids as small whole numbers, and back. An id of our own form costs 24 bytes and the free room of a hash table, off the
 * heap, where a `Map` of strings costs some 120 and is walked by every garbage collection; others go to such a map.
 */
export class IdTable {
  private readonly pool = new IndexPool()
  private readonly prefixes: string[] = []
  /** Open addressing, linear probing. The ids stand in the table itself, so that finding one touches one place. */
  private slots = new Int32Array(64 * SLOT)
  private mask = 63
  private used = 0
  /** By index: its slot, or -1 for an id kept in `others`. */
  private readonly places = new IntColumn(-1)
  private readonly others = new Map<string, number>()
  private readonly otherIds = new Map<number, string>()
  /** What was found last: one decision looks the same id up several times, a batch has one subject. */
  private lastId: string | null = null
  private lastIndex = -1

  /** The number of an id, or -1. */
  find(id: string): number {
    if (id !== this.lastId) {
      this.lastIndex = this.search(id)
      this.lastId = id
    }
    return this.lastIndex
  }

  private search(id: string): number {
    if (!pack(id)) return this.others.get(id) ?? -1
    const taken = this.tagAt(this.slotOf(id))
    return taken === 0 ? this.findOther(id) : (taken & INDEX_MASK) - 1
  }

  /** The number of an id, given now if it has none. */
  intern(id: string): number {
    const found = this.find(id)
    if (found >= 0) return found
    this.lastId = null
    if (!pack(id)) return this.internOther(id)
    if ((this.used + 1) * 4 > (this.mask + 1) * 3) this.rehash((this.mask + 1) * 2)
    const prefix = this.prefixNumber(id.slice(0, PREFIX_LENGTH))
    if (prefix < 0) return this.internOther(id)
    const slot = this.slotOf(id)
    const index = this.pool.take()
    for (let at = 0; at < 4; at++) this.slots[slot * SLOT + at] = word(at)
    this.slots[slot * SLOT + 4] = (prefix << INDEX_BITS) | (index + 1)
    this.places.set(index, slot)
    this.used++
    return index
  }

  /** Forgets an id; its number may be given to another. */
  remove(id: string): void {
    const index = this.find(id)
    if (index < 0) return
    this.lastId = null
    this.pool.giveBack(index)
    if (this.others.delete(id)) return void this.otherIds.delete(index)
    this.emptySlot(this.places.get(index))
    this.used--
  }

  /** The id of a number that was given and not taken back. */
  idAt(index: number): string {
    const slot = this.places.get(index)
    if (slot < 0) return this.otherIds.get(index) ?? ''
    const [a = '', b = '', c = '', d = ''] = [0, 1, 2, 3].map((at) => hexOf(this.slots[slot * SLOT + at] ?? 0))
    return `${this.prefixAt(slot)}${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`
  }

  /** Order of the ids of two numbers, as of their strings. */
  compare(a: number, b: number): number {
    if (a === b) return 0
    const [slotA, slotB] = [this.places.get(a), this.places.get(b)]
    if (slotA < 0 || slotB < 0 || this.prefixAt(slotA) !== this.prefixAt(slotB)) return this.idAt(a) < this.idAt(b) ? -1 : 1
    for (let at = 0; at < 4; at++) {
      const difference = ((this.slots[slotA * SLOT + at] ?? 0) >>> 0) - ((this.slots[slotB * SLOT + at] ?? 0) >>> 0)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** One above the highest number ever given. */
  get end(): number {
    return this.pool.end
  }

  get bytes(): number {
    return this.slots.byteLength + this.places.bytes
  }

  private tagAt(slot: number): number {
    return this.slots[slot * SLOT + 4] ?? 0
  }

  private prefixAt(slot: number): string {
    return this.prefixes[this.tagAt(slot) >> INDEX_BITS] ?? ''
  }

  private findOther(id: string): number {
    return this.others.size === 0 ? -1 : (this.others.get(id) ?? -1)
  }

  private internOther(id: string): number {
    const index = this.pool.take()
    this.places.set(index, -1)
    this.others.set(id, index)
    this.otherIds.set(index, id)
    return index
  }

  /** The number of a prefix; -1 when there are too many different ones. */
  private prefixNumber(prefix: string): number {
    const found = this.prefixes.indexOf(prefix)
    if (found >= 0 || this.prefixes.length === PREFIXES_MAX) return found
    return this.prefixes.push(prefix) - 1
  }

  /** Where the id just packed stands, or the empty slot where it would. */
  private slotOf(id: string): number {
    let slot = hashOfPacked() & this.mask
    for (;;) {
      const at = slot * SLOT
      if (this.slots[at + 4] === 0) return slot
      const isSame = this.slots[at + 3] === word(3) && this.slots[at + 2] === word(2) && this.slots[at + 1] === word(1) &&
        this.slots[at] === word(0)
      if (isSame && id.startsWith(this.prefixAt(slot))) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private homeOf(slots: Int32Array, slot: number): number {
    for (let at = 0; at < 4; at++) packed[at] = slots[slot * SLOT + at] ?? 0
    return hashOfPacked() & this.mask
  }

  /** Closes the gap, so that no search ends before what it looks for (Knuth, algorithm R). */
  private emptySlot(gap: number): void {
    for (let slot = (gap + 1) & this.mask; this.tagAt(slot) !== 0; slot = (slot + 1) & this.mask) {
      if (((slot - this.homeOf(this.slots, slot)) & this.mask) < ((slot - gap) & this.mask)) continue
      this.slots.copyWithin(gap * SLOT, slot * SLOT, (slot + 1) * SLOT)
      this.places.set((this.tagAt(gap) & INDEX_MASK) - 1, gap)
      gap = slot
    }
    this.slots[gap * SLOT + 4] = 0
  }

  /** Keeps the id just packed. */
  private rehash(size: number): void {
    const kept = packed.slice()
    const old = this.slots
    this.slots = new Int32Array(size * SLOT)
    this.mask = size - 1
    for (let from = 0; from * SLOT < old.length; from++) {
      if (old[from * SLOT + 4] === 0) continue
      let slot = this.homeOf(old, from)
      while (this.tagAt(slot) !== 0) slot = (slot + 1) & this.mask
      this.slots.set(old.subarray(from * SLOT, (from + 1) * SLOT), slot * SLOT)
      this.places.set((this.tagAt(slot) & INDEX_MASK) - 1, slot)
    }
    packed.set(kept)
  }
}
