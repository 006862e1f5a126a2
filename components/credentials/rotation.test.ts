import { expect, test } from 'vitest'
import { timeLeft } from './rotation'

test.each([
  ['2026-11-26T12:00:30Z', 'less than a minute'],
  ['2026-11-26T11:00:00Z', 'less than a minute'],
  ['2026-11-26T12:12:59Z', '12 min'],
  ['2026-11-26T13:00:00Z', '1 h'],
  ['2026-11-26T15:20:00Z', '3 h 20 min'],
  ['2026-11-27T12:00:00Z', '1 day'],
  ['2026-12-02T16:59:00Z', '6 days 4 h'],
])('until %s: %s', (endsAt, words) => {
  expect(timeLeft(endsAt, Date.parse('2026-11-26T12:00:00Z'))).toBe(words)
})
