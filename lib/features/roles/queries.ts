import type { Ctx, Entered } from '@/lib/access/context'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import type { CorePermission } from '@/lib/access/permissions'
import { AppError } from '@/lib/errors'
import { reachOf, type Path, type PlacedRole } from './reach'
import { assignableTypes, isFloorRole, permissionsAt, type ResolvedAssignment } from './rules'
import type { WantedAssignment } from './schema'
import { findPaths, placeRoles } from './stored'

type RoleRow = { id: string; name: string; title: string; builtIn: boolean; permissions: string[]; resourceIds: string[] }
type ScopeRow = { id: string; type: string; name: string }

const columns = { id: true, name: true, title: true, builtIn: true, permissions: true, resourceIds: true } as const

/** A role named by id or by name, the case of a name ignored. */
function findAmong<R extends Pick<RoleRow, 'id' | 'name' | 'title'>>(roles: readonly R[], wanted: string): R | undefined {
  const lower = wanted.toLowerCase()
  return roles.find((role) => role.id === wanted || role.name === wanted)
    ?? roles.find((role) => role.name.toLowerCase() === lower || role.title.toLowerCase() === lower)
}

const refuse = (path: string, message: string): AppError => new AppError('invalid-input', `\`${path}\`: ${message}`, { fields: [{ path, message }] })

/** The path of a field in the caller's input, of the assignment at this position. */
export type PathOf = (index: number, field: 'role' | 'scope' | 'expiresAt') => string

const inList: PathOf = (index, field) => `roles.${index}.${field}`

/** An id of another organization is as unknown as one that never was (404); a misspelt name is a wrong field (422). */
const unknown = (path: string, what: string, value: string): AppError =>
  /^[a-z]{3}_/.test(value) ? new AppError('not-found', `no ${what} \`${value}\``) : refuse(path, `There is no ${what} \`${value}\``)

/** The id of a role named by id or by name. @throws AppError `not-found` for an id, `invalid-input` at `path` for a name */
export async function findRoleId(ctx: Ctx, wanted: string, path: string): Promise<string> {
  const roles = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: { id: true, name: true, title: true } })
  const role = findAmong(roles, wanted)
  if (!role) throw unknown(path, 'role', wanted)
  return role.id
}

type Reach = ResolvedAssignment['reach']

/** Where restricted roles count that are held at these scopes; a function that answers null for the others. */
async function findReach(ctx: Ctx, roles: readonly RoleRow[], scopeIds: readonly string[]): Promise<(roleId: string, scopeId: string) => Reach> {
  const restricted = new Map((await placeRoles(ctx, roles.filter(({ resourceIds }) => resourceIds.length > 0))).map((role): [string, PlacedRole] => [role.id, role]))
  const scopes: ReadonlyMap<string, Path> = restricted.size === 0 ? new Map() : await findPaths(ctx, scopeIds)
  return (roleId, scopeId) => {
    const role = restricted.get(roleId)
    const scope = scopes.get(scopeId)
    if (!role || !scope) return null
    return reachOf(ctx.model, role, scope).flatMap(({ path: [place], permissions }) => (place ? [{ scopeId: place.id, permissions }] : []))
  }
}

/**
 * Finds the roles and scopes of wanted assignments in the organization and checks what the access model
 * says about them; whether the asker may give them is `requireHeld`'s matter.
 *
 * @param pathOf how the caller names the fields; left out, as a list `roles`
 * @throws AppError `not-found` for ids that are not there, `invalid-input` naming the field otherwise
 */
