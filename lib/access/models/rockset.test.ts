import { describe, expect, test } from 'vitest'
import { findModel, permissionsOfRole } from './catalogue'

const model = findModel('rockset')

/** The design document's matrix: `-` none, `r` read, `rw` read and write. */
const matrix: [resource: string, prefix: string, readOnly: string, member: string, administrator: string][] = [
  ['Users', 'user', '-', 'r', 'rw'],
  ['Integrations', 'integration', '-', 'rw', 'rw'],
  ['Workspaces', 'workspace', 'r', 'rw', 'rw'],
  ['Collections', 'collection', 'r', 'rw', 'rw'],
  ['Query Lambdas', 'query-lambda', 'rw', 'rw', 'rw'],
  ['Self’s API keys', 'own-api-key', 'rw', 'rw', 'rw'],
  ['Others’ API keys', 'others-api-key', '-', '-', 'rw'],
]

const cellOf = (role: string, prefix: string) => {
  const held = permissionsOfRole(model, role, 'organization')
  return (held.has(`${prefix}:read`) ? 'r' : '') + (held.has(`${prefix}:write`) ? 'w' : '') || '-'
}

describe.each(matrix)('%s', (_, prefix, readOnly, member, administrator) => {
  test.each([['Read-Only', readOnly], ['Member', member], ['Administrator', administrator]])('%s: %s', (role, cell) => {
    expect(cellOf(role, prefix)).toBe(cell)
  })
})

test('there are three roles, exactly one a user, none of one’s own', () => {
  expect(model.roles.map(({ name }) => name)).toEqual(['Administrator', 'Member', 'Read-Only'])
  expect(model.rules).toMatchObject({ rolesPerMember: 'one', customRoles: false, founderRoles: ['Administrator'] })
})

test('members cannot change organization, billing or other users', () => {
  const held = permissionsOfRole(model, 'Member', 'organization')
  for (const name of ['settings:write', 'billing:write', 'user:write', 'gatehouse/organization:write', 'gatehouse/member:write',
    'gatehouse/billing:write', 'gatehouse/assignment:write', 'gatehouse/key:others', 'gatehouse/allowlist:read'])
    expect(held.has(name), name).toBe(false)
  expect(held.has('gatehouse/member:read')).toBe(true)
})

test('whoever only reads may make query lambdas and nothing else in the tree', () => {
  const held = permissionsOfRole(model, 'Read-Only', 'organization')
  const guards = model.resourceTypes.map(({ name, guards: of }) => [name, held.has(of?.create ?? '')])
  expect(guards).toEqual([['organization', false], ['integration', false], ['workspace', false], ['collection', false],
    ['query-lambda', true]])
})
