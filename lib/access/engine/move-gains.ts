import { conditionGives, floorGives, gatherIdentities, isGranted, walkPath } from './holdings'
import { positionsOf } from './positions'
import type { Snapshot } from './snapshot'

type Move = { resourceId: string; parentId: string; at: number }

/** By principal, what they might gain; who is not active (an open invitation, somebody suspended) is among them. */
type Candidates = Map<number, number>

function addCell({ cells, vocabulary: { masks } }: Snapshot, cell: number, candidates: Candidates): void {
  const principal = cells.principalOf(cell)
  const mask = masks.union(cells.permissionsOf(cell), cells.conditionalOf(cell))
  candidates.set(principal, masks.union(candidates.get(principal) ?? 0, mask))
}

/** Holders of roles over chosen resources, of which one lies on the new path. */
function addChosen(snapshot: Snapshot, added: ReadonlySet<number>, candidates: Candidates): void {
  const reaching = new Set<number>()
  snapshot.roles.forEach((role, index) => {
    if (role.chosen && [...positionsOf(snapshot, role).keys()].some((node) => added.has(node))) reaching.add(index)
  })
  if (reaching.size === 0) return
  const { assignments } = snapshot
  for (let each = 0; each < assignments.ids.end; each++)
    if (reaching.has(assignments.roles.get(each))) addCell(snapshot, assignments.cells.get(each), candidates)
}

function candidatesOf(snapshot: Snapshot, node: number, parent: number): Candidates {
  const before = new Set(snapshot.tree.pathOf(node))
  const added = new Set(snapshot.tree.pathOf(parent).filter((above) => !before.has(above)))
  const candidates: Candidates = new Map()
  const { atScope } = snapshot.cells
  for (const scope of added)
    for (let cell = atScope.first(scope); cell >= 0; cell = atScope.next(cell)) addCell(snapshot, cell, candidates)
  addChosen(snapshot, added, candidates)
  return candidates
}

/** Which of these permissions a principal holds on the resource the path leads from. */
function heldOf(snapshot: Snapshot, principal: number, bits: readonly number[], at: number): number[] {
  const count = gatherIdentities(snapshot, principal)
  return bits.filter((bit) => floorGives(snapshot, principal, bit) || isGranted(snapshot, count, bit, at))
}

/** The same for somebody who is not active: what their assignments at the new place would give once they are. */
function latentOf(snapshot: Snapshot, principal: number, bits: readonly number[], at: number): number[] {
  const { cells, vocabulary: { masks } } = snapshot
  const held = [...cells.cellsOf(principal)]
  return bits.filter((bit) => held.some((cell) => masks.has(cells.permissionsOf(cell), bit) || conditionGives(snapshot, cell, bit, at)))
}

/**
 * Permissions that role grants would give somebody, or a group, on a resource and what lies in it if it were moved, and do
 * not give now. Whoever moves it gives them, so they must hold them there.
 *
 * @returns names of permissions, each once, in the order of the catalogue; none for what is unknown
 */
export function gainsOfMove(snapshot: Snapshot, { resourceId, parentId, at }: Move): string[] {
  const { tree, principals, vocabulary } = snapshot
  const [node, parent] = [tree.ids.find(resourceId), tree.ids.find(parentId)]
  if (node < 0 || parent < 0 || !tree.isPresent(node) || !tree.isPresent(parent) || tree.isAtOrBelow(parent, node)) return []
  const [type, from, name] = [tree.typeOf(node), tree.parentOf(node), tree.names[node] ?? '']
  const askable = vocabulary.askableAt(type)
  walkPath(snapshot, node)
  const asks = [...candidatesOf(snapshot, node, parent)].map(([principal, mask]) => {
    const bits = vocabulary.masks.bitsOf(vocabulary.masks.intersection(mask, askable))
    const held = new Set(heldOf(snapshot, principal, bits, at))
    return { principal, bits: bits.filter((bit) => !held.has(bit)) }
  })
  const gained = new Set<number>()
  // Nothing else runs meanwhile: the index is put back before anybody can ask it.
  tree.place(node, type, parent, name)
  try {
    walkPath(snapshot, node)
    for (const { principal, bits } of asks) {
      const held = principals.isActive(principal) ? heldOf(snapshot, principal, bits, at) : latentOf(snapshot, principal, bits, at)
      for (const bit of held) gained.add(bit)
    }
  } finally {
    tree.place(node, type, from, name)
  }
  return [...gained].sort((a, b) => a - b).map((bit) => vocabulary.permissionNames[bit] ?? '')
}
