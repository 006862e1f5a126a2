import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findModel, permissionsOfRole } from './catalogue'

const model = findModel('astra')

const [header = [], ...rows] = readFileSync(new URL('./testdata/astra-roles.csv', import.meta.url), 'utf8')
  .trim().split(/\r?\n/).map((line) => line.split(','))
const roles = header.slice(2)

test('the table has 48 permissions and 16 roles, and so has the model, in its order', () => {
  expect([rows.length, roles.length]).toEqual([48, 16])
  expect(model.permissions.map(({ name }) => name)).toEqual(rows.map(([name]) => name))
  expect(model.roles.map(({ name }) => name)).toEqual(roles)
})

describe.each(rows.map(([name = '', title = '', ...cells]) => ({ name, title, cells })))('$name', ({ name, title, cells }) => {
  test.each(roles.map((role, index) => [role, cells[index] === '1'] as const))('%s: %s', (role, cell) => {
    expect(permissionsOfRole(model, role, 'organization').has(name)).toBe(cell)
  })

  test('carries its console name', () => {
    if (title.startsWith('(')) return
    expect(model.permissions.find((permission) => permission.name === name)?.title).toBe(title)
  })
})

/** The counts under the reference table, as a check on the CSV itself. */
test.each([
  ['Admin User', 36], ['RO User', 10], ['R/W User', 11], ['API Admin User', 35], ['API RO User', 9], ['API R/W User', 10],
  ['Admin Svc Acct', 34], ['RO Svc Acct', 8], ['R/W Svc Acct', 9], ['API Admin Svc Acct', 35], ['API RO Svc Acct', 7],
  ['API R/W Svc Acct', 8], ['Billing Admin', 4], ['Database Administrator', 36], ['Organization Administrator', 48],
  ['UI View Only', 3],
])('%s has %i permissions', (role, count) => {
  expect(model.roles.find(({ name }) => name === role)?.permissions).toHaveLength(count)
})

test('roles come under the three headings of the invitation', () => {
  const groups = new Map<string, string[]>()
  for (const { name, group } of model.roles) groups.set(group, [...(groups.get(group) ?? []), name])
  expect([...groups.keys()].sort()).toEqual(['API Access', 'Database, Keyspace, or Table Access', 'Organization Access'])
  expect(groups.get('Organization Access')?.sort()).toEqual(
    ['Billing Admin', 'Database Administrator', 'Organization Administrator', 'UI View Only'])
})

test('writing users, reading audits and managing tokens open Gatehouse’s own doors', () => {
  const implied = (name: string) => model.permissions.find((permission) => permission.name === name)?.implies
  expect(implied('org-user-write')).toContain('member:write')
  expect(implied('org-audits-read')).toEqual(['audit:read'])
  expect(implied('org-token-write')).toEqual(['token:read', 'token:write'])
})
