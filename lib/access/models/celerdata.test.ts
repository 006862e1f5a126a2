import { describe, expect, test } from 'vitest'
import { findModel, permissionsOfRole } from './catalogue'

const model = findModel('celerdata')

const privileges: [title: string, type: string, organizationAdmin: boolean, accountAdmin: boolean, isPublic: boolean][] = [
  ['View cluster', 'Cluster', true, true, false],
  ['Edit cluster', 'Cluster', true, true, false],
  ['Release cluster', 'Cluster', true, true, false],
  ['Create cluster', 'Account', true, true, false],
  ['Suspend & resume cluster', 'Account', true, true, false],
  ['Member management', 'Account', true, true, false],
  ['Role management', 'Account', true, true, false],
  ['Cloud settings management', 'Account', true, true, false],
  ['View and manage billing', 'Account', true, true, false],
  ['Configure alarm', 'Account', true, true, false],
  ['Organization management', 'Organization', true, false, false],
  ['Payment setting management', 'Organization', true, false, false],
]

test('there are twelve privileges of three types, in the order of the table', () => {
  expect(model.permissions.map(({ title, group }) => [title, group])).toEqual(privileges.map(([title, type]) => [title, type]))
})

describe.each(privileges)('%s (%s)', (title, _, organizationAdmin, accountAdmin, isPublic) => {
  const name = model.permissions.find((permission) => permission.title === title)?.name ?? ''
  test.each([['Organization admin', organizationAdmin], ['Account admin', accountAdmin], ['Public', isPublic]])('%s: %s', (role, cell) => {
    expect(permissionsOfRole(model, role, 'organization').has(name)).toBe(cell)
  })
})

test('three default roles: one unchangeable, one held by everyone', () => {
  expect(model.roles.map(({ name, floor, assignableAt }) => [name, floor ?? false, assignableAt])).toEqual([
    ['Organization admin', false, ['organization']],
    ['Account admin', false, ['organization', 'account']],
    ['Public', true, ['organization']],
  ])
  expect(model.roles.find(({ name }) => name === 'Account admin')?.immutable).toBe(true)
  expect(model.rules).toMatchObject({ rolesPerMember: 'many', customRoles: true })
})

test('organizations hold accounts, accounts clusters, clusters warehouses', () => {
  expect(model.resourceTypes.map(({ name, parents }) => [name, parents])).toEqual([
    ['organization', []], ['account', ['organization']], ['cluster', ['account']], ['warehouse', ['cluster']],
  ])
})

test('who makes an account becomes its admin and is protected there', () => {
  expect(model.resourceTypes.find(({ name }) => name === 'account')?.creator).toEqual({ role: 'Account admin', protected: true })
})

test('member management opens the Users tab', () => {
  const implied = model.permissions.find(({ title }) => title === 'Member management')?.implies
  expect(implied).toEqual(expect.arrayContaining(['member:read', 'member:write', 'assignment:write']))
})

test('a warehouse is made, scaled and deleted by whoever edits its cluster', () => {
  expect(model.resourceTypes.find(({ name }) => name === 'warehouse')?.guards?.create).toBe('cluster:edit')
})
