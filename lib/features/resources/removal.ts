import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { AppError } from '@/lib/errors'
import type { Place } from './rules'

/** What goes with a resource: who held which role on it, and its locked group. */
export type Gone = { targets: Target[]; roles: string[] }

type Holder = { email?: string; name?: string } | null

const holderOf = (...holders: Holder[]): string => holders.map((holder) => holder?.email ?? holder?.name).find((name) => name !== undefined) ?? 'somebody'

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