export async function resolveAssignments(ctx: Ctx, wanted: readonly WantedAssignment[], pathOf: PathOf = inList): Promise<ResolvedAssignment[]> {
  if (wanted.length === 0) return []
  const { model } = ctx
  const scopeIds = [...new Set(wanted.map(({ scope }) => scope ?? ctx.orgId))]
  const roles = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: columns })
  const scopes: ScopeRow[] = await ctx.tx.resource.findMany({ where: { organizationId: ctx.orgId, id: { in: scopeIds } }, select: { id: true, type: true, name: true } })
  const named = wanted.map(({ role }) => findAmong(roles, role)).filter((role) => role !== undefined)
  const reach = await findReach(ctx, named, scopeIds)
  const seen = new Set<string>()
  return wanted.map(({ role: roleName, scope: scopeId = ctx.orgId, expiresAt }, index) => {
    const role = findAmong(roles, roleName)
    if (!role) throw unknown(pathOf(index, 'role'), 'role', roleName)
    const scope = scopes.find(({ id }) => id === scopeId)
    if (!scope) throw unknown(pathOf(index, 'scope'), 'resource', scopeId)
    if (isFloorRole(model, role)) throw refuse(pathOf(index, 'role'), `\`${role.title}\` is held by everybody and cannot be given`)
    if (!assignableTypes(model, role).includes(scope.type)) throw refuse(pathOf(index, 'scope'), `\`${role.title}\` cannot be held at a resource of type ${scope.type}`)
    if (expiresAt && expiresAt <= ctx.now) throw refuse(pathOf(index, 'expiresAt'), 'The end lies in the past')
    if (seen.has(`${role.id} ${scope.id}`)) throw refuse(pathOf(index, 'role'), `\`${role.title}\` is given twice at the same place`)
    seen.add(`${role.id} ${scope.id}`)
    return {
      roleId: role.id, roleName: role.name, roleTitle: role.title, scopeId: scope.id, scopeType: scope.type, scopeName: scope.name,
      expiresAt: expiresAt ?? null, permissions: permissionsAt(model, role, scope.type), reach: reach(role.id, scope.id),
    }
  })
}

/** Whose assignments are meant: a member or an invitation, a group, or a service account. */
export type Holder = { membershipId: string } | { groupId: string } | { serviceAccountId: string }

/** Assignments somebody has themselves, or the one of this id; ended ones too, with what they permit. */
export async function findAssignments(ctx: Ctx, holder: string | Holder | { id: string }): Promise<(ResolvedAssignment & { id: string })[]> {
  const { model } = ctx
  const rows = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, ...(typeof holder === 'string' ? { membershipId: holder } : holder) },
    select: { id: true, expiresAt: true, role: { select: columns }, scope: { select: { id: true, type: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  const reach = await findReach(ctx, rows.map(({ role }) => role), rows.map(({ scope }) => scope.id))
  return rows.map(({ id, expiresAt, role, scope }) => ({
    id, expiresAt, roleId: role.id, roleName: role.name, roleTitle: role.title, scopeId: scope.id, scopeType: scope.type, scopeName: scope.name,
    permissions: permissionsAt(model, role, scope.type), reach: reach(role.id, scope.id),
  }))
}

/** Roles that carry a half or both of what makes an administrator, at the organization. `everyone`: the floor role carries it. */
export type AdministratorRoles = { members: string[]; assignments: string[]; everyone: { members: boolean; assignments: boolean } }

/** What of an entrance these questions need: no permission, but the model in force. */
export type Inside = Pick<Entered, 'tx' | 'orgId' | 'model'>

export type HoldingRoles = { ids: string[]; /** Everybody holds it, by the role that is everybody's. */ isEveryone: boolean }

/** Looks for roles of the organization that hold one of Gatehouse's own permissions at the organization. */
export async function findHoldingRoles({ tx, orgId, model }: Inside): Promise<(permission: CorePermission) => HoldingRoles> {
  const roles = await tx.role.findMany({ where: { organizationId: orgId }, select: columns })
  // A role restricted to chosen resources holds nothing at the organization.
  const withPermissions = roles.filter(({ resourceIds }) => resourceIds.length === 0).map((role) => ({ id: role.id, isFloor: isFloorRole(model, role), permissions: permissionsAt(model, role, 'organization') }))
  return (permission) => {
    const holding = withPermissions.filter(({ permissions }) => permissions.has(`${CORE_PREFIX}${permission}`))
    return { ids: holding.map(({ id }) => id), isEveryone: holding.some(({ isFloor }) => isFloor) }
  }
}

/** Which roles of the organization hold `member:write` and `assignment:write`. */
export async function findAdministratorRoles(inside: Inside): Promise<AdministratorRoles> {
  const holding = await findHoldingRoles(inside)
  const [members, assignments] = [holding('member:write'), holding('assignment:write')]
  return { members: members.ids, assignments: assignments.ids, everyone: { members: members.isEveryone, assignments: assignments.isEveryone } }
}
