import { describe, expect, test } from 'vitest'
import type { AccessModel } from '@/lib/access/models/access-model'
import { accessModels, findModel } from '@/lib/access/models/catalogue'
import { applyChange, applyChanges, buildSnapshot } from './changes'
import { decide, type Narrowing } from './decide'
import { explain } from './explain'
import { rootsOf } from './roots'
import type { AssignmentRow, ResourceRow, RoleRow, SnapshotRows } from './rows'
import { searchActions, searchResources, searchSubjects } from './search'
import type { Snapshot } from './snapshot'

const AT = Date.UTC(2026, 10, 22)
const DAY = 86_400_000

const node = (type: string, id: string, parentId: string): ResourceRow => ({ id, type, parentId, name: id })
const grant = (id: string, principalId: string, roleId: string, scopeId: string, expiresAt: number | null = null): AssignmentRow =>
  ({ id, principalId, roleId, scopeId, expiresAt })
const custom = (id: string, permissions: string[], resourceIds: string[] | null = null): RoleRow =>
  ({ id, name: id, builtIn: false, permissions, resourceIds })

/** An organization of a model with all its built-in roles, each under its own name as id. */
function organizationOf(model: AccessModel, rows: Partial<SnapshotRows> & { custom?: RoleRow[] }): Snapshot {
  const roles = model.roles.map(({ name }) => ({ id: name, name, builtIn: true, permissions: [] }))
  return buildSnapshot(model, {
    organization: { id: 'org', version: 1 }, resources: [], groups: [], groupMembers: [], serviceAccounts: [], tokens: [],
    members: ['ann', 'bob'].map((id) => ({ id, status: 'active' })), assignments: [], ...rows, roles: [...roles, ...(rows.custom ?? [])],
  })
}

const may = (snapshot: Snapshot, principalId: string, permission: string, resourceId: string, narrowing?: Narrowing) =>
  decide(snapshot, { principalId, permission, resourceId, at: AT, ...(narrowing && { narrowing }) })

const tree = [node('folder', 'prod', 'org'), node('folder', 'europe', 'prod'), node('cluster', 'c1', 'europe'), node('folder', 'test', 'org')]
const operatorOnProd = () => organizationOf(findModel('cockroachdb'), {
  resources: tree, assignments: [grant('a1', 'ann', 'CLUSTER_OPERATOR_WRITER', 'prod')],
})

describe('a role on a folder', () => {
  test('is inherited by what lies below, and by nothing else', () => {
    const snapshot = operatorOnProd()
    expect(may(snapshot, 'ann', 'cluster:scale', 'c1')).toEqual({ allow: true, because: 'role' })
    expect(may(snapshot, 'ann', 'cluster:scale', 'test').allow).toBe(false)
    expect(may(snapshot, 'ann', 'cluster:scale', 'org').allow).toBe(false)
    expect(may(snapshot, 'ann', 'cluster:delete', 'c1')).toEqual({ allow: false, because: 'no-role' })
    expect(may(snapshot, 'bob', 'cluster:scale', 'c1').allow).toBe(false)
  })

  test('is explained with the way it came', () => {
    const told = explain(operatorOnProd(), { principalId: 'ann', permission: 'cluster:scale', resourceId: 'c1', at: AT })
    expect(told.path.map(({ id }) => id)).toEqual(['org', 'prod', 'europe', 'c1'])
    expect(told.considered[0]).toEqual({
      assignmentId: 'a1', role: { id: 'CLUSTER_OPERATOR_WRITER', name: 'CLUSTER_OPERATOR_WRITER' }, holder: { id: 'ann', kind: 'user' },
      viaGroup: null, scope: { id: 'prod', type: 'folder', name: 'prod' }, expiresAt: null, outcome: 'grants',
      inheritedThrough: [{ id: 'europe', type: 'folder', name: 'europe' }, { id: 'c1', type: 'cluster', name: 'c1' }],
    })
  })

  test('is lost with a move, at once, and the explanation names the lost path', () => {
    const snapshot = operatorOnProd()
    applyChanges(snapshot, [{ kind: 'resource', put: node('folder', 'europe', 'test') }], 2)
    expect(snapshot.version).toBe(2)
    const told = explain(snapshot, { principalId: 'ann', permission: 'cluster:scale', resourceId: 'c1', at: AT })
    expect(told).toMatchObject({ allow: false, because: 'no-role' })
    expect(told.considered.find(({ assignmentId }) => assignmentId === 'a1')).toMatchObject({ outcome: 'elsewhere', scope: { id: 'prod' } })
    expect(told.wouldGrant.map(({ role }) => role.name)).toEqual(['CLUSTER_OPERATOR_WRITER', 'CLUSTER_ADMIN', 'ORG_ADMIN'])
    expect(told.wouldGrant[0]?.scopes.map(({ id }) => id)).toEqual(['c1', 'europe', 'test', 'org'])
  })

  test('counts only where it is held high enough, if the model says so', () => {
    const snapshot = organizationOf(findModel('cockroachdb'), {
      resources: tree, assignments: [grant('a1', 'ann', 'CLUSTER_ADMIN', 'prod'), grant('a2', 'bob', 'CLUSTER_ADMIN', 'org')],
    })
    expect(may(snapshot, 'ann', 'cluster:create', 'prod').allow).toBe(false)
    expect(may(snapshot, 'bob', 'cluster:create', 'prod').allow).toBe(true)
    const told = explain(snapshot, { principalId: 'ann', permission: 'cluster:create', resourceId: 'prod', at: AT })
    expect(told.considered[0]?.outcome).toBe('held-too-low')
  })
})

