import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { countSql, resourceList, sortSql, walkSql, type ResourceList, type StoredResource, type Walk } from './list-sql'
import { findPaths } from './paths'
import { madeTypes, ROOT_TYPE, typeOf, type Place, type ResourceRow } from './rules'
import { ResourceFilter, type ResourceRef } from './schema'
import { maySee } from './visibility'

/** Cursors as `Page` gave them; `last` asks for the last page; with `isCounted` false `count` means nothing. */
export type ResourcePageRequest = { limit: number; after?: string | undefined; before?: string | undefined; last?: boolean | undefined; isCounted?: boolean }

/** `count` is exact to 1,000; beyond that `isCountExact` is false and it stands for "1,000+". */
export type ResourcePageResult = Page<ResourceRow> & { count: number; isCountExact: boolean }

const notFound = (id: string): AppError => new AppError('not-found', `no resource \`${id}\``)

type Stored = Omit<StoredResource, 'rank' | 'sortName'>

function rowOf(ctx: Ctx, { id, type, name, parentId, externalId, attributes, createdAt }: Stored, path: readonly Place[], parentType: string | undefined): ResourceRow {
  return {
    id, type, name, externalId, attributes, path, createdAt: createdAt.toISOString(), typeTitle: typeOf(ctx.model, type).title,
    parent: parentId === null ? null : { type: parentType ?? ROOT_TYPE, id: parentId },
  }
}

/** Stored rows as lists show them, all their paths in one query. */
async function rowsOf(ctx: Ctx, stored: readonly Stored[]): Promise<ResourceRow[]> {
  const paths = await findPaths(ctx, stored.map(({ id }) => id))
  return stored.map((each) => {
    const whole = paths.get(each.id) ?? []
    const seen = whole.filter((step) => step.id === each.id || maySee(ctx, step))
    return rowOf(ctx, each, seen, whole.at(-2)?.type)
  })
}

/** One resource as it is, for who has been found to be allowed to see it or has just made it. @throws AppError `not-found` */
export async function describeResource(ctx: Ctx, id: string): Promise<ResourceRow> {
  const [stored] = await ctx.tx.$queryRaw<Stored[]>`
    SELECT "id", "type", "name", "parentId", "externalId", "attributes", "createdAt" FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id}`
  if (!stored) throw notFound(id)
  const [row] = await rowsOf(ctx, [stored])
  if (!row) throw notFound(id)
  return row
}

/**
 * One resource.
 *
 * @param type when given, a resource of another type does not exist either
 * @throws AppError `not-found`, also for one that the asker may not see
 */
export async function findResource(ctx: Ctx<'resource:read'>, id: string, type?: string): Promise<ResourceRow> {
  const row = await describeResource(ctx, id)
  if (!maySee(ctx, row)) throw notFound(id)
  if (type !== undefined && row.type !== type) throw notFound(id)
  return row
}

/** @throws AppError `not-found` unless the asker may see it */
export async function requireVisible(ctx: Ctx<'resource:read'>, id: string): Promise<string> {
  const found = await ctx.tx.resource.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true, type: true } })
  if (!found || !maySee(ctx, found)) throw notFound(id)
  return id
}

/** A resource that the input names, its type checked when it was given; left out, the organization. @throws AppError `not-found` */
export async function findNamed(ctx: Ctx, ref: ResourceRef | null | undefined): Promise<Place> {
  if (!ref) return { type: ROOT_TYPE, id: ctx.orgId, name: ctx.organization.name }
  const found = await ctx.tx.resource.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: ref.id } }, select: { id: true, type: true, name: true } })
  if (!found || (ref.type !== undefined && ref.type !== found.type)) throw new AppError('not-found', `no ${ref.type ?? 'resource'} \`${ref.id}\``)
  return found
}

async function page(ctx: Ctx, list: ResourceList, request: ResourcePageRequest, fingerprint: string): Promise<Page<StoredResource> & { counted: number }> {
  const after = request.after === undefined ? undefined : decodeCursor(request.after, fingerprint)
  const before = request.before === undefined ? undefined : decodeCursor(request.before, fingerprint)
  const isCounted = request.isCounted !== false || list.isSearched
  const [counts] = isCounted ? await ctx.tx.$queryRaw<{ count: number }[]>(countSql(list, COUNT_MAX + 1)) : [{ count: COUNT_MAX + 1 }]
  const counted = counts?.count ?? 0
  const walk: Walk = { backwards: before !== undefined || request.last === true, boundary: before ?? after, take: request.limit + 1 }
  const isFew = list.isSearched && counted <= COUNT_MAX
  const stored = counted === 0 ? [] : await ctx.tx.$queryRaw<StoredResource[]>(isFew ? sortSql(list, walk) : walkSql(list, walk))
  const asked = { limit: request.limit, ...(after && { after }), ...(before && { before }), ...(request.last && { last: true }) }
  return { ...toPage(stored, asked, fingerprint, ({ rank, sortName, id }) => [String(rank), sortName, id]), counted }
}

