import { AddressSet } from '@/lib/access/addresses/address-set'
import { compareAddresses, readRange, type Range } from '@/lib/access/addresses/range'
import { readAddress } from '@/lib/access/addresses/address'
import type { Mode, Surface } from './surfaces'
import { hasLapsed, inForce, NO_ALLOWLIST, termsOf, type Pending, type Settings, type Terms } from './waiting'

/** An entry as the database and the triggers tell it. Moments in epoch milliseconds. */
export type EntryRow = Terms<readonly string[]> & { id: string; cidr: string; pending: Pending | null; previous: Terms<readonly string[]> | null }

type Entry = EntryRow & { range: Range | null; isGone: boolean }

/** Which addresses of one surface may enter, from a moment on until the next one at which that changes by itself. */
type Compiled = { set: AddressSet; from: number; until: number }

/** What the gate makes of an address. `reported`: it may enter, and would not if the list were enforced. */
export type Verdict = 'open' | 'listed' | 'reported' | 'refused'

const BITS: Readonly<Record<Surface, number>> = { console: 0, api: 1, data: 2 }

const byFirst = ({ range: a }: Entry, { range: b }: Entry): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a.first.length - b.first.length || compareAddresses(a.first, b.first)
}

/**
 * An organization's allowlist in memory. Ends of entries and of the time to confirm are looked at with every question, so
 * that they hold to the moment without anybody writing anything.
 */
export class AllowlistIndex {
  private settings: Settings
  private readonly entries = new Map<string, Entry>()
  /** By address, newcomers at the end until it is needed: sorting what is nearly in order is cheap. */
  private ordered: Entry[] = []
  private isOrdered = true
  private readonly compiled: (Compiled | null)[] = [null, null, null]

  constructor(settings: Settings = NO_ALLOWLIST, rows: Iterable<EntryRow> = []) {
    this.settings = settings
    for (const row of rows) this.put(row)
  }

  set(settings: Settings): void {
    this.settings = settings
    this.compiled.fill(null)
  }

  put(row: EntryRow): void {
    this.remove(row.id)
    const entry = { ...row, range: readRange(row.cidr), isGone: false }
    this.entries.set(row.id, entry)
    this.ordered.push(entry)
    this.forget()
  }

  remove(id: string): void {
    const known = this.entries.get(id)
    if (!known) return
    known.isGone = true
    this.entries.delete(id)
    this.forget()
  }

  private forget(): void {
    this.isOrdered = false
    this.compiled.fill(null)
  }

  private inOrder(): readonly Entry[] {
    if (!this.isOrdered) this.ordered = this.ordered.filter(({ isGone }) => !isGone).sort(byFirst)
    this.isOrdered = true
    return this.ordered
  }

  /** The mode in force at a moment. */
  mode(at: number): Mode {
    return inForce(this.settings, at).mode
  }

  /** Whether the list has no say at all, whatever the moment: the one question an organization without one pays for. */
  get isIdle(): boolean {
    return this.settings.mode === 'off' && this.settings.waiting === null
  }

  get size(): number {
    return this.entries.size
  }

  /** Whether an address may enter by a surface at a moment. What is no address is not listed. */
  judge(surface: Surface, address: string, at: number): Verdict {
    if (this.isIdle) return 'open'
    const { mode, coversData } = inForce(this.settings, at)
    if (mode === 'off' || (surface === 'data' && !coversData)) return 'open'
    if (this.compiledAt(surface, at).set.has(address)) return 'listed'
    return mode === 'enforced' ? 'refused' : 'reported'
  }

  /** The narrowest entry in force that covers an address by a surface, whatever the mode; null when none does. */
  find(surface: Surface, address: string, at: number): { id: string; cidr: string } | null {
    const words = readAddress(address)
    if (words === null) return null
    const lapsed = hasLapsed(this.settings, at)
    let found: Entry | null = null
    for (const entry of this.entries.values()) {
      const { range } = entry
      if (range === null || range.first.length !== words.length || !this.counts(entry, surface, at, lapsed)) continue
      if (compareAddresses(range.first, words) > 0 || compareAddresses(words, range.last) > 0) continue
      if (!found?.range || compareAddresses(found.range.first, range.first) < 0 || compareAddresses(range.last, found.range.last) < 0) found = entry
    }
    return found && { id: found.id, cidr: found.cidr }
  }

  private counts(entry: Entry, surface: Surface, at: number, lapsed: boolean): boolean {
    const terms = termsOf(entry, lapsed)
    return terms !== null && terms.surfaces.includes(surface) && (terms.expiresAt === null || terms.expiresAt > at)
  }

  private compiledAt(surface: Surface, at: number): Compiled {
    const known = this.compiled[BITS[surface]]
    if (known && known.from <= at && at < known.until) return known
    const fresh = this.compile(surface, at)
    this.compiled[BITS[surface]] = fresh
    return fresh
  }

  private compile(surface: Surface, at: number): Compiled {
    const lapsed = hasLapsed(this.settings, at)
    const ranges: Range[] = []
    let until = this.settings.waiting !== null && !lapsed ? this.settings.waiting.revertAt : Number.POSITIVE_INFINITY
    for (const entry of this.inOrder()) {
      const terms = termsOf(entry, lapsed)
      if (terms === null || entry.range === null || !terms.surfaces.includes(surface)) continue
      if (terms.expiresAt !== null && terms.expiresAt <= at) continue
      if (terms.expiresAt !== null && terms.expiresAt < until) until = terms.expiresAt
      ranges.push(entry.range)
    }
    return { set: new AddressSet(ranges), from: at, until }
  }
}
