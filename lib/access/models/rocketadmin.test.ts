import { describe, expect, test } from 'vitest'
import { expandPermissions, findModel, permissionsOfRole } from './catalogue'

const model = findModel('rocketadmin')

/** Every action of the reference's schema with the type of its resource. */
const actions: [type: string, names: string[]][] = [
  ['connection', ['connection:read', 'connection:edit', 'connection:diagram']],
  ['group', ['group:read', 'group:edit']],
  ['table', ['table:read', 'table:query', 'table:add', 'table:edit', 'table:delete', 'table:ai-request']],
  ['column', ['column:read']],
  ['actionEvent', ['actionEvent:trigger']],
  ['dashboard', ['dashboard:read', 'dashboard:create', 'dashboard:edit', 'dashboard:delete']],
  ['panel', ['panel:read', 'panel:create', 'panel:edit', 'panel:delete']],
]

test.each(actions)('on %s: %j', (type, names) => {
  const declared = model.permissions.filter(({ appliesTo }) => appliesTo.includes(type)).map(({ name }) => name)
  expect(declared.sort()).toEqual([...names].sort())
})

test('there are no other actions', () => {
  expect(model.permissions.map(({ name }) => name).sort()).toEqual(actions.flatMap(([, names]) => names).sort())
})

test.each([
  ['group', ['connection'], { isMain: 'Boolean', connectionId: 'String' }],
  ['table', ['connection'], { connectionId: 'String' }],
  ['column', ['table'], { connectionId: 'String', tableName: 'String' }],
  ['actionEvent', ['table'], { connectionId: 'String', tableName: 'String' }],
  ['dashboard', ['connection'], { connectionId: 'String' }],
  ['panel', ['connection'], { connectionId: 'String' }],
])('%s lies under %j with its attributes', (name, parents, attributes) => {
  expect(model.resourceTypes.find((type) => type.name === name)).toMatchObject({ parents, attributes })
})

describe('the Admin group of a connection', () => {
  const held = permissionsOfRole(model, 'CONNECTION_ADMIN', 'connection')

  test('is made with it and cannot be edited', () => {
    expect(model.rules.groups).toEqual({ belongTo: 'connection', lockedGroup: { title: 'Admin', role: 'CONNECTION_ADMIN' } })
  })

  test('may do everything there, and reads the audit log', () => {
    expect(model.permissions.filter(({ name }) => !held.has(name))).toEqual([])
    expect(held.has('gatehouse/audit:read')).toBe(true)
    expect(held.has('gatehouse/policy:write')).toBe(true)
  })

  test('may not administer the company', () => {
    expect(held.has('gatehouse/member:write')).toBe(false)
    expect(model.roles.find(({ name }) => name === 'CONNECTION_ADMIN')?.assignableAt).toEqual(['connection'])
  })
})

test('a member of the company is ADMIN, DB_ADMIN or USER', () => {
  const company = model.roles.filter(({ assignableAt }) => assignableAt.includes('organization')).map(({ name }) => name)
  expect(company).toEqual(['ADMIN', 'DB_ADMIN', 'USER'])
  expect(model.rules).toMatchObject({ rolesPerMember: 'one', defaultRole: 'USER' })
  expect([...permissionsOfRole(model, 'USER', 'organization')].sort()).toEqual(['gatehouse/key:self', 'gatehouse/organization:read'])
})

test('`table:read` is an alias of querying the table with all its columns', () => {
  expect([...expandPermissions(model, ['table:read'])].sort()).toEqual(
    ['column:read', 'gatehouse/resource:read', 'table:query', 'table:read'])
})
