import type { Ctx, Entered } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { assignableTypes, isFloorRole, permissionsAt, type ResolvedAssignment } from './rules'
import type { WantedAssignment } from './schema'

type RoleRow = { id: string; name: string; title: string; builtIn: boolean; permissions: string[] }
type ScopeRow = { id: string; type: string; name: string }

const columns = { id: true, name: true, title: true, builtIn: true, permissions: true } as const

/** A role named by id or by name, the case of a name ignored. */
function findAmong(roles: readonly RoleRow[], wanted: string): RoleRow | undefined {
  const lower = wanted.toLowerCase()
  return roles.find((role) => role.id === wanted || role.name === wanted)
    ?? roles.find((role) => role.name.toLowerCase() === lower || role.title.toLowerCase() === lower)
}

function refuse(index: number, field: string, message: string): AppError {
  const path = `roles.${index}.${field}`
  return new AppError('invalid-input', `\`${path}\`: ${message}`, { fields: [{ path, message }] })
}

/** An id of another organization is as unknown as one that never was (404); a misspelt name is a wrong field (422). */
const unknown = (index: number, field: string, what: string, value: string): AppError =>
  /^[a-z]{3}_/.test(value) ? new AppError('not-found', `no ${what} \`${value}\``) : refuse(index, field, `There is no ${what} \`${value}\``)

/**
 * Finds the roles and scopes of wanted assignments in the organization and checks what the access model
 * says about them; whether the asker may give them is `requireHeld`'s matter.
 *
 * @throws AppError `not-found` for ids that are not there, `invalid-input` naming the field otherwise
 */
export async function resolveAssignments(ctx: Ctx, wanted: readonly WantedAssignment[]): Promise<ResolvedAssignment[]> {
  if (wanted.length === 0) return []
  const { model } = ctx
  const scopeIds = [...new Set(wanted.map(({ scope }) => scope ?? ctx.orgId))]
  const roles = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: columns })
  const scopes: ScopeRow[] = await ctx.tx.resource.findMany({ where: { organizationId: ctx.orgId, id: { in: scopeIds } }, select: { id: true, type: true, name: true } })
  const seen = new Set<string>()
  return wanted.map(({ role: named, scope: scopeId = ctx.orgId, expiresAt }, index) => {
    const role = findAmong(roles, named)
    if (!role) throw unknown(index, 'role', 'role', named)
    const scope = scopes.find(({ id }) => id === scopeId)
    if (!scope) throw unknown(index, 'scope', 'resource', scopeId)
    if (isFloorRole(model, role)) throw refuse(index, 'role', `\`${role.title}\` is held by everybody and cannot be given`)
    if (!assignableTypes(model, role).includes(scope.type)) throw refuse(index, 'scope', `\`${role.title}\` cannot be held at a resource of type ${scope.type}`)
    if (expiresAt && expiresAt <= ctx.now) throw refuse(index, 'expiresAt', 'The end lies in the past')
    if (seen.has(`${role.id} ${scope.id}`)) throw refuse(index, 'role', `\`${role.title}\` is given twice at the same place`)
    seen.add(`${role.id} ${scope.id}`)
    return {
      roleId: role.id, roleName: role.name, roleTitle: role.title, scopeId: scope.id, scopeType: scope.type, scopeName: scope.name,
      expiresAt: expiresAt ?? null, permissions: permissionsAt(model, role, scope.type),
    }
  })
}

/** Assignments a member or an invitation has, ended ones too, with what they permit. */
export async function findAssignments(ctx: Ctx, membershipId: string): Promise<(ResolvedAssignment & { id: string })[]> {
  const { model } = ctx
  const rows = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, membershipId },
    select: { id: true, expiresAt: true, role: { select: columns }, scope: { select: { id: true, type: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, expiresAt, role, scope }) => ({
    id, expiresAt, roleId: role.id, roleName: role.name, roleTitle: role.title, scopeId: scope.id, scopeType: scope.type, scopeName: scope.name,
    permissions: permissionsAt(model, role, scope.type),
  }))
}

/** Roles that carry a half or both of what makes an administrator, at the organization. `everyone`: the floor role carries it. */
export type AdministratorRoles = { members: string[]; assignments: string[]; everyone: { members: boolean; assignments: boolean } }

/** What of an entrance these questions need: no permission, but the model in force. */
export type Inside = Pick<Entered, 'tx' | 'orgId' | 'model'>

/** Which roles of the organization hold `member:write` and `assignment:write`. */
export async function findAdministratorRoles({ tx, orgId, model }: Inside): Promise<AdministratorRoles> {
  const roles = await tx.role.findMany({ where: { organizationId: orgId }, select: { ...columns, resourceIds: true } })
  // A role restricted to chosen resources holds nothing at the organization.
  const withPermissions = roles.filter(({ resourceIds }) => resourceIds.length === 0).map((role) => ({ id: role.id, isFloor: isFloorRole(model, role), permissions: permissionsAt(model, role, 'organization') }))
  const holding = (name: string) => withPermissions.filter(({ permissions }) => permissions.has(name))
  const [members, assignments] = [holding('gatehouse/member:write'), holding('gatehouse/assignment:write')]
  return {
    members: members.map(({ id }) => id),
    assignments: assignments.map(({ id }) => id),
    everyone: { members: members.some(({ isFloor }) => isFloor), assignments: assignments.some(({ isFloor }) => isFloor) },
  }
}
