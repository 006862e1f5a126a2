import type { Ctx } from '@/lib/access/context'
import { newId } from '@/lib/ids'
import type { ResolvedAssignment } from './rules'

/** Who is named as the giver of a role. */
export const giverOf = ({ principal }: Ctx): { id: string | null; name: string } => ({ id: principal.type === 'command' ? null : principal.id, name: principal.name })

/** Gives each of the memberships each of the roles. What may be given was checked before. */
export async function insertAssignments(ctx: Ctx, membershipIds: readonly string[], assignments: readonly ResolvedAssignment[]): Promise<void> {
  const giver = giverOf(ctx)
  const data = membershipIds.flatMap((membershipId) =>
    assignments.map(({ roleId, scopeId, expiresAt }) => ({
      id: newId('assignment'), organizationId: ctx.orgId, membershipId, roleId, scopeId, expiresAt, grantedById: giver.id, grantedByName: giver.name, createdAt: ctx.now,
    })),
  )
  if (data.length > 0) await ctx.tx.roleAssignment.createMany({ data })
}
