import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { adviceFor, catalogueGroups, heldBy, type Advice, type CatalogueGroup } from './catalogue'
import { searchScopes, type ScopeChoice } from './choices'
import { reachOf } from './reach'
import { countCredentials, countHolders, findHeldAt, holdersInWords, whyKept } from './reassign'
import { assignableTypes, isFloorRole } from './rules'
import { findFullRole, findPaths, placeRoles, rootPath } from './stored'
import { whyNoCustomRoles } from './writing'

/** A role as the editor begins with it. `permissions`: those chosen, without what comes with them. */
export type RoleDraft = { id: string | null; name: string; description: string; permissions: string[]; resources: ScopeChoice[] | null }

/** What the editor of roles needs to know. */
export type RoleEditing = {
  draft: RoleDraft
  groups: CatalogueGroup[]
  /** Permissions the author does not hold at the organization. */
  missing: string[]
  /** Whether there are resources to restrict a role to, and the first of them. */
  canRestrict: boolean
  offered: ScopeChoice[]
  advice: readonly Advice[]
}

const columns = { id: true, name: true, title: true, description: true, builtIn: true, permissions: true, resourceIds: true } as const

async function findChosen({ tx, orgId, model }: Ctx, ids: readonly string[]): Promise<ScopeChoice[] | null> {
  if (ids.length === 0) return null
  const rows = await tx.resource.findMany({ where: { organizationId: orgId, id: { in: [...ids] } }, select: { id: true, type: true, name: true }, orderBy: { name: 'asc' } })
  return rows.map((row) => ({ ...row, typeTitle: model.resourceTypes.find(({ name }) => name === row.type)?.title ?? row.type }))
}

/** Permissions the author holds neither at the organization nor, when some are given, at each of these resources. */
export async function findMissing(ctx: Ctx<'role:write'>, resourceIds: readonly string[]): Promise<string[]> {
  const names = catalogueGroups(ctx.model).flatMap(({ permissions }) => permissions.map(({ name }) => name))
  const chosen = resourceIds.length === 0 ? null : [...(await findPaths(ctx, resourceIds)).values()]
  const isHeld = (name: string): boolean =>
    reachOf(ctx.model, { name: '', builtIn: false, permissions: [name], chosen }, rootPath(ctx)).every(({ path, permissions }) =>
      [...permissions].every((each) => ctx.rights.holdsNamed(each, path[0]?.id)))
  return names.filter((name) => !isHeld(name))
}

async function editingOf(ctx: Ctx<'role:write'>, draft: RoleDraft): Promise<RoleEditing> {
  const missing = await findMissing(ctx, draft.resources?.map(({ id }) => id) ?? [])
  const offered = await searchChosen(ctx, '')
  return { draft, groups: catalogueGroups(ctx.model), missing, canRestrict: ctx.model.resourceTypes.length > 1, offered, advice: adviceFor(ctx.model) }
}

const blank: RoleDraft = { id: null, name: '', description: '', permissions: [], resources: null }

/** A new role: empty, or a copy of another. @throws AppError `conflict` where the model has no custom roles, `not-found` for the other */
export async function startRole(ctx: Ctx<'role:write'>, fromId: string | null): Promise<RoleEditing> {
  requirePermission(ctx, 'role:write', ctx.orgId)
  const reason = whyNoCustomRoles(ctx)
  if (reason !== null) throw new AppError('conflict', reason)
  if (fromId === null) return editingOf(ctx, blank)
  const from = await findFullRole(ctx, fromId)
  const permissions = from.builtIn ? [...heldBy(ctx.model, from).permissions] : [...from.permissions]
  const name = `Copy of ${from.title}`.slice(0, 64)
  return editingOf(ctx, { id: null, name, description: from.description, permissions, resources: await findChosen(ctx, from.resourceIds) })
}

/** A custom role to be edited; null for a built-in one, which cannot be. @throws AppError `not-found` */
export async function editRole(ctx: Ctx<'role:write'>, id: string): Promise<RoleEditing | null> {
  requirePermission(ctx, 'role:write', ctx.orgId)
  const role = await findFullRole(ctx, id)
  if (role.builtIn) return null
  return editingOf(ctx, { id, name: role.name, description: role.description, permissions: [...role.permissions], resources: await findChosen(ctx, role.resourceIds) })
}

/** A role that can take another's place. `disabledReason`: why this author cannot choose it. */
export type Replacement = { id: string; title: string; description: string; disabledReason: string | null }

/**
 * What deleting a role needs to be decided: who holds it, in words ("" when nobody does), and what they could get; why it
 * cannot be done at all, if so; how many API keys are narrowed to it and would allow nothing.
 */
export type Replacing = { holders: string; roles: Replacement[]; refusedReason: string | null; narrowedKeys: number }

/** Roles the holders of a role could get instead, with why some cannot be. @throws AppError `not-found` */
export async function findReplacing(ctx: Ctx<'role:write'>, id: string): Promise<Replacing> {
  requirePermission(ctx, 'role:write', ctx.orgId)
  const gone = await findFullRole(ctx, id)
  const places = await findHeldAt(ctx, id)
  const stored = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: columns, orderBy: [{ builtIn: 'desc' }, { title: 'asc' }] })
  const others = (await placeRoles(ctx, stored)).filter((role) => role.id !== id && !isFloorRole(ctx.model, role))
  const before = heldBy(ctx.model, gone).permissions
  const roles = others.map((role): Replacement => {
    const types = assignableTypes(ctx.model, role)
    const isAssignable = places.every(({ scopeType }) => types.includes(scopeType))
    const lacks = reachOf(ctx.model, role, rootPath(ctx)).some(({ path, permissions }) => [...permissions].some((name) => !before.has(name) && !ctx.rights.holdsNamed(name, path[0]?.id)))
    const disabledReason = !isAssignable ? 'Cannot be held at one of the places' : lacks ? 'Permits more than you hold yourself' : null
    return { id: role.id, title: role.title, description: role.description, disabledReason }
  })
  const credentials = await countCredentials(ctx, id)
  const holders = places.length === 0 ? '' : holdersInWords(await countHolders(ctx, id))
  const reason = await whyKept(ctx, id, credentials)
  return { holders, roles, refusedReason: reason === null ? null : `The role ${reason.replaceAll('`', '')}.`, narrowedKeys: credentials.narrowedKeys }
}

/** Resources a role can be restricted to: all but the organization, by a part of their name. */
export async function searchChosen(ctx: Ctx<'role:write'>, text: string): Promise<ScopeChoice[]> {
  return (await searchScopes(ctx, text, 'role:write')).filter(({ id }) => id !== ctx.orgId)
}
