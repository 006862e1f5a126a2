import type { Narrowing } from './decide'
import { gatherIdentities, identityAt } from './holdings'
import { positionsOf } from './positions'
import type { Snapshot } from './snapshot'

type Asked = { principalId: string; permission: string; at: number; narrowing?: Narrowing }

/** The lower of two nodes where one lies at or below the other, else -1: where what is held at both holds. */
function meet({ tree }: Snapshot, a: number, b: number): number {
  if (tree.isAtOrBelow(a, b)) return a
  return tree.isAtOrBelow(b, a) ? b : -1
}

/** Where a role held at a scope gives a permission: the scope, or within it the chosen resources. */
function placesOf(snapshot: Snapshot, role: number, scope: number, bit: number): number[] {
  const { masks } = snapshot.vocabulary
  const state = snapshot.roles[role]
  const type = snapshot.tree.typeOf(scope)
  if (!state?.chosen) return masks.has(snapshot.roleMask(role, type), bit) ? [scope] : []
  if (!snapshot.tree.isPresent(scope)) return []
  return [...positionsOf(snapshot, state)].filter(([, mask]) => masks.has(mask, bit))
    .map(([node]) => meet(snapshot, scope, node)).filter((node) => node >= 0)
}

function addHeld(snapshot: Snapshot, identity: number, bit: number, at: number, places: Set<number>): void {
  const { cells, assignments, vocabulary } = snapshot
  for (const cell of cells.cellsOf(identity)) {
    const scope = cells.scopeOf(cell)
    if (vocabulary.masks.has(cells.permissionsOf(cell), bit)) places.add(scope)
    if (!vocabulary.masks.has(cells.conditionalOf(cell), bit)) continue
    for (let each = assignments.firsts.get(cell); each >= 0; each = assignments.nexts.get(each)) {
      if (assignments.expiries.get(each) <= at) continue
      for (const place of placesOf(snapshot, assignments.roles.get(each), scope, bit)) places.add(place)
    }
  }
}

function narrowed(snapshot: Snapshot, places: Set<number>, { roleId, scopeId }: Narrowing, bit: number): Set<number> {
  const scope = scopeId === undefined ? snapshot.root : snapshot.tree.ids.find(scopeId)
  if (scope < 0) return new Set()
  const limits = roleId === undefined ? [scope] : placesOf(snapshot, snapshot.roleIds.find(roleId), scope, bit)
  const met = [...places].flatMap((place) => limits.map((limit) => meet(snapshot, place, limit)))
  return new Set(met.filter((node) => node >= 0))
}

/** Nodes at which a permission is held, none below another: it holds there and below, and nowhere else. */
export function rootNodes(snapshot: Snapshot, { principalId, permission, at, narrowing }: Asked): number[] {
  const { vocabulary, principals, tree } = snapshot
  const bit = vocabulary.bitOf(permission)
  const principal = principals.ids.find(principalId)
  if (bit < 0 || principal < 0 || !principals.isActive(principal)) return []
  const places = new Set<number>()
  if (vocabulary.masks.has(snapshot.floor, bit) && principals.kindOf(principal) === 'user') places.add(snapshot.root)
  const count = gatherIdentities(snapshot, principal)
  for (let each = 0; each < count; each++)
    if (principals.isActive(identityAt(each))) addHeld(snapshot, identityAt(each), bit, at, places)
  const reached = narrowing ? narrowed(snapshot, places, narrowing, bit) : places
  const askable = [...reached].filter((node) => vocabulary.masks.has(vocabulary.askableAt(tree.typeOf(node)), bit))
  const kept = new Set(askable)
  return askable.filter((node) => !tree.pathOf(node).slice(1).some((above) => kept.has(above)))
}

/** Ids of the resources at which a principal holds a permission: lists are filtered by what lies at and below them. */
export function rootsOf(snapshot: Snapshot, asked: Asked): string[] {
  return rootNodes(snapshot, asked).map((node) => snapshot.tree.ids.idAt(node)).sort()
}
