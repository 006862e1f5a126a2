import { decide, type Narrowing } from './engine/decide'
import { rootsOf } from './engine/roots'
import { CORE_PREFIX } from './models/catalogue'
import { corePermissionNames, isCorePermission, type CorePermission } from './permissions'
import type { AccessIndex } from './snapshots/access-index'

/** What a principal may do in one organization, at this moment. A scope is a resource id; left out, the organization. */
export type Rights = {
  /** `permission`: one of Gatehouse's own by its bare name, or with prefix; or one of the access model. */
  holds(permission: string, scopeId?: string): boolean
  /** Whether the organization has a resource of this id. */
  knows(scopeId: string): boolean
  /**
   * Held without conditions, so that it may be given on: at a scope and everything below, or with `onlyThere` at that one
   * resource. What a policy permits under conditions may be used, but not given.
   */
  gives(permission: string, scopeId: string, reach?: { onlyThere?: boolean }): boolean
  /** Held at any scope: opens a tab. */
  anywhere(permission: CorePermission): boolean
  /** Resources at which it is held; what lies below them may be seen. */
  roots(permission: CorePermission): readonly string[]
  /** Names of all core permissions held at the organization, for `whoami` and *My access*. */
  atOrganization(): readonly CorePermission[]
}

const withPrefix = (permission: string): string => (isCorePermission(permission) ? `${CORE_PREFIX}${permission}` : permission)

/** Rights of a principal, as far as its credential is not narrowed, answered by the one decision from the organization's index. */
export function rightsOf({ snapshot, organizationId }: AccessIndex, principalId: string, moment: Date, narrowing: Narrowing | null = null): Rights {
  const asked = { principalId, at: moment.getTime(), ...(narrowing && { narrowing }) }
  const holds = (permission: string, scopeId = organizationId): boolean =>
    decide(snapshot, { ...asked, permission: withPrefix(permission), resourceId: scopeId }).allow
  const roots = (permission: CorePermission) => rootsOf(snapshot, { ...asked, permission: withPrefix(permission) })
  const knows = (scopeId: string): boolean => {
    const node = snapshot.tree.ids.find(scopeId)
    return node >= 0 && snapshot.tree.isPresent(node)
  }
  return {
    holds,
    gives: holds,
    knows,
    roots,
    anywhere: (permission) => holds(permission) || roots(permission).length > 0,
    atOrganization: () => corePermissionNames.filter((name) => holds(name)).sort(),
  }
}

/** Rights of the local command: whoever may run it on the server may do everything, and it is audited. */
export function rightsOfCommand(organizationId: string): Rights {
  return { holds: () => true, gives: () => true, knows: () => true, anywhere: () => true, roots: () => [organizationId], atOrganization: () => corePermissionNames }
}
