import type { Ctx } from '@/lib/access/context'
import { belowSql } from '@/lib/features/roles/below-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import { typeOf, type Place } from './rules'

/**
 * Whether the asker may see a resource: by `resource:read` there and, where the access model asks it of the type, the
 * model's own permission. The organization itself every member may see.
 */
export function maySee(ctx: Ctx, { id, type }: Pick<Place, 'id' | 'type'>): boolean {
  if (id === ctx.orgId) return true
  return ctx.rights.holds('resource:read', id) && maySeeType(ctx, type, id)
}

/** Whether the access model lets the asker see resources of a type at one of them, or below another. */
export function maySeeType({ model, rights }: Ctx, type: string, at: string): boolean {
  const view = typeOf(model, type).guards?.view
  return view === undefined || rights.holdsNamed(view, at)
}

/** Of resources by their ids, those that the asker may see. */
export async function findSeen(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const near = ids.filter((id) => id === ctx.orgId || ctx.rights.holds('resource:read', id))
  if (!ctx.model.resourceTypes.some(({ guards }) => guards?.view !== undefined)) return new Set(near)
  const rows = await ctx.tx.resource.findMany({ where: { organizationId: ctx.orgId, id: { in: near } }, select: { id: true, type: true } })
  return new Set(rows.filter((row) => maySee(ctx, row)).map(({ id }) => id))
}

/** Conditions on resource `r`, one for each type that the access model does not let the asker see everywhere. */
export function typeConditions({ model, rights, orgId }: Ctx): Prisma.Sql[] {
  return model.resourceTypes.flatMap(({ name, guards }) => {
    const view = guards?.view
    if (view === undefined || rights.holdsNamed(view)) return []
    return [Prisma.sql`(r."type" <> ${name} OR r."id" IN (${belowSql(orgId, rights.rootsNamed(view))}))`]
  })
}
