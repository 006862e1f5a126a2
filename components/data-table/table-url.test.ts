import { expect, test } from 'vitest'
import type { OptionsFilter } from './table-types'
import { addressOf, ANY, changeParams, filterValues, nextSort, sortParam } from './table-url'

const params = (text: string) => new URLSearchParams(text)
const status: OptionsFilter = { id: 'status', label: 'Status', options: [] }

test.each([
  ['a filter begins at the first page', 'q=ops&after=x', { status: ['active', 'pending'] }, 'q=ops&status=active&status=pending'],
  ['null removes', 'q=ops&status=active', { status: null }, 'q=ops'],
  ['an empty list removes', 'status=active&status=pending', { status: [] }, ''],
  ['an empty text removes', 'q=ops', { q: '' }, ''],
  ['a page replaces the other page parameters', 'sort=-added&before=x', { after: 'y' }, 'sort=-added&after=y'],
  ['the first page has none', 'sort=-added&last=1', {}, 'sort=-added'],
  ['an open dialog is not kept', 'dialog=invite&q=ops', { sort: 'email' }, 'q=ops&sort=email'],
])('%s', (_, before, changes, after) => {
  expect(changeParams(params(before), changes).toString()).toBe(after)
})

test('an address has no lonely question mark', () => {
  expect(addressOf('/acme/users', params(''))).toBe('/acme/users')
  expect(addressOf('/acme/users', params('q=ops'))).toBe('/acme/users?q=ops')
})

test('a filter says its default until the address says otherwise', () => {
  const withDefault = { ...status, defaultValues: ['active'] }
  expect(filterValues(withDefault, params(''))).toEqual(['active'])
  expect(filterValues(withDefault, params(`status=${ANY}`))).toEqual([])
  expect(filterValues(status, params('status=pending&status=expired'))).toEqual(['pending', 'expired'])
})

test('a span of time has two ends', () => {
  expect(filterValues({ id: 'time', label: 'Time', kind: 'dates' }, params('timeFrom=2026-11-22T10:00'))).toEqual(['2026-11-22T10:00', ''])
})

test('a header begins in its own direction and turns when pressed again', () => {
  expect(sortParam(nextSort('seen', 'desc', undefined))).toBe('-seen')
  expect(sortParam(nextSort('seen', 'desc', { column: 'seen', direction: 'desc' }))).toBe('seen')
  expect(sortParam(nextSort('name', 'asc', { column: 'seen', direction: 'desc' }))).toBe('name')
})
