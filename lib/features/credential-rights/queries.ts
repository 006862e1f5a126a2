import type { Ctx } from '@/lib/access/context'
import { rightsOf, type Rights } from '@/lib/access/rights'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { AppError } from '@/lib/errors'
import { assignableTypes, firstMissing, isFloorRole, permissionsAt, permissionTitle } from '@/lib/features/roles/rules'
import { allPermissions, describeRights, NOT_HELD, NOT_HELD_BY_ACCOUNT, type DescribedRights, type PlaceOption, type RoleOption } from './rules'

const roleColumns = { id: true, name: true, title: true, description: true, builtIn: true, permissions: true } as const

const PLACES_SHOWN = 30
const PLACES_LOOKED_AT = 300

/** Every role that can be held somewhere, with those that the asker does not hold told as such. */
export async function listRoleOptions(ctx: Ctx): Promise<RoleOption[]> {
  const { model } = ctx
  const roles = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: roleColumns, orderBy: [{ builtIn: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }] })
  return roles.filter((role) => !isFloorRole(model, role)).map((role) => {
    const assignableAt = assignableTypes(model, role)
    const missing = assignableAt.includes('organization') ? firstMissing(ctx.rights, permissionsAt(model, role, 'organization'), ctx.orgId) : null
    return { id: role.id, title: role.title, description: role.description, assignableAt, disabledReason: missing === null ? null : `You do not hold “${permissionTitle(model, missing)}” yourself` }
  })
}

/** Places where the asker holds anything at all: the organization first, then by name; at most thirty. */
export async function searchPlaces(ctx: Ctx, text: string): Promise<PlaceOption[]> {
  const { model, rights } = ctx
  const titles = new Map(model.resourceTypes.map(({ name, title }) => [name, title]))
  const contains = text.replaceAll('\0', '').replace(/[\\%_]/g, (sign) => `\\${sign}`)
  const found = await ctx.tx.resource.findMany({
    where: { organizationId: ctx.orgId, id: { not: ctx.orgId }, ...(contains && { name: { contains, mode: 'insensitive' } }) },
    select: { id: true, type: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: PLACES_LOOKED_AT,
  })
  const permissions = allPermissions(model)
  const reached = found.filter(({ id }) => permissions.some((permission) => rights.holdsNamed(permission, id))).slice(0, PLACES_SHOWN)
  const root = { id: ctx.orgId, type: 'organization', name: ctx.organization.name }
  const isRootFound = root.name.toLowerCase().includes(text.toLowerCase())
  return [...(isRootFound ? [root] : []), ...reached].map((place) => ({ ...place, typeTitle: titles.get(place.type) ?? place.type }))
}

/** Whose rights a credential will have: the asker's, or a service account's. */
async function rightsOfOwner(ctx: Ctx, serviceAccountId: string | undefined): Promise<Rights> {
  if (serviceAccountId === undefined) return ctx.rights
  const account = await ctx.tx.serviceAccount.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: serviceAccountId } }, select: { organization: { select: { accessVersion: true } } } })
  if (!account) throw new AppError('not-found', `no service account \`${serviceAccountId}\``)
  return rightsOf(await indexStore().atLeast(ctx.orgId, Number(account.organization.accessVersion)), serviceAccountId, ctx.now)
}

type Limits = { roleId?: string | undefined; scopeId?: string | undefined; serviceAccountId?: string | undefined }

/**
 * What a credential narrowed so may do: without a role all that its owner holds at the place, with one what the role permits there.
 *
 * @throws AppError `not-found`
 */
export async function findRights(ctx: Ctx, { roleId, scopeId = ctx.orgId, serviceAccountId }: Limits): Promise<DescribedRights> {
  const { model } = ctx
  const rights = await rightsOfOwner(ctx, serviceAccountId)
  const holds = (permission: string): boolean => rights.holdsNamed(permission, scopeId)
  const reason = serviceAccountId === undefined ? NOT_HELD : NOT_HELD_BY_ACCOUNT
  const scope = await ctx.tx.resource.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: scopeId } }, select: { type: true } })
  if (!scope) throw new AppError('not-found', `no resource \`${scopeId}\``)
  if (roleId === undefined) return describeRights(model, new Set(allPermissions(model).filter(holds)), holds, reason)
  const role = await ctx.tx.role.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: roleId } }, select: roleColumns })
  if (!role) throw new AppError('not-found', `no role \`${roleId}\``)
  return describeRights(model, permissionsAt(model, role, scope.type), holds, reason)
}
