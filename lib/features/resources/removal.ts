import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { namesOf, resourceIdInPolicies } from '@/lib/access/policies/names'
import { AppError } from '@/lib/errors'
import { findPoliciesNaming } from '@/lib/features/policies/naming'
import type { Place } from './rules'

/** What goes with a resource: who held which role on it, and its locked group. */
export type Gone = { targets: Target[]; roles: string[] }

type Holder = { email?: string; name?: string } | null

const holderOf = (...holders: Holder[]): string => holders.map((holder) => holder?.email ?? holder?.name).find((name) => name !== undefined) ?? 'somebody'

/**
 * What a policy or a guardrail names stays: its text could not be saved again otherwise, and a forbid would end unseen.
 *
 * @throws AppError `conflict` saying which
 */
export async function requireUnnamed(ctx: Ctx, found: Place & { externalId: string | null }): Promise<void> {
  const naming = await findPoliciesNaming(ctx, resourceIdInPolicies(ctx.model, found), namesOf(ctx.model).typeOf(found.type))
  const born = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, resourceId: found.id, isAdmin: true }, select: { id: true } })
  for (const { id } of born) naming.push(...(await findPoliciesNaming(ctx, id)))
  const [first, ...others] = new Set(naming)
  if (first === undefined) return
  throw new AppError('conflict', `\`${found.name}\` is named in ${[first, ...others].join(' and ')}; take it out there first`)
}

/**
 * Takes away what belongs to a resource that is to be deleted.
 *
 * @throws AppError `conflict` when groups other than its locked one belong to it
 */
export async function deleteBelongings(ctx: Ctx, { id, name }: Place): Promise<Gone> {
  const groups = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, resourceId: id }, select: { id: true, name: true, isAdmin: true }, orderBy: { name: 'asc' } })
  const others = groups.filter(({ isAdmin }) => !isAdmin)
  if (others.length > 0) {
    const named = others.slice(0, 3).map((group) => `\`${group.name}\``).join(', ')
    throw new AppError('conflict', `\`${name}\` still has ${others.length === 1 ? 'the group' : 'groups'} ${named}${others.length > 3 ? ` and ${others.length - 3} more` : ''}; delete ${others.length === 1 ? 'it' : 'them'} first`)
  }
  const held = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, scopeId: id },
    select: { role: { select: { title: true } }, membership: { select: { email: true } }, group: { select: { name: true } }, serviceAccount: { select: { name: true } } },
    orderBy: { id: 'asc' }, take: 200,
  })
  await ctx.tx.roleAssignment.deleteMany({ where: { organizationId: ctx.orgId, scopeId: id } })
  await ctx.tx.group.deleteMany({ where: { organizationId: ctx.orgId, id: { in: groups.map((group) => group.id) } } })
  return {
    targets: groups.map((group) => ({ type: 'group', id: group.id, name: group.name })),
    roles: held.map(({ role, membership, group, serviceAccount }) => `${role.title}: ${holderOf(membership, group, serviceAccount)}`),
  }
}
