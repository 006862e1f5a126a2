import type { AccessModel, ModelRole } from '@/lib/access/models/access-model'
import { CORE_PREFIX, expandPermissions, isPrefixedCore, permissionsOfRole } from '@/lib/access/models/role-permissions'
import { permissionGroups, type DescribedPermission } from './describe'
import { assignableTypes, type StoredRole } from './rules'

/** A permission as the catalogue lists it; `brings`: names of those that come with it, included or implied. */
export type ListedPermission = DescribedPermission & { brings: string[] }

export type CatalogueGroup = { group: string; permissions: ListedPermission[] }

/** Every permission there is, by group, with what comes with it. */
export const catalogueGroups = (model: AccessModel): CatalogueGroup[] =>
  permissionGroups(model).map(({ group, permissions }) => ({
    group,
    permissions: permissions.map((one) => ({ ...one, brings: isPrefixedCore(one.name) ? [] : [...expandPermissions(model, [one.name])].filter((other) => other !== one.name) })),
  }))

/** What a role holds: everything it permits somewhere, and of that what counts only where the role is held at certain types. */
export type Held = { permissions: ReadonlySet<string>; onlyAt: ReadonlyMap<string, readonly string[]> }

function limitsOf(role: ModelRole): Map<string, readonly string[]> {
  const grants = [...role.permissions, ...role.core.map((grant) => (typeof grant === 'string' ? CORE_PREFIX + grant : { permission: CORE_PREFIX + grant.permission, heldAt: grant.heldAt }))]
  return new Map(grants.flatMap((grant) => (typeof grant === 'string' || role.assignableAt.every((type) => grant.heldAt.includes(type)) ? [] : [[grant.permission, grant.heldAt]])))
}

/** All that a role permits, wherever it may be held. */
export function heldBy(model: AccessModel, role: StoredRole): Held {
  if (!role.builtIn) return { permissions: expandPermissions(model, role.permissions), onlyAt: new Map() }
  const declared = model.roles.find(({ name }) => name === role.name)
  if (!declared) return { permissions: new Set(), onlyAt: new Map() }
  const permissions = new Set(assignableTypes(model, role).flatMap((type) => [...permissionsOfRole(model, role.name, type)]))
  return { permissions, onlyAt: limitsOf(declared) }
}

/** Permissions that belong together into certain roles, as the documentation of a system advises. */
export type Advice = { needs: readonly string[]; message: string }

const ADVICE: Readonly<Record<string, readonly Advice[]>> = {
  astra: [{ needs: ['org-user-read', 'org-db-view'], message: 'People who use the portal need Read User and View DB in their role.' }],
}

export const adviceFor = (model: Pick<AccessModel, 'name'>): readonly Advice[] => ADVICE[model.name] ?? []
