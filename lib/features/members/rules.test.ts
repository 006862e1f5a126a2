import { expect, test } from 'vitest'
import { containing, parseMemberSort, searchWords, statusOf } from './rules'

const at = new Date('2026-11-22T12:00:00Z')

test.each([
  ['active', null, 'active'],
  ['suspended', null, 'suspended'],
  ['invited', '2026-11-22T12:00:01Z', 'pending'],
  ['invited', '2026-11-22T12:00:00Z', 'expired'],
  ['invited', null, 'pending'],
] as const)('a membership that is %s until %s is %s', (status, end, shown) => {
  expect(statusOf({ status, invitationExpiresAt: end === null ? null : new Date(end) }, at)).toBe(shown)
})

test.each([
  ['name', { column: 'name', direction: 'asc' }],
  ['-last-seen', { column: 'last-seen', direction: 'desc' }],
  ['-added', { column: 'added', direction: 'desc' }],
  ['roles', null],
  ['--name', null],
  ['', null],
])('the sort %j is %j', (text, sort) => {
  expect(parseMemberSort(text)).toEqual(sort)
})

test('a search is cut into at most eight words', () => {
  expect(searchWords('  jo   doe\0 ')).toEqual(['jo', 'doe'])
  expect(searchWords('a b c d e f g h i j')).toHaveLength(8)
})

test.each([['50%', '%50\\%%'], ['a_b', '%a\\_b%'], ['c\\d', '%c\\\\d%']])('%j is looked for literally', (word, pattern) => {
  expect(containing(word)).toBe(pattern)
})
