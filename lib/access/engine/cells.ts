import { IndexPool, IntColumn, IntLists } from './columns'
import { Runs } from './runs'

/** Words of an entry: scope, permissions, and the cell, as `~cell` when it has conditional permissions too. */
export const SCOPE = 0
export const PERMISSIONS = 1
export const CELL = 2
const ENTRY = 3

/** Spreads (principal, scope) over the table; both are small numbers given in order. */
function hashOf(principal: number, scope: number): number {
  let hash = Math.imul(principal, 0x9e3779b1) ^ Math.imul(scope, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

/**
 * What each principal holds at each scope: one cell for a pair that has assignments, with the permissions that hold
 * without further question, and those that depend on the moment or on chosen resources (`conditional`).
 */
export class CellTable {
  /** Open addressing, linear probing: cell + 1, or 0. */
  private slots = new Int32Array(64)
  private mask = 63
  private used = 0
  private readonly pool = new IndexPool()
  private readonly principals = new IntColumn(-1)
  private readonly scopes = new IntColumn(-1)
  private readonly conditionals = new IntColumn(0)
  /** By cell: the number of its entry in its principal's run. */
  private readonly entries = new IntColumn(0)
  /** By principal: what it holds, all scopes side by side. */
  readonly held = new Runs(ENTRY)
  readonly atScope = new IntLists()

  principalOf(cell: number): number {
    return this.principals.get(cell)
  }

  scopeOf(cell: number): number {
    return this.scopes.get(cell)
  }

  permissionsOf(cell: number): number {
    return this.held.get(this.principalOf(cell), this.entries.get(cell), PERMISSIONS)
  }

  /** Permissions of those assignments of a cell that have an end or a role over chosen resources. */
  conditionalOf(cell: number): number {
    return this.conditionals.get(cell)
  }

  /** The cell of a pair, or -1. */
  find(principal: number, scope: number): number {
    return (this.slots[this.slotOf(principal, scope)] ?? 0) - 1
  }

  /** Every cell of a principal. */
  *cellsOf(principal: number): Generator<number> {
    for (let entry = 0; entry < this.held.count(principal); entry++) {
      const cell = this.held.get(principal, entry, CELL)
      yield cell < 0 ? ~cell : cell
    }
  }

  /** The cell of a pair, made now if there is none. */
  ensure(principal: number, scope: number): number {
    if (this.used * 2 >= this.slots.length) this.rehash(this.slots.length * 2)
    const slot = this.slotOf(principal, scope)
    const found = (this.slots[slot] ?? 0) - 1
    if (found >= 0) return found
    const cell = this.pool.take()
    this.slots[slot] = cell + 1
    this.used++
    this.principals.set(cell, principal)
    this.scopes.set(cell, scope)
    const entry = this.held.push(principal)
    this.entries.set(cell, entry)
    this.held.set(principal, entry, SCOPE, scope)
    this.write(cell, 0, 0)
    this.atScope.add(scope, cell)
    return cell
  }

  write(cell: number, permissions: number, conditional: number): void {
    const [principal, entry] = [this.principalOf(cell), this.entries.get(cell)]
    this.held.set(principal, entry, PERMISSIONS, permissions)
    this.held.set(principal, entry, CELL, conditional === 0 ? cell : ~cell)
    this.conditionals.set(cell, conditional)
  }

  remove(cell: number): void {
    const principal = this.principalOf(cell)
    const entry = this.entries.get(cell)
    this.emptySlot(this.slotOf(principal, this.scopeOf(cell)))
    this.used--
    this.held.removeAt(principal, entry)
    if (entry < this.held.count(principal)) {
      const moved = this.held.get(principal, entry, CELL)
      this.entries.set(moved < 0 ? ~moved : moved, entry)
    }
    this.atScope.remove(this.scopeOf(cell), cell)
    this.pool.giveBack(cell)
  }

  /** How many cells there are. */
  get size(): number {
    return this.used
  }

  get bytes(): number {
    return [this.principals, this.scopes, this.conditionals, this.entries, this.held, this.atScope]
      .reduce((sum, { bytes }) => sum + bytes, this.slots.byteLength)
  }

  private slotOf(principal: number, scope: number): number {
    let slot = hashOf(principal, scope) & this.mask
    for (;;) {
      const cell = (this.slots[slot] ?? 0) - 1
      if (cell < 0 || (this.principals.get(cell) === principal && this.scopes.get(cell) === scope)) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private homeOf(cell: number): number {
    return hashOf(this.principals.get(cell), this.scopes.get(cell)) & this.mask
  }

  /** Closes the gap, so that no search ends before what it looks for (Knuth, algorithm R). */
  private emptySlot(gap: number): void {
    for (let slot = (gap + 1) & this.mask; this.slots[slot] !== 0; slot = (slot + 1) & this.mask) {
      const taken = this.slots[slot] ?? 0
      if (((slot - this.homeOf(taken - 1)) & this.mask) < ((slot - gap) & this.mask)) continue
      this.slots[gap] = taken
      gap = slot
    }
    this.slots[gap] = 0
  }

  private rehash(size: number): void {
    const old = this.slots
    this.slots = new Int32Array(size)
    this.mask = size - 1
    for (const taken of old) {
      if (taken === 0) continue
      let slot = this.homeOf(taken - 1)
      while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask
      this.slots[slot] = taken
    }
  }
}
