import { previewAccess, type AccessPreview, type Change } from '@/lib/access/preview'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { findReplacement, requireMayReplace } from './deletion'
import { wantedOf } from './operations'
import { findHeldAt } from './reassign'
import type { DeleteRoleInput, UpdateRoleInput } from './schema'
import { findFullRole } from './stored'
import { requireCustom, requireFreeName, requireMayGive } from './writing'

const NOTHING: AccessPreview = { shifts: [], unseenMembers: 0 }

/** Who would gain and lose what by a change of a role; refused as the change itself would be. @throws AppError */
export async function previewUpdate(ctx: Ctx<'role:write'>, input: UpdateRoleInput): Promise<AccessPreview> {
  requirePermission(ctx, 'role:write', ctx.orgId)
  const role = await findFullRole(ctx, input.id)
  requireCustom(ctx, role)
  const wanted = await wantedOf(ctx, role, input)
  if (wanted.name !== role.name) await requireFreeName(ctx, wanted.name, role.id)
  await requireMayGive(ctx, role, wanted)
  const { name, permissions, resourceIds } = wanted
  return previewAccess(ctx, [{ kind: 'role', put: { id: role.id, name, builtIn: false, permissions, resourceIds: resourceIds.length > 0 ? resourceIds : null } }])
}

/** Who would gain and lose what if a role's holders got another instead. @throws AppError as deleting it would */
export async function previewDeletion(ctx: Ctx<'role:write'>, { id, replaceWith }: DeleteRoleInput): Promise<AccessPreview> {
  requirePermission(ctx, 'role:write', ctx.orgId)
  const role = await findFullRole(ctx, id)
  requireCustom(ctx, role)
  if (replaceWith === undefined) return NOTHING
  const places = await findHeldAt(ctx, id)
  const replacement = await findReplacement(ctx, role, replaceWith, places)
  await requireMayReplace(ctx, role, replacement, places)
  const held = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, roleId: id, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
    select: { id: true, membershipId: true, groupId: true, serviceAccountId: true, scopeId: true, expiresAt: true },
  })
  return previewAccess(ctx, held.map(({ membershipId, groupId, serviceAccountId, expiresAt, ...assignment }): Change => ({
    kind: 'assignment',
    put: { ...assignment, principalId: membershipId ?? groupId ?? serviceAccountId ?? '', roleId: replacement.id, expiresAt: expiresAt?.getTime() ?? null },
  })))
}
