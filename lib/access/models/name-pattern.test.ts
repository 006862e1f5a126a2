import { expect, test } from 'vitest'
import { accessModels } from './catalogue'
import { patternProblem } from './name-pattern'

test.each([
  ['^[a-z][a-z0-9-]{1,38}[a-z0-9]$', null], ['^(?:eu|us)-[a-z]+$', null], ['^a?(b|c)?d*$', null], ['^[()+*{}]+$', null], [String.raw`^\(+\)$`, null], ['^a{3}b{3}c{3}d{3}$', null],
  ['(', 'not a regular expression'], ['^(a+)+$', 'a group cannot be repeated here'], ['^(a|a)*$', 'a group cannot be repeated here'], ['^(?:ab){2,}$', 'a group cannot be repeated here'],
  [String.raw`^(a*)\1$`, 'back references cannot be used here'], ['^(?=.{3,40}$)[a-z]+$', null],
  ['^a*b*c*d*$', 'at most 3 repetitions of unknown length can be used here'],
])('%s: %s', (pattern, problem) => {
  expect(patternProblem(pattern)).toBe(problem)
})

test('the patterns of the built-in models are accepted', () => {
  for (const { rules } of Object.values(accessModels))
    for (const { namePattern } of Object.values(rules.limits ?? {})) if (namePattern !== undefined) expect(patternProblem(namePattern)).toBeNull()
})
