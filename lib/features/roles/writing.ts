import type { Ctx } from '@/lib/access/context'
import { CORE_PREFIX, isPrefixedCore } from '@/lib/access/models/role-permissions'
import { AppError, type FieldError } from '@/lib/errors'
import { addedTo, firstUnheld, reachOf, unknownPermissions, type Path, type PlacedRole } from './reach'
import { permissionTitle } from './rules'
import { findPaths, findScopePaths, rootPath, type FullRole } from './stored'

const wrong = (fields: FieldError[]): AppError => new AppError('invalid-input', fields.map(({ path, message }) => `\`${path}\`: ${message}`).join('; '), { fields })

/** Why this model takes no roles of one's own, or null. */
export const whyNoCustomRoles = ({ model }: Pick<Ctx, 'model'>): string | null =>
  model.rules.customRoles ? null : `the ${model.title} model has its built-in roles only`

/** @throws AppError `conflict` where the access model knows no custom roles */
export function requireCustomRoles(ctx: Ctx): void {
  const reason = whyNoCustomRoles(ctx)
  if (reason !== null) throw new AppError('conflict', reason)
}

/** Custom roles in one organization: as many as can still be seen beside each other. */
const CUSTOM_ROLES_MAX = 500

/** @throws AppError `limit-reached` */
export async function requireRoom(ctx: Ctx): Promise<void> {
  const count = await ctx.tx.role.count({ where: { organizationId: ctx.orgId, builtIn: false } })
  if (count >= CUSTOM_ROLES_MAX) throw new AppError('limit-reached', `an organization has at most ${CUSTOM_ROLES_MAX} custom roles; delete one that nobody needs`)
}

/** @throws AppError `conflict` for a built-in role: no interface changes those */
export function requireCustom({ model }: Ctx, role: FullRole): void {
  if (!role.builtIn) return
  const way = model.rules.customRoles ? '; duplicate it and change the copy' : ''
  throw new AppError('conflict', `\`${role.title}\` is built into the ${model.title} model and cannot be changed${way}`)
}

/** @throws AppError `already-exists` when another role, built-in ones included, is called so, whatever the case */
export async function requireFreeName(ctx: Ctx, name: string, ownId?: string): Promise<void> {
  const lower = name.toLowerCase()
  const roles = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: { id: true, name: true, title: true } })
  const taken = roles.find((role) => role.id !== ownId && (role.name.toLowerCase() === lower || role.title.toLowerCase() === lower))
  if (taken) throw new AppError('already-exists', `role \`${taken.title}\` already exists`, { fields: [{ path: 'name', message: 'Another role has this name; choose another' }] })
}

/** Permissions each once, in the order of the catalogue. @throws AppError `invalid-input` naming those there are not */
export function requireKnownPermissions({ model }: Ctx, names: readonly string[]): string[] {
  const unknown = unknownPermissions(model, names)
  if (unknown.length > 0) {
    throw wrong(unknown.map((name) => {
      const prefixed = isPrefixedCore(CORE_PREFIX + name) ? `; did you mean \`${CORE_PREFIX}${name}\`?` : ''
      return { path: `permissions.${names.indexOf(name)}`, message: `There is no permission \`${name}\`${prefixed}` }
    }))
  }
  const wanted = new Set(names)
  const own = model.permissions.map(({ name }) => name).filter((name) => wanted.has(name))
  return [...own, ...[...wanted].filter(isPrefixedCore).sort()]
}

/** Resources a role is restricted to. @throws AppError `not-found`, `invalid-input` for the organization itself or a wrong type */
export async function requireChosen(ctx: Ctx, chosen: readonly { type: string; id: string }[] | null): Promise<{ ids: string[]; paths: Path[] | null }> {
  if (chosen === null) return { ids: [], paths: null }
  const paths = await findPaths(ctx, chosen.map(({ id }) => id))
  const found = new Map(chosen.map(({ type, id }, index): [string, Path] => {
    const path = paths.get(id)
    if (!path) throw new AppError('not-found', `no resource \`${id}\``)
    if (id === ctx.orgId) throw wrong([{ path: `resources.${index}`, message: 'To let the role count in the whole organization, choose no resources' }])
    if (path[0]?.type !== type) throw wrong([{ path: `resources.${index}.type`, message: `This resource is of type ${path[0]?.type ?? ''}` }])
    return [id, path]
  }))
  return { ids: [...found.keys()], paths: [...found.values()] }
}

/**
 * Nobody gives what they do not hold: what a role gains must be the author's own where it counts, at the organization (or
 * the chosen resources) and wherever the role is assigned already.
 *
 * @param before the role as it was; null for a new one
 * @throws AppError `forbidden` naming the first permission that is missing, and where
 */
export async function requireMayGive(ctx: Ctx, before: FullRole | null, after: PlacedRole): Promise<void> {
  const scopes = [rootPath(ctx), ...(before === null ? [] : await findScopePaths(ctx, before.id))]
  for (const scope of scopes) {
    const old = before === null ? [] : reachOf(ctx.model, before, scope)
    const missing = firstUnheld(ctx.rights, addedTo(old, reachOf(ctx.model, after, scope)))
    if (missing === null) continue
    const { permission, scopeId } = missing
    throw new AppError('forbidden', `you do not hold \`${permission}\` (${permissionTitle(ctx.model, permission)}) where the role would give it`, { missing: { permission, scope: scopeId, isNamed: true } })
  }
}