test('an assignment that ended stops at that moment, without anything having to run', () => {
  const snapshot = organizationOf(findModel('cockroachdb'), {
    resources: tree, assignments: [grant('a1', 'ann', 'METRICS_VIEWER', 'c1', AT + DAY)],
  })
  const asked = { principalId: 'ann', permission: 'metrics:view', resourceId: 'c1' }
  expect([AT, AT + DAY - 1, AT + DAY].map((at) => decide(snapshot, { ...asked, at }).allow)).toEqual([true, true, false])
  expect(explain(snapshot, { ...asked, at: AT + DAY }).considered[0]).toMatchObject({ outcome: 'expired', expiresAt: AT + DAY })
  expect(searchSubjects(snapshot, { ...asked, kind: 'user', at: AT + DAY }, { limit: 10 }).ids).toEqual([])
})

describe('groups', () => {
  const rows = {
    resources: tree, groups: [{ id: 'team' }], groupMembers: [{ groupId: 'team', memberId: 'ann' }],
    assignments: [grant('a1', 'team', 'CLUSTER_DEVELOPER', 'prod'), grant('a2', 'ann', 'METRICS_VIEWER', 'c1')],
  }

  test('give their members what they hold, and the explanation says through which', () => {
    const snapshot = organizationOf(findModel('cockroachdb'), rows)
    expect(may(snapshot, 'ann', 'db-console:access', 'c1').allow).toBe(true)
    expect(may(snapshot, 'team', 'db-console:access', 'c1').allow).toBe(true)
    const told = explain(snapshot, { principalId: 'ann', permission: 'metrics:view', resourceId: 'c1', at: AT })
    expect(told.considered.filter(({ outcome }) => outcome === 'grants').map(({ viaGroup, scope }) => [viaGroup, scope.id]))
      .toEqual([[null, 'c1'], ['team', 'prod']])
    expect(searchSubjects(snapshot, { permission: 'db-console:access', resourceId: 'c1', at: AT, kind: 'user' }, { limit: 10 }).ids)
      .toEqual(['ann'])
  })

  test('give nothing once left, or gone', () => {
    const snapshot = organizationOf(findModel('cockroachdb'), rows)
    applyChange(snapshot, { kind: 'group', remove: 'team' })
    expect(may(snapshot, 'ann', 'db-console:access', 'c1').allow).toBe(false)
    applyChange(snapshot, { kind: 'group', put: { id: 'team' } })
    applyChange(snapshot, { kind: 'groupMember', remove: { groupId: 'team', memberId: 'ann' } })
    expect(may(snapshot, 'ann', 'db-console:access', 'c1').allow).toBe(false)
  })

  test('stand in the tree under their connection where the model has them there', () => {
    const snapshot = organizationOf(accessModels.rocketadmin, {
      resources: [node('connection', '1234', 'org'), node('table', '1234/products', '1234'), node('connection', '5678', 'org')],
      groups: [{ id: 'admins', resourceId: '1234' }, { id: 'others', resourceId: '5678' }],
      groupMembers: [{ groupId: 'admins', memberId: 'ann' }],
      assignments: [grant('a1', 'admins', 'CONNECTION_ADMIN', '1234'), grant('a2', 'ann', 'USER', 'org')],
    })
    expect(may(snapshot, 'ann', 'group:edit', 'admins').allow).toBe(true)
    expect(may(snapshot, 'ann', 'group:edit', 'others').allow).toBe(false)
    expect(may(snapshot, 'ann', 'table:delete', '1234/products').allow).toBe(true)
    expect(may(snapshot, 'ann', 'table:delete', '5678').allow).toBe(false)
  })
})

