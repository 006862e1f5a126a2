import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX, expandPermissions, permissionsOfRole } from '@/lib/access/models/role-permissions'
import { askableTypes } from '@/lib/access/models/resource-types'
import type { Question } from '../decide'
import type { AssignmentRow, Change, GroupMemberRow, ResourceRow, RoleRow, SnapshotRows } from '../rows'

const edgeKey = ({ groupId, memberId }: GroupMemberRow) => `${groupId} ${memberId}`

/** The same questions answered the obvious way, from plain maps of rows: what the engine is compared with. */
export class SlowReference {
  readonly resources = new Map<string, ResourceRow>()
  readonly members = new Map<string, string>()
  readonly serviceAccounts = new Map<string, string>()
  readonly tokens = new Map<string, string>()
  readonly groups = new Set<string>()
  readonly edges = new Map<string, GroupMemberRow>()
  readonly roles = new Map<string, RoleRow>()
  readonly assignments = new Map<string, AssignmentRow>()

  constructor(readonly model: AccessModel, rows: SnapshotRows) {
    this.organizationId = rows.organization.id
    this.apply({ kind: 'resource', put: { id: this.organizationId, type: 'organization', parentId: null, name: '' } })
    for (const put of rows.resources) this.apply({ kind: 'resource', put })
    for (const put of rows.members) this.apply({ kind: 'member', put })
    for (const put of rows.serviceAccounts) this.apply({ kind: 'serviceAccount', put })
    for (const put of rows.tokens) this.apply({ kind: 'token', put })
    for (const put of rows.groups) this.apply({ kind: 'group', put })
    for (const put of rows.groupMembers) this.apply({ kind: 'groupMember', put })
    for (const put of rows.roles) this.apply({ kind: 'role', put })
    for (const put of rows.assignments) this.apply({ kind: 'assignment', put })
  }

  private readonly organizationId: string

  /** The rows as they are now. */
  rows(version: number): SnapshotRows {
    const withStatus = (map: Map<string, string>) => [...map].map(([id, status]) => ({ id, status }))
    return {
      organization: { id: this.organizationId, version },
      resources: [...this.resources.values()],
      members: withStatus(this.members),
      serviceAccounts: withStatus(this.serviceAccounts),
      tokens: withStatus(this.tokens),
      groups: [...this.groups].map((id) => ({ id })),
      groupMembers: [...this.edges.values()],
      roles: [...this.roles.values()],
      assignments: [...this.assignments.values()],
    }
  }

  apply(change: Change): void {
    const keep = <K, V>(map: Map<K, V>, key: K, value: V | undefined) =>
      void (value === undefined ? map.delete(key) : map.set(key, value))
    if (change.kind === 'groupMember') {
      const row = 'put' in change ? change.put : change.remove
      return keep(this.edges, edgeKey(row), 'put' in change ? row : undefined)
    }
    const id = 'put' in change ? change.put.id : change.remove
    switch (change.kind) {
      case 'resource': {
        if (id === this.organizationId && !('put' in change)) return
        return keep(this.resources, id, 'put' in change ? change.put : undefined)
      }
      case 'member': return keep(this.members, id, 'put' in change ? change.put.status : undefined)
      case 'serviceAccount': return keep(this.serviceAccounts, id, 'put' in change ? change.put.status : undefined)
      case 'token': return keep(this.tokens, id, 'put' in change ? change.put.status : undefined)
      case 'group': return void ('put' in change ? this.groups.add(id) : this.groups.delete(id))
      case 'role': return keep(this.roles, id, 'put' in change ? change.put : undefined)
      case 'assignment': return keep(this.assignments, id, 'put' in change ? change.put : undefined)
    }
  }

  /** The resource and all above it that are there, nearest first. */
  ancestors(id: string): ResourceRow[] {
    const row = this.resources.get(id)
    if (!row) return []
    return row.parentId === null || id === this.organizationId ? [row] : [row, ...this.ancestors(row.parentId)]
  }

