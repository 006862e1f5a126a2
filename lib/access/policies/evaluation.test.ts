import { expect, test } from 'vitest'
import { cedarPrepared } from '@/lib/access/cedar'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { cedarRequestOf } from './cedar-fallback'
import { compilePolicies, type Evaluation } from './compile'
import { readPolicyText } from './policy-text'
import { quoted } from './quote'
import { picksFrom, randomEntities, randomRequest, randomStatement } from './testing/random-policies'

const SETS = 90
const STATEMENTS = 8
const REQUESTS = 14

const comparable = ({ decision, determining, errors }: Evaluation) =>
  ({ decision, determining: [...determining].sort(), failed: errors.map(({ policyId }) => policyId).sort() })

test('compiled policies answer as Cedar does', { timeout: 180_000 }, () => {
  const seen = { allow: 0, deny: 0, failed: 0, left: 0 }
  for (let seed = 1; seed <= SETS; seed++) {
    const pick = picksFrom(seed)
    const text = Array.from({ length: STATEMENTS }, () => randomStatement(pick)).join('\n')
    const { statements } = readPolicyText(text)
    const compiled = compilePolicies(rocketadmin, text)
    const cedar = cedarPrepared('evaluation.test', text)
    const entities = randomEntities(pick)
    if (!compiled.isCompiled) seen.left += 1
    for (let asked = 0; asked < REQUESTS; asked++) {
      const request = randomRequest(pick)
      const answer = cedar(cedarRequestOf(statements, request, entities))
      expect({ seed, text, request, ...comparable(compiled.evaluate(request, entities)) })
        .toEqual({ seed, text, request, ...comparable(answer) })
      expect(compiled.explain(request, entities).flatMap(({ outcome, policyId }) => (outcome === 'failed' ? [policyId] : [])).sort())
        .toEqual(comparable(answer).failed)
      seen[answer.decision] += 1
      if (answer.errors.length > 0) seen.failed += 1
    }
  }
  expect(Math.min(seen.allow, seen.deny, seen.failed)).toBeGreaterThan(100)
  expect(seen.left).toBeGreaterThan(0)
})

/** Texts at the edges of what the extensions read. Each is one permit; what cannot be read is an error in both. */
const EDGES = {
  ip: [
    '1.2.3.4', '01.2.3.4', '1.2.3', '1.2.3.256', '1.2.3.4/32', '1.2.3.4/33', '1.2.3.4/032', '1.2.3.4/', '1.2.3.4/0', ' 1.2.3.4', '1.2.3.4 ',
    '::', '::1', '::/0', '1::2::3', '::ffff:1.2.3.4', '::1.2.3.4', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::',
    'ABCD:ef01::/128', 'ABCD:EF01:2345:6789:ABCD:EF01:2345:6789/128', '0ABCD::', '::1%eth0', '::1/129', '::1/0128', 'fe80::1/64', '[::1]',
    '10.0.0.1/24', '127.255.255.255', '127.0.0.1/7', '127.0.0.1/8', '::1/127', '239.255.255.255', '224.0.0.0/3', 'ff00::/8', 'ff00::/7', '1.2.3.4/+8', '',
  ],
  decimal: [
    '1.0', '1', '1.', '.1', '-0.5', '-0.0', '+1.0', '00.1', '1.00000', '1.2345', '922337203685477.5807', '922337203685477.5808',
    '-922337203685477.5808', '-922337203685477.5809', '1.0 ', '1e3', '٣.١', '',
  ],
  datetime: [
    '2026-11-22', '2026-02-29', '2024-02-29', '0000-01-01', '0000-02-29', '9999-12-31', '2026-00-10', '2026-13-01', '2026-11-31', '2026-11-22T', '2026-11-22Z',
    '2026-11-22T23:59:59Z', '2026-11-22T24:00:00Z', '2026-11-22T23:60:00Z', '2026-11-22T23:59:60Z', '2026-11-22T10:00:00', '2026-11-22T10:00:00.5Z',
    '2026-11-22T10:00:00.123Z', '2026-11-22T10:00:00+2359', '2026-11-22T10:00:00-2400', '2026-11-22T10:00:00+0160', '2026-11-22T10:00:00+01:00',
    '2026-11-22t10:00:00z', '2026-11-22T10:00:00.123-0001', '0000-01-01T00:00:00+2359', '0001-01-01T00:00:00Z', '99-01-01', '20260-01-01', '2026-11-22\n', '',
  ],
  duration: [
    '1d', '1d2h3m4s5ms', '5ms4s', '-1d', '--1d', '-', '+1d', '1', '1d1d', '0s', '-0ms', '1 d', '106751991167d', '106751991168d', '-106751991167d',
    '9223372036854775807ms', '9223372036854775808ms', '-9223372036854775808ms', '-9223372036854775809ms', '18446744073709551616ms', '1.5h', '1D',
    '9223372036854775s808ms', '-9223372036854775s808ms', '-9223372036854775s809ms', '',
  ],
}

test.each(Object.entries(EDGES))('%s reads the same texts as in Cedar', (name, texts) => {
  const checks: Record<string, string[]> = {
    ip: ['isLoopback()', 'isMulticast()', 'isIpv4()', 'isInRange(ip("10.0.0.0/24"))', 'isInRange(ip("::/0"))', 'isInRange(ip("1::/64"))'],
    decimal: ['lessThan(decimal("0.0"))', 'greaterThan(decimal("0.0"))', 'lessThanOrEqual(decimal("1.0"))'],
    datetime: ['toDate() == datetime("2026-11-22")', 'toTime() == duration("10h")', 'toTime() < duration("1h")'],
    duration: ['toMilliseconds() < 0', 'toSeconds() == 1', 'toDays() >= 1', 'toHours() < -5', 'toMinutes() == 0'],
  }
  const values = texts.map((one) => `${name}(${quoted(one)})`)
  const text = values.flatMap((value) => [
    `permit(principal, action, resource) when { ${value} == ${name}(${quoted(texts[0] ?? '')}) };`,
    ...(checks[name] ?? []).map((check) => `permit(principal, action, resource) when { ${value}.${check} };`),
  ]).join('\n')
  const { statements } = readPolicyText(text)
  const [request, entities] = [randomRequest(picksFrom(1)), randomEntities(picksFrom(1))]
  expect(statements.length).toBeGreaterThan(texts.length)
  const compiled = compilePolicies(rocketadmin, text)
  expect(compiled.isCompiled).toBe(true)
  expect(comparable(compiled.evaluate(request, entities))).toEqual(comparable(cedarPrepared('evaluation.test', text)(cedarRequestOf(statements, request, entities))))
})

test('numbers beyond 2^53 are left to Cedar, and no other operator is', () => {
  const [request, entities] = [randomRequest(picksFrom(1)), randomEntities(picksFrom(1))]
  const large = compilePolicies(rocketadmin, 'permit(principal, action, resource) when { 9007199254740993 == 9007199254740992 };')
  expect(large.isCompiled).toBe(false)
  expect(large.evaluate(request, entities).decision).toBe('deny')
  expect(large.explain(request, entities)).toMatchObject([{ outcome: 'not-matched', clause: null }])
  // numbers that only grow so large are computed here
  const grown = compilePolicies(rocketadmin, 'permit(principal, action, resource) when { 9007199254740991 + 2 == 9007199254740991 + 1 + 1 && 9007199254740991 + 2 != 9007199254740991 + 1 };')
  expect(grown.isCompiled).toBe(true)
  expect(grown.evaluate(request, entities).decision).toBe('allow')
})
