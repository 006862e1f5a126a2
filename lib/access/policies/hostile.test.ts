import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cedarParses } from '@/lib/access/policies/testing/cedar-alive'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { checkPolicyText } from './check'
import { compilePolicies } from './compile'
import { formOf } from './form'
import { DEPTH_MAX, formatPolicyText, POLICY_BYTES_MAX, STATEMENTS_MAX } from './policy-text'
import { depthOf, statementTokens } from './statements'
import { picksFrom, randomEntities, randomRequest } from './testing/random-policies'

const when = (condition: string) => `permit(principal, action, resource) when { ${condition} };`

/** Conditions that grow deep or long with a number. */
const growing: Record<string, (size: number) => string> = {
  brackets: (size) => `${'('.repeat(size)}true${')'.repeat(size)}`,
  sets: (size) => `${'['.repeat(size)}${']'.repeat(size)} == [[]]`,
  records: (size) => `${'{a: '.repeat(size)}1${'}'.repeat(size)} == {a: 1}`,
  comparisons: (size) => `${'(1 == '.repeat(size)}1${')'.repeat(size)}`,
  conjunctions: (size) => `true${' && true'.repeat(size)}`,
  disjunctions: (size) => `false${' || principal == resource'.repeat(size)}`,
  sums: (size) => `1${' + 1'.repeat(size)} == 2`,
  products: (size) => `1${' * 1'.repeat(size)} == 2`,
  negations: (size) => `${'!'.repeat(size)}true`,
  minuses: (size) => `${'-'.repeat(size)}1 == 1`,
  choices: (size) => `${'if true then true else '.repeat(size)}true`,
  'choices inside': (size) => `${'if '.repeat(size)}true${' then true else true'.repeat(size)}`,
  attributes: (size) => `principal${'.a'.repeat(size)} == 1`,
  indexes: (size) => `principal${'["a"]'.repeat(size)} == 1`,
  methods: (size) => `[1]${'.isEmpty()'.repeat(size)}`,
  arguments: (size) => `${'[1].contains('.repeat(size)}1${')'.repeat(size)}`,
  paths: (size) => `{} has a${'.a'.repeat(size)}`,
  'brackets in sums': (size) => `${'(1 + 1 + 1 + '.repeat(size)}1${')'.repeat(size)} == 1`,
  'brackets behind sums': (size) => `1 == ${'1 + ('.repeat(size)}1${')'.repeat(size)}`,
  types: (size) => `principal in ${'A::'.repeat(size)}B::"x"`,
  patterns: (size) => `"${'a'.repeat(60)}b" like "${'*a'.repeat(size)}*c"`,
  'long lists': (size) => `[${'1, '.repeat(size)}1].contains(2)`,
  'unclosed brackets': (size) => '('.repeat(size),
  'closed brackets only': (size) => ')'.repeat(size),
  clauses: (size) => `true }${' when { true }'.repeat(size)} when { true`,
}

const [request, entities] = [randomRequest(picksFrom(7)), randomEntities(picksFrom(7))]

/** Everything one may do with a text; answers how long it took, in milliseconds of this process. */
function exercise(text: string): number {
  const before = process.cpuUsage()
  checkPolicyText(rocketadmin, text)
  formOf(rocketadmin, text)
  formatPolicyText(text)
  try {
    const compiled = compilePolicies(rocketadmin, text)
    compiled.evaluate(request, entities)
    compiled.explain(request, entities)
  } catch (error) {
    expect(error).toMatchObject({ name: 'AppError', code: 'invalid-input' })
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe.each(Object.entries(growing))('%s', (_, grow) => {
  test('do no harm however many', { timeout: 60_000 }, () => {
    for (const size of [10, 25, 29, 31, 33, 45, 60, 80, 93, 96, 120, 256, 1_000, 5_000, 20_000]) {
      const text = when(grow(size))
      if (text.length <= POLICY_BYTES_MAX + 100) expect(exercise(text)).toBeLessThan(4_000)
    }
    expect(cedarParses()).toBe(true)
  })
})

test('the deepest that is let through, of several kinds at once, does no harm', { timeout: 60_000 }, () => {
  const kinds = Object.values(growing)
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.nat(30)), { minLength: 2, maxLength: 5 }), (parts) => {
    // each a condition of its own, joined, and one inside the other
    const conditions = parts.map(([kind, size]) => `(${(kinds[kind] ?? (() => 'true'))(size)})`)
    exercise(when(conditions.join(' && ')))
    exercise(when(conditions.reduce((inner, outer) => `if ${outer} then ${inner} else (${inner})`.slice(0, 20_000), 'true')))
    expect(cedarParses()).toBe(true)
  }), { numRuns: 25, seed: 5 })
})

