import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import type { Path, PlacedRole } from './reach'
import type { StoredRole } from './rules'

/** A role as it is stored, with the paths of the resources it is restricted to. */
export type FullRole = PlacedRole & { id: string; title: string; description: string; resourceIds: string[] }

const columns = { id: true, name: true, title: true, description: true, builtIn: true, permissions: true, resourceIds: true } as const

/** Paths from resources up to the organization, by the id they begin with. What is not there, or of another organization, has none. */
export async function findPaths({ tx, orgId }: Ctx, ids: readonly string[]): Promise<Map<string, Path>> {
  const rows = ids.length === 0 ? [] : await tx.$queryRaw<{ start: string; id: string; type: string }[]>`
    WITH RECURSIVE up AS (
      SELECT "id" AS start, "id", "type", "parentId", 0 AS depth FROM "Resource" WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...ids]})
      UNION ALL
      SELECT up.start, r."id", r."type", r."parentId", up.depth + 1 FROM up JOIN "Resource" r ON r."organizationId" = ${orgId} AND r."id" = up."parentId" WHERE up.depth < 256
    )
    SELECT start, "id", "type" FROM up ORDER BY start, depth`
  const paths = new Map<string, { id: string; type: string }[]>()
  for (const { start, id, type } of rows) {
    const path = paths.get(start) ?? []
    path.push({ id, type })
    paths.set(start, path)
  }
  return paths
}

/** The path that is the organization alone. */
export const rootPath = ({ orgId }: Ctx): Path => [{ id: orgId, type: 'organization' }]

const pathsOf = (ids: readonly string[], paths: ReadonlyMap<string, Path>): Path[] => ids.map((id) => paths.get(id)).filter((path) => path !== undefined)

/** Adds to roles the paths of what they are restricted to. A chosen resource that is gone counts nowhere. */
export async function placeRoles<R extends StoredRole & { resourceIds: string[] }>(ctx: Ctx, roles: readonly R[]): Promise<(R & PlacedRole)[]> {
  const paths = await findPaths(ctx, [...new Set(roles.flatMap(({ resourceIds }) => resourceIds))])
  return roles.map((role) => ({ ...role, chosen: role.resourceIds.length === 0 ? null : pathsOf(role.resourceIds, paths) }))
}

/** A role of the organization. @throws AppError `not-found` */
export async function findFullRole(ctx: Ctx, id: string): Promise<FullRole> {
  const role = await ctx.tx.role.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  const [placed] = role ? await placeRoles(ctx, [role]) : []
  if (!placed) throw new AppError('not-found', `no role \`${id}\``)
  return placed
}

/** The same, its row held until the transaction ends. @throws AppError `not-found` */
export async function lockRole(ctx: Ctx, id: string): Promise<FullRole> {
  await ctx.tx.$queryRaw`SELECT 1 FROM "Role" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  return findFullRole(ctx, id)
}

/** Places at which a role is assigned, or held by a token; what has ended is left out. */
export async function findScopePaths(ctx: Ctx, roleId: string): Promise<Path[]> {
  const where = { organizationId: ctx.orgId, roleId, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] }
  const assigned = await ctx.tx.roleAssignment.findMany({ where, select: { scopeId: true }, distinct: ['scopeId'] })
  const tokens = await ctx.tx.applicationToken.findMany({ where, select: { scopeId: true }, distinct: ['scopeId'] })
  return [...(await findPaths(ctx, [...new Set([...assigned, ...tokens].map(({ scopeId }) => scopeId))])).values()]
}
