import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { findRoleId } from './queries'
import { addedTo, firstUnheld, reachOf } from './reach'
import { countCredentials, countHolders, deleteEnded, findHeldAt, holdersInWords, moveAssignments, whyKept, type HeldAt } from './reassign'
import { assignableTypes, isFloorRole } from './rules'
import { DeleteRoleInput } from './schema'
import { findFullRole, findPaths, lockRole, type FullRole } from './stored'
import { requireCustom } from './writing'

function refuse(message: string): AppError {
  return new AppError('invalid-input', `\`replaceWith\`: ${message}`, { fields: [{ path: 'replaceWith', message }] })
}

/** The role that takes another's place: one that may be held wherever that is. @throws AppError `not-found`, `invalid-input` */
export async function findReplacement(ctx: Ctx, role: FullRole, wanted: string, places: readonly HeldAt[]): Promise<FullRole> {
  const replacement = await findFullRole(ctx, await findRoleId(ctx, wanted, 'replaceWith'))
  if (replacement.id === role.id) throw refuse('A role cannot take its own place; choose another')
  if (isFloorRole(ctx.model, replacement)) throw refuse(`\`${replacement.title}\` is held by everybody and cannot be given; choose another`)
  const types = assignableTypes(ctx.model, replacement)
  const misfit = places.find(({ scopeType }) => !types.includes(scopeType))
  if (misfit) throw refuse(`\`${role.title}\` is held at \`${misfit.scopeName}\`, where \`${replacement.title}\` cannot be; choose another`)
  return replacement
}

/** What the holders gain by the replacement must be the author's own there. @throws AppError `forbidden` */
export async function requireMayReplace(ctx: Ctx, role: FullRole, replacement: FullRole, places: readonly HeldAt[]): Promise<void> {
  const paths = await findPaths(ctx, places.map(({ scopeId }) => scopeId))
  for (const path of paths.values()) {
    const missing = firstUnheld(ctx.rights, addedTo(reachOf(ctx.model, role, path), reachOf(ctx.model, replacement, path)))
    if (missing === null) continue
    throw new AppError('forbidden', `\`${replacement.title}\` permits \`${missing.permission}\`, which you do not hold there yourself`, {
      missing: { permission: missing.permission, scope: missing.scopeId, isNamed: true },
    })
  }
}

/** Deletes a custom role. While somebody holds it, only with another that they get instead. */
export const deleteRole = operation({
  event: 'role.delete',
  permission: 'role:write',
  recent: true,
  input: DeleteRoleInput,
  run: async (ctx, { id, replaceWith }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const role = await lockRole(ctx, id)
    requireCustom(ctx, role)
    const reason = await whyKept(ctx, id, await countCredentials(ctx, id))
    if (reason !== null) throw new AppError('conflict', `\`${role.title}\` ${reason}`)
    await deleteEnded(ctx, id)
    const places = await findHeldAt(ctx, id)
    const replacement = replaceWith === undefined ? null : await findReplacement(ctx, role, replaceWith, places)
    if (places.length > 0 && replacement === null) {
      throw new AppError('conflict', `\`${role.title}\` is held by ${holdersInWords(await countHolders(ctx, id))}; say which role they get instead`)
    }
    if (replacement) await requireMayReplace(ctx, role, replacement, places)
    const { moved, merged } = replacement ? await moveAssignments(ctx, id, replacement.id) : { moved: 0, merged: 0 }
    await ctx.tx.role.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
    await assertAdministratorRemains(ctx)
    return {
      value: { id, name: role.name, moved, merged },
      targets: [{ type: 'role', id, name: role.title }, ...(replacement && moved + merged > 0 ? [{ type: 'role', id: replacement.id, name: replacement.title }] : [])],
      before: { name: role.name, description: role.description, permissions: [...role.permissions], ...(role.resourceIds.length > 0 && { resources: role.resourceIds }) },
      ...(moved + merged > 0 && { detail: { assignmentsMoved: moved, assignmentsMerged: merged, replacement: replacement?.title ?? '' } }),
    }
  },
})
