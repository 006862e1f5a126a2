import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askCedar } from '@/lib/access/cedar'
import { actionRef, principalRef, resourceRef } from '@/lib/access/policies/names'
import { entitiesOf, grantsAsCedar } from './as-cedar'
import { applyChanges, buildSnapshot } from './changes'
import { decide } from './decide'
import { AT, changes, organization, question } from './testing/random-organization'
import { SlowReference } from './testing/slow-reference'

const organizationsAndQuestions = organization.chain((random) =>
  fc.tuple(fc.constant(random), changes(random), fc.array(question(random), { minLength: 6, maxLength: 12 })))

const KINDS = { u: 'user', g: 'group', s: 'service_account', t: 'token' } as const

test('role grants rendered as Cedar get the same answers from Cedar', () => {
  const seen = { yes: 0, no: 0 }
  fc.assert(fc.property(organizationsAndQuestions, ([random, list, questions]) => {
    const { model, rows } = random
    const snapshot = buildSnapshot(model, rows)
    const slow = new SlowReference(model, rows)
    applyChanges(snapshot, list, 2)
    for (const change of list) slow.apply(change)
    const [policies, entities] = [grantsAsCedar(snapshot), entitiesOf(snapshot)]
    for (const { principalId, permission, resourceId } of questions) {
      const kind = Object.entries(KINDS).find(([letter]) => principalId.startsWith(letter))?.[1]
      const type = slow.resources.get(resourceId)?.type ?? 'nothing'
      // What cannot be asked is for Gatehouse to refuse: without a schema, Cedar knows nothing of it.
      if (!kind || type === 'mystery' || !slow.isAskable(permission, type) || !slow.resources.has(resourceId)) continue
      const { allow } = decide(snapshot, { principalId, permission, resourceId, at: AT })
      if (kind === 'group' && !slow.groups.has(principalId)) continue
      const answer = askCedar(policies, {
        principal: { ...principalRef(model, kind, principalId) }, action: { ...actionRef(model, permission) },
        resource: { ...resourceRef(model, type, resourceId) }, entities,
        context: { time: { __extn: { fn: 'datetime', arg: new Date(AT).toISOString() } } },
      })
      expect({ principalId, permission, resourceId, ...answer }).toEqual({ principalId, permission, resourceId, allow, errors: [] })
      seen[allow ? 'yes' : 'no']++
    }
  }), { numRuns: 2_000 })
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(50)
}, 300_000)
