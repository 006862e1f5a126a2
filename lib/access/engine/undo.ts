import { applyChange, restoreRole } from './changes'
import type { Change, GroupMemberRow } from './rows'
import type { Snapshot } from './snapshot'

const idOf = (change: Exclude<Change, { kind: 'groupMember' }>): string => ('put' in change ? change.put.id : change.remove)

/** The change that would make a resource what it is now. */
function resourceAsItIs({ tree, vocabulary }: Snapshot, id: string): Change {
  const node = tree.ids.find(id)
  const type = node < 0 ? undefined : vocabulary.typeNames[tree.typeOf(node)]
  if (type === undefined) return { kind: 'resource', remove: id }
  const parent = tree.parentOf(node)
  return { kind: 'resource', put: { id, type, parentId: parent < 0 ? null : tree.ids.idAt(parent), name: tree.names[node] ?? '' } }
}

function assignmentAsItIs({ assignments, cells, principals, roleIds, tree }: Snapshot, id: string): Change {
  const assignment = assignments.ids.find(id)
  if (assignment < 0 || assignments.roles.get(assignment) < 0) return { kind: 'assignment', remove: id }
  const cell = assignments.cells.get(assignment)
  const expiresAt = assignments.expiries.get(assignment)
  return {
    kind: 'assignment',
    put: {
      id, principalId: principals.ids.idAt(cells.principalOf(cell)), scopeId: tree.ids.idAt(cells.scopeOf(cell)),
      roleId: roleIds.idAt(assignments.roles.get(assignment)), expiresAt: expiresAt === Infinity ? null : expiresAt,
    },
  }
}

function membershipAsItIs({ principals }: Snapshot, row: GroupMemberRow): Change {
  const [group, member] = [principals.ids.find(row.groupId), principals.ids.find(row.memberId)]
  return principals.isMember(member, group) ? { kind: 'groupMember', put: row } : { kind: 'groupMember', remove: row }
}

function undoPrincipal({ principals }: Snapshot, id: string): () => void {
  const principal = principals.ids.intern(id)
  const [kind, isActive] = [principals.kindOf(principal), principals.isActive(principal)]
  return () => principals.write(principal, kind, isActive)
}

/**
 * What takes a change back that is about to be applied: for looking at what would be. Nobody sees the snapshot in
 * between, since nothing here waits.
 */
export function undoOf(snapshot: Snapshot, change: Change): () => void {
  const back = (undo: Change) => () => applyChange(snapshot, undo)
  switch (change.kind) {
    case 'groupMember': return back(membershipAsItIs(snapshot, 'put' in change ? change.put : change.remove))
    case 'resource': return back(resourceAsItIs(snapshot, idOf(change)))
    case 'assignment': return back(assignmentAsItIs(snapshot, idOf(change)))
    case 'role': return restoreRole(snapshot, idOf(change))
    case 'member':
    case 'serviceAccount':
    case 'token': return undoPrincipal(snapshot, idOf(change))
    case 'group': {
      const [principal, resource] = [undoPrincipal(snapshot, idOf(change)), back(resourceAsItIs(snapshot, idOf(change)))]
      return () => {
        principal()
        resource()
      }
    }
  }
}
