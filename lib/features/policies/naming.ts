import type { Ctx } from '@/lib/access/context'
import { resourceIdInPolicies } from '@/lib/access/policies/names'

/** A resource as policy text names it: its type in the model, and the id that policies use. */
export type PolicyRef = { type: string; id: string }

export type NamedResource = PolicyRef & {
  /** Our own id. */
  resourceId: string
  name: string
}

export const refKey = ({ type, id }: PolicyRef): string => `${type}\n${id}`

/** Resources, and groups where they are resources of the model, by the names policies use for them; what is not there is left out. */
export async function findNamedResources(ctx: Pick<Ctx, 'tx' | 'orgId' | 'model'>, refs: readonly PolicyRef[]): Promise<Map<string, NamedResource>> {
  const found = new Map<string, NamedResource>()
  const ids = [...new Set(refs.map(({ id }) => id))]
  if (ids.length === 0) return found
  const wanted = new Set(refs.map(refKey))
  const enter = (named: NamedResource) => {
    if (wanted.has(refKey(named))) found.set(refKey(named), named)
  }
  const rows = await ctx.tx.resource.findMany({
    where: { organizationId: ctx.orgId, OR: [{ id: { in: ids } }, { externalId: { in: ids } }] }, select: { id: true, type: true, externalId: true, name: true },
  })
  for (const row of rows) enter({ type: row.type, id: resourceIdInPolicies(ctx.model, row), resourceId: row.id, name: row.name })
  const groupType = ctx.model.resourceTypes.find(({ standsFor }) => standsFor === 'group')
  if (groupType) {
    const groups = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, id: { in: ids } }, select: { id: true, name: true } })
    for (const { id, name } of groups) enter({ type: groupType.name, id, resourceId: id, name })
  }
  return found
}

/** Where an id of ours is written in policies and guardrails, in words; at most three. */
export async function findPoliciesNaming(ctx: Pick<Ctx, 'tx' | 'orgId'>, id: string): Promise<string[]> {
  const policies = await ctx.tx.policy.findMany({
    where: { organizationId: ctx.orgId, text: { contains: id }, ownerId: { not: id } }, select: { ownerId: true }, orderBy: { ownerId: 'asc' }, take: 3,
  })
  const groups = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, id: { in: policies.map(({ ownerId }) => ownerId) } }, select: { id: true, name: true } })
  return policies.map(({ ownerId }) => {
    const group = groups.find((each) => each.id === ownerId)
    return group ? `the policy of \`${group.name}\`` : 'the guardrails'
  })
}
