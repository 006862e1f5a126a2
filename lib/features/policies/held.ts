import type { Ctx } from '@/lib/access/context'
import { askableTypes } from '@/lib/access/models/resource-types'
import { namesOf } from '@/lib/access/policies/names'
import { grantsOf, type PolicyGrant } from '@/lib/access/policies/grants'
import { AppError } from '@/lib/errors'
import { findNamedResources, refKey, type NamedResource } from './naming'

/** A policy with where its group belongs; `only`: the statements to look at, all when left out. */
export type HeldCase = { resourceId: string | null; text: string; only?: ReadonlySet<number> }

/** Where a permit's resource clause reaches, and of what type the resources are there. */
type Reach = { scopeId: string; type: string; isWhole: boolean; name: string }

function reachOf(home: { id: string; type: string }, { resource }: PolicyGrant, named: ReadonlyMap<string, NamedResource>): Reach | null {
  if (resource.kind === 'everything') return { scopeId: home.id, type: home.type, isWhole: true, name: 'everything' }
  if (resource.kind === 'type') return { scopeId: home.id, type: resource.type, isWhole: true, name: `every ${resource.type}` }
  const found = named.get(refKey(resource))
  if (!found) return null
  const type = resource.kind === 'within' && resource.only !== null ? resource.only : found.type
  return { scopeId: found.resourceId, type, isWhole: resource.kind === 'within', name: `\`${found.name}\`` }
}

/**
 * Nobody gives what they do not hold: what the scope clause of each permit reaches must be wholly the author's. Conditions
 * are not credited, since they may be met by whoever is given it.
 *
 * @throws AppError `forbidden` naming the first permission that is missing, and where
 */
export async function requirePolicyHeld(ctx: Ctx, { resourceId, text, only }: HeldCase): Promise<void> {
  const grants = grantsOf(ctx.model, text).filter(({ statement }) => only?.has(statement) ?? true)
  if (grants.length === 0) return
  const homeId = resourceId ?? ctx.orgId
  const home = { id: homeId, type: resourceId === null ? 'organization' : (ctx.model.rules.groups?.belongTo ?? 'organization') }
  const named = await findNamedResources(ctx, grants.flatMap(({ resource }) => (resource.kind === 'one' || resource.kind === 'within' ? [resource] : [])))
  const askable = askableTypes(ctx.model)
  const seen = new Set<string>()
  for (const grant of grants) {
    const reach = reachOf(home, grant, named)
    if (!reach) continue
    // What a permission brings along is held by whoever holds it, and where it is.
    const listed = grant.permissions === '*' ? namesOf(ctx.model).permissions : grant.permissions
    for (const permission of listed.filter((name) => askable.get(name)?.has(reach.type) ?? true)) {
      const key = `${permission} ${reach.scopeId} ${reach.isWhole}`
      if (seen.has(key)) continue
      seen.add(key)
      if (ctx.rights.gives(permission, reach.scopeId, { onlyThere: !reach.isWhole })) continue
      throw new AppError('forbidden', `the policy permits \`${permission}\` on ${reach.name}, which you do not hold there yourself`, {
        missing: { permission, scope: reach.scopeId, isNamed: true },
      })
    }
  }
}
