import type { Role, Snapshot } from './snapshot'

/**
 * Where a role restricted to chosen resources counts, and what it permits there and below: at each chosen resource what
 * can be asked there, and, if the model says so, at the nearest resource above it what applies only higher up.
 */
export function positionsOf(snapshot: Snapshot, role: Role): ReadonlyMap<number, number> {
  if (role.positionsAt !== snapshot.tree.shape) {
    role.positions = computePositions(snapshot, role)
    role.positionsAt = snapshot.tree.shape
  }
  return role.positions
}

/** Roles restricted to chosen resources that count at one of these places. */
export function rolesCountingAt(snapshot: Snapshot, places: ReadonlySet<number>): ReadonlySet<number> {
  const counting = new Set<number>()
  snapshot.roles.forEach((role, index) => {
    if (role.chosen && [...positionsOf(snapshot, role).keys()].some((place) => places.has(place))) counting.add(index)
  })
  return counting
}

/** Whether a role is restricted to resources of which one lies in this one, or is it. */
export const isChosenWithin = ({ tree }: Snapshot, role: Role | undefined, node: number): boolean =>
  role?.chosen?.some((chosen) => tree.isAtOrBelow(chosen, node)) ?? false

function computePositions({ vocabulary, tree }: Snapshot, { contents, chosen }: Role): Map<number, number> {
  const { masks, model } = vocabulary
  const positions = new Map<number, number>()
  const add = (node: number, mask: number) => mask && positions.set(node, masks.union(positions.get(node) ?? 0, mask))
  for (const node of contents ? (chosen ?? []) : []) {
    const type = tree.typeOf(node)
    if (type < 0 || !contents) continue
    const own = contents.ownAt(type)
    const here = masks.intersection(own, vocabulary.askableAt(type))
    add(node, masks.union(vocabulary.expand(here), contents.coreAt(type)))
    let pending = model.rules.chosenResourcesReachUp ? masks.without(own, here) : 0
    for (const above of tree.pathOf(node).slice(1)) {
      const reached = masks.intersection(pending, vocabulary.applyingTo(tree.typeOf(above)))
      add(above, vocabulary.expand(reached))
      pending = masks.without(pending, reached)
    }
  }
  return positions
}
