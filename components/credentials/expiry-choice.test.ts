import { expect, test } from 'vitest'
import { dateBounds, expiresAtOf, expiryProblem, firstExpiry, offeredDays, type ExpiryChoice, type LifetimePolicy } from './expiry-choice'

const now = Date.parse('2026-11-26T12:00:00.000Z')
const policy = (maxLifetimeDays: number | null, defaultLifetimeDays: number | null = null): LifetimePolicy => ({ maxLifetimeDays, defaultLifetimeDays })

test.each<[LifetimePolicy, ExpiryChoice, number[]]>([
  [policy(null), { kind: 'none' }, [7, 30, 90]],
  [policy(null, 30), { kind: 'days', days: 30 }, [7, 30, 90]],
  [policy(null, 14), { kind: 'days', days: 14 }, [7, 14, 30, 90]],
  [policy(60), { kind: 'days', days: 60 }, [7, 30, 60]],
  [policy(60, 90), { kind: 'days', days: 60 }, [7, 30, 60]],
  [policy(1), { kind: 'days', days: 1 }, [1]],
  [policy(365, 90), { kind: 'days', days: 90 }, [7, 30, 90, 365]],
])('%j begins with %j and offers %j', (given, first, offered) => {
  expect(firstExpiry(given)).toEqual(first)
  expect(offeredDays(given)).toEqual(offered)
})

test.each<[ExpiryChoice, string | null]>([
  [{ kind: 'none' }, null],
  [{ kind: 'days', days: 7 }, '2026-12-03T12:00:00.000Z'],
  [{ kind: 'days', days: 90 }, '2027-02-24T11:55:00.000Z'],
  [{ kind: 'date', date: '2026-12-31' }, '2026-12-31T23:59:59.000Z'],
])('%j ends at %s', (choice, end) => {
  expect(expiresAtOf(choice, now, policy(90))).toBe(end)
})

test.each<[ExpiryChoice, LifetimePolicy, string | null]>([
  [{ kind: 'none' }, policy(null), null],
  [{ kind: 'none' }, policy(90), 'This organization wants an end within 90 days'],
  [{ kind: 'date', date: '' }, policy(null), 'Choose the day it ends'],
  [{ kind: 'date', date: '2026-11-25' }, policy(null), 'Choose a day that has not passed'],
  [{ kind: 'date', date: '2026-11-26' }, policy(null), null],
  [{ kind: 'date', date: '2027-02-23' }, policy(90), null],
  [{ kind: 'date', date: '2027-02-24' }, policy(90), 'This organization wants an end within 90 days'],
])('%j under %j: %s', (choice, given, problem) => {
  expect(expiryProblem(choice, given, now)).toBe(problem)
})

test('the last day that can be chosen ends within the limit to the second', () => {
  const { max = '' } = dateBounds(policy(90), now)
  expect(Date.parse(`${max}T23:59:59.000Z`)).toBeLessThanOrEqual(now + 90 * 24 * 3600_000)
})