test('a group with roles at very many scopes is asked by looking up', () => {
  const folders = Array.from({ length: 100 }, (_, index) => node('folder', `f${index}`, 'org'))
  const snapshot = organizationOf(findModel('cockroachdb'), {
    resources: [...folders, node('cluster', 'c1', 'f70'), node('cluster', 'c2', 'f99')],
    groups: [{ id: 'team' }], groupMembers: [{ groupId: 'team', memberId: 'ann' }],
    assignments: folders.slice(0, 90).map(({ id }, index) => grant(`a${id}`, 'team', 'METRICS_VIEWER', id, index % 2 ? AT + 1 : null)),
  })
  expect([may(snapshot, 'ann', 'metrics:view', 'c1').allow, may(snapshot, 'ann', 'metrics:view', 'c2').allow]).toEqual([true, false])
  expect(may(snapshot, 'ann', 'metrics:view', 'f71').allow).toBe(true)
  expect(decide(snapshot, { principalId: 'ann', permission: 'metrics:view', resourceId: 'f71', at: AT + 1 }).allow).toBe(false)
  for (const { id } of folders) applyChange(snapshot, { kind: 'assignment', remove: `a${id}` })
  expect([may(snapshot, 'ann', 'metrics:view', 'c1').allow, snapshot.cells.size]).toEqual([false, 0])
})

test.each(['suspended', 'pending'])('whoever is %s holds nothing, the floor neither', (status) => {
  const snapshot = organizationOf(findModel('standard'), {
    members: [{ id: 'ann', status }], assignments: [grant('a1', 'ann', 'administrator', 'org')],
  })
  expect(may(snapshot, 'ann', 'gatehouse/member:read', 'org')).toEqual({ allow: false, because: 'inactive-principal' })
  expect(may(snapshot, 'ann', 'gatehouse/key:self', 'org').allow).toBe(false)
  applyChange(snapshot, { kind: 'member', put: { id: 'ann', status: 'active' } })
  expect(may(snapshot, 'ann', 'gatehouse/member:read', 'org').allow).toBe(true)
})

test('the floor is held by every active user, not by service accounts', () => {
  const snapshot = organizationOf(findModel('standard'), { serviceAccounts: [{ id: 'robot', status: 'active' }] })
  expect(may(snapshot, 'bob', 'gatehouse/key:self', 'org')).toEqual({ allow: true, because: 'floor-role' })
  expect(may(snapshot, 'robot', 'gatehouse/key:self', 'org').allow).toBe(false)
  expect(rootsOf(snapshot, { principalId: 'bob', permission: 'gatehouse/organization:read', at: AT })).toEqual(['org'])
})

test.each([
  ['fly', 'ann', 'org', 'unknown-permission'], ['cluster:view', 'nobody', 'org', 'unknown-principal'],
  ['cluster:view', 'ann', 'nowhere', 'unknown-resource'], ['user:invite', 'ann', 'c1', 'not-applicable'],
])('%s by %s on %s is denied: %s', (permission, principalId, resourceId, because) => {
  const snapshot = organizationOf(findModel('cockroachdb'), { resources: tree, assignments: [grant('a1', 'ann', 'ORG_ADMIN', 'org')] })
  expect(may(snapshot, principalId, permission, resourceId)).toEqual({ allow: false, because })
  expect(explain(snapshot, { principalId, permission, resourceId, at: AT })).toMatchObject({ because, considered: [], wouldGrant: [] })
})

