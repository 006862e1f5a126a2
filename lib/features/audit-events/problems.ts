/** What can be wrong with a chain. `key`: made under a key that is not configured any more, so it cannot be checked. */
export type ProblemKind = 'changed' | 'removed' | 'inserted' | 'reordered' | 'anchor' | 'unsealed-missing' | 'key'

/** One thing found; `sequence` is a decimal number (chains are longer than JSON's exact integers may be). */
export type Problem = { kind: ProblemKind; sequence?: string; eventId?: string; reason: string }

/** A copy of the anchor kept outside the database. */
export type KeptAnchor = { count: bigint; head: string }

export type Verification =
  /** `sealedThrough`: time of the last sealed event, ISO. `head` is empty for a chain without events. */
  | { state: 'intact'; count: number; head: string; sealedThrough: string | null }
  /** The first problems, and how many there are in all. */
  | { state: 'broken'; problems: Problem[]; total: number }

/** Problems told one by one; the rest are counted. */
const LISTED = 100

/** Problems in the order found, the first hundred kept. */
export class ProblemList {
  readonly list: Problem[] = []
  total = 0

  add({ sequence, ...problem }: Omit<Problem, 'sequence'> & { sequence?: bigint }): void {
    this.total += 1
    if (this.list.length < LISTED) this.list.push({ ...problem, ...(sequence !== undefined && { sequence: String(sequence) }) })
  }

  /** Numbers without a seal, both ends included: each was an event. */
  addGap(first: bigint, last: bigint): void {
    const total = this.total + Number(last - first) + 1
    for (let sequence = first; sequence <= last && this.list.length < LISTED; sequence += 1n) {
      this.add({ kind: 'removed', sequence, reason: 'the seal of this number is gone' })
    }
    this.total = total
  }
}
