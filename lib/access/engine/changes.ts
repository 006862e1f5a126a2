import type { AccessModel } from '@/lib/access/models/access-model'
import type { AssignmentRow, Change, GroupMemberRow, GroupRow, ResourceRow, RoleRow, SnapshotRows } from './rows'
import { EDGE, GROUP, Snapshot, type PrincipalKind, type Role } from './snapshot'
import { ABSENT, UNKNOWN_TYPE } from './vocabulary'

/** Computes what a cell permits from its assignments; an empty cell goes. */
function refreshCell(snapshot: Snapshot, cell: number): void {
  const { assignments, cells, roles, tree, vocabulary } = snapshot
  if (assignments.firsts.get(cell) < 0) return cells.remove(cell)
  const type = tree.typeOf(cells.scopeOf(cell))
  let [permissions, conditional] = [0, 0]
  for (let each = assignments.firsts.get(cell); each >= 0; each = assignments.nexts.get(each)) {
    const role = roles[assignments.roles.get(each)]
    if (!role?.contents || type === ABSENT) continue
    if (role.chosen) conditional = vocabulary.masks.union(conditional, role.contents.anywhere)
    else {
      const mask = snapshot.roleMask(assignments.roles.get(each), type)
      if (assignments.expiries.get(each) === Infinity) permissions = vocabulary.masks.union(permissions, mask)
      else conditional = vocabulary.masks.union(conditional, mask)
    }
  }
  cells.write(cell, permissions, conditional)
}

function refreshScope(snapshot: Snapshot, node: number): void {
  const { atScope } = snapshot.cells
  for (let cell = atScope.first(node); cell >= 0; cell = atScope.next(cell)) refreshCell(snapshot, cell)
}

function putResource(snapshot: Snapshot, { id, type: typeName, parentId, name }: ResourceRow): void {
  const { tree, vocabulary } = snapshot
  const node = tree.ids.intern(id)
  const known = vocabulary.typeOf(typeName)
  const type = known < 0 ? UNKNOWN_TYPE : known
  const isRetyped = tree.typeOf(node) !== type
  tree.place(node, type, parentId === null || node === snapshot.root ? -1 : tree.ids.intern(parentId), name)
  if (isRetyped) refreshScope(snapshot, node)
}

function removeResource(snapshot: Snapshot, id: string): void {
  const { tree } = snapshot
  const node = tree.ids.find(id)
  if (node < 0 || node === snapshot.root) return
  tree.place(node, ABSENT, -1, '')
  refreshScope(snapshot, node)
}

function putPrincipal({ principals }: Snapshot, kind: PrincipalKind, id: string, isActive: boolean): void {
  principals.write(principals.ids.intern(id), kind, isActive)
}

function removePrincipal({ principals }: Snapshot, id: string): void {
  const principal = principals.ids.find(id)
  if (principal >= 0) principals.write(principal, 'unknown', false)
}

function putGroup(snapshot: Snapshot, { id, resourceId }: GroupRow): void {
  putPrincipal(snapshot, 'group', id, true)
  const type = snapshot.vocabulary.model.resourceTypes.find(({ standsFor }) => standsFor === 'group')
  if (type) putResource(snapshot, { id, type: type.name, parentId: resourceId ?? snapshot.organizationId, name: '' })
}

function putGroupMember(snapshot: Snapshot, row: GroupMemberRow): void {
  const { principals } = snapshot
  const group = principals.ids.intern(row.groupId)
  const member = principals.ids.intern(row.memberId)
  if (principals.isMember(member, group)) return
  const edge = principals.edges.take()
  const entry = principals.groupsOf.push(member)
  principals.groupsOf.set(member, entry, GROUP, group)
  principals.groupsOf.set(member, entry, EDGE, edge)
  principals.edgeMembers.set(edge, member)
  principals.membersOf.add(group, edge)
}

function removeGroupMember(snapshot: Snapshot, row: GroupMemberRow): void {
  const { principals } = snapshot
  const [group, member] = [principals.ids.find(row.groupId), principals.ids.find(row.memberId)]
  const entry = principals.entryOf(member, group)
  if (entry < 0) return
  const edge = principals.groupsOf.get(member, entry, EDGE)
  principals.groupsOf.removeAt(member, entry)
  principals.membersOf.remove(group, edge)
  principals.edges.giveBack(edge)
}

const blankRole = (): Role =>
  ({ name: '', builtIn: false, contents: undefined, chosen: null, masks: [], positions: new Map(), positionsAt: -1 })

function internRole({ roleIds, roles }: Snapshot, id: string): number {
  const role = roleIds.intern(id)
  roles[role] ??= blankRole()
  return role
}

/** Roles change seldom and have many holders: all assignments are looked through once. */
function refreshRole(snapshot: Snapshot, role: number): void {
  const { assignments } = snapshot
  const cells = new Set<number>()
  for (let each = 0; each < assignments.ids.end; each++)
    if (assignments.roles.get(each) === role) cells.add(assignments.cells.get(each))
  for (const cell of cells) refreshCell(snapshot, cell)
}

