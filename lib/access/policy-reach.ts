import { coverageOf, mayStrike, permissionCovering, type Coverage, type Ground } from '@/lib/access/policies/coverage'
import { resourceRef } from '@/lib/access/policies/names'
import { IndexEntities } from './index-entities'
import type { KnownPolicy } from './policy-index'
import { namesBringing, type PolicyRequest } from './policy-question'
import type { AccessIndex } from './snapshots/access-index'

/** A resource, with all below it or alone. `isUnregistered`: it would lie under the node. */
export type Spot = { node: number; type: string; onlyThere?: boolean; isUnregistered?: boolean }

/** A resource, with all below it or alone, as coverage sees it. */
export function groundOf(index: AccessIndex, { node, type, onlyThere = false, isUnregistered = false }: Spot): Ground {
  const { tree } = index.snapshot
  const entities = new IndexEntities(index)
  return {
    type, onlyThere,
    relationOf: (named, id) => {
      const other = entities.nodeOf(resourceRef(index.model, named, id))
      if (other < 0) return null
      if (other === node && !isUnregistered) return 'same'
      if (tree.isAtOrBelow(node, other)) return 'above'
      return !isUnregistered && tree.isAtOrBelow(other, node) ? 'below' : 'elsewhere'
    },
  }
}

/** The permission by which policies permit something on a whole ground; null when they do not. */
export const coveringAction = (index: AccessIndex, coverage: Coverage, permission: string, ground: Ground): string | null =>
  permissionCovering(index.model, coverage, permission, namesBringing(index, permission), ground)

/** What a policy covers in the circumstances of a question, whose conditions on principal and context are met or not. */
export function currentCoverage({ model }: AccessIndex, { compiled, coverage }: KnownPolicy, { request, entities }: PolicyRequest): Coverage {
  if (!compiled || compiled.parsed.every(({ json }) => json.conditions.length === 0 && json.principal.op === 'All')) return coverage
  return coverageOf(model, compiled.parsed, ({ index }) => compiled.holdsNow(index, request, entities))
}

/** Whether a guardrail that is about certain principals may strike this one somewhere on a ground. */
export function isBarred({ policies: { guardrails } }: AccessIndex, { request, entities }: PolicyRequest, permission: string, ground: Ground): boolean {
  const personal = guardrails?.personal.filter(({ fits }) => fits({ ...request, entities })) ?? []
  return personal.length > 0 && mayStrike(personal.map(({ reach }) => reach), permission, ground)
}
