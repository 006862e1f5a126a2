import { conditionGives, floorGives, gatherIdentities, isGranted, walkPath } from './holdings'
import { isChosenWithin, positionsOf, rolesCountingAt } from './positions'
import type { Snapshot } from './snapshot'

type Move = { resourceId: string; parentId: string; at: number }

/** By principal, what they might gain; who is not active (an open invitation, somebody suspended) is among them. */
type Candidates = Map<number, number>

function addCell({ cells, vocabulary: { masks } }: Snapshot, cell: number, candidates: Candidates): void {
  const principal = cells.principalOf(cell)
  const mask = masks.union(cells.permissionsOf(cell), cells.conditionalOf(cell))
  candidates.set(principal, masks.union(candidates.get(principal) ?? 0, mask))
}

/** Where something may be gained: at the resource that moves, and at scopes inside it. */
type Places = Map<number, Candidates>

function candidatesAt(places: Places, node: number): Candidates {
  const known = places.get(node) ?? new Map<number, number>()
  places.set(node, known)
  return known
}

/** Holders of roles over chosen resources, of which one lies on the new path: at the resource, or at their scope inside it. */
function addChosen(snapshot: Snapshot, added: ReadonlySet<number>, node: number, places: Places): void {
  const counting = rolesCountingAt(snapshot, added)
  if (counting.size === 0) return
  const { assignments, cells, tree } = snapshot
  for (let each = 0; each < assignments.ids.end; each++) {
    if (!counting.has(assignments.roles.get(each))) continue
    const cell = assignments.cells.get(each)
    const scope = cells.scopeOf(cell)
    addCell(snapshot, cell, candidatesAt(places, tree.isAtOrBelow(scope, node) ? scope : node))
  }
}

/** Holders of roles over chosen resources inside what moves, where those would reach up to on the whole new path. */
function addReachingUp(snapshot: Snapshot, path: readonly number[], node: number, places: Places): void {
  const { assignments, cells, tree, roles, vocabulary } = snapshot
  if (!vocabulary.model.rules.chosenResourcesReachUp) return
  const moving = new Set([...roles.keys()].filter((role) => isChosenWithin(snapshot, roles[role], node)))
  if (moving.size === 0) return
  for (let each = 0; each < assignments.ids.end; each++) {
    if (!moving.has(assignments.roles.get(each))) continue
    const cell = assignments.cells.get(each)
    const scope = cells.scopeOf(cell)
    for (const above of path) {
      if (tree.isAtOrBelow(above, scope)) addCell(snapshot, cell, candidatesAt(places, above))
      else if (tree.isAtOrBelow(scope, above)) addCell(snapshot, cell, candidatesAt(places, scope))
    }
  }
}

/** A holder at a scope under which the resource arrives: at the resource, and at what their roles choose inside it. */
function addArriving(snapshot: Snapshot, cell: number, node: number, places: Places): void {
  const { assignments, roles, tree } = snapshot
  addCell(snapshot, cell, candidatesAt(places, node))
  for (const each of assignments.inCell(cell)) {
    const role = roles[assignments.roles.get(each)]
    const inside = role?.chosen ? [...positionsOf(snapshot, role).keys()].filter((place) => tree.isAtOrBelow(place, node)) : []
    for (const place of inside) addCell(snapshot, cell, candidatesAt(places, place))
  }
}

function placesOf(snapshot: Snapshot, node: number, parent: number): Places {
  const before = new Set(snapshot.tree.pathOf(node))
  const path = snapshot.tree.pathOf(parent)
  const added = new Set(path.filter((above) => !before.has(above)))
  const places: Places = new Map()
  const { atScope } = snapshot.cells
  for (const scope of added)
    for (let cell = atScope.first(scope); cell >= 0; cell = atScope.next(cell)) addArriving(snapshot, cell, node, places)
  addChosen(snapshot, added, node, places)
  addReachingUp(snapshot, path, node, places)
  return places
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
  const asks = [...placesOf(snapshot, node, parent)].map(([place, candidates]) => {
    walkPath(snapshot, place)
    const askable = vocabulary.askableAt(tree.typeOf(place))
    const wanted = [...candidates].map(([principal, mask]) => {
      const bits = vocabulary.masks.bitsOf(vocabulary.masks.intersection(mask, askable))
      const held = new Set(heldOf(snapshot, principal, bits, at))
      return { principal, bits: bits.filter((bit) => !held.has(bit)) }
    })
    return { place, wanted }
  })
  const gained = new Set<number>()
  // Nothing else runs meanwhile: the index is put back before anybody can ask it.
  tree.place(node, type, parent, name)
  try {
    for (const { place, wanted } of asks) {
      walkPath(snapshot, place)
      for (const { principal, bits } of wanted) {
        const heldThere = principals.isActive(principal) ? heldOf : latentOf
        heldThere(snapshot, principal, bits, at).forEach((bit) => gained.add(bit))
      }
    }
  } finally {
    tree.place(node, type, from, name)
  }
  return [...gained].sort((a, b) => a - b).map((bit) => vocabulary.permissionNames[bit] ?? '')
}
