import { decideAccess } from './decide'
import type { Narrowing } from './engine/decide'
import { CORE_PREFIX } from './models/catalogue'
import { corePermissionNames, isCorePermission, type CorePermission } from './permissions'
import { mayGive } from './policy-giving'
import type { QuestionFacts } from './policy-question'
import { accessRoots } from './policy-roots'
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
export function rightsOf(index: AccessIndex, principalId: string, moment: Date, narrowing: Narrowing | null = null, facts: QuestionFacts = {}): Rights {
  const { snapshot: { tree }, organizationId } = index
  const asked = { principalId, at: moment.getTime(), facts, ...(narrowing && { narrowing }) }
  const holds = (permission: string, scopeId = organizationId): boolean =>
    decideAccess(index, { ...asked, permission: withPrefix(permission), resourceId: scopeId }).allow
  const roots = (permission: CorePermission) =>
    accessRoots(index, { ...asked, permission: withPrefix(permission) }).map((node) => tree.ids.idAt(node)).sort()
  const knows = (scopeId: string): boolean => {
    const node = tree.ids.find(scopeId)
    return node >= 0 && tree.isPresent(node)
  }
  return {
    holds,
    gives: (permission, scopeId, { onlyThere = false } = {}) => mayGive(index, { ...asked, permission: withPrefix(permission), resourceId: scopeId }, onlyThere),
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
