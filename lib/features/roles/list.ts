import type { Ctx } from '@/lib/access/context'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, corePermissionNames } from '@/lib/access/permissions'
import { AppError } from '@/lib/errors'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { assignableTypes, isFloorRole, permissionsAt, type StoredRole } from './rules'

export type RoleSummary = {
  id: string
  name: string
  title: string
  description: string
  builtIn: boolean
  /** Cannot be changed by any interface. */
  immutable: boolean
  /** Held by everybody; can be neither given nor taken. */
  floor: boolean
  assignableAt: readonly string[]
  /** What it permits where it is held at the organization, Gatehouse's own with their prefix. */
  permissions: string[]
}

type Row = StoredRole & { id: string; title: string; description: string }

const columns = { id: true, name: true, title: true, description: true, builtIn: true, permissions: true } as const

function summaryOf(ctx: Ctx, role: Row): RoleSummary {
  const { model } = ctx
  const declared = role.builtIn ? model.roles.find(({ name }) => name === role.name) : undefined
  const { id, name, title, description, builtIn } = role
  return {
    id, name, title, description, builtIn, immutable: declared?.immutable ?? false, floor: isFloorRole(model, role),
    assignableAt: assignableTypes(model, role), permissions: [...permissionsAt(model, role, 'organization')].sort(),
  }
}

/** Roles of the organization in the order they were made, built-in ones first. @throws AppError `invalid-input` for a cursor of another list */
export async function listRoles(ctx: Ctx<'role:read'>, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<RoleSummary>> {
  const fingerprint = listFingerprint(['roles', ctx.orgId])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.role.findMany({
    where: { organizationId: ctx.orgId, ...(after?.[0] !== undefined && { id: { gt: after[0] } }) }, select: columns, orderBy: { id: 'asc' }, take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: page.rows.map((row) => summaryOf(ctx, row)) }
}

/** One role. @throws AppError `not-found` */
export async function findRole(ctx: Ctx<'role:read'>, id: string): Promise<RoleSummary> {
  const role = await ctx.tx.role.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  if (!role) throw new AppError('not-found', `no role \`${id}\``)
  return summaryOf(ctx, role)
}

export type CataloguePermission = { name: string; title: string; description: string; group: string; appliesTo: readonly string[]; implies: string[] }

/** Every permission there is in the organization's access model, then Gatehouse's own, which hold at any scope. */
export function listPermissions(ctx: Ctx): CataloguePermission[] {
  const { model } = ctx
  const everywhere = model.resourceTypes.map(({ name }) => name)
  return [
    ...model.permissions.map(({ name, title, description, group, appliesTo, implies }) => ({
      name, title, description, group, appliesTo, implies: implies.map((core) => CORE_PREFIX + core),
    })),
    ...corePermissionNames.map((name) => ({ ...CORE_PERMISSIONS[name], name: CORE_PREFIX + name, appliesTo: everywhere, implies: [] })),
  ]
}
