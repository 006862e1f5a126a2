import { IntColumn } from './columns'

/** Room for so many entries: the next power of two. */
const roomFor = (count: number): number => (count <= 1 ? count : 1 << (32 - Math.clz32(count - 1)))

/**
 * Entries of a few words, those of one owner side by side, so that reading them all touches one or two lines of memory
 * where a list would touch one for each. A run's room is the power of two that holds it; freed room is used again.
 */
export class Runs {
  /** By owner: where its run starts, and how many entries it has. */
  private readonly heads = new IntColumn(0)
  private words = new Int32Array(64)
  private end = 0
  private readonly free: number[][] = []

  /** @param stride words of an entry */
  constructor(private readonly stride: number) {}

  /** Where the first word of an owner's entries stands; entry `n` begins `n` strides further. */
  start(owner: number): number {
    return this.heads.get(owner * 2)
  }

  count(owner: number): number {
    return this.heads.get(owner * 2 + 1)
  }

  word(place: number): number {
    return this.words[place] ?? 0
  }

  setWord(place: number, value: number): void {
    this.words[place] = value
  }

  /** Adds an entry of zeros and answers its number within the run. */
  push(owner: number): number {
    const count = this.count(owner)
    if (count === roomFor(count)) this.moveTo(owner, this.take(roomFor(count + 1)))
    const place = this.start(owner) + count * this.stride
    this.words.fill(0, place, place + this.stride)
    this.heads.set(owner * 2 + 1, count + 1)
    return count
  }

  /** Removes an entry; the last one takes its number. */
  removeAt(owner: number, entry: number): void {
    const last = this.count(owner) - 1
    const start = this.start(owner)
    this.words.copyWithin(start + entry * this.stride, start + last * this.stride, start + (last + 1) * this.stride)
    this.heads.set(owner * 2 + 1, last)
    if (last === roomFor(last)) this.giveBack(start + last * this.stride, roomFor(last + 1) - last)
  }

  reserve(owners: number, entries: number): void {
    this.heads.reserve(owners * 2)
    this.widen(entries * this.stride)
  }

  get bytes(): number {
    return this.heads.bytes + this.words.byteLength
  }

  private moveTo(owner: number, start: number): void {
    const [from, count] = [this.start(owner), this.count(owner)]
    this.words.copyWithin(start, from, from + count * this.stride)
    this.giveBack(from, count)
    this.heads.set(owner * 2, start)
  }

  private take(room: number): number {
    const found = this.free[room]?.pop()
    if (found !== undefined) return found
    const start = this.end
    this.end += room * this.stride
    if (this.end > this.words.length) this.widen(Math.ceil(this.end * 1.5))
    return start
  }

  /** Room is always a power of two here: a whole run outgrown, or the upper half of one that shrank. */
  private giveBack(start: number, room: number): void {
    if (room > 0) (this.free[room] ??= []).push(start)
  }

  private widen(length: number): void {
    if (length <= this.words.length) return
    const words = new Int32Array(length)
    words.set(this.words)
    this.words = words
  }
}
