import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findModel } from '@/lib/access/models/catalogue'
import { applyChange, buildSnapshot } from './changes'
import { decide } from './decide'
import { gainsOfMove } from './move-gains'
import type { AssignmentRow, ResourceRow, RoleRow, SnapshotRows } from './rows'
import type { Snapshot } from './snapshot'
import { AT as RANDOM_AT, organization } from './testing/random-organization'

const AT = Date.UTC(2026, 10, 22)
const node = (type: string, id: string, parentId: string): ResourceRow => ({ id, type, parentId, name: id })
const grant = (id: string, principalId: string, roleId: string, scopeId: string, expiresAt: number | null = null): AssignmentRow => ({ id, principalId, roleId, scopeId, expiresAt })

const tree = [node('folder', 'prod', 'org'), node('folder', 'europe', 'prod'), node('cluster', 'c1', 'europe'), node('folder', 'test', 'org'), node('folder', 'lab', 'test')]

function organizationOf(name: string, rows: Partial<SnapshotRows> & { custom?: RoleRow[] }): Snapshot {
  const model = findModel(name)
  const roles = model.roles.map((role) => ({ id: role.name, name: role.name, builtIn: true, permissions: [] }))
  return buildSnapshot(model, {
    organization: { id: 'org', version: 1 }, resources: tree, groups: [{ id: 'crew' }], groupMembers: [{ groupId: 'crew', memberId: 'bob' }], serviceAccounts: [], tokens: [],
    members: [{ id: 'ann', status: 'active' }, { id: 'bob', status: 'active' }, { id: 'ivy', status: 'invited' }], assignments: [], ...rows, roles: [...roles, ...(rows.custom ?? [])],
  })
}

const gains = (snapshot: Snapshot, resourceId: string, parentId: string) => gainsOfMove(snapshot, { resourceId, parentId, at: AT })
const METRICS = ['metrics:view', 'gatehouse/resource:read']

describe('what a move gives', () => {
  test('is what others hold at the new place and not at the old', () => {
    const snapshot = organizationOf('cockroachdb', { assignments: [grant('a', 'ann', 'METRICS_VIEWER', 'test')] })
    expect(gains(snapshot, 'europe', 'test')).toEqual(METRICS)
    expect(gains(snapshot, 'europe', 'lab')).toEqual(METRICS)
    expect(gains(snapshot, 'test', 'prod')).toEqual([])
  })

  test('is nothing where it is held already, from above or on the resource itself', () => {
    for (const scope of ['org', 'prod', 'europe']) {
      const snapshot = organizationOf('cockroachdb', { assignments: [grant('a', 'ann', 'METRICS_VIEWER', 'test'), grant('b', 'ann', 'METRICS_VIEWER', scope)] })
      expect(gains(snapshot, 'europe', 'test')).toEqual([])
    }
  })

  test('counts groups, and people who are not active yet', () => {
    for (const holder of ['crew', 'ivy']) {
      expect(gains(organizationOf('cockroachdb', { assignments: [grant('a', holder, 'METRICS_VIEWER', 'test')] }), 'europe', 'test')).toEqual(METRICS)
    }
  })

  test('does not count what has ended', () => {
    const ending = (end: number) => organizationOf('cockroachdb', { assignments: [grant('a', 'ann', 'METRICS_VIEWER', 'test', end)] })
    expect(gains(ending(AT - 1), 'europe', 'test')).toEqual([])
    expect(gains(ending(AT + 1), 'europe', 'test')).toEqual(METRICS)
  })

  test('counts roles over chosen resources, wherever they are held', () => {
    const chosen: RoleRow = { id: 'chosen', name: 'chosen', builtIn: false, permissions: ['data:read'], resourceIds: ['test'] }
    const snapshot = organizationOf('standard', { custom: [chosen], assignments: [grant('a', 'ann', 'chosen', 'org')] })
    expect(gains(snapshot, 'europe', 'lab')).toEqual(['data:read', 'gatehouse/resource:read'])
    expect(gains(snapshot, 'lab', 'org')).toEqual([])
  })

  test('counts roles held inside what moves, which begin to count with a chosen resource above', () => {
    const chosen: RoleRow = { id: 'chosen', name: 'chosen', builtIn: false, permissions: ['data:read'], resourceIds: ['test'] }
    const snapshot = organizationOf('standard', { custom: [chosen], assignments: [grant('a', 'ann', 'chosen', 'c1')] })
    expect(gains(snapshot, 'europe', 'lab')).toEqual(['data:read', 'gatehouse/resource:read'])
    applyChange(snapshot, { kind: 'resource', put: node('folder', 'europe', 'lab') })
    expect(decide(snapshot, { principalId: 'ann', permission: 'data:read', resourceId: 'c1', at: AT }).allow).toBe(true)
  })

  test('leaves out what cannot be asked of the resource or below it', () => {
    const snapshot = organizationOf('cockroachdb', { assignments: [grant('a', 'ann', 'FOLDER_MOVER', 'test')] })
    expect(gains(snapshot, 'c1', 'test')).toEqual(['folder:move', 'gatehouse/resource:read', 'gatehouse/resource:write'])
  })

  test('and asking changes nothing', () => {
    const snapshot = organizationOf('cockroachdb', { assignments: [grant('a', 'ann', 'METRICS_VIEWER', 'test')] })
    gains(snapshot, 'europe', 'test')
    const sees = () => decide(snapshot, { principalId: 'ann', permission: 'metrics:view', resourceId: 'c1', at: AT }).allow
    expect(sees()).toBe(false)
    applyChange(snapshot, { kind: 'resource', put: node('folder', 'europe', 'test') })
    expect(sees()).toBe(true)
  })

  test('is nothing for what is unknown, or would lie in itself', () => {
    const snapshot = organizationOf('cockroachdb', {})
    expect([gains(snapshot, 'nowhere', 'test'), gains(snapshot, 'europe', 'nowhere'), gains(snapshot, 'prod', 'europe')]).toEqual([[], [], []])
  })

  test('names everything that anybody gains anywhere, on random organizations', () => {
    fc.assert(fc.property(organization, fc.nat(), fc.nat(), ({ model, rows, nodeIds, permissions }, one, other) => {
      const [moved, parent] = [rows.resources[one % rows.resources.length], rows.resources[other % rows.resources.length]]
      if (!moved || !parent || moved.parentId === null) return
      const snapshot = buildSnapshot(model, rows)
      if (snapshot.tree.isAtOrBelow(snapshot.tree.ids.find(parent.id), snapshot.tree.ids.find(moved.id))) return
      const yes = () => new Set(['u0', 'u1', 'u2', 'u3', 'g0', 'g1', 'g2', 't0'].flatMap((principalId) => nodeIds.flatMap((resourceId) =>
        permissions.filter((permission) => decide(snapshot, { principalId, permission, resourceId, at: RANDOM_AT }).allow).map((permission) => `${principalId} ${resourceId} ${permission}`))))
      const before = yes()
      const told = gainsOfMove(snapshot, { resourceId: moved.id, parentId: parent.id, at: RANDOM_AT })
      applyChange(snapshot, { kind: 'resource', put: { ...moved, parentId: parent.id } })
      expect([...yes()].filter((each) => !before.has(each) && !told.includes(each.split(' ')[2] ?? ''))).toEqual([])
    }), { numRuns: 300 })
  })
})
