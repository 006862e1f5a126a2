const FIRST_CAPACITY = 64

const grown = (capacity: number, needed: number): number => Math.max(needed, Math.ceil(capacity * 1.5), FIRST_CAPACITY)

/** Whole numbers by index, off the heap; what was never set is `fallback`. */
export class IntColumn {
  private data = new Int32Array(0)
  constructor(private readonly fallback: number) {}

  get(index: number): number {
    return this.data[index] ?? this.fallback
  }

  set(index: number, value: number): void {
    if (index >= this.data.length) this.reserve(grown(this.data.length, index + 1))
    this.data[index] = value
  }

  /** Makes room for so many, so that filling does not copy again and again. */
  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const data = new Int32Array(capacity).fill(this.fallback, this.data.length)
    data.set(this.data)
    this.data = data
  }

  get bytes(): number {
    return this.data.byteLength
  }
}

/** Moments by index, in epoch milliseconds; what was never set is infinity. */
export class TimeColumn {
  private data = new Float64Array(0)

  get(index: number): number {
    return this.data[index] ?? Infinity
  }

  set(index: number, value: number): void {
    if (index >= this.data.length) this.reserve(grown(this.data.length, index + 1))
    this.data[index] = value
  }

  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const data = new Float64Array(capacity).fill(Infinity, this.data.length)
    data.set(this.data)
    this.data = data
  }

  get bytes(): number {
    return this.data.byteLength
  }
}

/** Doubly linked lists of items, one list for each owner; an item is in one list at most. */
export class IntLists {
  private readonly heads = new IntColumn(-1)
  private readonly nexts = new IntColumn(-1)
  private readonly previous = new IntColumn(-1)

  /** The owner's first item, or -1. */
  first(owner: number): number {
    return this.heads.get(owner)
  }

  /** The item after this one, or -1. */
  next(item: number): number {
    return this.nexts.get(item)
  }

  add(owner: number, item: number): void {
    const head = this.heads.get(owner)
    this.nexts.set(item, head)
    this.previous.set(item, -1)
    if (head >= 0) this.previous.set(head, item)
    this.heads.set(owner, item)
  }

  remove(owner: number, item: number): void {
    const next = this.nexts.get(item)
    const before = this.previous.get(item)
    if (next >= 0) this.previous.set(next, before)
    if (before >= 0) this.nexts.set(before, next)
    else this.heads.set(owner, next)
    this.nexts.set(item, -1)
    this.previous.set(item, -1)
  }

  /** @param owners how many owners and @param items how many items to make room for */
  reserve(owners: number, items: number): void {
    this.heads.reserve(owners)
    this.nexts.reserve(items)
    this.previous.reserve(items)
  }

  get bytes(): number {
    return this.heads.bytes + this.nexts.bytes + this.previous.bytes
  }
}

/** Indexes given out and taken back. */
export class IndexPool {
  private readonly free: number[] = []
  private used = 0

  take(): number {
    return this.free.pop() ?? this.used++
  }

  giveBack(index: number): void {
    this.free.push(index)
  }

  /** One above the highest index ever given out. */
  get end(): number {
    return this.used
  }
}
