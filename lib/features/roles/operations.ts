import type { Ctx } from '@/lib/access/context'
import type { AuditJson } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { newId } from '@/lib/ids'
import type { PlacedRole } from './reach'
import { CreateRoleInput, UpdateRoleInput } from './schema'
import { lockRole, type FullRole } from './stored'
import { requireChosen, requireCustom, requireCustomRoles, requireFreeName, requireKnownPermissions, requireMayGive, requireRoom } from './writing'

/** Makes a role of the organization's own, of permissions its author holds. */
export const createRole = operation({
  event: 'role.create',
  permission: 'role:write',
  input: CreateRoleInput,
  run: async (ctx, input) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    requireCustomRoles(ctx)
    await requireRoom(ctx)
    await requireFreeName(ctx, input.name)
    const permissions = requireKnownPermissions(ctx, input.permissions)
    const { ids, paths } = await requireChosen(ctx, input.resources)
    await requireMayGive(ctx, null, { name: input.name, builtIn: false, permissions, chosen: paths })
    const id = newId('role')
    const { name, description } = input
    await ctx.tx.role.create({ data: { id, organizationId: ctx.orgId, name, title: name, description, builtIn: false, permissions, resourceIds: ids, createdAt: ctx.now } })
    return {
      value: { id, name },
      targets: [{ type: 'role', id, name }],
      after: { name, description, permissions, ...(ids.length > 0 && { resources: ids }) },
    }
  },
})

type Wanted = PlacedRole & { description: string; resourceIds: string[] }

/** A role as a change would leave it. @throws AppError `invalid-input`, `not-found` for resources that are not there */
export async function wantedOf(ctx: Ctx, role: FullRole, input: UpdateRoleInput): Promise<Wanted> {
  const { ids, paths } = input.resources === undefined ? { ids: role.resourceIds, paths: role.chosen } : await requireChosen(ctx, input.resources)
  return {
    name: input.name ?? role.name,
    builtIn: false,
    description: input.description ?? role.description,
    permissions: input.permissions === undefined ? role.permissions : requireKnownPermissions(ctx, input.permissions),
    resourceIds: ids,
    chosen: paths,
  }
}

const sameList = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((each) => other.includes(each))

/** What differs, before and after, for the log. */
function differences(role: FullRole, wanted: Wanted): { before: AuditJson; after: AuditJson } | null {
  const changed = {
    name: role.name !== wanted.name,
    description: role.description !== wanted.description,
    permissions: !sameList(role.permissions, wanted.permissions),
    resources: !sameList(role.resourceIds, wanted.resourceIds),
  }
  if (!Object.values(changed).includes(true)) return null
  const told = ({ name, description, permissions, resourceIds }: Pick<Wanted, 'name' | 'description' | 'permissions' | 'resourceIds'>): AuditJson => ({
    ...(changed.name && { name }), ...(changed.description && { description }),
    ...(changed.permissions && { permissions: [...permissions] }), ...(changed.resources && { resources: resourceIds }),
  })
  return { before: told(role), after: told(wanted) }
}

/** Changes a custom role; its holders have what it permits now from this moment on, tokens made before included. */
export const updateRole = operation({
  event: 'role.update',
  permission: 'role:write',
  input: UpdateRoleInput,
  run: async (ctx, input) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const role = await lockRole(ctx, input.id)
    requireCustom(ctx, role)
    const wanted = await wantedOf(ctx, role, input)
    const told = differences(role, wanted)
    if (told === null) return { value: { id: role.id, name: role.name }, events: [] }
    if (wanted.name !== role.name) await requireFreeName(ctx, wanted.name, role.id)
    await requireMayGive(ctx, role, wanted)
    const { name, description, permissions, resourceIds } = wanted
    await ctx.tx.role.update({
      where: { organizationId_id: { organizationId: ctx.orgId, id: role.id } },
      data: { name, title: name, description, permissions: [...permissions], resourceIds }, select: { id: true },
    })
    await assertAdministratorRemains(ctx)
    return { value: { id: role.id, name }, targets: [{ type: 'role', id: role.id, name }], ...told }
  },
})
