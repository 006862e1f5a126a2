import { decideAccess } from './decide'
import type { Narrowing } from './engine/decide'
import { CORE_PREFIX } from './models/catalogue'
import { corePermissionNames, type CorePermission } from './permissions'
import { mayGive } from './policy-giving'
import type { QuestionFacts } from './policy-question'
import { accessRoots } from './policy-roots'
import type { AccessIndex } from './snapshots/access-index'

/** What a principal may do in one organization, at this moment. A scope is a resource id; left out, the organization. */
export type Rights = {
  /** One of Gatehouse's own, by its bare name. */
  holds(permission: CorePermission, scopeId?: string): boolean
  /** One as it is called outside the code: of the access model, or Gatehouse's own with prefix. A model's names are free, so bare ones may be the same. */
  holdsNamed(name: string, scopeId?: string): boolean
  /** Whether the organization has a resource of this id. */
  knows(scopeId: string): boolean
  /**
   * Held without conditions, so that it may be given on, by its name outside the code: at a scope and everything below, or with `onlyThere` at that one
   * resource. What a policy permits under conditions may be used, but not given.
   */
  gives(name: string, scopeId: string, reach?: { onlyThere?: boolean }): boolean
  /** Held at any scope: opens a tab. */
  anywhere(permission: CorePermission): boolean
  /** Resources at which it is held; what lies below them may be seen. */
  roots(permission: CorePermission): readonly string[]
  /** The same for one as it is called outside the code. */
  rootsNamed(name: string): readonly string[]
  /** Names of all core permissions held at the organization, for `whoami` and *My access*. */
  atOrganization(): readonly CorePermission[]
}

const withPrefix = (permission: CorePermission): string => CORE_PREFIX + permission

/** Rights of a principal, as far as its credential is not narrowed, answered by the one decision from the organization's index. */
export function rightsOf(index: AccessIndex, principalId: string, moment: Date, narrowing: Narrowing | null = null, facts: QuestionFacts = {}): Rights {
  const { snapshot: { tree }, organizationId } = index
  const asked = { principalId, at: moment.getTime(), facts, ...(narrowing && { narrowing }) }
  const holdsNamed = (permission: string, scopeId = organizationId): boolean => decideAccess(index, { ...asked, permission, resourceId: scopeId }).allow
  const holds = (permission: CorePermission, scopeId?: string): boolean => holdsNamed(withPrefix(permission), scopeId)
  const rootsNamed = (permission: string) => accessRoots(index, { ...asked, permission }).map((node) => tree.ids.idAt(node)).sort()
  const roots = (permission: CorePermission) => rootsNamed(withPrefix(permission))
  const knows = (scopeId: string): boolean => {
    const node = tree.ids.find(scopeId)
    return node >= 0 && tree.isPresent(node)
  }
  return {
    holds,
    holdsNamed,
    gives: (permission, scopeId, { onlyThere = false } = {}) => mayGive(index, { ...asked, permission, resourceId: scopeId }, onlyThere),
    knows,
    roots,
    rootsNamed,
    anywhere: (permission) => holds(permission) || roots(permission).length > 0,
    atOrganization: () => corePermissionNames.filter((name) => holds(name)).sort(),
  }
}

const DIRECTORY_PERMISSIONS: ReadonlySet<string> = new Set<CorePermission>(['member:read', 'member:write', 'group:read', 'group:write'])

/** Rights of a directory: people and groups, and never a role to give. Which groups, the operations of SCIM see to. */
export function rightsOfDirectory(organizationId: string): Rights {
  const has = (permission: string): boolean => DIRECTORY_PERMISSIONS.has(permission)
  return {
    holds: has, holdsNamed: () => false, gives: () => false, knows: () => true, anywhere: has, roots: (permission) => (has(permission) ? [organizationId] : []), rootsNamed: () => [],
    atOrganization: () => corePermissionNames.filter(has).sort(),
  }
}

/** Rights of the local command: whoever may run it on the server may do everything, and it is audited. */
export function rightsOfCommand(organizationId: string): Rights {
  return { holds: () => true, holdsNamed: () => true, gives: () => true, knows: () => true, anywhere: () => true, roots: () => [organizationId], rootsNamed: () => [organizationId], atOrganization: () => corePermissionNames }
}