  isActive(id: string): boolean {
    return [this.members, this.serviceAccounts, this.tokens].some((map) => map.get(id) === 'active') || this.groups.has(id)
  }

  /** What a role permits at a scope of this type; for restricted roles, at a chosen resource of this type. */
  private permissionsAt(role: RoleRow, type: string): ReadonlySet<string> {
    return role.builtIn
      ? permissionsOfRole(this.model, role.name, type)
      : expandPermissions(this.model, role.permissions, type)
  }

  /** Where a restricted role permits a permission: at chosen resources, or at the nearest above it applies to. */
  private positions(role: RoleRow, permission: string): string[] {
    const own = role.permissions.filter((name) => !name.startsWith(CORE_PREFIX))
    const spelled = [...expandPermissions(this.model, own)].filter((name) => !name.startsWith(CORE_PREFIX))
    const askable = askableTypes(this.model)
    return (role.resourceIds ?? []).flatMap((chosen) => {
      const [row, ...above] = this.ancestors(chosen)
      if (!row || !this.model.resourceTypes.some(({ name }) => name === row.type)) return []
      const found = this.permissionsAt(role, row.type).has(permission) ? [chosen] : []
      if (!this.model.rules.chosenResourcesReachUp) return found
      for (const name of spelled) {
        if (askable.get(name)?.has(row.type)) continue
        const declared = this.model.permissions.find((candidate) => candidate.name === name)
        const nearest = above.find(({ type }) => declared?.appliesTo.includes(type))
        if (nearest && (name === permission || declared?.implies.some((core) => CORE_PREFIX + core === permission)))
          found.push(nearest.id)
      }
      return found
    })
  }

  /** Whether a role held at a scope gives a permission at a resource below. */
  private gives(roleId: string, scopeId: string, permission: string, path: readonly string[]): boolean {
    const role = this.roles.get(roleId)
    const scope = this.resources.get(scopeId)
    if (!role || !scope || !path.includes(scopeId)) return false
    if (role.builtIn && !this.model.roles.some(({ name }) => name === role.name)) return false
    if (role.resourceIds) return this.positions(role, permission).some((id) => path.includes(id))
    return this.model.resourceTypes.some(({ name }) => name === scope.type) && this.permissionsAt(role, scope.type).has(permission)
  }

  isAskable(permission: string, type: string): boolean {
    return permission.startsWith(CORE_PREFIX) || (askableTypes(this.model).get(permission)?.has(type) ?? false)
  }

  allows({ principalId, permission, resourceId, unregisteredType, at, narrowing }: Question): boolean {
    const ancestors = this.ancestors(resourceId)
    const type = unregisteredType ?? ancestors[0]?.type
    if (type === undefined || !this.isActive(principalId) || !this.isAskable(permission, type)) return false
    if (unregisteredType !== undefined && !this.model.resourceTypes.some(({ name }) => name === unregisteredType)) return false
    const path = ancestors.map(({ id }) => id)
    const groups = [...this.edges.values()].filter(({ memberId }) => memberId === principalId).map(({ groupId }) => groupId)
    const identities = [principalId, ...groups.filter((id) => this.groups.has(id))]
    const floor = this.model.roles.find((role) => role.floor)
    const isByFloor = floor !== undefined && this.members.has(principalId) && path.at(-1) === this.organizationId &&
      permissionsOfRole(this.model, floor.name, 'organization').has(permission)
    const isByRole = [...this.assignments.values()].some((row) => identities.includes(row.principalId) &&
      (row.expiresAt === null || row.expiresAt > at) && this.gives(row.roleId, row.scopeId, permission, path))
    if (!isByFloor && !isByRole) return false
    if (!narrowing) return true
    const scopeId = narrowing.scopeId ?? this.organizationId
    return path.includes(scopeId) && (narrowing.roleId === undefined || this.gives(narrowing.roleId, scopeId, permission, path))
  }
}
