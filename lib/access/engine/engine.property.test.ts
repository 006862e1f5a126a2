import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { applyChange, applyChanges, buildSnapshot } from './changes'
import { decide } from './decide'
import { explain } from './explain'
import { rootsOf } from './roots'
import { searchActions, searchResources, searchSubjects } from './search'
import type { Snapshot } from './snapshot'
import { AT, changes, organization, question, type RandomOrganization } from './testing/random-organization'
import { SlowReference } from './testing/slow-reference'

vi.setConfig({ testTimeout: 60_000 })

const RUNS = { numRuns: 200 }

const withQuestions = organization.chain((random) =>
  fc.tuple(fc.constant(random), fc.array(question(random), { minLength: 20, maxLength: 40 })))

const withChanges = organization.chain((random) =>
  fc.tuple(fc.constant(random), changes(random), fc.array(question(random), { minLength: 20, maxLength: 40 })))

const SUBJECTS = ['u0', 'u1', 'u2', 'u3', 'g0', 'g1', 'g2', 's0', 't0']

/** Every yes there is, as text: principal, permission, resource. */
function everyYes(snapshot: Snapshot, { nodeIds, permissions }: RandomOrganization): Set<string> {
  const asked = SUBJECTS.flatMap((principalId) => nodeIds.flatMap((resourceId) =>
    permissions.map((permission) => ({ principalId, permission, resourceId, at: AT }))))
  return new Set(asked.filter((each) => decide(snapshot, each).allow)
    .map(({ principalId, permission, resourceId }) => `${principalId} ${permission} ${resourceId}`))
}

test('decides as the obvious way does', () => {
  fc.assert(fc.property(withQuestions, ([random, questions]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    const slow = new SlowReference(random.model, random.rows)
    for (const each of questions) expect({ ...each, allow: decide(snapshot, each).allow }).toEqual({ ...each, allow: slow.allows(each) })
  }), RUNS)
})

test('changed in place, it equals the index built anew', () => {
  fc.assert(fc.property(withChanges, ([random, list, questions]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    const slow = new SlowReference(random.model, random.rows)
    for (const change of list) {
      applyChange(snapshot, change)
      slow.apply(change)
    }
    const rebuilt = buildSnapshot(random.model, slow.rows(2))
    for (const each of questions) {
      expect(decide(snapshot, each)).toEqual(decide(rebuilt, each))
      expect(decide(snapshot, each).allow).toBe(slow.allows(each))
    }
    expect(everyYes(snapshot, random)).toEqual(everyYes(rebuilt, random))
    expect(snapshot.cells.size).toBe(rebuilt.cells.size)
  }), RUNS)
})

test('removing an assignment never adds access', () => {
  fc.assert(fc.property(organization, (random) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    let before = everyYes(snapshot, random)
    for (const { id } of random.rows.assignments) {
      applyChange(snapshot, { kind: 'assignment', remove: id })
      const after = everyYes(snapshot, random)
      expect([...after].filter((yes) => !before.has(yes))).toEqual([])
      before = after
    }
    expect(snapshot.cells.size).toBe(0)
  }), { numRuns: 60 })
})

test('moving a resource there and back changes nothing', () => {
  fc.assert(fc.property(organization, fc.nat(20), fc.nat(20), (random, which, where) => {
    const { resources } = random.rows
    const place = 1 + (which % Math.max(1, resources.length - 1))
    const moved = resources[place]
    const target = resources[where % place]
    if (!moved || !target) return
    const snapshot = buildSnapshot(random.model, random.rows)
    const before = everyYes(snapshot, random)
    applyChange(snapshot, { kind: 'resource', put: { ...moved, parentId: target.id } })
    applyChange(snapshot, { kind: 'resource', put: moved })
    expect(everyYes(snapshot, random)).toEqual(before)
  }), { numRuns: 100 })
})

test('the explanation, the searches and the roots agree with the decision', () => {
  fc.assert(fc.property(withChanges, ([random, list, questions]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    applyChanges(snapshot, list, 2)
    const slow = new SlowReference(random.model, random.rows)
    for (const change of list) slow.apply(change)
    for (const { unregisteredType: _, ...each } of questions) {
      const { allow } = decide(snapshot, each)
      const told = explain(snapshot, each)
      expect(told.allow).toBe(allow)
      const isGranted = told.considered.some(({ outcome }) => outcome === 'grants')
      if (told.principal?.active && !each.narrowing && told.because !== 'not-applicable') expect(isGranted).toBe(allow)
      if (allow) expect(told.wouldGrant).toEqual([])

      expect(searchActions(snapshot, each).includes(each.permission)).toBe(allow)
      const { type } = slow.resources.get(each.resourceId) ?? { type: 'nothing' }
      if (type !== 'mystery') expect(searchResources(snapshot, { ...each, type }, { limit: 100 }).ids.includes(each.resourceId)).toBe(allow)
      const isBelow = rootsOf(snapshot, each).some((root) => slow.ancestors(each.resourceId).some(({ id }) => id === root))
      if (slow.isAskable(each.permission, type)) expect(isBelow).toBe(allow)

      const kind = told.principal?.kind ?? 'unknown'
      if (kind === 'unknown' || each.narrowing) continue
      expect(searchSubjects(snapshot, { ...each, kind }, { limit: 100 }).ids.includes(each.principalId)).toBe(allow)
    }
  }), RUNS)
})

test('pages of a search, put together, are the whole', () => {
  fc.assert(fc.property(withQuestions, fc.integer({ min: 1, max: 3 }), ([random, [asked]], limit) => {
    if (!asked) return
    const snapshot = buildSnapshot(random.model, random.rows)
    const whole = searchSubjects(snapshot, { ...asked, kind: 'user' }, { limit: 100 })
    const ids: string[] = []
    let page = searchSubjects(snapshot, { ...asked, kind: 'user' }, { limit })
    for (ids.push(...page.ids); page.next !== null; ids.push(...page.ids))
      page = searchSubjects(snapshot, { ...asked, kind: 'user' }, { limit, after: page.next })
    expect(ids).toEqual([...whole.ids].sort())
  }), { numRuns: 100 })
})

test('what is said to help, helps', () => {
  fc.assert(fc.property(withQuestions, ([random, questions]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    for (const { narrowing: _, unregisteredType: __, ...each } of questions.slice(0, 10)) {
      const told = explain(snapshot, each)
      if (told.because !== 'no-role') continue
      for (const { role, scopes } of told.wouldGrant) {
        for (const scope of scopes) {
          const put = { id: 'help', principalId: each.principalId, roleId: role.id, scopeId: scope.id, expiresAt: null }
          applyChange(snapshot, { kind: 'assignment', put })
          expect(decide(snapshot, each)).toEqual({ allow: true, because: 'role' })
          applyChange(snapshot, { kind: 'assignment', remove: 'help' })
        }
      }
      expect(decide(snapshot, each).allow).toBe(false)
    }
  }), { numRuns: 100 })
})
