import { expect, test } from 'vitest'
import { formatDate, formatExact, formatRelative } from './time-format'

const NOW = Date.UTC(2026, 10, 22, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [0, 'just now'],
  [59_000, 'just now'],
  [2 * MINUTE, '2 min ago'],
  [HOUR - 1, '59 min ago'],
  [3 * HOUR, '3 h ago'],
  [DAY, 'yesterday'],
  [41 * DAY, '41 days ago'],
  [60 * DAY, '23 Sep 2026'],
  [-30_000, 'in a moment'],
  [-5 * MINUTE, 'in 5 min'],
  [-DAY, 'tomorrow'],
  [-5 * DAY, 'in 5 days'],
])('%d ms before now is told as %s', (distance, told) => {
  expect(formatRelative(NOW - distance, NOW)).toBe(told)
})

test('dates and exact times do not depend on where they are made', () => {
  expect(formatDate(Date.UTC(2025, 2, 14, 23, 59))).toBe('14 Mar 2025')
  expect(formatExact(Date.UTC(2025, 2, 14, 9, 41, 7), 'UTC')).toBe('14 Mar 2025, 09:41:07 UTC')
})
