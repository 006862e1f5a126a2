import type { Ctx } from '@/lib/access/context'
import { requirePolicyHeld } from '@/lib/features/policies/held'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'

/**
 * Whoever holds a token of a directory puts anybody into its groups. So making one demands all that those groups and the
 * mappings give: nobody gives what they do not hold.
 *
 * @throws AppError `forbidden` naming the first permission that is missing, and where
 */
export async function requireDirectoryHeld(ctx: Ctx, directoryId: string): Promise<void> {
  const where = { organizationId: ctx.orgId, directoryId }
  const mappings = await ctx.tx.provisioningMapping.findMany({ where, select: { roleId: true, scopeId: true } })
  const groups = await ctx.tx.group.findMany({ where, select: { id: true, resourceId: true } })
  const ids = groups.map(({ id }) => id)
  const given = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, groupId: { in: ids }, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] }, select: { roleId: true, scopeId: true },
  })
  const wanted = new Map([...mappings, ...given].map((each) => [`${each.roleId} ${each.scopeId}`, { role: each.roleId, scope: each.scopeId }]))
  requireHeld(ctx.rights, await resolveAssignments(ctx, [...wanted.values()]))
  const policies = await ctx.tx.policy.findMany({ where: { organizationId: ctx.orgId, ownerId: { in: ids } }, select: { ownerId: true, text: true } })
  for (const { ownerId, text } of policies) await requirePolicyHeld(ctx, { resourceId: groups.find(({ id }) => id === ownerId)?.resourceId ?? null, text })
}
