import type { Ctx } from '@/lib/access/context'
import { COUNT_MAX } from '@/lib/pagination'
import { deniedFor, type Denied } from './denials'
import { findPaths } from './paths'
import { listContents, type ContentsFilter, type ResourcePageRequest, type ResourcePageResult } from './queries'
import { contentsInWords, type ResourceRow } from './rules'
import { maySeeType } from './visibility'

/** A line of the contents of a resource, with what the asker may not do with it and what lies in it, in words. */
export type ContentsRow = ResourceRow & { denied: Denied; contents: string }

/** A page of the contents. */
export type ContentsPage = ResourcePageResult & { rows: ContentsRow[] }

/** Children of each of these by type, counted to a thousand each. */
async function countInside(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
  const rows = await ctx.tx.$queryRaw<{ id: string; type: string; count: number }[]>`
    SELECT p.id, t.type, n.count FROM unnest(${[...ids]}::text[]) AS p(id) CROSS JOIN unnest(${ctx.model.resourceTypes.map(({ name }) => name)}::text[]) AS t(type)
    CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM (
      SELECT 1 FROM "Resource" c WHERE c."organizationId" = ${ctx.orgId} AND c."parentId" = p.id AND c."type" = t.type LIMIT ${COUNT_MAX}) found) n
    WHERE n.count > 0`
  const counts = new Map<string, Map<string, number>>()
  for (const { id, type, count } of rows) counts.set(id, new Map([...(counts.get(id) ?? []), [type, count]]))
  return counts
}

/** The contents of a resource as its page shows them. @throws AppError `not-found`, `invalid-input` */
export async function listContentsRows(ctx: Ctx<'resource:read'>, id: string, filter: ContentsFilter, request: ResourcePageRequest): Promise<ContentsPage> {
  const result = await listContents(ctx, id, filter, request)
  const ids = result.rows.map((row) => row.id)
  const [paths, counts] = [await findPaths(ctx, ids), await countInside(ctx, ids)]
  const rows = result.rows.map((row): ContentsRow => {
    const inside = new Map([...(counts.get(row.id) ?? [])].filter(([type]) => maySeeType(ctx, type, row.id)))
    return { ...row, denied: deniedFor(ctx, row.type, paths.get(row.id) ?? []), contents: inside.size > 0 ? contentsInWords(ctx.model, inside) : '' }
  })
  return { ...result, rows }
}
