import { beforeAll, describe, expect, test } from 'vitest'
import { enter, requirePermission } from '@/lib/access/enter'
import type { Ctx } from '@/lib/access/context'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { editPolicy, formatPolicy, readPolicy } from './editing'
import { editingCatalogue } from './editing-catalogue'
import { searchEntities, searchPolicyResources } from './editing-search'

testDatabase()

let org: TestOrganization
let groupId: string
const [connectionId, tableId, otherId] = [newId('resource'), newId('resource'), newId('resource')]

beforeAll(async () => {
  org = await makeOrganization('rocketadmin')
  const of = (id: string, type: string, parentId: string, name: string, externalId: string) =>
    db().resource.create({ data: { id, organizationId: org.id, type, parentId, name, externalId } })
  await of(connectionId, 'connection', org.id, 'Shop', '1234')
  await of(otherId, 'connection', org.id, 'Warehouse', '5678')
  await of(tableId, 'table', connectionId, 'Products', '1234/products')
  await of(newId('resource'), 'table', otherId, 'Parts', '5678/parts')
  groupId = newId('group')
  await db().group.create({ data: { id: groupId, organizationId: org.id, name: 'Support', resourceId: connectionId } })
})

const asReader = async (who: TestMember = org.admin): Promise<Ctx<'group:read'>> => requirePermission(await enter(db(), who.actor, org.id), 'group:read')

const READ = 'permit(\n  principal,\n  action == RocketAdmin::Action::"table:read",\n  resource == RocketAdmin::Table::"1234/products"\n);\n'

test('a text is read as a form with names, and with what only the code shows', async () => {
  const text = `// why\n${READ}\npermit(principal, action == RocketAdmin::Action::"table:add", resource) when { context has ip };\n` +
    'permit(principal, action == RocketAdmin::Action::"table:edit", resource == RocketAdmin::Table::"5678/parts");\n'
  const { rows, isParsed } = await readPolicy(await asReader(), { ownerId: groupId, text })
  expect(isParsed).toBe(true)
  expect(rows).toMatchObject([
    { kind: 'row', category: 'Table', choice: 'table:read', title: 'Read table', place: { name: 'Products', detail: 'Table', isMissing: false } },
    { kind: 'code', effect: 'permit', reason: 'has-condition' },
    { kind: 'row', title: 'Edit rows', place: { name: '5678/parts', isMissing: true } },
  ])
})

test('places are told in words', async () => {
  const lines = [
    'permit(principal, action, resource);',
    'permit(principal, action == RocketAdmin::Action::"table:read", resource);',
    'permit(principal, action == RocketAdmin::Action::"table:read", resource is RocketAdmin::Table);',
    'permit(principal, action == RocketAdmin::Action::"table:read", resource in RocketAdmin::Connection::"1234");',
    'permit(principal, action == RocketAdmin::Action::"table:read", resource is RocketAdmin::Table in RocketAdmin::Connection::"1234");',
    `permit(principal, action == RocketAdmin::Action::"group:edit", resource == RocketAdmin::Group::"${groupId}");`,
    'permit(principal, action in [RocketAdmin::Action::"table:add", RocketAdmin::Action::"table:edit"], resource);',
  ]
  const { rows } = await readPolicy(await asReader(), { ownerId: groupId, text: lines.join('\n') })
  expect(rows.map((row) => row.kind === 'row' && [row.category, row.title, row.place.name, row.place.detail])).toEqual([
    ['General', 'Everything', 'Everywhere', ''],
    ['Table', 'Read table', 'All tables', ''],
    ['Table', 'Read table', 'All tables', ''],
    ['Table', 'Read table', 'Shop', 'Connection, and everything below'],
    ['Table', 'Read table', 'Shop', 'Connection, all tables below'],
    ['Group', 'Edit groups', 'Support', 'Group'],
    ['Table', 'Add rows, Edit rows', 'All tables', ''],
  ])
})

test('what does not parse has no form, and says where', async () => {
  const reading = await readPolicy(await asReader(), { ownerId: groupId, text: `${READ}permit(principal, action resource);` })
  expect(reading).toMatchObject({ isParsed: false, rows: [] })
  expect(reading.problems).toMatchObject([{ severity: 'error', statement: 1 }])
  expect(reading.problems[0]?.start).toBeGreaterThan(READ.length)
})

test('an edit answers the new text and what it says', async () => {
  const ctx = await asReader()
  const added = await editPolicy(ctx, { ownerId: groupId, text: '// mine\n', edit: { kind: 'add', row: { permissions: ['table:read'], resource: { kind: 'one', type: 'table', id: '1234/products' } } } })
  expect(added.text).toBe(`// mine\n\n${READ}`)
  expect(added.reading.rows).toMatchObject([{ title: 'Read table', place: { name: 'Products' } }])
  await expect(editPolicy(ctx, { ownerId: groupId, text: 'permit(', edit: { kind: 'delete', index: 0 } })).rejects.toThrow('cannot be read')
  expect((await formatPolicy(ctx, { ownerId: groupId, text: READ.replaceAll('\n', ' ') })).text.split('\n').length).toBeGreaterThan(2)
})

describe('searches', () => {
  test('find resources by the words of their name, in the group’s connection only', async () => {
    const ctx = await asReader()
    expect(await searchPolicyResources(ctx, { ownerId: groupId, q: '', types: ['table'] })).toEqual([{ type: 'table', id: '1234/products', name: 'Products', detail: 'Table in Shop' }])
    expect(await searchPolicyResources(ctx, { ownerId: org.id, q: 'part', types: ['table', 'connection'] })).toEqual([{ type: 'table', id: '5678/parts', name: 'Parts', detail: 'Table in Warehouse' }])
    expect(await searchPolicyResources(ctx, { ownerId: groupId, q: '%', types: 'any' })).toEqual([])
    expect((await searchPolicyResources(ctx, { ownerId: groupId, q: '', types: 'any' })).map(({ name }) => name)).toEqual(['Products', 'Shop', 'Support'])
  })

  test('find people for whoever may see them', async () => {
    const person = await makeMember(org)
    const ask = { ownerId: groupId, q: person.email, finds: 'user' as const, type: 'user' }
    expect(await searchEntities(await asReader(), ask)).toEqual([{ id: person.id, name: person.email, detail: '' }])
    expect(await searchEntities(await asReader(await makeMember(org, ['group:read'])), ask)).toEqual([])
  })

  test('another organization’s group does not exist', async () => {
    const elsewhere = await makeOrganization()
    const other = newId('group')
    await db().group.create({ data: { id: other, organizationId: elsewhere.id, name: 'Theirs' } })
    await expect(searchPolicyResources(await asReader(), { ownerId: other, q: '', types: 'any' })).rejects.toThrow('no group')
    await expect(readPolicy(await asReader(), { ownerId: other, text: READ })).rejects.toThrow('no group')
  })
})

test('the catalogue says what lies below a type, and which actions are about any', () => {
  const { types, categories } = editingCatalogue(rocketadmin)
  expect(new Set(types.find(({ name }) => name === 'connection')?.below)).toEqual(new Set(['group', 'table', 'column', 'actionEvent', 'dashboard', 'panel']))
  expect(categories.map(({ title }) => title)).toEqual(['General', 'Connection', 'Group', 'Table', 'Dashboard'])
})
