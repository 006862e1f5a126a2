import type { Entered } from '@/lib/access/context'
import { AppError, type MissingRight } from '@/lib/errors'
import { guardOf, type Deed, type Place } from './rules'

/** What is asked of whom: `ctx`, or one with rights read anew. */
type Asker = Pick<Entered, 'model' | 'rights'>

type Missing = MissingRight & { place: string }

/**
 * What the asker lacks for a deed on the tree: to manage resources there, or the model's own permission for it.
 *
 * @param type of what is made, changed, moved or deleted
 * @param path from the organization down to where the deed happens: the parent for making, the resource otherwise
 */
export function missingFor({ model, rights }: Asker, deed: Deed, type: string, path: readonly Place[]): Missing | null {
  const here = path.at(-1)
  if (!here) return null
  if (!rights.holds('resource:write', here.id)) return { permission: 'resource:write', scope: here.id, place: here.name }
  const guard = guardOf(model, deed, type, path.toReversed())
  if (guard === null || (guard.scope !== null && rights.holdsNamed(guard.permission, guard.scope))) return null
  const scope = path.find(({ id }) => id === guard.scope) ?? here
  return { permission: guard.permission, scope: scope.id, place: scope.name, isNamed: true }
}

/** @throws AppError `forbidden` naming what is missing and where */
export function requireGuard(asker: Asker, deed: Deed, type: string, path: readonly Place[]): void {
  const missing = missingFor(asker, deed, type, path)
  if (missing === null) return
  const { place, ...right } = missing
  throw new AppError('forbidden', `\`${right.permission}\` is missing in ${place}`, { missing: right })
}
