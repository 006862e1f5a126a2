import type { Ctx } from '@/lib/access/context'
import type { Place } from './rules'

/** More levels than any model allows, and an end should rows ever form a circle. */
const DEPTH_MAX = 256

/** Paths from the organization down to each of these resources, themselves last. */
export async function findPaths(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Place[]>> {
  const paths = new Map<string, Place[]>()
  if (ids.length === 0) return paths
  const rows = await ctx.tx.$queryRaw<(Place & { leaf: string })[]>`
    WITH RECURSIVE up AS (
      SELECT "id" AS leaf, "id", "type", "name", "parentId", 0 AS height FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ANY(${[...ids]})
      UNION ALL
      SELECT up.leaf, r."id", r."type", r."name", r."parentId", up.height + 1
      FROM up JOIN "Resource" r ON r."organizationId" = ${ctx.orgId} AND r."id" = up."parentId" WHERE up.height < ${DEPTH_MAX})
    SELECT leaf, "id", "type", "name" FROM up ORDER BY leaf, height DESC`
  for (const { leaf, id, type, name } of rows) paths.set(leaf, [...(paths.get(leaf) ?? []), { type, id, name }])
  return paths
}

/** The path of one resource; empty when there is none. */
export async function findPath(ctx: Ctx, id: string): Promise<Place[]> {
  return (await findPaths(ctx, [id])).get(id) ?? []
}

/** Of types with a limited depth, how far below a resource the deepest lies; itself at 0. */
export async function findDeepest(ctx: Ctx, id: string): Promise<Map<string, number>> {
  const limited = Object.entries(ctx.model.rules.limits ?? {}).filter(([, { maxDepth }]) => maxDepth !== undefined).map(([type]) => type)
  if (limited.length === 0) return new Map()
  const rows = await ctx.tx.$queryRaw<{ type: string; height: number }[]>`
    WITH RECURSIVE down AS (
      SELECT "id", "type", 0 AS height FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id}
      UNION ALL
      SELECT r."id", r."type", down.height + 1 FROM down JOIN "Resource" r ON r."organizationId" = ${ctx.orgId} AND r."parentId" = down."id" WHERE down.height < ${DEPTH_MAX})
    SELECT "type", max(height)::int AS height FROM down WHERE "type" = ANY(${limited}) GROUP BY "type"`
  return new Map(rows.map(({ type, height }) => [type, height]))
}
