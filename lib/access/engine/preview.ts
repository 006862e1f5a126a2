import { applyChange } from './changes'
import type { Change } from './rows'
import { searchActions } from './search'
import { GROUP, type PrincipalKind, type Snapshot } from './snapshot'
import { undoOf } from './undo'

/** What one principal would gain and lose at a resource, and so below it; permissions by name. */
export type AccessShift = { principalId: string; kind: PrincipalKind; resourceId: string; gained: string[]; lost: string[] }

export type AccessPreview = {
  /** Holders of the roles concerned first, then those who have them through groups. Only who gains or loses something. */
  shifts: AccessShift[]
  /** Members of groups that were not looked at one by one, since there are too many; their groups were. */
  unseenMembers: number
}

/** Most members of groups that are looked at one by one. */
export const MEMBERS_MAX = 1_000

/** Pairs of a principal and a resource at which something may change. */
class Pairs {
  private readonly nodesOf = new Map<number, Set<number>>()

  add(principal: number, node: number): void {
    if (principal < 0 || node < 0) return
    const nodes = this.nodesOf.get(principal)
    if (nodes) nodes.add(node)
    else this.nodesOf.set(principal, new Set([node]))
  }

  *list(): Generator<readonly [principal: number, node: number]> {
    for (const [principal, nodes] of this.nodesOf) for (const node of nodes) yield [principal, node]
  }
}

/** Where an assignment gives something: at its scope, or with chosen resources at those (and what they reach above). */
function placesOf({ roles, tree }: Snapshot, role: number, scope: number): readonly number[] {
  const chosen = roles[role]?.chosen
  if (!chosen) return [scope]
  return [scope, ...chosen.flatMap((node) => (tree.isPresent(node) ? tree.pathOf(node) : []))].filter((node) => tree.isAtOrBelow(node, scope))
}

function addAssignment(snapshot: Snapshot, pairs: Pairs, assignment: number): void {
  const { assignments, cells } = snapshot
  const role = assignment < 0 ? -1 : assignments.roles.get(assignment)
  if (role < 0) return
  const cell = assignments.cells.get(assignment)
  for (const place of placesOf(snapshot, role, cells.scopeOf(cell))) pairs.add(cells.principalOf(cell), place)
}

/** Everything a holder holds, told for `principal`: the holder itself, or somebody who joins or leaves a group. */
function addHoldings(snapshot: Snapshot, pairs: Pairs, holder: number, principal: number): void {
  if (holder < 0) return
  const { cells, assignments } = snapshot
  for (const cell of cells.cellsOf(holder)) {
    for (const each of assignments.inCell(cell))
      for (const place of placesOf(snapshot, assignments.roles.get(each), cells.scopeOf(cell))) pairs.add(principal, place)
  }
}

/** Of a cell at or above a resource: its holder there, and at what its roles choose within. */
function addReachingCell({ cells, assignments, roles, tree }: Snapshot, pairs: Pairs, cell: number, node: number): void {
  const holder = cells.principalOf(cell)
  pairs.add(holder, node)
  for (const each of assignments.inCell(cell))
    for (const place of roles[assignments.roles.get(each)]?.chosen ?? []) if (tree.isAtOrBelow(place, node)) pairs.add(holder, place)
}

/** Holders at the scopes above a resource: what they have there reaches it now, and may not after a move. */
function addReaching(snapshot: Snapshot, pairs: Pairs, node: number): void {
  const { atScope } = snapshot.cells
  for (const scope of snapshot.tree.pathOf(node))
    for (let cell = atScope.first(scope); cell >= 0; cell = atScope.next(cell)) addReachingCell(snapshot, pairs, cell, node)
}

function addPrincipal(snapshot: Snapshot, pairs: Pairs, id: string): void {
  const { principals, root } = snapshot
  const principal = principals.ids.find(id)
  if (principal < 0) return
  pairs.add(principal, root)
  addHoldings(snapshot, pairs, principal, principal)
  for (let entry = 0; entry < principals.groupsOf.count(principal); entry++)
    addHoldings(snapshot, pairs, principals.groupsOf.get(principal, entry, GROUP), principal)
}

