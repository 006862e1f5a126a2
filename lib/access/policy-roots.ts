import { coverageOf, mayStrike, namesPermission, type Coverage } from '@/lib/access/policies/coverage'
import { resourceRef } from '@/lib/access/policies/names'
import { decideAccess } from './decide'
import { decide, type Question } from './engine/decide'
import { rootNodes } from './engine/roots'
import { IndexEntities } from './index-entities'
import { isReached } from './policy-decision'
import type { KnownPolicy } from './policy-index'
import { isInHome, namesBringing, policiesOf, policyRequestOf, type PolicyRequest } from './policy-question'
import { coveringAction, currentCoverage, groundOf } from './policy-reach'
import type { AccessIndex } from './snapshots/access-index'

type Asked = Omit<Question, 'resourceId' | 'unregisteredType'>

/** Most resources that are looked at to find roots. What lies beyond is left out: less is shown, never too much. */
const VISITS_MAX = 20_000

type Search = { index: AccessIndex; asked: Asked; request: PolicyRequest; policies: readonly { policy: KnownPolicy; coverage: Coverage }[]; guarding: Coverage | null }

/** What guardrails may strike in the circumstances of the question. Unreadable ones may strike everything. */
function guardingCoverage(index: AccessIndex, { request, entities }: PolicyRequest): Coverage | null {
  const { guardrails } = index.policies
  if (!guardrails) return null
  const { compiled } = guardrails
  if (!compiled) return { permits: [], forbids: [{ permissions: '*', resource: { kind: 'everything' } }] }
  return coverageOf(index.model, compiled.parsed, (statement) => compiled.holdsNow(statement.index, request, entities))
}

const questionAt = ({ asked, index }: Search, node: number): Question => ({ ...asked, resourceId: index.snapshot.tree.ids.idAt(node) })

/** Whether it holds at a node and everything below. */
function holdsBelow(search: Search, node: number): boolean {
  const { index, asked, policies, guarding } = search
  const { tree, vocabulary } = index.snapshot
  const ground = groundOf(index, { node, type: vocabulary.typeNames[tree.typeOf(node)] ?? '' })
  if (guarding && mayStrike(guarding.forbids, asked.permission, ground)) return false
  if (decide(index.snapshot, questionAt(search, node)).allow) return true
  return policies.some(({ policy, coverage }) => isInHome(index, policy.ownerId, node) && coveringAction(index, coverage, asked.permission, ground) !== null)
    && isReached(index, questionAt(search, node))
}

/** Where a group's permits for a permission begin: their own resources, or everything the group can speak of. */
export function startsOf(index: AccessIndex, permission: string, { ownerId, compiled }: KnownPolicy): number[] {
  const { snapshot: { tree, root }, directory, model } = index
  const names = [permission, ...namesBringing(index, permission)]
  const home = directory.homeOf(ownerId)
  const entities = new IndexEntities(index)
  const all = coverageOf(model, compiled?.parsed ?? [], () => true).permits
  return all.filter((reach) => names.some((name) => namesPermission(reach, name))).map(({ resource }) =>
    resource?.kind === 'one' || resource?.kind === 'within' ? entities.nodeOf(resourceRef(model, resource.type, resource.id)) : home === null ? root : tree.ids.find(home))
    .filter((node) => node >= 0 && tree.isPresent(node))
}

function walk(search: Search, starts: readonly number[]): number[] {
  const { tree } = search.index.snapshot
  const seen = new Set<number>()
  const found: number[] = []
  const open = [...starts].reverse()
  for (let node = open.pop(); node !== undefined && seen.size < VISITS_MAX; node = open.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (holdsBelow(search, node)) {
      found.push(node)
      continue
    }
    const before = open.length
    for (let child = tree.children.first(node); child >= 0; child = tree.children.next(child)) open.push(child)
    if (open.length === before && decideAccess(search.index, questionAt(search, node)).allow) found.push(node)
  }
  return found
}

/**
 * Nodes at which a permission is held with everything below, policies and guardrails counted; none below another. Where it
 * holds on a resource but not on all below it, the parts on which it does are told.
 */
export function accessRoots(index: AccessIndex, asked: Asked): number[] {
  const byRoles = rootNodes(index.snapshot, asked)
  if (index.policies.isEmpty) return byRoles
  const request = policyRequestOf(index, { ...asked, resourceId: index.organizationId })
  const principal = index.snapshot.principals.ids.find(asked.principalId)
  if (!request || principal < 0 || !index.snapshot.principals.isActive(principal)) return byRoles
  const speaking = policiesOf(index, asked.principalId)
  const search: Search = {
    index, asked, request, policies: speaking.map((policy) => ({ policy, coverage: currentCoverage(index, policy, request) })), guarding: guardingCoverage(index, request),
  }
  const starts = speaking.flatMap((policy) => startsOf(index, asked.permission, policy))
  const isGuarded = search.guarding?.forbids.some((forbid) => namesPermission(forbid, asked.permission)) ?? false
  if (starts.length === 0 && !isGuarded) return byRoles
  const found = walk(search, [...byRoles, ...starts])
  const kept = new Set(found)
  return found.filter((node) => !index.snapshot.tree.pathOf(node).slice(1).some((above) => kept.has(above)))
}
