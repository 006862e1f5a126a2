import type { Narrowing } from '@/lib/access/engine/decide'
import type { Ctx } from '@/lib/access/context'
import { covers, readRange } from '@/lib/access/addresses/range'
import { AppError, isAppError } from '@/lib/errors'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'

/** What a key may use, as it is stored. */
export type KeyLimits = { roleId: string | null; scopeId: string | null; addresses: readonly string[] }

const LIST_PLACE = /^roles\.0\./

/** Roles are found as those of an assignment are; here there is one, so that its fields are named without a number. */
function unnumbered(error: unknown): unknown {
  if (!isAppError(error) || error.extras.fields === undefined) return error
  const fields = error.extras.fields.map(({ path, message }) => ({ path: path.replace(LIST_PLACE, ''), message }))
  return new AppError(error.code, error.message.replace('`roles.0.', '`'), { ...error.extras, fields })
}

/** One role at one scope, found and checked against the access model. @throws AppError naming `role` or `scope` */
export async function resolveRole(ctx: Ctx, wanted: { role: string; scope?: string | undefined }) {
  try {
    const [found] = await resolveAssignments(ctx, [wanted])
    if (!found) throw new AppError('not-found', `no role \`${wanted.role}\``)
    return found
  } catch (error) {
    throw unnumbered(error)
  }
}

async function requireResource(ctx: Ctx, id: string): Promise<void> {
  const found = await ctx.tx.resource.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
  if (!found) throw new AppError('not-found', `no resource \`${id}\``)
}

/**
 * The limits of a new key. A role must be wholly the maker's own at the scope: what a key is said to allow, it allows.
 *
 * @throws AppError `not-found`, `invalid-input`, `forbidden`
 */
export async function resolveLimits(ctx: Ctx, { role, scope, addresses }: { role?: string | undefined; scope?: string | undefined; addresses: readonly string[] }): Promise<KeyLimits> {
  if (role === undefined) {
    if (scope !== undefined) await requireResource(ctx, scope)
    return { roleId: null, scopeId: scope ?? null, addresses }
  }
  const found = await resolveRole(ctx, { role, scope })
  requireHeld(ctx.rights, [found])
  return { roleId: found.roleId, scopeId: scope ?? null, addresses }
}

/** Whether a resource lies at or below another. */
async function isAtOrBelow(ctx: Ctx, id: string, above: string): Promise<boolean> {
  const [row] = await ctx.tx.$queryRaw<{ found: boolean }[]>`
    WITH RECURSIVE up AS (
      SELECT "id", "parentId" FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id}
      UNION SELECT r."id", r."parentId" FROM "Resource" r JOIN up ON r."organizationId" = ${ctx.orgId} AND r."id" = up."parentId")
    SELECT EXISTS (SELECT 1 FROM up WHERE "id" = ${above}) AS found`
  return row?.found === true
}

const isWithinAddresses = (inner: readonly string[], outer: readonly string[]): boolean => {
  const ranges = outer.map(readRange).filter((range) => range !== null)
  return inner.length > 0 && inner.every((text) => {
    const range = readRange(text)
    return range !== null && ranges.some((each) => covers(each, range))
  })
}

async function isScopeWithin(ctx: Ctx, { scopeId }: KeyLimits, narrowing: Narrowing): Promise<boolean> {
  return narrowing.scopeId === undefined || (scopeId !== null && await isAtOrBelow(ctx, scopeId, narrowing.scopeId))
}

/**
 * A credential that is limited itself makes, or rotates, no credential that is less so: else it could widen itself.
 *
 * @throws AppError `forbidden`
 */
export async function requireNotWider(ctx: Ctx, limits: KeyLimits): Promise<void> {
  const { actor } = ctx
  if (actor.type !== 'credential') return
  const { narrowing, addresses } = actor
  if (addresses.length > 0 && !isWithinAddresses(limits.addresses, addresses))
    throw new AppError('forbidden', 'this credential may be used from some addresses only, so a key it makes needs `addresses` among them')
  if (narrowing === null) return
  if (narrowing.roleId !== undefined && limits.roleId !== narrowing.roleId)
    throw new AppError('forbidden', `this key is narrowed to the role \`${narrowing.roleId}\`, so a key it makes has to be too`)
  if (!(await isScopeWithin(ctx, limits, narrowing)))
    throw new AppError('forbidden', `this key is narrowed to \`${narrowing.scopeId ?? ''}\`, so a key it makes has to lie there or below`)
}