/** Adds where a change may make a difference, as the snapshot stands: called before it and after it. */
function addTouched(snapshot: Snapshot, pairs: Pairs, change: Change): void {
  const { principals, assignments, roleIds, tree } = snapshot
  if (change.kind === 'groupMember') {
    const { groupId, memberId } = 'put' in change ? change.put : change.remove
    return addHoldings(snapshot, pairs, principals.ids.find(groupId), principals.ids.find(memberId))
  }
  const id = 'put' in change ? change.put.id : change.remove
  switch (change.kind) {
    case 'assignment': return addAssignment(snapshot, pairs, assignments.ids.find(id))
    case 'resource': return addReaching(snapshot, pairs, tree.ids.find(id))
    case 'role': {
      const role = roleIds.find(id)
      for (let each = 0; each < assignments.ids.end; each++) if (assignments.roles.get(each) === role && role >= 0) addAssignment(snapshot, pairs, each)
      return
    }
    case 'group':
    case 'member':
    case 'serviceAccount':
    case 'token': return addPrincipal(snapshot, pairs, id)
  }
}

/** Those who have it through a group, as pairs of their own; how many were left out. */
function addMembers({ principals }: Snapshot, pairs: Pairs): { members: Pairs; left: number } {
  const members = new Pairs()
  const seen = new Set<number>()
  const left = new Set<number>()
  for (const [group, node] of pairs.list()) {
    for (let edge = principals.membersOf.first(group); edge >= 0; edge = principals.membersOf.next(edge)) {
      const member = principals.edgeMembers.get(edge)
      if (!seen.has(member) && seen.size >= MEMBERS_MAX) left.add(member)
      else {
        seen.add(member)
        members.add(member, node)
      }
    }
  }
  return { members, left: left.size }
}

type Held = Map<string, ReadonlySet<string>>

const keyOf = (principal: number, node: number): string => `${principal} ${node}`

function heldAt(snapshot: Snapshot, pairs: readonly (readonly [number, number])[], at: number): Held {
  const { principals, tree } = snapshot
  return new Map(pairs.map(([principal, node]) =>
    [keyOf(principal, node), new Set(searchActions(snapshot, { principalId: principals.ids.idAt(principal), resourceId: tree.ids.idAt(node), at }))]))
}

/** Applies changes, looks, and takes them back, whatever happens. */
function asIf<T>(snapshot: Snapshot, changes: readonly Change[], look: () => T): T {
  const undo: (() => void)[] = []
  try {
    for (const change of changes) {
      undo.push(undoOf(snapshot, change))
      applyChange(snapshot, change)
    }
    return look()
  } finally {
    for (const back of undo.reverse()) back()
  }
}

function shiftOf({ principals, tree }: Snapshot, [principal, node]: readonly [number, number], before: Held, after: Held): AccessShift[] {
  const [had, has] = [before.get(keyOf(principal, node)), after.get(keyOf(principal, node))]
  if (!had || !has) return []
  const gained = [...has].filter((name) => !had.has(name))
  const lost = [...had].filter((name) => !has.has(name))
  if (gained.length === 0 && lost.length === 0) return []
  return [{ principalId: principals.ids.idAt(principal), kind: principals.kindOf(principal), resourceId: tree.ids.idAt(node), gained, lost }]
}

/**
 * Who would gain and who would lose what by changes that were not made: each principal concerned, at the topmost
 * resources where it matters. By role grants; policies are not looked at. The snapshot is as before afterwards.
 *
 * @param at epoch milliseconds: assignments that ended by then count on neither side
 */
export function previewChanges(snapshot: Snapshot, changes: readonly Change[], at: number): AccessPreview {
  const holders = new Pairs()
  const touch = () => changes.forEach((change) => addTouched(snapshot, holders, change))
  touch()
  asIf(snapshot, changes, touch)
  const { members, left } = addMembers(snapshot, holders)
  const pairs = [...holders.list(), ...members.list()]
  const before = heldAt(snapshot, pairs, at)
  const after = asIf(snapshot, changes, () => heldAt(snapshot, pairs, at))
  const seen = new Set<string>()
  const shifts = pairs.flatMap((pair) => {
    const key = keyOf(...pair)
    if (seen.has(key)) return []
    seen.add(key)
    return shiftOf(snapshot, pair, before, after)
  })
  const byPrincipal = new Map<string, AccessShift[]>()
  for (const shift of shifts) byPrincipal.set(shift.principalId, [...(byPrincipal.get(shift.principalId) ?? []), shift])
  return { shifts: [...byPrincipal.values()].flatMap((own) => topmost(snapshot, own)), unseenMembers: left }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((name) => other.includes(name))

/** Of one principal's, those that say more than one at a resource above. */
function topmost({ tree }: Snapshot, shifts: readonly AccessShift[]): AccessShift[] {
  const isBelow = (one: AccessShift, other: AccessShift) => one !== other && tree.isAtOrBelow(tree.ids.find(one.resourceId), tree.ids.find(other.resourceId))
  return shifts.filter((one) => !shifts.some((other) => isBelow(one, other) && isSame(one.gained, other.gained) && isSame(one.lost, other.lost)))
}
