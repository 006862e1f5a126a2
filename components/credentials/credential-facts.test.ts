import { expect, test } from 'vitest'
import { lastUseInWords, marksOf, type CredentialFacts } from './credential-facts'

const now = Date.parse('2026-11-26T12:00:00.000Z')
const base: CredentialFacts = { status: 'active', createdAt: '2026-11-20T12:00:00.000Z', expiresAt: null, lastUsedAt: null, lastUsedIp: null }

test.each<[Partial<CredentialFacts>, string[]]>([
  [{}, []],
  [{ expiresAt: '2026-12-03T12:00:00.000Z' }, ['expiring']],
  [{ expiresAt: '2026-12-03T12:00:01.000Z' }, []],
  [{ createdAt: '2026-08-28T12:00:00.000Z', lastUsedAt: '2026-11-26T11:00:00.000Z' }, []],
  [{ createdAt: '2026-08-28T11:59:59.000Z', lastUsedAt: '2026-11-26T11:00:00.000Z' }, ['old']],
  [{ createdAt: '2026-08-28T11:59:59.000Z' }, ['old', 'unused']],
  [{ createdAt: '2026-01-01T00:00:00.000Z', lastUsedAt: '2026-08-01T00:00:00.000Z', expiresAt: '2026-11-27T00:00:00.000Z' }, ['expiring', 'old', 'unused']],
  [{ status: 'revoked', createdAt: '2026-01-01T00:00:00.000Z' }, []],
  [{ status: 'suspended', createdAt: '2026-01-01T00:00:00.000Z' }, []],
])('%j is marked %j', (facts, marks) => {
  expect(marksOf({ ...base, ...facts }, now)).toEqual(marks)
})

test.each([
  [null, null, 'Never used.'],
  ['2026-11-26T11:58:00.000Z', '203.0.113.7', 'Still used 2 minutes ago from 203.0.113.7.'],
  ['2026-11-26T11:59:50.000Z', null, 'Still used 1 minute ago.'],
  ['2026-11-26T06:00:00.000Z', '2001:db8::1', 'Still used 6 hours ago from 2001:db8::1.'],
  ['2026-10-01T12:00:00.000Z', '203.0.113.7', 'Last used 56 days ago from 203.0.113.7.'],
])('%s from %s: %s', (lastUsedAt, lastUsedIp, words) => {
  expect(lastUseInWords({ lastUsedAt, lastUsedIp }, now)).toBe(words)
})
