import type { Ctx } from '@/lib/access/context'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, corePermissionNames } from '@/lib/access/permissions'
import { AppError } from '@/lib/errors'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { assignableTypes, isFloorRole, permissionsAt, type StoredRole } from './rules'

export type RoleSummary = {
  id: string
  name: string
  title: string
  description: string
  /** Under which pickers show it. */
  group: string
  builtIn: boolean
  /** Cannot be changed by any interface. */
  immutable: boolean
  /** Held by everybody; can be neither given nor taken. */
  floor: boolean
  assignableAt: readonly string[]
  /** What it permits where it is held at the organization, Gatehouse's own with their prefix. */
  permissions: string[]
  /** Resources it is restricted to; null: none, it counts wherever it is held. What is gone since is left out. */
  resources: { type: string; id: string; name: string }[] | null
  /** How many hold it now, to 1,000; null for those who may not see who holds what. */
  holders: number | null
}

type Row = StoredRole & { id: string; title: string; description: string; resourceIds: string[] }
type Counts = ReadonlyMap<string, number>
type Names = ReadonlyMap<string, { type: string; id: string; name: string }>

const columns = { id: true, name: true, title: true, description: true, builtIn: true, permissions: true, resourceIds: true } as const

/** Under what custom roles are shown. */
export const CUSTOM_GROUP = 'Custom'

const chosenOf = (ids: readonly string[], names: Names) => (ids.length === 0 ? null : ids.map((id) => names.get(id)).filter((resource) => resource !== undefined))

function summaryOf({ model }: Ctx, role: Row, names: Names, counts: Counts | null): RoleSummary {
  const declared = role.builtIn ? model.roles.find(({ name }) => name === role.name) : undefined
  const { id, name, title, description, builtIn } = role
  return {
    id, name, title, description, builtIn, immutable: builtIn, floor: isFloorRole(model, role), group: declared?.group ?? CUSTOM_GROUP,
    assignableAt: assignableTypes(model, role), permissions: [...permissionsAt(model, role, 'organization')].sort(),
    resources: chosenOf(role.resourceIds, names), holders: counts === null ? null : (counts.get(id) ?? 0),
  }
}

/** How many principals hold each of the roles now, to one more than is counted exactly. Of very common ones some assignments are looked at only. */
async function countHolders({ tx, orgId, now }: Ctx, roleIds: readonly string[]): Promise<Counts> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT r.id, (SELECT count(*)::int FROM (
      SELECT DISTINCT principal FROM (
        SELECT coalesce(a."membershipId", a."groupId", a."serviceAccountId") AS principal FROM "RoleAssignment" a
        WHERE a."organizationId" = ${orgId} AND a."roleId" = r.id AND (a."expiresAt" IS NULL OR a."expiresAt" > ${now})
        UNION ALL SELECT t."id" FROM "ApplicationToken" t
        WHERE t."organizationId" = ${orgId} AND t."roleId" = r.id AND (t."expiresAt" IS NULL OR t."expiresAt" > ${now}) LIMIT ${COUNT_MAX * 20}
      ) looked LIMIT ${COUNT_MAX + 1}) holders) AS count
    FROM unnest(${[...roleIds]}::text[]) AS r(id)`
  return new Map(rows.map(({ id, count }) => [id, count]))
}

async function findNames({ tx, orgId }: Ctx, ids: readonly string[]): Promise<Names> {
  if (ids.length === 0) return new Map()
  const rows = await tx.resource.findMany({ where: { organizationId: orgId, id: { in: [...ids] } }, select: { type: true, id: true, name: true } })
  return new Map(rows.map((row) => [row.id, row]))
}

async function summariesOf(ctx: Ctx<'role:read'>, rows: readonly Row[]): Promise<RoleSummary[]> {
  const names = await findNames(ctx, [...new Set(rows.flatMap(({ resourceIds }) => resourceIds))])
  const counts = ctx.rights.holds('assignment:read') ? await countHolders(ctx, rows.map(({ id }) => id)) : null
  return rows.map((row) => summaryOf(ctx, row, names, counts))
}

/** Roles of the organization in the order they were made, built-in ones first. @throws AppError `invalid-input` for a cursor of another list */
export async function listRoles(ctx: Ctx<'role:read'>, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<RoleSummary>> {
  const fingerprint = listFingerprint(['roles', ctx.orgId])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.role.findMany({
    where: { organizationId: ctx.orgId, ...(after?.[0] !== undefined && { id: { gt: after[0] } }) }, select: columns, orderBy: { id: 'asc' }, take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: await summariesOf(ctx, page.rows) }
}

/** Every role, for what shows them beside each other: there are few, since custom ones are limited. */
export async function listAllRoles(ctx: Ctx<'role:read'>): Promise<RoleSummary[]> {
  return summariesOf(ctx, await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: columns, orderBy: { id: 'asc' } }))
}

/** One role. @throws AppError `not-found` */
export async function findRole(ctx: Ctx<'role:read'>, id: string): Promise<RoleSummary> {
  const role = await ctx.tx.role.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  const [summary] = role ? await summariesOf(ctx, [role]) : []
  if (!summary) throw new AppError('not-found', `no role \`${id}\``)
  return summary
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
