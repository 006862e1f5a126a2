import type { Ctx } from '@/lib/access/context'
import type { MemberRole } from '@/lib/features/members/rules'
import type { GroupRow } from './rules'

/** A group with the roles it holds now, as the Groups page shows it. */
export type GroupListRow = GroupRow & { roles: MemberRole[] }

/** Groups with their roles in force, all in one query. */
export async function withRoles(ctx: Ctx<'group:read'>, groups: readonly GroupRow[]): Promise<GroupListRow[]> {
  const rows = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, groupId: { in: groups.map(({ id }) => id) }, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
    select: { groupId: true, expiresAt: true, role: { select: { id: true, name: true, title: true } }, scope: { select: { id: true, type: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  const rolesOf = (id: string): MemberRole[] => rows.filter(({ groupId }) => groupId === id).map(({ role, scope, expiresAt }) =>
    ({ roleId: role.id, name: role.name, title: role.title, scope, expiresAt: expiresAt?.toISOString() ?? null }))
  return groups.map((group) => ({ ...group, roles: rolesOf(group.id) }))
}
