import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAccepted, judgeClaims, matchesEverything, matchesGlob, valuesOf } from './rules'
import { ConditionInput, CreateTrustedIssuerInput } from './schema'

describe('patterns', () => {
  test.each<[string, string, boolean]>([
    ['main', 'main', true], ['main', 'Main', false], ['main', 'main2', false], ['', '', true], ['', 'a', false],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/app:ref:refs/heads/main', true],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/app:x:ref:refs/heads/main', false],
    ['repo:acme*', 'repo:acme-evil', true], ['repo:acme*', 'repo:acme/app', false], ['repo:acme/*', 'repo:acme/app:pull_request', false],
    ['repo:acme/**', 'repo:acme/app:pull_request', true], ['**', '', true], ['*', '', true], ['*', 'a/b', false], ['a*b*c', 'abc', true], ['a*b*c', 'aXbYbZc', true], ['a*b*c', 'ab', false],
    ['refs/heads/*', 'refs/heads/feature/x', false], ['refs/heads/**', 'refs/heads/feature/x', true], ['a.c', 'abc', false], ['(a|b)', '(a|b)', true], ['\n*', '\nä', true], ['*𝄞', 'x𝄞', true],
  ])('%j on %j: %j', (pattern, text, fits) => expect(matchesGlob(pattern, text)).toBe(fits))

  test('agrees with a regular expression made of the pattern', () => {
    const signs = fc.constantFrom('a', 'b', '/', ':', '.', '*')
    const words = fc.array(signs, { maxLength: 10 }).map((list) => list.join(''))
    fc.assert(fc.property(words, words.map((text) => text.replaceAll('*', 'a')), (pattern, text) => {
      const source = pattern.replace(/\*\*+|\*|[^*]/g, (token) => (token === '*' ? '[^/:]*' : token.startsWith('**') ? '[^]*' : `\\${token}`.replace(/\\([ab/:])/, '$1')))
      expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${source}$`).test(text))
    }), { numRuns: 2000 })
  })

  test('a pattern made to take for ever takes no time', () => {
    expect(matchesGlob('*a'.repeat(140), `${'a'.repeat(4000)}b`)).toBe(false)
  })

  test('what everything fits is no condition', () => {
    expect(['*', '**', '***', '*a', ''].map(matchesEverything)).toEqual([true, true, true, false, false])
    expect(ConditionInput.safeParse({ claim: 'sub', operator: 'glob', values: ['ok', '**'] }).success).toBe(false)
    expect(ConditionInput.safeParse({ claim: 'sub', operator: 'equals', values: ['**'] }).success).toBe(true)
  })
})

test('values of claims', () => {
  expect([valuesOf('a'), valuesOf(['a', 1, ['b'], null]), valuesOf(true), valuesOf(null), valuesOf({ a: 'b' }), valuesOf(undefined)]).toEqual([['a'], ['a', '1'], ['true'], [], [], []])
})

describe('a judgement', () => {
  const terms = { audience: 'https://us.example', conditions: [{ claim: 'sub', operator: 'equals' as const, values: ['a', 'b'] }, { claim: 'ref', operator: 'glob' as const, values: ['refs/heads/*'] }] }

  test('every condition has to be met, each by one of its values', () => {
    expect(isAccepted(judgeClaims(terms, { aud: ['x', 'https://us.example'], sub: 'b', ref: 'refs/heads/main' }))).toBe(true)
    const findings = judgeClaims(terms, { aud: 'https://us.example/', sub: 'c', ref: 'refs/heads/main' })
    expect(findings.map(({ claim, isMet }) => [claim, isMet])).toEqual([['aud', false], ['sub', false], ['ref', true]])
  })

  test('a missing claim meets nothing, and what every object has is no claim', () => {
    expect(judgeClaims({ audience: 'x', conditions: [{ claim: 'constructor', operator: 'glob', values: ['a*'] }] }, { aud: 'x' })[1]).toMatchObject({ found: [], isMet: false })
  })
})

test.each<[string, object, string]>([
  ['no condition', { conditions: [] }, 'conditions'],
  ['a claim that is checked anyway', { conditions: [{ claim: 'aud', values: ['x'] }] }, 'conditions.0.claim'],
  ['no values', { conditions: [{ claim: 'sub', values: [] }] }, 'conditions.0.values'],
  ['an issuer that is no address', { issuer: 'github' }, 'issuer'],
  ['an issuer with a query', { issuer: 'https://ci.example/?a' }, 'issuer'],
  ['an issuer of another kind', { issuer: 'file:///etc' }, 'issuer'],
])('%s is refused', (_what, wrong, path) => {
  const good = { serviceAccountId: 'sva_019a0b6e-6100-7bbb-8c10-2a3b4c5d6e7f', name: 'ci', issuer: 'https://ci.example', conditions: [{ claim: 'sub', values: ['x'] }] }
  expect(CreateTrustedIssuerInput.safeParse(good).success).toBe(true)
  expect(CreateTrustedIssuerInput.safeParse({ ...good, ...wrong }).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})
