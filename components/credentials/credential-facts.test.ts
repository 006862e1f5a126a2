import { expect, test } from 'vitest'
import { lastUseInWords } from './credential-facts'

const now = Date.parse('2026-11-26T12:00:00.000Z')
test.each([
  [null, null, 'Never used.'],
  ['2026-11-26T11:58:00.000Z', '203.0.113.7', 'Still used 2 minutes ago from 203.0.113.7.'],
  ['2026-11-26T11:59:50.000Z', null, 'Still used 1 minute ago.'],
  ['2026-11-26T06:00:00.000Z', '2001:db8::1', 'Still used 6 hours ago from 2001:db8::1.'],
  ['2026-10-01T12:00:00.000Z', '203.0.113.7', 'Last used 56 days ago from 203.0.113.7.'],
])('%s from %s: %s', (lastUsedAt, lastUsedIp, words) => {
  expect(lastUseInWords({ lastUsedAt, lastUsedIp }, now)).toBe(words)
})