async function listed(ctx: Ctx, list: ResourceList, request: ResourcePageRequest, of: unknown): Promise<ResourcePageResult> {
  const { rows, counted, nextCursor, previousCursor } = await page(ctx, list, request, listFingerprint(['resources', ctx.orgId, of]))
  return { rows: await rowsOf(ctx, rows), nextCursor, previousCursor, count: Math.min(counted, COUNT_MAX), isCountExact: counted <= COUNT_MAX }
}

/** Resources at which the asker's right to see begins; null when it is the organization. */
const rootsOf = (ctx: Ctx<'resource:read'>): readonly string[] | null => (ctx.rights.holds('resource:read') ? null : ctx.rights.roots('resource:read'))

/**
 * Resources the asker may see, in the order of names, a page at a time.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export function listResources(ctx: Ctx<'resource:read'>, filter: ResourceFilter, request: ResourcePageRequest): Promise<ResourcePageResult> {
  const { parentId } = filter
  // Whoever may see a resource may see all that lies in it.
  const within = parentId !== undefined && parentId !== ctx.orgId && ctx.rights.holds('resource:read', parentId) ? null : rootsOf(ctx)
  return listed(ctx, resourceList(ctx, filter, { parentId, within }), request, filter)
}

/** Types in the order in which contents show them; the types of resources whose type the model dropped come last. */
async function contentOrder(ctx: Ctx): Promise<string[]> {
  const known = madeTypes(ctx.model).map(({ name }) => name)
  if (ctx.organization.accessModel !== 'custom') return known
  const dropped = await ctx.tx.resource.findMany({
    where: { organizationId: ctx.orgId, type: { notIn: [...known, ROOT_TYPE] } }, select: { type: true }, distinct: ['type'], orderBy: { type: 'asc' }, take: 50,
  })
  return [...known, ...dropped.map(({ type }) => type)]
}

/** What narrows the contents of a resource. */
export type ContentsFilter = Partial<Pick<ResourceFilter, 'q' | 'types' | 'sort'>>

/**
 * What lies directly under a resource, type by type in the model's order, then by name. For the organization, whoever
 * may see only parts of the tree gets the topmost of those instead.
 *
 * @throws AppError `not-found`, `invalid-input` for a cursor of another list
 */
export async function listContents(ctx: Ctx<'resource:read'>, id: string, filter: ContentsFilter, request: ResourcePageRequest): Promise<ResourcePageResult> {
  await requireVisible(ctx, id)
  const roots = id === ctx.orgId ? rootsOf(ctx) : null
  const whole = ResourceFilter.parse(filter)
  const list = resourceList(ctx, whole, roots === null ? { parentId: id } : { topmost: roots }, await contentOrder(ctx))
  return listed(ctx, list, request, { contents: id, ...filter })
}

/** What `listLevel` narrows and pages by. */
type LevelRequest = { limit: number; after?: string | undefined; q?: string }

/** Resources of these types directly under one, or with null anywhere, as the tree shows them: without their paths. */
export async function listLevel(ctx: Ctx<'resource:read'>, parentId: string | null, types: readonly string[], { limit, after, q = '' }: LevelRequest): Promise<Page<Place>> {
  if (types.length === 0) return { rows: [], nextCursor: null, previousCursor: null }
  const filter = ResourceFilter.parse({ types: [...types], q })
  const roots = parentId === null || parentId === ctx.orgId ? rootsOf(ctx) : null
  const extent = parentId === null ? { within: roots } : roots === null ? { parentId } : { topmost: roots }
  const list = resourceList(ctx, filter, extent, types)
  const { rows, nextCursor, previousCursor } = await page(ctx, list, { limit, after, isCounted: false }, listFingerprint(['tree', ctx.orgId, parentId, types, q]))
  return { rows: rows.map(({ id, type, name }) => ({ id, type, name })), nextCursor, previousCursor }
}

/** How many resources lie directly under one, by type. */
export async function countChildren(ctx: Ctx, id: string): Promise<Map<string, number>> {
  const counts = await ctx.tx.resource.groupBy({ by: ['type'], where: { organizationId: ctx.orgId, parentId: id }, _count: { id: true } })
  return new Map(counts.map(({ type, _count }) => [type, _count.id]))
}

/** How many resources of a type the organization has. */
export const countOfType = (ctx: Ctx, type: string): Promise<number> => ctx.tx.resource.count({ where: { organizationId: ctx.orgId, type } })

/** All above a resource, the organization first, that the asker may see. @throws AppError `not-found` */
export async function listAncestors(ctx: Ctx<'resource:read'>, id: string): Promise<Place[]> {
  const { path } = await findResource(ctx, id)
  return path.slice(0, -1)
}

