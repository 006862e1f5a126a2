/** Rows of one organization, as the database has them. Moments are epoch milliseconds. */
export type ResourceRow = { id: string; type: string; parentId: string | null; name: string }

/** A person's membership; only `active` ones hold anything. */
export type MemberRow = { id: string; status: string }
export type ServiceAccountRow = { id: string; status: string }
export type TokenRow = { id: string; status: string }

/** `resourceId`: the resource a group belongs to, in models where groups do. */
export type GroupRow = { id: string; resourceId?: string | null }
export type GroupMemberRow = { groupId: string; memberId: string }

export type RoleRow = {
  id: string
  /** Of a built-in role: its identifier in the access model, from which its permissions come. */
  name: string
  builtIn: boolean
  /** Of a custom role: permissions of the model, and Gatehouse's own with prefix. */
  permissions: readonly string[]
  /** Resources a custom role is restricted to; null or left out: none. */
  resourceIds?: readonly string[] | null
}

/** `principalId`: a member, group, service account or token. */
export type AssignmentRow = {
  id: string
  principalId: string
  roleId: string
  scopeId: string
  expiresAt: number | null
}

export type SnapshotRows = {
  /** The root resource has the organization's own id. */
  organization: { id: string; version: number }
  resources: Iterable<ResourceRow>
  members: Iterable<MemberRow>
  groups: Iterable<GroupRow>
  groupMembers: Iterable<GroupMemberRow>
  serviceAccounts: Iterable<ServiceAccountRow>
  tokens: Iterable<TokenRow>
  roles: Iterable<RoleRow>
  assignments: Iterable<AssignmentRow>
}

type Of<K extends string, R, I = string> = { kind: K; put: R } | { kind: K; remove: I }

/** One row written or deleted. Putting a row that is there replaces it. */
export type Change =
  | Of<'resource', ResourceRow>
  | Of<'member', MemberRow>
  | Of<'group', GroupRow>
  | Of<'groupMember', GroupMemberRow, GroupMemberRow>
  | Of<'serviceAccount', ServiceAccountRow>
  | Of<'token', TokenRow>
  | Of<'role', RoleRow>
  | Of<'assignment', AssignmentRow>
