import { CELL, PERMISSIONS } from './cells'
import { positionsOf } from './positions'
import { DEPTH_MAX, type Snapshot } from './snapshot'

/**
 * Reused by every question, so that asking allocates nothing: the path from the resource to the root, and whose
 * assignments count. The engine is synchronous and never asks within asking.
 */
const path = new Int32Array(DEPTH_MAX)
let length = 0
/** One bit for each node of the path: a scope whose bit is not set is not on it. */
let filter = 0
let identities = new Int32Array(64)

/** Up to so many cells of a principal are read one after the other; above, each scope of the path is looked up. */
const SCAN_MAX = 32

const pathAt = (step: number): number => path[step] ?? -1
const filterBit = (node: number): number => 1 << (Math.imul(node, 0x9e3779b1) >>> 27)

/** Notes the path from a resource to the root for the questions that follow. */
export function walkPath({ tree }: Snapshot, resource: number): void {
  length = 0
  filter = 0
  for (let node = resource; node >= 0 && length < DEPTH_MAX; node = tree.parentOf(node)) {
    path[length++] = node
    filter |= filterBit(node)
  }
}

/** Whether a node is on the path: the resource or above it. */
export function isOnPath(node: number): boolean {
  if ((filter & filterBit(node)) === 0) return false
  for (let step = 0; step < length; step++) if (pathAt(step) === node) return true
  return false
}

export const identityAt = (index: number): number => identities[index] ?? -1

/** Notes whose assignments may count for a principal: its own and those of its groups. Answers how many. */
export function gatherIdentities({ principals }: Snapshot, principal: number): number {
  let count = 0
  identities[count++] = principal
  const groups = principals.groupsOf.count(principal)
  const start = principals.groupsOf.start(principal)
  if (groups + 1 > identities.length) {
    identities = new Int32Array(groups * 2)
    identities[0] = principal
  }
  for (let entry = 0; entry < groups; entry++) {
    identities[count++] = principals.groupsOf.word(start + entry)
  }
  return count
}

/** Whether a role over chosen resources counts on the path, somewhere, for a permission. */
function isChosenOnPath(snapshot: Snapshot, role: number, bit: number): boolean {
  const state = snapshot.roles[role]
  if (!state) return false
  const positions = positionsOf(snapshot, state)
  for (let step = 0; step < length; step++) {
    const mask = positions.get(pathAt(step))
    if (mask !== undefined && snapshot.vocabulary.masks.has(mask, bit)) return true
  }
  return false
}

/** Whether a role held at a scope of the path gives a permission on the resource the path leads from. */
export function roleGives(snapshot: Snapshot, role: number, scope: number, bit: number): boolean {
  const { tree, vocabulary, roles } = snapshot
  return roles[role]?.chosen
    ? tree.isPresent(scope) && isChosenOnPath(snapshot, role, bit)
    : vocabulary.masks.has(snapshot.roleMask(role, tree.typeOf(scope)), bit)
}

/** Whether one of a cell's assignments that have an end, or a role over chosen resources, gives a permission now. */
export function conditionGives(snapshot: Snapshot, cell: number, bit: number, at: number): boolean {
  const { assignments, cells, vocabulary } = snapshot
  if (!vocabulary.masks.has(cells.conditionalOf(cell), bit)) return false
  const scope = cells.scopeOf(cell)
  for (let each = assignments.firsts.get(cell); each >= 0; each = assignments.nexts.get(each)) {
    if (assignments.expiries.get(each) > at && roleGives(snapshot, assignments.roles.get(each), scope, bit)) return true
  }
  return false
}

/** Whether one of the gathered identities, if it stands, holds a permission at a scope of the path. */
export function isGranted(snapshot: Snapshot, count: number, bit: number, at: number): boolean {
  const { cells: { held }, principals } = snapshot
  for (let each = 0; each < count; each++) {
    const identity = identityAt(each)
    const entries = held.count(identity)
    const isHeld = entries <= SCAN_MAX
      ? isInRun(snapshot, identity, entries, bit, at)
      : isLookedUp(snapshot, identity, bit, at)
    // A group that is gone may have left assignments; asked last, since most groups grant nothing here.
    if (isHeld && principals.isActive(identity)) return true
  }
  return false
}

function isInRun(snapshot: Snapshot, identity: number, entries: number, bit: number, at: number): boolean {
  const { cells: { held }, vocabulary: { masks } } = snapshot
  const start = held.start(identity)
  for (let entry = 0; entry < entries; entry++) {
    const scope = held.word(start + entry)
    if ((filter & filterBit(scope)) === 0 || !isOnPath(scope)) continue
    if (masks.has(held.get(identity, entry, PERMISSIONS), bit)) return true
    const cell = held.get(identity, entry, CELL)
    if (cell < 0 && conditionGives(snapshot, ~cell, bit, at)) return true
  }
  return false
}

function isLookedUp(snapshot: Snapshot, identity: number, bit: number, at: number): boolean {
  const { cells, vocabulary } = snapshot
  for (let step = 0; step < length; step++) {
    const cell = cells.find(identity, pathAt(step))
    if (cell < 0) continue
    if (vocabulary.masks.has(cells.permissionsOf(cell), bit) || conditionGives(snapshot, cell, bit, at)) return true
  }
  return false
}

/** Whether the floor role gives a permission to an active user on the resource the path leads from. */
export function floorGives(snapshot: Snapshot, principal: number, bit: number): boolean {
  return snapshot.vocabulary.masks.has(snapshot.floor, bit) && snapshot.principals.kindOf(principal) === 'user' &&
    pathAt(length - 1) === snapshot.root
}
