import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { cockroachdb } from '@/lib/access/models/cockroachdb'
import { applyChange, buildSnapshot } from './changes'
import { decide } from './decide'
import { MEMBERS_MAX, previewChanges } from './preview'
import type { Change, SnapshotRows } from './rows'
import type { Snapshot } from './snapshot'
import { AT, changes, organization, type RandomOrganization } from './testing/random-organization'

vi.setConfig({ testTimeout: 60_000 })

const SUBJECTS = ['u0', 'u1', 'u2', 'u3', 'g0', 'g1', 'g2', 's0', 't0']

function everyYes(snapshot: Snapshot, { nodeIds, permissions }: RandomOrganization): Set<string> {
  const asked = SUBJECTS.flatMap((principalId) => nodeIds.flatMap((resourceId) => permissions.map((permission) => ({ principalId, permission, resourceId, at: AT }))))
  return new Set(asked.filter((each) => decide(snapshot, each).allow).map(({ principalId, permission, resourceId }) => `${principalId} ${permission} ${resourceId}`))
}

/** What previews are asked about: no resource becomes another type or goes while something lies in it. */
const isAsked = (change: Change): boolean => change.kind !== 'resource' || ('put' in change && change.put.type !== 'mystery')

const withChanges = organization.chain((random) =>
  fc.tuple(fc.constant(random), fc.array(changes(random).map((list) => list.filter(isAsked).slice(0, 3)), { maxLength: 3 })))

describe('on random organizations', () => {
  test('leaves the index as it was, and says what then happens', () => {
    fc.assert(fc.property(withChanges, ([random, lists]) => {
      const snapshot = buildSnapshot(random.model, random.rows)
      for (const list of lists) {
        const before = everyYes(snapshot, random)
        const size = snapshot.cells.size
        const { shifts } = previewChanges(snapshot, list, AT)
        expect(everyYes(snapshot, random)).toEqual(before)
        expect(snapshot.cells.size).toBe(size)
        const aboveBefore = pathsOf(snapshot, random)
        for (const change of list) applyChange(snapshot, change)
        const after = everyYes(snapshot, random)
        const aboveAfter = pathsOf(snapshot, random)
        const told = (principalId: string, permission: string, resourceId: string, kind: 'gained' | 'lost') => shifts.some((shift) =>
          shift.principalId === principalId && shift[kind].includes(permission) &&
          (aboveBefore.get(resourceId)?.has(shift.resourceId) || aboveAfter.get(resourceId)?.has(shift.resourceId)))
        const split = (yes: string): [string, string, string] => {
          const [principalId = '', permission = '', resourceId = ''] = yes.split(' ')
          return [principalId, permission, resourceId]
        }
        expect([...after].filter((yes) => !before.has(yes) && !told(...split(yes), 'gained'))).toEqual([])
        expect([...before].filter((yes) => !after.has(yes) && !told(...split(yes), 'lost'))).toEqual([])
        for (const { principalId, resourceId, gained, lost } of shifts) {
          const asked = new Set(random.permissions)
          expect(gained.filter((name) => asked.has(name) && (before.has(`${principalId} ${name} ${resourceId}`) || !after.has(`${principalId} ${name} ${resourceId}`)))).toEqual([])
          expect(lost.filter((name) => asked.has(name) && (!before.has(`${principalId} ${name} ${resourceId}`) || after.has(`${principalId} ${name} ${resourceId}`)))).toEqual([])
        }
      }
    }), { numRuns: 150 })
  })
})

function pathsOf({ tree }: Snapshot, { nodeIds }: RandomOrganization): Map<string, Set<string>> {
  return new Map(nodeIds.map((id) => [id, new Set(tree.pathOf(tree.ids.find(id)).map((node) => tree.ids.idAt(node)))]))
}

