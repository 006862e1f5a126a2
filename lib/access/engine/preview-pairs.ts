import { isChosenWithin, rolesCountingAt } from './positions'
import type { Change } from './rows'
import { GROUP, type Snapshot } from './snapshot'

/** Pairs of a principal and a resource at which something may change. */
export class Pairs {
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
  addReachedWithin(snapshot, pairs, node)
}

/**
 * Holders of roles that count above a resource and go with it: held inside it, or over chosen resources inside it that reach
 * up from there.
 */
function addReachedWithin(snapshot: Snapshot, pairs: Pairs, node: number): void {
  const { assignments, cells, tree, roles } = snapshot
  const counting = rolesCountingAt(snapshot, new Set(tree.pathOf(node).slice(1)))
  if (counting.size === 0) return
  const reachingUp = new Set([...counting].filter((role) => isChosenWithin(snapshot, roles[role], node)))
  for (let each = 0; each < assignments.ids.end; each++) {
    const role = assignments.roles.get(each)
    if (counting.has(role) && (reachingUp.has(role) || tree.isAtOrBelow(cells.scopeOf(assignments.cells.get(each)), node))) addAssignment(snapshot, pairs, each)
  }
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

/** Adds where a change may make a difference by role grants, as the snapshot stands: called before it and after it. */
export function addTouched(snapshot: Snapshot, pairs: Pairs, change: Change): void {
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
