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

type Said = { directoryId: string; matchBy: string; value: string }

/** A group gives a role at a place once. @throws AppError `already-exists` */
async function requireNew(ctx: Ctx, { directoryId, matchBy, value }: Said, held: ResolvedAssignment, own?: string): Promise<void> {
  const known = await ctx.tx.provisioningMapping.findFirst({
    where: {
      organizationId: ctx.orgId, directoryId, matchBy, value: { equals: value.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' }, roleId: held.roleId, scopeId: held.scopeId,
      ...(own !== undefined && { id: { not: own } }),
    },
    select: { id: true },
  })
  if (known) throw new AppError('already-exists', `\`${value}\` gives \`${assignmentInWords(held)}\` already`)
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)

/** Whoever is in this group of the directory holds this role there, also when the group comes later. */
export const createMapping = operation({
  event: 'provisioning-mapping.create',
  permission: 'provisioning:write',
  input: CreateMappingInput,
  run: async (ctx, { directoryId, value, matchBy, priority: given, ...wanted }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const directory = await lockDirectory(ctx, directoryId)
    const held = await resolveMapped(ctx, { value, ...wanted })
    await requireNew(ctx, { directoryId, matchBy, value }, held)
    const id = newId('mapping')
    const maker = giverOf(ctx)
    const priority = given ?? (await nextPriority(ctx, directoryId))
    await ctx.tx.provisioningMapping.create({
      data: { id, organizationId: ctx.orgId, directoryId, matchBy, value, roleId: held.roleId, scopeId: held.scopeId, priority, createdById: maker.id, createdByName: maker.name, createdAt: ctx.now }, select: { id: true },
    })
    const mapped = await applyMappings(ctx, { groupIds: idsOf(await findMatchingGroups(ctx, { directoryId, matchBy, value })), membershipIds: [] })
    const after: AuditJson = { group: value, matchBy, role: assignmentInWords(held), priority }
    return { value: { id }, events: [{ targets: [mappingTarget({ id, value }), directoryTarget(directory), { type: 'role', id: held.roleId, name: held.roleTitle }], after }, ...mapped] }
  },
})

type Locked = Said & { id: string; priority: number; roleId: string; roleTitle: string; scopeId: string; scopeType: string; scopeName: string }

async function lockMapping(ctx: Ctx, id: string): Promise<Locked> {
  const [row] = await ctx.tx.$queryRaw<Locked[]>`
    SELECT p."id", p."directoryId", p."matchBy", p."value", p."priority", p."roleId", r."title" AS "roleTitle", p."scopeId", s."type" AS "scopeType", s."name" AS "scopeName"
    FROM "ProvisioningMapping" p JOIN "Role" r ON r."organizationId" = p."organizationId" AND r."id" = p."roleId" JOIN "Resource" s ON s."organizationId" = p."organizationId" AND s."id" = p."scopeId"
    WHERE p."organizationId" = ${ctx.orgId} AND p."id" = ${id} FOR UPDATE OF p`
  if (!row) throw new AppError('not-found', `no mapping \`${id}\``)
  return row
}

/**
 * Another group, role, place or position. Where everybody holds exactly one role, the first that is about somebody decides:
 * so moving up is giving, and needs what giving needs.
 */
export const updateMapping = operation({
  event: 'provisioning-mapping.update',
  permission: 'provisioning:write',
  input: UpdateMappingInput,
  run: async (ctx, { id, role, scope, ...changes }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const mapping = await lockMapping(ctx, id)
    const said = { directoryId: mapping.directoryId, value: changes.value ?? mapping.value, matchBy: changes.matchBy ?? mapping.matchBy }
    const priority = changes.priority ?? mapping.priority
    const held = await resolveMapped(ctx, { value: said.value, role: role ?? mapping.roleId, scope: scope ?? mapping.scopeId })
    const before = { group: mapping.value, matchBy: mapping.matchBy, role: assignmentInWords(mapping), priority: mapping.priority }
    const after = { group: said.value, matchBy: said.matchBy, role: assignmentInWords(held), priority }
    if (held.roleId === mapping.roleId && held.scopeId === mapping.scopeId && JSON.stringify(before) === JSON.stringify(after)) return { value: { id }, events: [] }
    await requireNew(ctx, said, held, id)
    const groups = await findMatchingGroups(ctx, mapping)
    await ctx.tx.provisioningMapping.update({
      where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { value: said.value, matchBy: said.matchBy, roleId: held.roleId, scopeId: held.scopeId, priority }, select: { id: true },
    })
    groups.push(...(await findMatchingGroups(ctx, said)))
    const mapped = await applyMappings(ctx, { groupIds: [...new Set(idsOf(groups))], membershipIds: [] })
    return { value: { id }, events: [{ targets: [mappingTarget({ id, value: said.value }), { type: 'role', id: held.roleId, name: held.roleTitle }], before, after }, ...mapped] }
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
    const unmapped = await applyMappings(ctx, { groupIds: idsOf(groups), membershipIds: given.flatMap(({ membershipId }) => (membershipId === null ? [] : [membershipId])) })
    await ctx.tx.provisioningMapping.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
    await assertAdministratorRemains(ctx)
    return { value: { id }, events: [{ targets: [mappingTarget(mapping)], before: { group: mapping.value, priority: mapping.priority } }, ...unmapped] }
  },
})
