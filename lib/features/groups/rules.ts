import type { AccessModel } from '@/lib/access/models/access-model'
import { AppError } from '@/lib/errors'
import type { ManagedBy } from '@/lib/features/provisioning/rules'

export const GROUP_SORTS = ['name', 'added'] as const
export type GroupSortColumn = (typeof GROUP_SORTS)[number]
export type GroupSort = { column: GroupSortColumn; direction: 'asc' | 'desc' }

/** Most people who join or leave a group in one step. */
export const MEMBERS_AT_ONCE = 200

/** "name", "-added". Null for anything else. */
export function parseGroupSort(text: string): GroupSort | null {
  const column = GROUP_SORTS.find((known) => known === text.replace(/^-/, ''))
  return column ? { column, direction: text.startsWith('-') ? 'desc' : 'asc' } : null
}

export type GroupPlace = { type: string; id: string; name: string }

/** A group as lists show it. */
export type GroupRow = {
  id: string
  name: string
  description: string
  /** The resource it belongs to; null: the organization. */
  resource: GroupPlace | null
  /** Made with its resource: its roles and its policy cannot be edited, nor can it be deleted. */
  isLocked: boolean
  memberCount: number
  roleCount: number
  hasPolicy: boolean
  externalId: string | null
  /** The directory that decides about its name and who is in it; null: people here do. */
  managedBy: ManagedBy | null
  createdAt: string
}

/** A group's role in force. */
export type GroupRole = { assignmentId: string; roleId: string; name: string; title: string; scope: GroupPlace; expiresAt: string | null }

export type GroupDetail = GroupRow & {
  roles: GroupRole[]
  /** What the asker may do with it. */
  may: { edit: boolean; editPolicy: boolean }
}

/** Somebody in a group. `id` names the membership: `usr_…`. */
export type GroupMemberRow = {
  id: string
  email: string
  name: string
  status: 'active' | 'suspended' | 'invited'
  invitationId: string | null
  addedByName: string
  addedAt: string
}

/** Type of the resources that groups of a model belong to; null where they belong to the organization. */
export const groupHomeType = (model: AccessModel): string | null => model.rules.groups?.belongTo ?? null

/** The type whose nodes are the groups themselves, where the model has one. */
export const groupNodeType = (model: AccessModel): string | null => model.resourceTypes.find(({ standsFor }) => standsFor === 'group')?.name ?? null

/** Where permissions over a group are asked: at the group itself where it is a node of the tree, else where it belongs. */
export const groupScope = (model: AccessModel, orgId: string, group: { id: string; resourceId: string | null }): string =>
  groupNodeType(model) === null ? (group.resourceId ?? orgId) : group.id

/** Where permissions over a group's policy are asked: where it belongs. */
export const policyScope = (orgId: string, group: { resourceId: string | null }): string => group.resourceId ?? orgId

/**
 * A group that was made with its resource stays as the access model wants it; only who is in it changes.
 *
 * @throws AppError `conflict`
 */
export function requireUnlocked(group: { name: string; isAdmin: boolean }, what: string): void {
  if (!group.isAdmin) return
  throw new AppError('conflict', `\`${group.name}\` was made with what it belongs to and has everything there by the access model; ${what} cannot be changed, its members can`)
}
