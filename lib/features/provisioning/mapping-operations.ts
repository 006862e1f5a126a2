import type { Ctx } from '@/lib/access/context'
import type { AuditJson, Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { requireFitting, requireMayGive } from '@/lib/features/role-assignments/rules'
import { giverOf } from '@/lib/features/roles/insert'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { assignmentInWords, type ResolvedAssignment } from '@/lib/features/roles/rules'
import { newId } from '@/lib/ids'
import { applyMappings } from './apply-mappings'
import { findMatchingGroups } from './queries'
import { CreateMappingInput, MappingInput, UpdateMappingInput } from './schema'
import { directoryTarget, lockDirectory } from './token-operations'

const mappingTarget = ({ id, value }: { id: string; value: string }): Target => ({ type: 'provisioning_mapping', id, name: value })

/** The role of a mapping, which its maker must hold wholly where it is to be held. @throws AppError */
export async function resolveMapped(ctx: Ctx, { value, role, scope }: { value: string; role: string; scope?: string | undefined }): Promise<ResolvedAssignment> {
  const [wanted] = await resolveAssignments(ctx, [{ role, scope }], (_index, field) => field)
  if (!wanted) throw new AppError('not-found', `no role \`${role}\``)
  requireFitting(ctx.model, { type: ctx.model.rules.rolesPerMember === 'one' ? 'user' : 'group', name: value, isLockedGroup: false }, wanted)
  requireMayGive(ctx.rights, [wanted])
  return wanted
}

async function nextPriority(ctx: Ctx, directoryId: string): Promise<number> {
  const { _max } = await ctx.tx.provisioningMapping.aggregate({ where: { organizationId: ctx.orgId, directoryId }, _max: { priority: true } })
  return Math.min((_max.priority ?? 0) + 1, 10_000)
}

/** Whoever is in this group of the directory holds this role there, also when the group comes later. */
export const createMapping = operation({
  event: 'provisioning-mapping.create',
  permission: 'provisioning:write',
  input: CreateMappingInput,
  run: async (ctx, { directoryId, value, matchBy, priority: given, ...wanted }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const directory = await lockDirectory(ctx, directoryId)
    const held = await resolveMapped(ctx, { value, ...wanted })
    const known = await ctx.tx.provisioningMapping.findFirst({
      where: { organizationId: ctx.orgId, directoryId, matchBy, value: { equals: value.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' }, roleId: held.roleId, scopeId: held.scopeId }, select: { id: true },
    })
    if (known) throw new AppError('already-exists', `\`${value}\` gives \`${assignmentInWords(held)}\` already`)
    const id = newId('mapping')
    const maker = giverOf(ctx)
    const priority = given ?? (await nextPriority(ctx, directoryId))
    await ctx.tx.provisioningMapping.create({
      data: { id, organizationId: ctx.orgId, directoryId, matchBy, value, roleId: held.roleId, scopeId: held.scopeId, priority, createdById: maker.id, createdByName: maker.name, createdAt: ctx.now }, select: { id: true },
    })
    const groups = await findMatchingGroups(ctx, { directoryId, matchBy, value })
    const mapped = await touch(ctx, groups)
    const after: AuditJson = { group: value, matchBy, role: assignmentInWords(held), priority }
    return { value: { id }, events: [{ targets: [mappingTarget({ id, value }), directoryTarget(directory), { type: 'role', id: held.roleId, name: held.roleTitle }], after }, ...mapped] }
  },
})

async function touch(ctx: Ctx, groups: readonly { id: string }[]) {
  const ids = groups.map(({ id }) => id)
  return applyMappings(ctx, { groupIds: ids, membershipIds: [] })
}

type Locked = { id: string; directoryId: string; matchBy: string; value: string; priority: number; roleId: string; scopeId: string }

async function lockMapping(ctx: Ctx, id: string): Promise<Locked> {
  const [row] = await ctx.tx.$queryRaw<Locked[]>`
    SELECT "id", "directoryId", "matchBy", "value", "priority", "roleId", "scopeId" FROM "ProvisioningMapping" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!row) throw new AppError('not-found', `no mapping \`${id}\``)
  return row
}

/** Another place in the order. Where everybody holds exactly one role, the first that is about somebody decides: so it is giving. */
export const updateMapping = operation({
  event: 'provisioning-mapping.update',
  permission: 'provisioning:write',
  input: UpdateMappingInput,
  run: async (ctx, { id, priority }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const mapping = await lockMapping(ctx, id)
    if (mapping.priority === priority) return { value: { id }, events: [] }
    await resolveMapped(ctx, { value: mapping.value, role: mapping.roleId, scope: mapping.scopeId })
    await ctx.tx.provisioningMapping.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { priority }, select: { id: true } })
    const mapped = await touch(ctx, await findMatchingGroups(ctx, mapping))
    return { value: { id }, events: [{ targets: [mappingTarget(mapping)], before: { priority: mapping.priority }, after: { priority } }, ...mapped] }
  },
})

/** Ends a mapping; the roles it gave go. */
export const deleteMapping = operation({
  event: 'provisioning-mapping.delete',
  permission: 'provisioning:write',
  input: MappingInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const mapping = await lockMapping(ctx, id)
    const groups = await findMatchingGroups(ctx, mapping)
    const given = await ctx.tx.roleAssignment.findMany({ where: { organizationId: ctx.orgId, mappingId: id }, select: { id: true, membershipId: true } })
    // The row stays until what it gave has gone, since that is found by it.
    await ctx.tx.provisioningMapping.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { value: `\u0001${id}` }, select: { id: true } })
    const unmapped = await applyMappings(ctx, { groupIds: groups.map((each) => each.id), membershipIds: given.flatMap(({ membershipId }) => (membershipId === null ? [] : [membershipId])) })
    await ctx.tx.provisioningMapping.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
    await assertAdministratorRemains(ctx)
    return { value: { id }, events: [{ targets: [mappingTarget(mapping)], before: { group: mapping.value, priority: mapping.priority } }, ...unmapped] }
  },
})
