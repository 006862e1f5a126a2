import { expect, test } from 'vitest'
import { findModel } from '@/lib/access/models/catalogue'
import { describeModel } from './describe'

const countsOf = (model: string) => Object.fromEntries(describeModel(findModel(model)).roleGroups.flatMap(({ roles }) => roles.map(({ name, permissions }) => [name, permissions])))

test('a role is told with as many of the model’s permissions as the list of roles counts, included ones too', () => {
  expect(countsOf('rockset')).toEqual({ Administrator: 16, Member: 11, 'Read-Only': 6 })
  expect(countsOf('celerdata')).toEqual({ 'Organization admin': 12, 'Account admin': 10, Public: 0 })
  expect(countsOf('rocketadmin')).toEqual({ ADMIN: 21, DB_ADMIN: 0, USER: 0, CONNECTION_ADMIN: 21 })
})
