/** Sets of permission bits, each different set kept once and known by a small number; 0 is the empty set. */
export class MaskTable {
  readonly words: number
  private data = new Uint32Array(0)
  private readonly known = new Map<string, number>()
  private readonly unions = new Map<number, number>()

  /** @param bits how many permissions there are */
  constructor(readonly bits: number) {
    this.words = Math.max(1, Math.ceil(bits / 32))
    this.of([])
  }

  has(mask: number, bit: number): boolean {
    return (((this.data[mask * this.words + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1) === 1
  }

  /** The set of these bits. */
  of(bits: Iterable<number>): number {
    const words = new Uint32Array(this.words)
    for (const bit of bits) words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31))
    return this.intern(words)
  }

  union(a: number, b: number): number {
    if (a === b || b === 0) return a
    if (a === 0) return b
    const key = Math.min(a, b) * 0x4000000 + Math.max(a, b)
    const found = this.unions.get(key)
    if (found !== undefined) return found
    const union = this.intern(this.wordsOf(a).map((word, at) => word | (this.data[b * this.words + at] ?? 0)))
    this.unions.set(key, union)
    return union
  }

  intersection(a: number, b: number): number {
    return this.intern(this.wordsOf(a).map((word, at) => word & (this.data[b * this.words + at] ?? 0)))
  }

  without(a: number, b: number): number {
    return this.intern(this.wordsOf(a).map((word, at) => word & ~(this.data[b * this.words + at] ?? 0)))
  }

  /** The bits of a set, ascending. */
  bitsOf(mask: number): number[] {
    return Array.from({ length: this.bits }, (_, bit) => bit).filter((bit) => this.has(mask, bit))
  }

  /** How many bits a set has. */
  sizeOf(mask: number): number {
    let size = 0
    for (let bit = 0; bit < this.bits; bit++) if (this.has(mask, bit)) size++
    return size
  }

  /** How many different sets there are. */
  get size(): number {
    return this.known.size
  }

  private wordsOf(mask: number): Uint32Array {
    return this.data.slice(mask * this.words, (mask + 1) * this.words)
  }

  private intern(words: Uint32Array): number {
    const key = words.join()
    const found = this.known.get(key)
    if (found !== undefined) return found
    const mask = this.known.size
    const needed = (mask + 1) * this.words
    if (needed > this.data.length) {
      const data = new Uint32Array(Math.max(needed, this.data.length * 2))
      data.set(this.data)
      this.data = data
    }
    this.data.set(words, mask * this.words)
    this.known.set(key, mask)
    return mask
  }
}
