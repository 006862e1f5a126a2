import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { describePreview } from '@/lib/features/access-preview/describe'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'
import { planMove } from './moves'
import { findPath } from './paths'
import { findNamed } from './queries'
import type { Place } from './rules'

/** A move that has not been made: where from, where to, and whose access it would change. */
export type MovePreview = { from: Place; to: Place; preview: AccessPreviewView }

/**
 * What moving a resource would change. Refused for the same reasons as the move itself.
 *
 * @returns null when it lies there already
 * @throws AppError `not-found`, `forbidden`, `conflict`, `already-exists`
 */
export async function previewMove(ctx: Ctx<'resource:write'>, { id, parentId }: { id: string; parentId: string }): Promise<MovePreview | null> {
  const path = await findPath(ctx, id)
  const here = path.at(-1)
  if (!here) throw new AppError('not-found', `no resource \`${id}\``)
  const moved = await planMove(ctx, { ...here, parentId: path.at(-2)?.id ?? null, path }, await findNamed(ctx, { id: parentId, type: undefined }))
  return moved && { from: moved.from, to: moved.to, preview: await describePreview(ctx, moved.preview) }
}