describe('a role over chosen resources', () => {
  const databases = [node('database', 'd1', 'org'), node('keyspace', 'k1', 'd1'), node('keyspace', 'k2', 'd1'), node('table', 't1', 'k1'),
    node('table', 't2', 'k2'), node('database', 'd2', 'org')]
  const snapshot = organizationOf(findModel('astra'), {
    resources: databases,
    custom: [custom('readers', ['db-table-select', 'db-cql', 'org-user-read', 'gatehouse/audit:read'], ['k1'])],
    assignments: [grant('a1', 'ann', 'readers', 'org')],
  })

  test.each([
    ['db-table-select', 't1', true], ['db-table-select', 'k1', true], ['db-table-select', 't2', false], ['db-table-select', 'd1', false],
    // Choosing one keyspace still gives the database's own actions on the whole database, and the organization's own.
    ['db-cql', 'd1', true], ['db-cql', 'd2', false], ['org-user-read', 'org', true], ['gatehouse/member:read', 'org', true],
    ['gatehouse/resource:read', 'd1', true], ['gatehouse/resource:read', 'd2', false],
    ['gatehouse/audit:read', 't1', true], ['gatehouse/audit:read', 't2', false],
  ])('%s on %s: %s', (permission, resourceId, expected) => {
    expect(may(snapshot, 'ann', permission, resourceId).allow).toBe(expected)
  })

  test('is told so when the resource is not among the chosen', () => {
    const told = explain(snapshot, { principalId: 'ann', permission: 'db-table-select', resourceId: 't2', at: AT })
    expect(told.considered[0]).toMatchObject({ assignmentId: 'a1', outcome: 'not-chosen' })
  })

  test('reaches up to the nearest only', () => {
    const standard = findModel('standard')
    const nested = organizationOf({ ...standard, rules: { ...standard.rules, chosenResourcesReachUp: true } }, {
      resources: tree, custom: [custom('tidy', ['folder:delete'], ['c1'])], assignments: [grant('a1', 'ann', 'tidy', 'org')],
    })
    expect([may(nested, 'ann', 'folder:delete', 'europe').allow, may(nested, 'ann', 'folder:delete', 'prod').allow]).toEqual([true, false])
    const strict = organizationOf(standard, {
      resources: tree, custom: [custom('tidy', ['folder:delete'], ['c1'])], assignments: [grant('a1', 'ann', 'tidy', 'org')],
    })
    expect(may(strict, 'ann', 'folder:delete', 'europe').allow).toBe(false)
  })
})

test('a narrowed credential has less than its owner, never more', () => {
  const snapshot = organizationOf(findModel('cockroachdb'), { resources: tree, assignments: [grant('a1', 'ann', 'CLUSTER_OPERATOR_WRITER', 'prod')] })
  expect(may(snapshot, 'ann', 'cluster:scale', 'c1', { scopeId: 'europe' }).allow).toBe(true)
  expect(may(snapshot, 'ann', 'cluster:scale', 'prod', { scopeId: 'europe' })).toEqual({ allow: false, because: 'narrowed' })
  expect(may(snapshot, 'ann', 'cluster:scale', 'c1', { roleId: 'METRICS_VIEWER' }).allow).toBe(false)
  expect(may(snapshot, 'ann', 'metrics:view', 'c1', { roleId: 'METRICS_VIEWER' }).allow).toBe(true)
  expect(may(snapshot, 'ann', 'cluster:delete', 'c1', { roleId: 'CLUSTER_ADMIN' })).toEqual({ allow: false, because: 'no-role' })
  expect(may(snapshot, 'ann', 'metrics:view', 'c1', { roleId: 'gone' }).allow).toBe(false)
})

test('a resource nobody registered inherits from where it would lie', () => {
  const snapshot = operatorOnProd()
  const asked = { principalId: 'ann', at: AT, resourceId: 'europe', unregisteredType: 'cluster' }
  expect(decide(snapshot, { ...asked, permission: 'cluster:scale' }).allow).toBe(true)
  expect(decide(snapshot, { ...asked, permission: 'folder:delete' }).because).toBe('not-applicable')
  expect(decide(snapshot, { ...asked, permission: 'cluster:scale', unregisteredType: 'spaceship' }).because).toBe('not-applicable')
})

test('what one may do on a resource, and on which resources one may do it', () => {
  const snapshot = organizationOf(findModel('cockroachdb'), {
    resources: [...tree, node('cluster', 'c2', 'prod'), node('cluster', 'c3', 'test')],
    assignments: [grant('a1', 'ann', 'METRICS_VIEWER', 'prod'), grant('a2', 'ann', 'METRICS_VIEWER', 'europe')],
  })
  expect(searchActions(snapshot, { principalId: 'ann', resourceId: 'c1', at: AT })).toEqual(
    ['metrics:view', 'gatehouse/organization:read', 'gatehouse/resource:read'])
  expect(rootsOf(snapshot, { principalId: 'ann', permission: 'metrics:view', at: AT })).toEqual(['prod'])
  expect(searchResources(snapshot, { principalId: 'ann', permission: 'metrics:view', type: 'cluster', at: AT }, { limit: 1 }))
    .toEqual({ ids: ['c1'], next: 'c1' })
  expect(searchResources(snapshot, { principalId: 'ann', permission: 'metrics:view', type: 'cluster', at: AT }, { limit: 1, after: 'c1' }))
    .toEqual({ ids: ['c2'], next: null })
})
