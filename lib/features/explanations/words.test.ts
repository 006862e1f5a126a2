import { describe, expect, test } from 'vitest'
import { checksOf, outcomeInWords, sentenceOf } from './words'

const subject = { who: 'Ann', action: 'Scale clusters', resource: 'eu-1' }
const near = (outcome: 'grants' | 'expired' | 'held-too-low' | 'not-chosen' | 'elsewhere' | 'lacks-permission', via: string | null = null) => ({ outcome, via, role: 'Operator', scope: 'prod' })

describe('the sentence', () => {
  test.each([
    ['role', [near('lacks-permission'), near('grants')], 'Ann may “Scale clusters” on eu-1, because Ann holds “Operator” on prod.'],
    ['role', [near('grants', 'On call')], 'Ann may “Scale clusters” on eu-1, because On call, of which Ann is a member, holds “Operator” on prod.'],
    ['floor-role', [near('grants')], 'Ann may “Scale clusters” on eu-1, because everybody in the organization holds “Operator”.'],
    ['no-role', [], 'Ann may not “Scale clusters” on eu-1: none of the roles held here or above permits it.'],
    ['no-role', [near('elsewhere'), near('expired')], 'Ann may not “Scale clusters” on eu-1: none of the roles held here or above permits it; “Operator” on prod did, until it ended.'],
    ['no-role', [near('elsewhere', 'On call')], 'Ann may not “Scale clusters” on eu-1: none of the roles held here or above permits it; “Operator” on prod (through On call) does, but that is elsewhere in the tree.'],
    ['no-role', [near('held-too-low')], 'Ann may not “Scale clusters” on eu-1: none of the roles held here or above permits it; “Operator” on prod does so only when held at another type of resource.'],
    ['inactive-principal', [], 'Ann may not “Scale clusters” on eu-1: only active users count: this one is suspended, or has not accepted the invitation yet.'],
    ['narrowed', [near('grants')], 'Ann may not “Scale clusters” on eu-1: the credential is limited to less than its owner may do.'],
  ] as const)('%s %#', (because, considered, sentence) => {
    expect(sentenceOf(because, subject, considered)).toBe(sentence)
  })
})

test('an end is told to the minute', () => {
  expect(outcomeInWords('expired', Date.UTC(2026, 10, 3, 8, 5))).toBe('permitted it and ended on Nov 3, 2026, 8:05 AM UTC')
})

describe('the checks', () => {
  const base = { because: 'no-role', isKnown: true, isActive: true, hasResource: true, typeTitle: 'Cluster' } as const
  const states = (situation: Parameters<typeof checksOf>[0]) => checksOf(situation).map(({ state }) => state).join(' ')
  test.each([
    [{ ...base, considered: [] }, 'yes yes yes yes no open open open open'],
    [{ ...base, considered: [near('elsewhere')] }, 'yes yes yes yes yes no open open open'],
    [{ ...base, considered: [near('expired')] }, 'yes yes yes yes yes yes no open open'],
    [{ ...base, because: 'narrowed', considered: [near('grants')] }, 'yes yes yes yes yes yes yes yes no'],
    [{ ...base, because: 'guardrail', considered: [near('grants')] }, 'yes yes yes yes yes yes yes no open'],
    [{ ...base, because: 'policy', byPolicy: true, considered: [] }, 'yes yes yes yes yes yes yes yes yes'],
    [{ ...base, because: 'role', considered: [near('grants')] }, 'yes yes yes yes yes yes yes yes yes'],
    [{ ...base, because: 'not-applicable', considered: [] }, 'yes yes yes no open open open open open'],
    [{ ...base, isActive: false, because: 'inactive-principal', considered: [] }, 'yes no open open open open open open open'],
  ] as const)('%#', (situation, expected) => {
    expect(states(situation)).toBe(expected)
  })

  test('only the first no says what to look at', () => {
    expect(checksOf({ ...base, considered: [] }).filter(({ detail }) => detail !== '')).toEqual([
      { label: 'Holds a role that permits it, or is in a group whose policy does', state: 'no', detail: 'No role held anywhere contains the permission.' },
    ])
  })
})
