import { reachOf } from '@/lib/access/policies/coverage'
import { entityOf, field } from '@/lib/access/policies/json-tree'
import { resourceRef } from '@/lib/access/policies/names'
import type { ParsedStatement } from '@/lib/access/policies/policy-text'
import type { Pairs } from './engine/preview-pairs'
import { GROUP } from './engine/snapshot'
import { IndexEntities } from './index-entities'
import type { AccessIndex } from './snapshots/access-index'

/** Most holders of a permission that guardrails are about who are looked at. */
const HOLDERS_MAX = 500

/** Where a guardrail is about something: its resource, or everything. */
function placeOf(index: AccessIndex, statement: ParsedStatement): number {
  const { resource } = reachOf(index.model, statement)
  return resource?.kind === 'one' || resource?.kind === 'within' ? new IndexEntities(index).nodeOf(resourceRef(index.model, resource.type, resource.id)) : index.snapshot.root
}

/** The principal a guardrail names with `==`, with the groups it is in; null: it is about many. */
function namedPrincipal({ snapshot: { principals } }: AccessIndex, { json: { principal } }: ParsedStatement): readonly number[] | null {
  const entity = principal.op === '==' ? entityOf(field(principal, 'entity')) : null
  if (!entity) return null
  const found = principals.ids.find(entity.id)
  if (found < 0) return []
  const groups = Array.from({ length: principals.groupsOf.count(found) }, (_, entry) => principals.groupsOf.get(found, entry, GROUP))
  return [found, ...groups]
}

/**
 * Adds who holds by roles, the floor role too, or by policies what guardrails are about, where both meet.
 *
 * @param concerned the permissions that are asked about
 * @returns how many holders were left out
 */
export function addBarred(index: AccessIndex, barring: readonly ParsedStatement[], concerned: readonly string[], pairs: Pairs): number {
  if (barring.length === 0) return 0
  const { snapshot: { assignments, cells, tree, vocabulary, principals, floor }, policies } = index
  const { masks } = vocabulary
  const bits = concerned.map((name) => vocabulary.bitOf(name)).filter((bit) => bit >= 0)
  const isConcerned = (cell: number) => bits.some((bit) => masks.has(cells.permissionsOf(cell), bit) || masks.has(cells.conditionalOf(cell), bit))
  const added = new Set<number>()
  const left = new Set<number>()
  const add = (principal: number, node: number) => {
    if (!added.has(principal) && added.size >= HOLDERS_MAX) return left.add(principal)
    pairs.add(principal, node)
    return added.add(principal)
  }
  const meet = (cell: number, place: number, told: number) => {
    const scope = cells.scopeOf(cell)
    const node = tree.isAtOrBelow(scope, place) ? scope : tree.isAtOrBelow(place, scope) ? place : -1
    if (node >= 0 && isConcerned(cell)) add(told, node)
  }
  const meetEverybody = (place: number) => {
    for (let each = 0; each < assignments.ids.end; each++) {
      const cell = assignments.roles.get(each) < 0 ? -1 : assignments.cells.get(each)
      if (cell >= 0) meet(cell, place, cells.principalOf(cell))
    }
    for (const groupId of policies.groupIds) add(principals.ids.find(groupId), place)
    if (!bits.some((bit) => masks.has(floor, bit))) return
    for (let each = 0; each < principals.ids.end; each++) if (principals.kindOf(each) === 'user' && principals.isActive(each)) add(each, place)
  }
  for (const statement of barring) {
    const place = placeOf(index, statement)
    if (place < 0 || !tree.isPresent(place)) continue
    const named = namedPrincipal(index, statement)
    if (named === null) {
      meetEverybody(place)
      continue
    }
    const [only] = named
    if (only === undefined) continue
    for (const holder of named) for (const cell of cells.cellsOf(holder)) meet(cell, place, only)
    add(only, place)
  }
  for (const principal of added) left.delete(principal)
  return left.size
}
