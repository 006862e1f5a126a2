import { IndexPool, IntColumn, IntLists } from './columns'

const STRIDE = 4

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
  /** Open addressing, linear probing, four words a slot: principal + 1 (0: empty), scope, cell, permissions. */
  private slots = new Int32Array(64 * STRIDE)
  private mask = 63
  private used = 0
  private readonly pool = new IndexPool()
  private readonly principals = new IntColumn(-1)
  private readonly scopes = new IntColumn(-1)
  private readonly conditionals = new IntColumn(0)
  readonly ofPrincipal = new IntLists()
  readonly atScope = new IntLists()

  principalOf(cell: number): number {
    return this.principals.get(cell)
  }

  scopeOf(cell: number): number {
    return this.scopes.get(cell)
  }

  /** Permissions of those assignments of a cell that have an end or a role over chosen resources. */
  conditionalOf(cell: number): number {
    return this.conditionals.get(cell)
  }

  /** Where the pair stands in the table, or -1: for `cellAt` and `permissionsAt`, until the next change. */
  locate(principal: number, scope: number): number {
    const slot = this.slotOf(principal, scope)
    return this.slots[slot * STRIDE] === 0 ? -1 : slot
  }

  cellAt(slot: number): number {
    return this.slots[slot * STRIDE + 2] ?? -1
  }

  permissionsAt(slot: number): number {
    return this.slots[slot * STRIDE + 3] ?? 0
  }

  permissionsOf(cell: number): number {
    return this.permissionsAt(this.slotOf(this.principalOf(cell), this.scopeOf(cell)))
  }

  /** The cell of a pair, made now if there is none. */
  ensure(principal: number, scope: number): number {
    if (this.used * 5 >= (this.mask + 1) * 3) this.rehash((this.mask + 1) * 2)
    const slot = this.slotOf(principal, scope)
    if (this.slots[slot * STRIDE] !== 0) return this.cellAt(slot)
    const cell = this.pool.take()
    this.slots.set([principal + 1, scope, cell, 0], slot * STRIDE)
    this.used++
    this.principals.set(cell, principal)
    this.scopes.set(cell, scope)
    this.conditionals.set(cell, 0)
    this.ofPrincipal.add(principal, cell)
    this.atScope.add(scope, cell)
    return cell
  }

  write(cell: number, permissions: number, conditional: number): void {
    this.slots[this.slotOf(this.principalOf(cell), this.scopeOf(cell)) * STRIDE + 3] = permissions
    this.conditionals.set(cell, conditional)
  }

  remove(cell: number): void {
    const principal = this.principalOf(cell)
    const scope = this.scopeOf(cell)
    this.emptySlot(this.slotOf(principal, scope))
    this.used--
    this.ofPrincipal.remove(principal, cell)
    this.atScope.remove(scope, cell)
    this.pool.giveBack(cell)
  }

  reserve(principals: number, scopes: number, cells: number): void {
    for (const column of [this.principals, this.scopes, this.conditionals]) column.reserve(cells)
    this.ofPrincipal.reserve(principals, cells)
    this.atScope.reserve(scopes, cells)
    let size = this.mask + 1
    while (size * 3 < cells * 5) size *= 2
    if (size > this.mask + 1) this.rehash(size)
  }

  /** How many cells there are. */
  get size(): number {
    return this.used
  }

  get bytes(): number {
    return this.slots.byteLength + this.principals.bytes + this.scopes.bytes + this.conditionals.bytes +
      this.ofPrincipal.bytes + this.atScope.bytes
  }

  private slotOf(principal: number, scope: number): number {
    let slot = hashOf(principal, scope) & this.mask
    for (;;) {
      const taken = this.slots[slot * STRIDE] ?? 0
      if (taken === 0 || (taken === principal + 1 && this.slots[slot * STRIDE + 1] === scope)) return slot
      slot = (slot + 1) & this.mask
    }
  }

  private homeOf(slot: number): number {
    return hashOf((this.slots[slot * STRIDE] ?? 0) - 1, this.slots[slot * STRIDE + 1] ?? 0) & this.mask
  }

  /** Closes the gap, so that no search ends before what it looks for (Knuth, algorithm R). */
  private emptySlot(gap: number): void {
    for (let slot = (gap + 1) & this.mask; this.slots[slot * STRIDE] !== 0; slot = (slot + 1) & this.mask) {
      if (((slot - this.homeOf(slot)) & this.mask) < ((slot - gap) & this.mask)) continue
      this.slots.copyWithin(gap * STRIDE, slot * STRIDE, (slot + 1) * STRIDE)
      gap = slot
    }
    this.slots[gap * STRIDE] = 0
  }

  private rehash(size: number): void {
    const old = this.slots
    this.slots = new Int32Array(size * STRIDE)
    this.mask = size - 1
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at] === 0) continue
      const slot = this.slotOf((old[at] ?? 0) - 1, old[at + 1] ?? 0)
      this.slots.set(old.subarray(at, at + STRIDE), slot * STRIDE)
    }
  }
}
