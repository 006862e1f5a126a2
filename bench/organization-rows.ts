import { newId } from '@/lib/ids'
import type { AssignmentRow, GroupMemberRow, ResourceRow, RoleRow, SnapshotRows } from '@/lib/access/engine/rows'
import { findModel } from '@/lib/access/models/catalogue'

export type Size = { users: number; folders: number; clusters: number; groups: number; memberships: number; assignments: number }

export const MODEL = findModel('cockroachdb')

/** The same numbers in every run, so that runs can be compared (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const list = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

export type Made = { rows: SnapshotRows; userIds: string[]; folders: ResourceRow[]; clusters: ResourceRow[]; assignments: AssignmentRow[] }

/**
 * An organization of a size: folders nested up to six deep, clusters spread over them, assignments of eight roles, a tenth
 * of them held by groups, one in twenty with an end.
 */
export function organizationRows(size: Size): Made {
  const random = randomFrom(7)
  const at = <T>(items: readonly T[]): T => {
    const item = items[random(items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
  const orgId = newId('organization')
  const userIds = list(size.users, () => newId('user'))
  const groupIds = list(size.groups, () => newId('group'))
  const depth = new Map<string, number>([[orgId, 0]])
  const folders: ResourceRow[] = []
  for (let each = 0; each < size.folders; each++) {
    const above = each < 20 ? orgId : at(folders.slice(0, 20 + Math.floor(each / 4))).id
    const parentId = (depth.get(above) ?? 0) >= 6 ? orgId : above
    const id = newId('folder')
    depth.set(id, (depth.get(parentId) ?? 0) + 1)
    folders.push({ id, type: 'folder', parentId, name: `folder ${each}` })
  }
  const clusters = list(size.clusters, (index): ResourceRow =>
    ({ id: newId('cluster'), type: 'cluster', parentId: at(folders).id, name: `cluster ${index}` }))
  const roles = MODEL.roles.map(({ name }): RoleRow => ({ id: newId('role'), name, builtIn: true, permissions: [] }))
  const assignments = list(size.assignments, (index): AssignmentRow => ({
    id: newId('assignment'),
    principalId: index % 10 === 0 && groupIds.length > 0 ? at(groupIds) : at(userIds),
    roleId: at(roles.slice(4)).id,
    scopeId: random(100) === 0 ? orgId : random(3) === 0 ? at(clusters).id : at(folders).id,
    expiresAt: index % 20 === 0 ? Date.now() + 86_400_000 : null,
  }))
  const groupMembers = list(size.memberships, (): GroupMemberRow => ({ groupId: at(groupIds), memberId: at(userIds) }))
  return {
    userIds, folders, clusters, assignments,
    rows: {
      organization: { id: orgId, version: 1 }, resources: [...folders, ...clusters],
      members: userIds.map((id) => ({ id, status: 'active' })), groups: groupIds.map((id) => ({ id })), groupMembers,
      serviceAccounts: [], tokens: [], roles, assignments,
    },
  }
}