const rows = (more: Partial<SnapshotRows>): SnapshotRows => ({
  organization: { id: 'org', version: 1 },
  resources: [
    { id: 'prod', type: 'folder', parentId: 'org', name: 'prod' }, { id: 'europe', type: 'folder', parentId: 'prod', name: 'europe' },
    { id: 'db', type: 'cluster', parentId: 'europe', name: 'db' }, { id: 'lab', type: 'folder', parentId: 'org', name: 'lab' },
  ],
  members: [{ id: 'ann', status: 'active' }, { id: 'bob', status: 'active' }, { id: 'cyd', status: 'suspended' }],
  groups: [{ id: 'ops' }], groupMembers: [{ groupId: 'ops', memberId: 'bob' }, { groupId: 'ops', memberId: 'cyd' }],
  serviceAccounts: [], tokens: [],
  roles: [
    { id: 'metrics', name: 'METRICS_VIEWER', builtIn: true, permissions: [] }, { id: 'billing', name: 'BILLING_VIEWER', builtIn: true, permissions: [] },
    { id: 'mover', name: 'FOLDER_MOVER', builtIn: true, permissions: [] },
  ],
  assignments: [
    { id: 'a1', principalId: 'ann', roleId: 'metrics', scopeId: 'prod', expiresAt: null },
    { id: 'a2', principalId: 'ops', roleId: 'metrics', scopeId: 'lab', expiresAt: null },
    { id: 'a3', principalId: 'ann', roleId: 'mover', scopeId: 'org', expiresAt: null },
  ],
  ...more,
})

describe('a move', () => {
  const europe = { id: 'europe', type: 'folder', parentId: 'lab', name: 'europe' }

  test('says who loses and who gains, through groups too, suspended people not', () => {
    const { shifts, unseenMembers } = previewChanges(buildSnapshot(cockroachdb, rows({})), [{ kind: 'resource', put: europe }], AT)
    expect(unseenMembers).toBe(0)
    expect([...shifts].sort((a, b) => a.principalId.localeCompare(b.principalId))).toEqual([
      { principalId: 'ann', kind: 'user', resourceId: 'europe', gained: [], lost: ['metrics:view'] },
      { principalId: 'bob', kind: 'user', resourceId: 'europe', gained: ['metrics:view', 'gatehouse/resource:read'], lost: [] },
      { principalId: 'ops', kind: 'group', resourceId: 'europe', gained: ['metrics:view', 'gatehouse/resource:read'], lost: [] },
    ])
  })

  test('says who loses what they hold inside it by a role over a resource above it', () => {
    const chosen = { id: 'chosen', name: 'chosen', builtIn: false, permissions: ['metrics:view'], resourceIds: ['prod'] }
    const inside = rows({ assignments: [{ id: 'a', principalId: 'ann', roleId: 'chosen', scopeId: 'db', expiresAt: null }] })
    const snapshot = buildSnapshot(cockroachdb, { ...inside, roles: [...inside.roles, chosen] })
    expect(previewChanges(snapshot, [{ kind: 'resource', put: europe }], AT).shifts.map(({ principalId, resourceId, lost }) => [principalId, resourceId, lost])).toEqual([
      ['ann', 'db', ['metrics:view', 'gatehouse/resource:read']],
    ])
  })

  test('to where the same people hold the same changes nothing', () => {
    const same = rows({ assignments: [{ id: 'a', principalId: 'ann', roleId: 'metrics', scopeId: 'org', expiresAt: null }] })
    expect(previewChanges(buildSnapshot(cockroachdb, same), [{ kind: 'resource', put: europe }], AT).shifts).toEqual([])
  })

  test('counts members of large groups that were not looked at', () => {
    const members = Array.from({ length: MEMBERS_MAX + 5 }, (_, n) => ({ id: `m${n}`, status: 'active' }))
    const large = rows({ members, groupMembers: members.map(({ id }) => ({ groupId: 'ops', memberId: id })) })
    const { shifts, unseenMembers } = previewChanges(buildSnapshot(cockroachdb, large), [{ kind: 'resource', put: europe }], AT)
    expect([unseenMembers, shifts.length, shifts[0]]).toEqual([5, MEMBERS_MAX + 1, { principalId: 'ops', kind: 'group', resourceId: 'europe', gained: ['metrics:view', 'gatehouse/resource:read'], lost: [] }])
  })
})

test('an assignment that ended gives nothing, and one taken away is lost at its scope', () => {
  const snapshot = buildSnapshot(cockroachdb, rows({}))
  const put = { id: 'new', principalId: 'bob', roleId: 'billing', scopeId: 'org', expiresAt: AT - 1 }
  expect(previewChanges(snapshot, [{ kind: 'assignment', put }], AT).shifts).toEqual([])
  expect(previewChanges(snapshot, [{ kind: 'assignment', put: { ...put, expiresAt: null } }, { kind: 'assignment', remove: 'a1' }], AT).shifts.map(({ principalId, resourceId, gained, lost }) => [principalId, resourceId, gained, lost])).toEqual([
    ['ann', 'prod', [], ['metrics:view']],
    ['bob', 'org', ['billing:view', 'gatehouse/billing:read'], []],
  ])
})
