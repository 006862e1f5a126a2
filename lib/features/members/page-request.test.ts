import { expect, test } from 'vitest'
import { memberFilterOf, memberPageOf } from './page-request'

const NOTHING = { q: '', status: [], unused90Days: false, administrators: false, sort: { column: 'name', direction: 'asc' } }
const ROLE = 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f'

test.each([
  [{}, NOTHING],
  [{ q: ' jo ', status: ['pending', 'nonsense', 'active'] }, { ...NOTHING, q: 'jo', status: ['active', 'pending'] }],
  [{ status: 'suspended', role: ROLE, sort: '-last-seen' }, { ...NOTHING, status: ['suspended'], roleId: ROLE, sort: { column: 'last-seen', direction: 'desc' } }],
  [{ show: ['unused', 'administrators'] }, { ...NOTHING, unused90Days: true, administrators: true }],
  [{ role: 'any', sort: 'shoe-size', show: 'everything' }, NOTHING],
  [{ q: 'x'.repeat(300) }, { ...NOTHING, q: 'x'.repeat(200) }],
])('the address %j asks for %j', (params, filter) => {
  expect(memberFilterOf(params)).toEqual(filter)
})

test.each([
  [{}, { limit: 25, after: undefined, before: undefined, last: false }],
  [{ limit: '100', after: 'abc' }, { limit: 100, after: 'abc', before: undefined, last: false }],
  [{ limit: '5000', last: '1' }, { limit: 25, after: undefined, before: undefined, last: true }],
])('the address %j asks for the page %j', (params, page) => {
  expect(memberPageOf(params)).toEqual(page)
})
