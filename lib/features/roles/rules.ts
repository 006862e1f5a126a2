import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX, expandPermissions, permissionsOfRole } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, isCorePermission } from '@/lib/access/permissions'
import type { Rights } from '@/lib/access/rights'
import { AppError } from '@/lib/errors'

/** What of a stored role decides what it permits. */
export type StoredRole = { name: string; builtIn: boolean; permissions: readonly string[] }

/** An assignment whose role and scope were found in the organization. */
export type ResolvedAssignment = {
  roleId: string
  roleName: string
  roleTitle: string
  scopeId: string
  scopeType: string
  scopeName: string
  expiresAt: Date | null
  /** All that the role permits at this scope, Gatehouse's own with their prefix; of a restricted role, what it would without the restriction. */
  permissions: ReadonlySet<string>
  /** Of a role restricted to chosen resources: where below the scope it counts, and what it permits there. Null: at the scope itself. */
  reach: readonly { scopeId: string; permissions: ReadonlySet<string> }[] | null
}

/** Everything a role permits where it is held at a scope of this type. */
export const permissionsAt = (model: AccessModel, role: StoredRole, scopeType: string): ReadonlySet<string> =>
  role.builtIn ? permissionsOfRole(model, role.name, scopeType) : expandPermissions(model, role.permissions, scopeType)

const modelRole = (model: AccessModel, role: StoredRole) => (role.builtIn ? model.roles.find(({ name }) => name === role.name) : undefined)

/** The floor role is held by every active member and can be neither given nor taken. */
export const isFloorRole = (model: AccessModel, role: StoredRole): boolean => modelRole(model, role)?.floor === true

/** Types of resource at which a role may be held, in the model's order. */
export function assignableTypes(model: AccessModel, role: StoredRole): readonly string[] {
  const all = model.resourceTypes.map(({ name }) => name)
  return role.builtIn ? (modelRole(model, role)?.assignableAt ?? []) : (model.rules.customRolesAssignableAt ?? all)
}

/** The first of the permissions that is not wholly held at the scope, or null when all are: nobody gives what they do not hold. */
export function firstMissing(rights: Rights, permissions: Iterable<string>, scopeId: string): string | null {
  for (const permission of permissions) if (!rights.gives(permission, scopeId)) return permission
  return null
}

/** A permission's title for people; its name when the model does not know it. */
export function permissionTitle(model: AccessModel, name: string): string {
  const core = name.startsWith(CORE_PREFIX) ? name.slice(CORE_PREFIX.length) : ''
  if (isCorePermission(core)) return CORE_PERMISSIONS[core].title
  return model.permissions.find((permission) => permission.name === name)?.title ?? name
}

/** "Viewer" at the organization, "Viewer in prod" below it. */
export const assignmentInWords = ({ roleTitle, scopeType, scopeName }: Pick<ResolvedAssignment, 'roleTitle' | 'scopeType' | 'scopeName'>): string =>
  scopeType === 'organization' ? roleTitle : `${roleTitle} in ${scopeName}`

/** Whether the wanted assignment is new or lasts longer than the one held, which is giving; anything else is not. */
export function isGiving(wanted: Pick<ResolvedAssignment, 'expiresAt'>, held: Pick<ResolvedAssignment, 'expiresAt'> | undefined): boolean {
  if (held === undefined) return true
  return held.expiresAt !== null && (wanted.expiresAt === null || wanted.expiresAt > held.expiresAt)
}

/** The first permission of an assignment that is not the giver's own, and where; null when all are. */
export function findMissing(rights: Rights, assignment: Pick<ResolvedAssignment, 'scopeId' | 'permissions' | 'reach'>): { permission: string; scope: string } | null {
  for (const { scopeId, permissions } of assignment.reach ?? [assignment]) {
    const permission = firstMissing(rights, permissions, scopeId)
    if (permission !== null) return { permission, scope: scopeId }
  }
  return null
}

/**
 * Nobody gives what they do not hold: each role's permissions must be the giver's own at that scope.
 *
 * @throws AppError `forbidden` naming the first permission that is missing, and where
 */
export function requireHeld(rights: Rights, assignments: readonly ResolvedAssignment[]): void {
  for (const assignment of assignments) {
    const missing = findMissing(rights, assignment)
    if (missing === null) continue
    throw new AppError('forbidden', `\`${assignmentInWords(assignment)}\` permits \`${missing.permission}\`, which you do not hold there yourself`, { missing: { ...missing, isNamed: true } })
  }
}

/**
 * Where the access model gives everybody exactly one role, a set of roles has exactly one.
 *
 * @throws AppError `invalid-input`
 */
export function requireRoleCount(model: AccessModel, count: number): void {
  if (model.rules.rolesPerMember === 'many' || count === 1) return
  const message = `In the ${model.title} model everybody holds exactly one role`
  throw new AppError('invalid-input', `\`roles\`: ${message}`, { fields: [{ path: 'roles', message }] })
}
