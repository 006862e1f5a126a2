import { positionsOf } from './positions'
import { DEPTH_MAX, type Snapshot } from './snapshot'

/**
 * Reused by every question, so that asking allocates nothing: the path from the resource to the root, and whose
 * assignments count. The engine is synchronous and never asks within asking.
 */
export const path = new Int32Array(DEPTH_MAX)
let identities = new Int32Array(64)

export const pathAt = (index: number): number => path[index] ?? -1
export const identityAt = (index: number): number => identities[index] ?? -1

/** Fills in whose assignments count for a principal: its own and those of its groups that stand. Answers how many. */
export function gatherIdentities({ principals, cells }: Snapshot, principal: number): number {
  let count = 0
  identities[count++] = principal
  for (let edge = principals.groupsOf.first(principal); edge >= 0; edge = principals.groupsOf.next(edge)) {
    const group = principals.edgeGroups.get(edge)
    if (!principals.isActive(group) || cells.ofPrincipal.first(group) < 0) continue
    if (count === identities.length) {
      const larger = new Int32Array(count * 2)
      larger.set(identities)
      identities = larger
    }
    identities[count++] = group
  }
  return count
}

/** Whether a role over chosen resources counts on the path, somewhere, for a permission. */
function isChosenOnPath(snapshot: Snapshot, role: number, bit: number, length: number): boolean {
  const state = snapshot.roles[role]
  if (!state) return false
  const positions = positionsOf(snapshot, state)
  for (let at = 0; at < length; at++) {
    const mask = positions.get(pathAt(at))
    if (mask !== undefined && snapshot.vocabulary.masks.has(mask, bit)) return true
  }
  return false
}

/** Whether a role held at a scope of the path gives a permission on the resource the path leads from. */
export function roleGives(snapshot: Snapshot, role: number, scope: number, bit: number, length: number): boolean {
  const { tree, vocabulary, roles } = snapshot
  return roles[role]?.chosen
    ? tree.isPresent(scope) && isChosenOnPath(snapshot, role, bit, length)
    : vocabulary.masks.has(snapshot.roleMask(role, tree.types.get(scope)), bit)
}

/** Whether one of a cell's assignments that have an end, or a role over chosen resources, gives a permission now. */
export function conditionGives(snapshot: Snapshot, cell: number, bit: number, at: number, length: number): boolean {
  const { assignments, cells, vocabulary } = snapshot
  if (!vocabulary.masks.has(cells.conditionalOf(cell), bit)) return false
  const scope = cells.scopeOf(cell)
  for (let each = assignments.firsts.get(cell); each >= 0; each = assignments.nexts.get(each)) {
    if (assignments.expiries.get(each) > at && roleGives(snapshot, assignments.roles.get(each), scope, bit, length)) return true
  }
  return false
}

/** Whether one of the gathered identities holds a permission at a scope of the path. */
export function isGranted(snapshot: Snapshot, count: number, length: number, bit: number, at: number): boolean {
  const { cells, vocabulary } = snapshot
  for (let step = 0; step < length; step++) {
    for (let each = 0; each < count; each++) {
      const slot = cells.locate(identityAt(each), pathAt(step))
      if (slot < 0) continue
      if (vocabulary.masks.has(cells.permissionsAt(slot), bit)) return true
      if (conditionGives(snapshot, cells.cellAt(slot), bit, at, length)) return true
    }
  }
  return false
}

/** Whether the floor role gives a permission to an active user on the resource the path leads from. */
export function floorGives(snapshot: Snapshot, principal: number, bit: number, length: number): boolean {
  return snapshot.vocabulary.masks.has(snapshot.floor, bit) && snapshot.principals.kindOf(principal) === 'user' &&
    pathAt(length - 1) === snapshot.root
}
