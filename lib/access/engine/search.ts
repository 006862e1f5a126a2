import type { Narrowing } from './decide'
import { isWithin, typeAsked } from './decide'
import { conditionGives, floorGives, gatherIdentities, isGranted, walkPath } from './holdings'
import type { IdTable } from './id-table'
import { rootNodes } from './roots'
import type { PrincipalKind, Snapshot } from './snapshot'

/** Ascending ids after `after`, `limit` at most. */
export type Page = { after?: string; limit: number }
export type Found = { ids: string[]; next: string | null }

/** One page of ids; what it costs does not grow with the number of the page. */
export function pageOf(table: IdTable, found: Iterable<number>, { after, limit }: Page): Found {
  const start = after === undefined ? -1 : table.find(after)
  const isAfter = (index: number) =>
    after === undefined || (start >= 0 ? table.compare(index, start) > 0 : table.idAt(index) > after)
  const best: number[] = []
  for (const index of found) {
    const last = best[limit]
    if ((last !== undefined && table.compare(index, last) > 0) || !isAfter(index)) continue
    let [low, high] = [0, best.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (table.compare(best[middle] ?? 0, index) < 0) low = middle + 1
      else high = middle
    }
    best.splice(low, 0, index)
    if (best.length > limit + 1) best.pop()
  }
  const ids = best.slice(0, limit).map((index) => table.idAt(index))
  return { ids, next: best.length > limit ? (ids.at(-1) ?? null) : null }
}

export type SubjectQuestion = { permission: string; resourceId: string; unregisteredType?: string; at: number; kind: Exclude<PrincipalKind, 'unknown'> }

/** Adds a principal where it is of the kind that is searched for, and of a group its members that are. */
export function addSubject(snapshot: Snapshot, principal: number, kind: PrincipalKind, found: Set<number>): void {
  const { principals } = snapshot
  if (!principals.isActive(principal)) return
  if (principals.kindOf(principal) === kind) found.add(principal)
  if (kind === 'group' || principals.kindOf(principal) !== 'group') return
  for (let edge = principals.membersOf.first(principal); edge >= 0; edge = principals.membersOf.next(edge)) {
    const member = principals.edgeMembers.get(edge)
    if (principals.isActive(member) && principals.kindOf(member) === kind) found.add(member)
  }
}

/** Principals of one kind to whom role grants allow a permission on a resource; null where it cannot be asked. */
export function subjectsByRole(snapshot: Snapshot, question: SubjectQuestion): Set<number> | null {
  const { vocabulary, principals, tree, cells } = snapshot
  const bit = vocabulary.bitOf(question.permission)
  const node = tree.ids.find(question.resourceId)
  const found = new Set<number>()
  const isAskable = bit >= 0 && node >= 0 && tree.isPresent(node) && vocabulary.masks.has(vocabulary.askableAt(typeAsked(snapshot, question, node)), bit)
  if (!isAskable) return null
  walkPath(snapshot, node)
  for (const scope of tree.pathOf(node)) {
    for (let cell = cells.atScope.first(scope); cell >= 0; cell = cells.atScope.next(cell)) {
      if (vocabulary.masks.has(cells.permissionsOf(cell), bit) || conditionGives(snapshot, cell, bit, question.at))
        addSubject(snapshot, cells.principalOf(cell), question.kind, found)
    }
  }
  if (question.kind === 'user' && vocabulary.masks.has(snapshot.floor, bit)) {
    for (let each = 0; each < principals.ids.end; each++)
      if (principals.isActive(each) && floorGives(snapshot, each, bit)) found.add(each)
  }
  return found
}

/** The same in pages. */
export function searchSubjects(snapshot: Snapshot, question: SubjectQuestion, page: Page): Found {
  return pageOf(snapshot.principals.ids, subjectsByRole(snapshot, question) ?? [], page)
}

export type ResourceQuestion = { principalId: string; permission: string; type: string; at: number; narrowing?: Narrowing }

/** Nodes of a type at and below others; one that lies below several comes several times. */
export function* nodesBelow({ tree }: Snapshot, roots: readonly number[], type: number): Generator<number> {
  const open = [...roots]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (tree.typeOf(node) === type) yield node
    for (let child = tree.children.first(node); child >= 0; child = tree.children.next(child)) open.push(child)
  }
}

/** Whether a permission can be asked about resources of a type. */
export function isAskableOf({ vocabulary }: Snapshot, permission: string, type: number): boolean {
  const bit = vocabulary.bitOf(permission)
  return bit >= 0 && type >= 0 && vocabulary.masks.has(vocabulary.askableAt(type), bit)
}

/** Resources of one type on which role grants allow a principal a permission, in pages. */
export function searchResources(snapshot: Snapshot, { type: typeName, ...asked }: ResourceQuestion, page: Page): Found {
  const { vocabulary, tree } = snapshot
  const type = vocabulary.typeOf(typeName)
  if (!isAskableOf(snapshot, asked.permission, type)) return { ids: [], next: null }
  return pageOf(tree.ids, nodesBelow(snapshot, rootNodes(snapshot, asked), type), page)
}

type ActionQuestion = { principalId: string; resourceId: string; unregisteredType?: string; at: number; narrowing?: Narrowing }

/** Permissions that role grants allow a principal on a resource, in the order of the catalogue. */
export function searchActions(snapshot: Snapshot, question: ActionQuestion): string[] {
  const { principalId, resourceId, at, narrowing } = question
  const { vocabulary, principals, tree } = snapshot
  const principal = principals.ids.find(principalId)
  const node = tree.ids.find(resourceId)
  if (principal < 0 || node < 0 || !tree.isPresent(node) || !principals.isActive(principal)) return []
  walkPath(snapshot, node)
  const count = gatherIdentities(snapshot, principal)
  return vocabulary.masks.bitsOf(vocabulary.askableAt(typeAsked(snapshot, question, node)))
    .filter((bit) => floorGives(snapshot, principal, bit) || isGranted(snapshot, count, bit, at))
    .filter((bit) => !narrowing || isWithin(snapshot, narrowing, bit))
    .map((bit) => vocabulary.permissionNames[bit] ?? '')
}
