import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX, expandPermissions, isPrefixedCore } from '@/lib/access/models/role-permissions'
import { askableTypes } from '@/lib/access/models/resource-types'
import type { Rights } from '@/lib/access/rights'
import { permissionsAt, type StoredRole } from './rules'

/** A resource and all above it, nearest first, the organization last. */
export type Path = readonly { id: string; type: string }[]

/** What counts at the first resource of a path, and below it. */
export type Grant = { path: Path; permissions: ReadonlySet<string> }

/** A role with the paths of the resources it is restricted to; null: it is not restricted. */
export type PlacedRole = StoredRole & { chosen: readonly Path[] | null }

const isAtOrBelow = (path: Path, above: Path): boolean => path.some(({ id }) => id === above[0]?.id)

/** Where what is held at both places holds: the lower one, if one lies at or below the other. */
const meet = (one: Path, other: Path): Path | null => (isAtOrBelow(one, other) ? one : isAtOrBelow(other, one) ? other : null)

/** Permissions of the model with all that they include, Gatehouse's own left out. */
function closureOf(model: AccessModel, names: readonly string[]): Set<string> {
  const byName = new Map(model.permissions.map((permission) => [permission.name, permission]))
  const closed = new Set<string>()
  const add = (name: string): void => {
    const permission = byName.get(name)
    if (!permission || closed.has(name)) return
    closed.add(name)
    permission.includes?.forEach(add)
  }
  names.forEach(add)
  return closed
}

/** What a role permits at a chosen resource, and above it where the model lets chosen resources reach up. */
function positionsOf(model: AccessModel, permissions: readonly string[], path: Path): Grant[] {
  const [node] = path
  if (node === undefined) return []
  const grants: Grant[] = [{ path, permissions: expandPermissions(model, permissions, node.type) }]
  if (!model.rules.chosenResourcesReachUp) return grants
  const askable = askableTypes(model)
  const closed = closureOf(model, permissions)
  let pending = model.permissions.filter(({ name }) => closed.has(name) && !askable.get(name)?.has(node.type))
  path.slice(1).forEach(({ type }, index) => {
    const reached = pending.filter(({ appliesTo }) => appliesTo.includes(type))
    pending = pending.filter((permission) => !reached.includes(permission))
    const held = reached.flatMap(({ name, implies }) => [name, ...implies.map((core) => CORE_PREFIX + core)])
    if (held.length > 0) grants.push({ path: path.slice(index + 1), permissions: new Set(held) })
  })
  return grants
}

/**
 * Where a role held at a scope counts, and what it permits there: at the scope itself, or, restricted to chosen
 * resources, at those of them that lie there. The same that the index decides by (`access/engine/positions`).
 */
export function reachOf(model: AccessModel, role: PlacedRole, scope: Path): Grant[] {
  const [at] = scope
  if (at === undefined) return []
  if (role.chosen === null) return [{ path: scope, permissions: permissionsAt(model, role, at.type) }]
  return role.chosen.flatMap((path) => positionsOf(model, role.permissions, path)).flatMap(({ path, permissions }) => {
    const place = meet(path, scope)
    return place === null ? [] : [{ path: place, permissions }]
  })
}

/** What of the grants is in none of those that were there before, at the place itself or above it. */
export function addedTo(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  return after.map(({ path, permissions }) => {
    const covering = before.filter((grant) => isAtOrBelow(path, grant.path))
    return { path, permissions: new Set([...permissions].filter((name) => !covering.some((grant) => grant.permissions.has(name)))) }
  })
}

/** The first permission of the grants that is not held where it would count, or null when all are. */
export function firstUnheld(rights: Rights, grants: readonly Grant[]): { permission: string; scopeId: string } | null {
  for (const { path, permissions } of grants) {
    const scopeId = path[0]?.id
    if (scopeId === undefined) continue
    for (const permission of permissions) if (!rights.gives(permission, scopeId)) return { permission, scopeId }
  }
  return null
}

/** Names that are permissions neither of the model nor of Gatehouse. */
export function unknownPermissions(model: AccessModel, names: readonly string[]): string[] {
  const own = new Set(model.permissions.map(({ name }) => name))
  return names.filter((name) => !own.has(name) && !isPrefixedCore(name))
}
