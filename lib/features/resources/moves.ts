import type { Ctx } from '@/lib/access/context'
import { previewAccess, type AccessPreview } from '@/lib/access/preview'
import { gainsOfMove } from '@/lib/access/engine/move-gains'
import { rightsOf, type Rights } from '@/lib/access/rights'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { AppError } from '@/lib/errors'
import { firstMissing, permissionTitle } from '@/lib/features/roles/rules'
import { requireGuard } from './guards'
import { findDeepest, findPath } from './paths'
import { moveProblem, typeOf, withArticle, type Place } from './rules'

/** A move that may be made: where from, where to, and whose access it changes. */
export type PlannedMove = { from: Place; to: Place; preview: AccessPreview }

type Found = Place & { parentId: string | null; path: readonly Place[] }

/**
 * The index as it is now. The caller holds the organization's lock, so nothing can change before the transaction ends;
 * what it changed itself is not in it.
 */
async function currentIndex({ tx, orgId }: Ctx): Promise<AccessIndex> {
  const { accessVersion } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { accessVersion: true } })
  return indexStore().atLeast(orgId, Number(accessVersion))
}

/** The asker's rights by that index; those of the local command do not come from it. */
const currentRights = (ctx: Ctx, index: AccessIndex): Rights => (ctx.membership === null ? ctx.rights : rightsOf(index, ctx.membership.id, ctx.now))

/** Nobody gives what they do not hold: what others would hold on the resource at its new place must be the mover's own there. */
function requireGainsHeld(ctx: Ctx, index: AccessIndex, found: Found, to: Place): void {
  const gains = gainsOfMove(index.snapshot, { resourceId: found.id, parentId: to.id, at: ctx.now.getTime() })
  const missing = firstMissing(currentRights(ctx, index), gains, to.id)
  if (missing === null) return
  throw new AppError('forbidden', `moving \`${found.name}\` to \`${to.name}\` would give others \`${permissionTitle(ctx.model, missing)}\` on it, which you do not hold there yourself`, {
    missing: { permission: missing, scope: to.id, isNamed: true },
  })
}

/** The database would refuse it too; asked here, so that a dry run knows, and a refusal names both. */
async function requireFreeName(ctx: Ctx, { type, name }: Place, to: Place): Promise<void> {
  const [taken] = await ctx.tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "parentId" = ${to.id} AND "type" = ${type} AND lower("name") = lower(${name}) LIMIT 1`
  if (taken) throw new AppError('already-exists', `\`${to.name}\` holds ${withArticle(typeOf(ctx.model, type).title)} \`${name}\` already; rename one of them first`)
}

/**
 * What a move would change, after all that the access model and the mover's rights say about it. Nothing may have been
 * written yet in this transaction that decisions depend on.
 *
 * @returns null when it lies there already
 * @throws AppError `forbidden`, `conflict`, `already-exists`
 */
export async function planMove(ctx: Ctx, found: Found, to: Place): Promise<PlannedMove | null> {
  const from = found.path.at(-2)
  if (from === undefined || from.id === to.id) return null
  const path = await findPath(ctx, to.id)
  requireGuard(ctx, 'move', found.type, found.path)
  requireGuard(ctx, 'move', found.type, path)
  const problem = moveProblem(ctx.model, { ...found, deepest: await findDeepest(ctx, found.id) }, { ...to, path })
  if (problem !== null) throw new AppError('conflict', problem)
  await requireFreeName(ctx, found, to)
  const index = await currentIndex(ctx)
  requireGainsHeld(ctx, index, found, to)
  const { id, type, name } = found
  return { from, to, preview: await previewAccess(ctx, [{ kind: 'resource', put: { id, type, name, parentId: to.id } }]) }
}
