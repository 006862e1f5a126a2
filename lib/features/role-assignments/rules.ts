import type { AccessModel } from '@/lib/access/models/access-model'
import type { Rights } from '@/lib/access/rights'
import { AppError } from '@/lib/errors'
import { requireHeld, type ResolvedAssignment } from '@/lib/features/roles/rules'

export const PRINCIPAL_TYPES = ['user', 'invitation', 'group', 'service_account'] as const
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number]

/** Who an assignment is for, as people and programs name them. */
export type PrincipalRef = { type: PrincipalType; id: string }

export const PRINCIPAL_WORDS: Readonly<Record<PrincipalType, string>> = {
  user: 'user', invitation: 'invitation', group: 'group', service_account: 'service account',
}

/** How long a role given for a time usually lasts. */
export const END_PRESET_DAYS = [1, 7, 30, 90] as const

/** An assignment as lists show it. Times in RFC 3339, UTC. */
export type AssignmentRow = {
  id: string
  principal: PrincipalRef & { name: string; detail: string }
  role: { id: string; name: string; title: string }
  scope: { type: string; id: string; name: string }
  expiresAt: string | null
  /** Its end has come: it counts no more. */
  isEnded: boolean
  reason: string
  grantedBy: string
  createdAt: string
}

/** The same, with what the asker may do with it. */
export type EditableAssignment = AssignmentRow & {
  /** Whether the asker may change its end or take it away. */
  isEditable: boolean
  /** Why not, where one could think so. */
  lockedReason: string | null
  /** Why it cannot be taken away, though its end may be changed; null: it can. */
  keptReason: string | null
}

/** A role somebody holds, themselves or through a group. */
export type HeldAssignment = EditableAssignment & { via: { id: string; name: string } | null }

/** One line of who has access to a resource. */
export type AccessRow = EditableAssignment & {
  /** The resource above from which it is inherited; null: given here. */
  inheritedFrom: AssignmentRow['scope'] | null
  /** Of a group: how many people it brings here, counted to one more than `MEMBERS_COUNTED`. */
  members: number | null
}

export const MEMBERS_COUNTED = 1000

/** A role held right at one place of the tree of what somebody can reach. */
export type ReachGrant = {
  id: string
  title: string
  via: { id: string; name: string } | null
  expiresAt: string | null
  /** Names of the resources the role is restricted to; empty: it counts everywhere below. */
  only: string[]
}

export type ReachNode = { id: string; type: string; typeTitle: string; name: string; grants: ReachGrant[]; /** Something is held below it. */ hasBelow: boolean }
export type ReachLevel = { nodes: ReachNode[]; /** There are more branches than are shown. */ isCut: boolean }

/**
 * Nobody gives what they do not hold, nor where they may not give: `assignment:write` at each scope, and each role's
 * permissions the giver's own there. For every road on which somebody comes to hold a role.
 *
 * @throws AppError `forbidden` naming what is missing, and where
 */
export function requireMayGive(rights: Rights, assignments: readonly ResolvedAssignment[]): void {
  const refused = assignments.find(({ scopeId }) => !rights.holds('assignment:write', scopeId))
  if (refused) {
    throw new AppError('forbidden', `giving roles needs \`assignment:write\` in ${refused.scopeName}`, { missing: { permission: 'assignment:write', scope: refused.scopeId } })
  }
  requireHeld(rights, assignments)
}

export type RoleTaker = { type: PrincipalType; name: string; isLockedGroup: boolean }

/** Why a group's roles cannot be changed, or null. */
export const lockedReason = ({ isLockedGroup, name }: RoleTaker): string | null => (isLockedGroup ? `\`${name}\` was made with what it belongs to, and its roles stay while that stands; add or remove people instead` : null)

/** Whether groups can be given roles: not where everybody holds exactly one. A locked group has the role it was made with all the same. */
export const groupsAreGivenRoles = (model: AccessModel): boolean => model.rules.rolesPerMember === 'many'

/**
 * What the access model says about who may hold a role: roles of locked groups stay as they are, and where everybody
 * holds exactly one role, groups hold none.
 *
 * @throws AppError `conflict` saying what to do instead
 */
export function requireFitting(model: AccessModel, taker: RoleTaker, role: Pick<ResolvedAssignment, 'roleName' | 'roleTitle'>): void {
  const locked = lockedReason(taker)
  if (locked !== null) throw new AppError('conflict', locked)
  if (role.roleName === model.rules.groups?.lockedGroup.role)
    throw new AppError('conflict', `\`${role.roleTitle}\` is held by the ${model.rules.groups.lockedGroup.title} group of each ${model.rules.groups.belongTo} only; add \`${taker.name}\` to that group instead`)
  if (taker.type === 'group' && !groupsAreGivenRoles(model))
    throw new AppError('conflict', `in the ${model.title} model each user holds exactly one role and groups hold none; give \`${taker.name}\` a policy instead`)
}

/** Why the only role of somebody who always holds exactly one cannot be taken away; programs may be left with none. */
export const keptReason = (model: AccessModel, type: PrincipalType): string | null =>
  holdsExactlyOne(model, type) && type !== 'service_account' ? `In the ${model.title} model everybody holds exactly one role: giving another replaces it` : null

/** Whether somebody always holds exactly one role, so that giving another replaces it and it cannot be taken away. */
export const holdsExactlyOne = (model: AccessModel, type: PrincipalType): boolean => model.rules.rolesPerMember === 'one' && type !== 'group'
