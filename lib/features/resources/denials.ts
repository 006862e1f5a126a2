import type { Ctx } from '@/lib/access/context'
import { nameOfMissing } from '@/lib/access/missing'
import { permissionTitle } from '@/lib/features/roles/rules'
import { missingFor } from './guards'
import { childTypes, countProblem, depthProblem, limitsOf, renameProblem, ROOT_TYPE, type Deed, type Place } from './rules'
import { countOfType } from './queries'
import { maySee } from './visibility'

/** Why the asker cannot do something with a resource, in words for people; null where they can. */
export type Denied = { edit: string | null; rename: string | null; move: string | null; delete: string | null }

/** Why a deed is not the asker's to do. */
function lacking(ctx: Ctx, deed: Deed, type: string, path: readonly Place[]): string | null {
  const missing = missingFor(ctx, deed, type, path)
  if (missing === null) return null
  const { scope, place } = missing
  const title = permissionTitle(ctx.model, nameOfMissing(missing))
  const step = path.find(({ id }) => id === scope)
  return `You lack “${title}” at ${step && maySee(ctx, step) ? place : (path.at(-1)?.name ?? place)}`
}

const ROOT_DENIED = 'The organization is the root of the tree'

/** @param path from the organization down to the resource, or to the parent a move leads to */
export function deniedFor(ctx: Ctx, type: string, path: readonly Place[]): Denied {
  if (type === ROOT_TYPE) return { edit: ROOT_DENIED, rename: ROOT_DENIED, move: ROOT_DENIED, delete: ROOT_DENIED }
  const edit = lacking(ctx, 'edit', type, path)
  return {
    edit, rename: edit ?? renameProblem(ctx.model, type, path.at(-2)?.type ?? ''),
    move: lacking(ctx, 'move', type, path), delete: lacking(ctx, 'delete', type, path),
  }
}

/** What can be made in a place, with its rules, for a form to tell while one types. */
export type Creatable = {
  type: string
  title: string
  plural: string
  namePattern: string | null
  nameRule: string | null
  /** How many there are and may be; null without a limit. */
  limit: { count: number; max: number } | null
  disabledReason: string | null
}

/** @param path from the organization down to where something is to be made */
export async function listCreatable(ctx: Ctx, path: readonly Place[]): Promise<Creatable[]> {
  const here = path.at(-1)
  if (!here) return []
  const { model } = ctx
  const options: Creatable[] = []
  for (const { name: type, title, plural } of childTypes(model, here.type)) {
    const { maxCount: max, namePattern = null, nameRule = null } = limitsOf(model, type)
    const count = max === undefined ? 0 : await countOfType(ctx, type)
    const disabledReason = lacking(ctx, 'create', type, path) ?? depthProblem(model, type, path.length + 1) ?? countProblem(model, type, count)
    options.push({ type, title, plural, namePattern, nameRule, limit: max === undefined ? null : { count, max }, disabledReason })
  }
  return options
}
