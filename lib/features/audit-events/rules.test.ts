import { expect, test } from 'vitest'
import { bucketsOf, containing, parseTime, spanOf, timeOfId } from './rules'

test.each([
  ['2025-03-14T09:41:00Z', '2025-03-14T09:41:00.000Z'],
  ['2025-03-14T09:41:00.5+02:00', '2025-03-14T07:41:00.500Z'],
  ['2025-03-14t09:41', '2025-03-14T09:41:00.000Z'],
  ['2025-03-14 09:41:07', '2025-03-14T09:41:07.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('reads the time %s', (text, expected) => expect(parseTime(text)?.toISOString()).toBe(expected))

test.each(['', 'now', '2025', '2025-13-01', '2025-02-30', '2025-02-29T10:00', '2025-03-14T24:01', '2025-03-14T09:61', '1969-12-31', '+012025-01-01', '2025-03-14T09:41:00+99:00', '14/03/2025'])(
  'refuses the time %j', (text) => expect(parseTime(text)).toBeNull())

const NOW = new Date('2026-11-22T05:00:00Z')

test.each([
  [{}, '48h', '2026-11-20T05:00:00.000Z'],
  [{ range: '1h' }, '1h', '2026-11-22T04:00:00.000Z'],
  [{ range: 'century' }, '48h', '2026-11-20T05:00:00.000Z'],
  [{ from: 'nonsense', range: '7d' }, '7d', '2026-11-15T05:00:00.000Z'],
  [{ from: '2026-11-22T05:00', range: '7d' }, '7d', '2026-11-15T05:00:00.000Z'],
])('the span of %j', (params, range, from) => {
  expect(spanOf(params, NOW)).toEqual({ range, from: new Date(from), to: new Date('2026-11-22T05:00:01Z') })
})

test('a span of one’s own, open or closed', () => {
  expect(spanOf({ from: '2026-11-01', to: '2026-11-02T12:00' }, NOW)).toEqual({ range: null, from: new Date('2026-11-01'), to: new Date('2026-11-02T12:00:00Z') })
  expect(spanOf({ from: '2026-11-01' }, NOW)).toEqual({ range: null, from: new Date('2026-11-01'), to: NOW })
})

test.each([
  ['2026-11-22T04:03:30Z', '2026-11-22T05:00:00Z', 57, '2026-11-22T04:04:00.000Z'],
  ['2026-11-20T05:10:00Z', '2026-11-22T05:10:00Z', 49, '2026-11-20T06:00:00.000Z'],
  ['2026-10-23T05:10:00Z', '2026-11-22T05:10:00Z', 31, '2026-10-24T00:00:00.000Z'],
])('parts from %s to %s are round and cover all', (from, to, count, second) => {
  const buckets = bucketsOf(Date.parse(from), Date.parse(to))
  expect(buckets).toHaveLength(count)
  expect(buckets[0]?.from).toBe(Date.parse(from))
  expect(buckets.at(-1)?.to).toBe(Date.parse(to))
  expect(new Date(buckets[1]?.from ?? 0).toISOString()).toBe(second)
  for (const [index, bucket] of buckets.entries()) if (index > 0) expect(bucket.from).toBe(buckets[index - 1]?.to)
})

test('never more than sixty parts', () => {
  for (const span of [1, 999, 60_000, 3_541_000, 86_400_000, 8e9, 1e11, 8e12, 2e14]) expect(bucketsOf(12_345, 12_345 + span).length).toBeLessThanOrEqual(60)
})

test('the search text is no pattern, and an id tells its time', () => {
  expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%')
  expect(timeOfId('evt_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f')).toBe(0x019a0b6e5b00)
})
