import type { QuestionFacts } from '@/lib/access/policy-question'
import { floorGives, gatherIdentities, isGranted, isOnPath, roleGives, walkPath } from './holdings'
import type { Snapshot } from './snapshot'

/** What a key allows of its owner's rights: only what this role holds, only at this scope and below. */
export type Narrowing = { roleId?: string; scopeId?: string }

export type Question = {
  principalId: string
  /** A permission of the model, or Gatehouse's own with the prefix `gatehouse/`. */
  permission: string
  /** The resource; with `unregisteredType`, the resource under which one of that type would lie. */
  resourceId: string
  unregisteredType?: string
  /** The moment of the question, in epoch milliseconds: assignments that ended by then count no more. */
  at: number
  narrowing?: Narrowing
  /** Where what is asked for would come from, when the question says so: the allowlist may have a say in it. */
  address?: string
  /** What the question says beside who, what and where: policies may ask for it, role grants never do. */
  facts?: QuestionFacts
}

export type Because =
  | 'role' | 'floor-role' | 'policy'
  | 'unknown-permission' | 'unknown-principal' | 'inactive-principal' | 'unknown-resource' | 'not-applicable'
  | 'no-role' | 'narrowed' | 'guardrail' | 'address-not-listed'

export type Decision = { readonly allow: boolean; readonly because: Because }

const yes = (because: Because): Decision => Object.freeze({ allow: true, because })
const no = (because: Because): Decision => Object.freeze({ allow: false, because })

const BY_ROLE = yes('role')
const BY_FLOOR = yes('floor-role')
const UNKNOWN_PERMISSION = no('unknown-permission')
const UNKNOWN_PRINCIPAL = no('unknown-principal')
const INACTIVE_PRINCIPAL = no('inactive-principal')
const UNKNOWN_RESOURCE = no('unknown-resource')
const NOT_APPLICABLE = no('not-applicable')
const NO_ROLE = no('no-role')
export const NARROWED = no('narrowed')
export const BY_POLICY = yes('policy')
export const FORBIDDEN = no('guardrail')
export const NOT_LISTED = no('address-not-listed')

/**
 * Whether role grants allow it: the one decision, before policies. Never throws; what is unknown is denied.
 *
 * A permission asked of a resource above those it applies to means everything below; asked where it applies to nothing
 * at or below, it is denied as `not-applicable`.
 */
export function decide(snapshot: Snapshot, question: Question): Decision {
  const { vocabulary, principals, tree } = snapshot
  const bit = vocabulary.bitOf(question.permission)
  if (bit < 0) return UNKNOWN_PERMISSION
  const principal = principals.ids.find(question.principalId)
  if (principal < 0 || !principals.isKnown(principal)) return UNKNOWN_PRINCIPAL
  if (!principals.isActive(principal)) return INACTIVE_PRINCIPAL
  const node = tree.ids.find(question.resourceId)
  if (node < 0 || !tree.isPresent(node)) return UNKNOWN_RESOURCE
  if (!vocabulary.masks.has(vocabulary.askableAt(typeAsked(snapshot, question, node)), bit)) return NOT_APPLICABLE

  walkPath(snapshot, node)
  const isByFloor = floorGives(snapshot, principal, bit)
  if (!isByFloor && !isGranted(snapshot, gatherIdentities(snapshot, principal), bit, question.at)) return NO_ROLE
  if (question.narrowing && !isWithin(snapshot, question.narrowing, bit)) return NARROWED
  return isByFloor ? BY_FLOOR : BY_ROLE
}

/** The type of what is asked about: the node's own, or of what would lie under it. */
export const typeAsked = ({ vocabulary, tree }: Snapshot, { unregisteredType }: Pick<Question, 'unregisteredType'>, node: number): number =>
  unregisteredType === undefined ? tree.typeOf(node) : vocabulary.typeOf(unregisteredType)

/** Whether a narrowed credential reaches the resource of the path. A role or scope that is gone allows nothing. */
export function isWithin(snapshot: Snapshot, { roleId, scopeId }: Narrowing, bit: number): boolean {
  const scope = scopeId === undefined ? snapshot.root : snapshot.tree.ids.find(scopeId)
  return isOnPath(scope) && (roleId === undefined || roleGives(snapshot, snapshot.roleIds.find(roleId), scope, bit))
}
