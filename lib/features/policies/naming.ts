import type { Ctx } from '@/lib/access/context'
import { resourceIdInPolicies } from '@/lib/access/policies/names'
import { entitiesNamedIn } from '@/lib/access/policies/references'

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

const TOLD_MAX = 3

/**
 * Where something is named as an entity in policies and guardrails, in words; at most three. A group's own text does not count.
 *
 * @param id as policies name it
 * @param type of the entity, where its id alone does not tell
 */
export async function findPoliciesNaming(ctx: Pick<Ctx, 'tx' | 'orgId'>, id: string, type?: string): Promise<string[]> {
  // A platform's own ids may stand inside others, and be written with escapes: what holds the longest plain part is read.
  const [plain = ''] = id.split(/[^\w./-]+/).sort((one, other) => other.length - one.length)
  const candidates = await ctx.tx.policy.findMany({
    where: { organizationId: ctx.orgId, text: { contains: plain.replace(/[\\%_]/g, '\\$&') }, ownerId: { not: id } }, select: { ownerId: true, text: true }, orderBy: { ownerId: 'asc' },
  })
  const owners: string[] = []
  for (const { ownerId, text } of candidates) {
    if (entitiesNamedIn(text).some(({ entity }) => entity.id === id && (type === undefined || entity.type === type))) owners.push(ownerId)
    if (owners.length === TOLD_MAX) break
  }
  const groups = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, id: { in: owners } }, select: { id: true, name: true } })
  return owners.map((ownerId) => {
    const group = groups.find((each) => each.id === ownerId)
    return group ? `the policy of \`${group.name}\`` : 'the guardrails'
  })
}
