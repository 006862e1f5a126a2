import { isCorePermission } from '@/lib/access/permissions'
import type { AccessModel, ModelRole } from './access-model'
import { askableTypes } from './resource-types'

/** Before the name of each of Gatehouse's own permissions, so that no model's own name can collide with one. */
export const CORE_PREFIX = 'gatehouse/'

/** Whether this is one of Gatehouse's own permissions, as named outside the code. */
export const isPrefixedCore = (name: string): boolean =>
  name.startsWith(CORE_PREFIX) && isCorePermission(name.slice(CORE_PREFIX.length))

type Grant = { name: string; heldAt: readonly string[] | null }

const grantOf = (grant: string | { permission: string; heldAt: readonly string[] }): Grant =>
  typeof grant === 'string' ? { name: grant, heldAt: null } : { name: grant.permission, heldAt: grant.heldAt }

/**
 * A role by its identifier, else by its title, case ignored.
 *
 * @returns undefined when the model has no such role
 */
export function findRole(model: AccessModel, nameOrTitle: string): ModelRole | undefined {
  const wanted = nameOrTitle.toLowerCase()
  return (
    model.roles.find((role) => role.name === nameOrTitle) ??
    model.roles.find((role) => role.name.toLowerCase() === wanted || role.title.toLowerCase() === wanted)
  )
}

/**
 * Permissions named in a list, those of Gatehouse with their prefix, and all they include and imply.
 *
 * @param names permissions of the model, or Gatehouse's own with prefix; unknown ones are left out
 * @param scopeType where they are held: what can be asked neither there nor below is left out, with what it implies
 */
export function expandPermissions(model: AccessModel, names: Iterable<string>, scopeType?: string): ReadonlySet<string> {
  const byName = new Map(model.permissions.map((permission) => [permission.name, permission]))
  const askable = scopeType === undefined ? undefined : askableTypes(model)
  const seen = new Set<string>()
  const held = new Set<string>()
  const add = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    const permission = byName.get(name)
    permission?.includes?.forEach(add)
    const counts = permission ? (askable?.get(name)?.has(scopeType ?? '') ?? true) : isPrefixedCore(name)
    if (!counts) return
    held.add(name)
    permission?.implies.forEach((implied) => add(CORE_PREFIX + implied))
  }
  for (const name of names) add(name)
  return held
}

/**
 * What a built-in role permits where it is held at a scope of this type: its own permissions, its core permissions
 * and the implied ones, the latter two with the prefix `gatehouse/`. What can be asked neither at such a scope nor below
 * does not count there. Empty for a role the model does not have.
 */
export function permissionsOfRole(model: AccessModel, roleName: string, scopeType: string): ReadonlySet<string> {
  const role = model.roles.find(({ name }) => name === roleName)
  if (!role) return new Set()
  const counts = ({ heldAt }: Grant) => heldAt === null || heldAt.includes(scopeType)
  const own = role.permissions.map(grantOf).filter(counts)
  const core = role.core.map(grantOf).filter(counts)
  return expandPermissions(model, [...own.map(({ name }) => name), ...core.map(({ name }) => CORE_PREFIX + name)], scopeType)
}
