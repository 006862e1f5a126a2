import { IntColumn } from './columns'

/** Room for so many entries: the next power of two. */
const roomFor = (count: number): number => (count <= 1 ? count : 1 << (32 - Math.clz32(count - 1)))

/**
 * Entries of a few words for each owner, off the heap. Of one owner, the first words of all entries stand side by side,
 * then all second words, and so on: what is searched touches one or two lines of memory, where a list would touch one
 * for each entry. A run's room is the power of two that holds it; freed room is used again.
 */
export class Runs {
  /** By owner: where its run starts, and how many entries it has. */
  private readonly heads = new IntColumn(0)
  private words = new Int32Array(64)
  private end = 0
  private readonly free: number[][] = []

  /** @param width words of an entry */
  constructor(private readonly width: number) {}

  /** Where the first words of an owner's entries begin; those of field `n` begin `n` rooms further. */
  start(owner: number): number {
    return this.heads.get(owner * 2)
  }

  count(owner: number): number {
    return this.heads.get(owner * 2 + 1)
  }

  room(owner: number): number {
    return roomFor(this.count(owner))
  }

  word(place: number): number {
    return this.words[place] ?? 0
  }

  /** One word of one entry of an owner. */
  get(owner: number, entry: number, field: number): number {
    return this.word(this.start(owner) + field * this.room(owner) + entry)
  }

  set(owner: number, entry: number, field: number, value: number): void {
    this.words[this.start(owner) + field * this.room(owner) + entry] = value
  }

  /** Adds an entry of zeros and answers its number. */
  push(owner: number): number {
    const entry = this.count(owner)
    this.resize(owner, entry + 1)
    for (let field = 0; field < this.width; field++) this.set(owner, entry, field, 0)
    return entry
  }

  /** Removes an entry; the last one takes its number. */
  removeAt(owner: number, entry: number): void {
    const last = this.count(owner) - 1
    for (let field = 0; field < this.width; field++) this.set(owner, entry, field, this.get(owner, last, field))
    this.resize(owner, last)
  }

  get bytes(): number {
    return this.heads.bytes + this.words.byteLength
  }

  /** Moves a run to where its new number of entries has just the room. */
  private resize(owner: number, count: number): void {
    const [from, before, room] = [this.start(owner), this.room(owner), roomFor(count)]
    const kept = Math.min(count, this.count(owner))
    if (room !== before) {
      const start = this.take(room)
      for (let field = 0; field < this.width; field++)
        this.words.copyWithin(start + field * room, from + field * before, from + field * before + kept)
      if (before > 0) (this.free[before] ??= []).push(from)
      this.heads.set(owner * 2, start)
    }
    this.heads.set(owner * 2 + 1, count)
  }

  private take(room: number): number {
    const found = this.free[room]?.pop()
    if (found !== undefined || room === 0) return found ?? 0
    const start = this.end
    this.end += room * this.width
    if (this.end > this.words.length) this.widen(Math.ceil(this.end * 1.5))
    return start
  }

  private widen(length: number): void {
    const words = new Int32Array(length)
    words.set(this.words)
    this.words = words
  }
}