/** Calls from a stack of which a quarter is used. */
const deepDown = (frames: number, run: () => void): void => (frames === 0 ? run() : [0].forEach(() => deepDown(frames - 1, run)))

test('what is just let through does no harm where a quarter of the stack is used', { timeout: 60_000 }, () => {
  for (const grow of Object.values(growing)) {
    const fits = (size: number) => depthOf(statementTokens(when(grow(size)))[0] ?? []).depth <= DEPTH_MAX
    const largest = Array.from({ length: 100 }, (_, size) => size).findLast(fits) ?? 1
    deepDown(800, () => exercise(when(grow(largest))))
  }
  expect(cedarParses()).toBe(true)
})

test('depth is refused with its place', () => {
  const text = `permit(principal, action, resource);\n${when(growing['brackets']?.(80) ?? '')}`
  const { problems, isValid } = checkPolicyText(rocketadmin, text)
  expect(isValid).toBe(false)
  expect(problems).toMatchObject([{ message: 'nested too deeply', statement: 1, severity: 'error' }])
  expect(text.charAt(problems[0]?.start ?? 0)).toBe('(')
})

test('ordinary statements are far from the limit of depth', () => {
  const depth = (condition: string) => depthOf(statementTokens(when(condition))[0] ?? []).depth
  expect(depth('context has ip && context.ip.isInRange(ip("10.0.0.0/8")) && resource.labels.contains("x")')).toBeLessThan(30)
  const list = Array.from({ length: 80 }, (_, index) => `resource.connectionId == "${index}"`).join(' || ')
  expect(depth(list)).toBeLessThan(DEPTH_MAX)
  expect(checkPolicyText(rocketadmin, when(list).replace('resource)', 'resource is RocketAdmin::Table)')).problems).toEqual([])
  // many annotations and long lists are not deep
  const wide = `${Array.from({ length: 100 }, (_, index) => `@a${index}("x")`).join('\n')}\n${when(`[${'"x", '.repeat(500)}"y"].contains("y")`)}`
  expect(checkPolicyText(rocketadmin, wide).problems).toEqual([])
})

test('too long and too many are refused before they are read', () => {
  expect(checkPolicyText(rocketadmin, ' '.repeat(POLICY_BYTES_MAX)).problems).toEqual([])
  expect(checkPolicyText(rocketadmin, ' '.repeat(POLICY_BYTES_MAX + 1)).problems).toMatchObject([{ message: 'the text is longer than 64 KiB' }])
  expect(checkPolicyText(rocketadmin, `// ${'ü'.repeat(POLICY_BYTES_MAX / 2)}`).problems).toMatchObject([{ message: 'the text is longer than 64 KiB' }])
  const many = 'permit(principal,action,resource);'
  expect(checkPolicyText(rocketadmin, many.repeat(STATEMENTS_MAX)).isValid).toBe(true)
  expect(checkPolicyText(rocketadmin, many.repeat(STATEMENTS_MAX + 1)).problems).toMatchObject([{ message: '501 statements, 500 at most' }])
  expect(exercise(';'.repeat(POLICY_BYTES_MAX))).toBeLessThan(2_000)
})

test('the most that fits is answered in seconds', { timeout: 60_000 }, () => {
  const fill = (statement: string) => statement.repeat(Math.min(STATEMENTS_MAX, Math.floor(POLICY_BYTES_MAX / statement.length)))
  expect(exercise(fill(when('context has ip&&context.ip.isInRange(ip("10.0.0.0/8"))&&principal==principal')))).toBeLessThan(10_000)
  expect(exercise(fill(when('action==RocketAdmin::Action::"table:read"&&context has ip')))).toBeLessThan(10_000)
  expect(exercise(fill('forbid(principal,action==RocketAdmin::Action::"nope",resource)when{resource.x==1};'))).toBeLessThan(10_000)
})

test('whatever the text, it is answered and Cedar lives on', { timeout: 60_000 }, () => {
  const words = ['permit', 'forbid', '(', ')', '{', '}', '[', ']', ';', ',', '"', '\\', '//', '\n', ' ', 'principal', 'action', 'resource', '::', '@a', 'when', '==', 'in', 'is',
    '😀', '\u0000', '\ud800', '\ufeff', '?principal', '1', '-', 'RocketAdmin::Table::"x"', 'if', 'permit(principal, action, resource);']
  fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => {
    const text = parts.join('')
    exercise(text)
    for (const { start, end } of checkPolicyText(rocketadmin, text).problems) {
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeGreaterThanOrEqual(start)
      expect(end).toBeLessThanOrEqual(text.length)
    }
  }), { numRuns: 300 })
  expect(cedarParses()).toBe(true)
})
