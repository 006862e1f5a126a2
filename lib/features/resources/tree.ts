import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { deniedFor, type Denied } from './denials'
import { findDeepest, findPath, findPaths } from './paths'
import { listLevel } from './queries'
import { childTypes, containerTypes, moveProblem, typeOf, type Moving, type Place } from './rules'
import { findSeen, maySee } from './visibility'

/** A node of the tree in the console: what can hold something. */
export type TreeNode = Place & {
  typeTitle: string
  /** Whether something lies in it that the tree shows. */
  isBranch: boolean
  denied: Denied
  /** Why what is being moved cannot go there; null when nothing speaks against it, or nothing is being moved. */
  refusal: string | null
}

/** What the tree shows directly under one node, a page of it. */
export type TreeLevel = { parentId: string; nodes: TreeNode[]; nextCursor: string | null }

const LEVEL_LIMIT = 100

/** Which of these have something in them that the tree shows. */
async function findBranches(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM unnest(${[...ids]}::text[]) AS p(id) WHERE EXISTS (
      SELECT 1 FROM "Resource" c WHERE c."organizationId" = ${ctx.orgId} AND c."parentId" = p.id AND c."type" = ANY(${[...containerTypes(ctx.model)]}))`
  return new Set(rows.map(({ id }) => id))
}

/** What is to be moved, with what a destination must have room for. */
export type Mover = { moving: Moving; path: readonly Place[] }

/** @throws AppError `not-found` for what the asker may not see */
export async function findMover(ctx: Ctx<'resource:read'>, id: string): Promise<Mover> {
  const path = await findPath(ctx, id)
  const here = path.at(-1)
  if (!here || !maySee(ctx, here)) throw new AppError('not-found', `no resource \`${id}\``)
  return { moving: { ...here, parentId: path.at(-2)?.id ?? null, deepest: await findDeepest(ctx, id) }, path }
}

/** Why something cannot go under the last of a path, as far as the tree and the asker's rights tell; who would gain by it is asked later. */
export function refusalOf(ctx: Ctx, { moving, path: from }: Mover, path: readonly Place[]): string | null {
  const to = path.at(-1)
  if (!to) return null
  if (to.id === moving.parentId) return 'it lies here now'
  return moveProblem(ctx.model, moving, { ...to, path }) ?? deniedFor(ctx, moving.type, from).move ?? deniedFor(ctx, moving.type, path).move
}

const nodeOf = (ctx: Ctx, place: Place, path: readonly Place[], isBranch: boolean, mover: Mover | null): TreeNode => ({
  type: place.type, id: place.id, name: place.name, typeTitle: typeOf(ctx.model, place.type).title, isBranch,
  denied: deniedFor(ctx, place.type, path), refusal: mover ? refusalOf(ctx, mover, path) : null,
})

/** Places as nodes of the tree, each with its whole path. */
async function nodesOf(ctx: Ctx, places: readonly Place[], mover: Mover | null): Promise<TreeNode[]> {
  const ids = places.map(({ id }) => id)
  const [branches, paths] = [await findBranches(ctx, ids), await findPaths(ctx, ids)]
  return places.map((place) => nodeOf(ctx, place, paths.get(place.id) ?? [place], branches.has(place.id), mover))
}

export type LevelsRequest = { parentIds: readonly string[]; cursor?: string | undefined; movingId?: string | undefined }

/** What lies under each of these, as the tree shows it; those that are gone or may not be seen are left out. */
export async function listTreeLevels(ctx: Ctx<'resource:read'>, { parentIds, cursor, movingId }: LevelsRequest): Promise<TreeLevel[]> {
  const mover = movingId === undefined ? null : await findMover(ctx, movingId)
  const types = containerTypes(ctx.model)
  const levels: TreeLevel[] = []
  const seen = await findSeen(ctx, parentIds)
  for (const parentId of parentIds.filter((id) => seen.has(id))) {
    const { rows, nextCursor } = await listLevel(ctx, parentId, types, { limit: LEVEL_LIMIT, after: cursor })
    levels.push({ parentId, nodes: await nodesOf(ctx, rows, mover), nextCursor })
  }
  return levels
}

/** The organization with what lies directly under it, and other levels that are open; of one version of the organization's access. */
export type Tree = { root: TreeNode; levels: TreeLevel[]; version: string }

/** Rises with every change of the tree, and of anything else that decisions depend on. */
export async function findTreeVersion({ tx, orgId }: Ctx): Promise<string> {
  const { accessVersion } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { accessVersion: true } })
  return String(accessVersion)
}

/** The top of the tree, and what lies under each of `openIds`. */
export async function findTree(ctx: Ctx<'resource:read'>, { openIds = [], movingId }: { openIds?: readonly string[]; movingId?: string | undefined } = {}): Promise<Tree> {
  const version = await findTreeVersion(ctx)
  const mover = movingId === undefined ? null : await findMover(ctx, movingId)
  const levels = await listTreeLevels(ctx, { parentIds: [ctx.orgId, ...openIds.filter((id) => id !== ctx.orgId)], movingId })
  const root: Place = { type: 'organization', id: ctx.orgId, name: ctx.organization.name }
  return { root: nodeOf(ctx, root, [root], (levels[0]?.nodes.length ?? 0) > 0, mover), levels, version }
}

/** The levels that must be open for a resource to be seen in the tree, the topmost first. */
export async function findTreePath(ctx: Ctx<'resource:read'>, id: string): Promise<TreeLevel[]> {
  const { path } = await findMover(ctx, id)
  return listTreeLevels(ctx, { parentIds: path.slice(0, -1).map((step) => step.id) })
}

/** Resources that could hold what is being moved, found by a text, with why one cannot be chosen. */
export async function searchMoveTargets(ctx: Ctx<'resource:read'>, movingId: string, q: string): Promise<(TreeNode & { trail: string })[]> {
  const mover = await findMover(ctx, movingId)
  const holders = ctx.model.resourceTypes.map(({ name }) => name).filter((name) => childTypes(ctx.model, name).some((type) => type.name === mover.moving.type))
  const { rows } = await listLevel(ctx, null, holders, { limit: 30, q })
  const paths = await findPaths(ctx, rows.map((row) => row.id))
  return rows.map((row) => {
    const path = paths.get(row.id) ?? [row]
    const seen = path.slice(0, -1).filter((step) => maySee(ctx, step))
    return { ...nodeOf(ctx, row, path, false, mover), trail: seen.map((step) => step.name).join(' / ') }
  })
}
