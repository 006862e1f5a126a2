import { expect, test } from 'vitest'
import { findModel } from '@/lib/access/models/catalogue'
import { describePermissions } from './describe'

test('what a role permits is told in the model’s own words first, and Gatehouse’s groups stay apart from those of the same title', () => {
  const told = describePermissions(findModel('astra'), new Set(['gatehouse/organization:read', 'org-db-view', 'db-table-select']))
  expect(told.map(({ group, permissions }) => [group, permissions.map(({ name }) => name)])).toEqual([
    ['Organization', ['org-db-view']], ['Table', ['db-table-select']], ['Gatehouse: Organization', ['gatehouse/organization:read']],
  ])
})