function putRole(snapshot: Snapshot, { id, name, builtIn, permissions, resourceIds }: RoleRow): void {
  const role = internRole(snapshot, id)
  const contents = builtIn ? snapshot.vocabulary.builtIn(name) : snapshot.vocabulary.custom(permissions)
  const chosen = resourceIds?.map((resource) => snapshot.tree.ids.intern(resource)) ?? null
  snapshot.roles[role] = { ...blankRole(), name, builtIn, contents, chosen }
  refreshRole(snapshot, role)
}

function removeRole(snapshot: Snapshot, id: string): void {
  const role = snapshot.roleIds.find(id)
  if (role < 0) return
  snapshot.roles[role] = blankRole()
  refreshRole(snapshot, role)
}

/** What makes a role again what it is now. */
export function restoreRole(snapshot: Snapshot, id: string): () => void {
  const role = internRole(snapshot, id)
  const state = snapshot.roles[role] ?? blankRole()
  return () => {
    snapshot.roles[role] = state
    refreshRole(snapshot, role)
  }
}

/** Enters an assignment and answers its cell, whose permissions are then to be computed. */
function enterAssignment(snapshot: Snapshot, row: AssignmentRow): number {
  removeAssignment(snapshot, row.id)
  const { assignments, cells, principals, tree } = snapshot
  const cell = cells.ensure(principals.ids.intern(row.principalId), tree.ids.intern(row.scopeId))
  const assignment = assignments.ids.intern(row.id)
  assignments.roles.set(assignment, internRole(snapshot, row.roleId))
  assignments.cells.set(assignment, cell)
  assignments.expiries.set(assignment, row.expiresAt ?? Infinity)
  assignments.nexts.set(assignment, assignments.firsts.get(cell))
  assignments.firsts.set(cell, assignment)
  return cell
}

function removeAssignment(snapshot: Snapshot, id: string): void {
  const { assignments } = snapshot
  const assignment = assignments.ids.find(id)
  if (assignment < 0) return
  const cell = assignments.cells.get(assignment)
  const next = assignments.nexts.get(assignment)
  let before = assignments.firsts.get(cell)
  if (before === assignment) assignments.firsts.set(cell, next)
  else {
    while (assignments.nexts.get(before) !== assignment) before = assignments.nexts.get(before)
    assignments.nexts.set(before, next)
  }
  assignments.roles.set(assignment, -1)
  assignments.ids.remove(id)
  refreshCell(snapshot, cell)
}

/** Applies one change in place. Rows may come in any order, and may speak of rows that are not there (yet). */
export function applyChange(snapshot: Snapshot, change: Change): void {
  if ('put' in change) putRow(snapshot, change)
  else removeRow(snapshot, change)
}

function putRow(snapshot: Snapshot, change: Extract<Change, { put: unknown }>): void {
  const isActive = ({ status }: { status: string }) => status === 'active'
  switch (change.kind) {
    case 'resource': return putResource(snapshot, change.put)
    case 'member': return putPrincipal(snapshot, 'user', change.put.id, isActive(change.put))
    case 'serviceAccount': return putPrincipal(snapshot, 'service_account', change.put.id, isActive(change.put))
    case 'token': return putPrincipal(snapshot, 'token', change.put.id, isActive(change.put))
    case 'group': return putGroup(snapshot, change.put)
    case 'groupMember': return putGroupMember(snapshot, change.put)
    case 'role': return putRole(snapshot, change.put)
    case 'assignment': return refreshCell(snapshot, enterAssignment(snapshot, change.put))
  }
}

function removeRow(snapshot: Snapshot, change: Extract<Change, { remove: unknown }>): void {
  switch (change.kind) {
    case 'resource': return removeResource(snapshot, change.remove)
    case 'member':
    case 'serviceAccount':
    case 'token': return removePrincipal(snapshot, change.remove)
    case 'group': {
      removePrincipal(snapshot, change.remove)
      return removeResource(snapshot, change.remove)
    }
    case 'groupMember': return removeGroupMember(snapshot, change.remove)
    case 'role': return removeRole(snapshot, change.remove)
    case 'assignment': return removeAssignment(snapshot, change.remove)
  }
}

/** Applies the changes of one or more transactions in order; the snapshot is then of `version`. */
export function applyChanges(snapshot: Snapshot, changes: Iterable<Change>, version: number): void {
  for (const change of changes) applyChange(snapshot, change)
  snapshot.version = version
}

/** Builds the index of an organization from its rows. */
export function buildSnapshot(model: AccessModel, rows: SnapshotRows): Snapshot {
  const { id, version } = rows.organization
  const snapshot = new Snapshot(model, id)
  putResource(snapshot, { id, type: 'organization', parentId: null, name: '' })
  for (const put of rows.resources) putResource(snapshot, put)
  for (const put of rows.members) applyChange(snapshot, { kind: 'member', put })
  for (const put of rows.serviceAccounts) applyChange(snapshot, { kind: 'serviceAccount', put })
  for (const put of rows.tokens) applyChange(snapshot, { kind: 'token', put })
  for (const put of rows.groups) putGroup(snapshot, put)
  for (const put of rows.groupMembers) putGroupMember(snapshot, put)
  for (const put of rows.roles) putRole(snapshot, put)
  const cells = new Set<number>()
  for (const put of rows.assignments) cells.add(enterAssignment(snapshot, put))
  for (const cell of cells) if (snapshot.assignments.firsts.get(cell) >= 0) refreshCell(snapshot, cell)
  snapshot.version = version
  return snapshot
}
