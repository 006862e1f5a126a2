import type { CorePermission } from './permissions'
import { isCorePermission } from './permissions'
import { expandPermissions, findModel, permissionsOfRole } from './models/catalogue'
import type { Tx } from '@/lib/db'

/** What a principal may do in one organization, at this moment. A scope is a resource id; left out, the organization. */
export type Rights = {
  holds(permission: string, scopeId?: string): boolean
  /** Held at any scope: opens a tab. */
  anywhere(permission: CorePermission): boolean
  /** Resources at which it is held; what lies below them may be seen. */
  roots(permission: CorePermission): readonly string[]
  /** Names of all core permissions held at the organization, for `whoami` and *My access*. */
  atOrganization(): readonly CorePermission[]
}

export type RightsSource = { organizationId: string; accessModel: string; membershipId: string }

const CORE_PREFIX = 'gatehouse/'
const withPrefix = (permission: string) => (isCorePermission(permission) ? `${CORE_PREFIX}${permission}` : permission)

/** Role grants of a member that hold at `at`: role permissions by scope, the floor role included. */
async function grantsByScope(tx: Tx, source: RightsSource, at: Date): Promise<Map<string, Set<string>>> {
  const model = findModel(source.accessModel)
  const assignments = await tx.roleAssignment.findMany({
    where: {
      organizationId: source.organizationId,
      membershipId: source.membershipId,
      OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
    },
    select: { scopeId: true, scope: { select: { type: true } }, role: { select: { name: true, builtIn: true, permissions: true } } },
  })
  const scopes = new Map<string, Set<string>>()
  const add = (scopeId: string, names: Iterable<string>) => {
    const set = scopes.get(scopeId) ?? new Set<string>()
    for (const name of names) set.add(name)
    scopes.set(scopeId, set)
  }
  for (const { scopeId, scope, role } of assignments) {
    add(scopeId, role.builtIn ? permissionsOfRole(model, role.name, scope.type) : expandPermissions(model, role.permissions))
  }
  const floor = model.roles.find((role) => role.floor)
  if (floor) add(source.organizationId, permissionsOfRole(model, floor.name, 'organization'))
  return scopes
}

/** Rights of an active member. One query; what it answers is true for the transaction it was asked in. */
export async function rightsOfMember(tx: Tx, source: RightsSource, at: Date): Promise<Rights> {
  const scopes = await grantsByScope(tx, source, at)
  const root = scopes.get(source.organizationId) ?? new Set<string>()
  const rootsOf = (name: string) => [...scopes].filter(([, set]) => set.has(name)).map(([id]) => id)
  return {
    holds: (permission, scopeId = source.organizationId) => {
      const name = withPrefix(permission)
      return root.has(name) || (scopes.get(scopeId)?.has(name) ?? false)
    },
    anywhere: (permission) => rootsOf(withPrefix(permission)).length > 0,
    roots: (permission) => rootsOf(withPrefix(permission)),
    atOrganization: () =>
      [...root].filter((name) => name.startsWith(CORE_PREFIX)).map((name) => name.slice(CORE_PREFIX.length)).filter(isCorePermission).sort(),
  }
}

/** Rights of the local command: whoever may run it on the server may do everything, and it is audited. */
export function rightsOfCommand(organizationId: string): Rights {
  return { holds: () => true, anywhere: () => true, roots: () => [organizationId], atOrganization: () => [] }
}
