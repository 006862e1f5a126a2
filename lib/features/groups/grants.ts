import type { Ctx } from '@/lib/access/context'
import { requirePolicyHeld } from '@/lib/features/policies/held'
import { findAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'
import type { GroupFacts } from './queries'

/**
 * Nobody gives what they do not hold: whoever brings people into a group must hold all that its roles and its policy give.
 *
 * @throws AppError `forbidden` naming the first permission that is missing, and where
 */
export async function requireGroupHeld(ctx: Ctx, group: GroupFacts): Promise<void> {
  const assignments = await findAssignments(ctx, { groupId: group.id })
  requireHeld(ctx.rights, assignments.filter(({ expiresAt }) => expiresAt === null || expiresAt > ctx.now))
  const policy = await ctx.tx.policy.findUnique({ where: { organizationId_ownerId: { organizationId: ctx.orgId, ownerId: group.id } }, select: { text: true } })
  if (policy) await requirePolicyHeld(ctx, { resourceId: group.resourceId, text: policy.text })
}
