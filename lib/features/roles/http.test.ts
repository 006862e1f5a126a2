import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
})

const create = (body: object, headers = {}) => api('POST /roles', { key, body, headers })

test('a role is made, shown, changed and deleted', async () => {
  const made = await create({ name: 'Night watch', permissions: ['backup:manage'] })
  const id = String(made.body['id'])
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/roles/${id}`])
  expect(made.body).toMatchObject({
    name: 'Night watch', title: 'Night watch', description: '', group: 'Custom', builtIn: false, immutable: false, floor: false, resources: null, holders: 0,
    permissions: ['backup:manage', 'gatehouse/resource:read'],
  })
  const changed = await api(`PATCH /roles/${id}`, { key, body: { name: 'Night shift', description: 'For those on call.' } })
  expect([changed.status, changed.body['title'], changed.body['permissions']]).toEqual([200, 'Night shift', made.body['permissions']])
  expect((await api(`DELETE /roles/${id}`, { key })).status).toBe(204)
  expect((await api(`GET /roles/${id}`, { key })).status).toBe(404)
})

test('wrong fields are named by pointer', async () => {
  const { status, body } = await create({ name: '', permissions: ['fly'], resources: [] })
  expect([status, body['errors']]).toEqual([422, expect.arrayContaining([expect.objectContaining({ pointer: '#/name' }), expect.objectContaining({ pointer: '#/resources' })])])
  const unknown = await create({ name: 'X', permissions: ['fly'] })
  expect(unknown.body['errors']).toEqual([{ pointer: '#/permissions/0', detail: 'There is no permission `fly`' }])
})

test('a name that is taken is 409', async () => {
  await create({ name: 'Taken' })
  const { status, body } = await create({ name: 'TAKEN' })
  expect([status, body['type']]).toEqual([409, expect.stringContaining('already-exists')])
})

test('more than one holds is 403, with the permission and the scope', async () => {
  const author = await makeMember(org, ['role:read', 'role:write'])
  const { status, body } = await api('POST /roles', { key: await makeKey(org, author), body: { name: 'Too much', permissions: ['gatehouse/member:write'] } })
  expect([status, body['permission'], body['scope']]).toEqual([403, 'gatehouse/member:write', org.id])
})

test('the same request with an idempotency key makes one role', async () => {
  const headers = { 'idempotency-key': 'once' }
  const [first, second] = [await create({ name: 'Once' }, headers), await create({ name: 'Once' }, headers)]
  expect([first.status, second.status, second.body['id']]).toEqual([201, 201, first.body['id']])
})

describe('versions', () => {
  test('a change on another version is 412; holders do not make one', async () => {
    const { body } = await create({ name: 'Versioned' })
    const path = `/roles/${String(body['id'])}`
    const { headers } = await api(`GET ${path}`, { key })
    const etag = headers.get('etag') ?? ''
    const member = await makeMember(org)
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId: String(body['id']), scopeId: org.id } })
    expect((await api(`PATCH ${path}`, { key, body: { description: 'one' }, headers: { 'if-match': etag } })).status).toBe(200)
    expect((await api(`PATCH ${path}`, { key, body: { description: 'two' }, headers: { 'if-match': etag } })).status).toBe(412)
    expect((await api(`DELETE ${path}?replaceWith=viewer`, { key, headers: { 'if-match': etag } })).status).toBe(412)
  })
})

test('a role in use is 409 until another takes its place', async () => {
  const { body } = await create({ name: 'In use' })
  const id = String(body['id'])
  const member = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId: id, scopeId: org.id } })
  const refused = await api(`DELETE /roles/${id}`, { key })
  expect([refused.status, refused.body['detail']]).toEqual([409, '`In use` is held by 1 person; say which role they get instead'])
  expect((await api(`GET /roles/${id}`, { key })).body['holders']).toBe(1)
  expect((await api(`DELETE /roles/${id}?replaceWith=viewer`, { key })).status).toBe(204)
  expect((await db().roleAssignment.findFirstOrThrow({ where: { organizationId: org.id, membershipId: member.id } })).roleId).toBe(org.roleIds.get('viewer'))
})

test('built-in roles are immutable', async () => {
  const id = org.roleIds.get('viewer') ?? ''
  const refused = await api(`PATCH /roles/${id}`, { key, body: { permissions: [] } })
  expect([refused.status, refused.body['detail']]).toEqual([409, '`Viewer` is built into the Standard model and cannot be changed; duplicate it and change the copy'])
  expect((await api(`DELETE /roles/${id}`, { key })).status).toBe(409)
  expect((await api(`GET /roles/${id}`, { key })).body).toMatchObject({ builtIn: true, immutable: true, group: 'Organization' })
})

test('holders are not told to those who may not see who holds what', async () => {
  const reader = await makeMember(org, ['role:read'])
  const { body } = await api('GET /roles?limit=1', { key: await makeKey(org, reader) })
  expect(body['data']).toEqual([expect.objectContaining({ holders: null })])
})

describe('with dryRun', () => {
  test('a change tells who gains and who loses what, and changes nothing', async () => {
    const { body } = await create({ name: 'Tried out', permissions: ['gatehouse/audit:read'] })
    const path = `/roles/${String(body['id'])}`
    const member = await makeMember(org)
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId: String(body['id']), scopeId: org.id } })
    const told = await api(`PATCH ${path}?dryRun=true`, { key, body: { permissions: ['gatehouse/billing:read'] } })
    const line = (name: string, title: string) => ({ principal: { type: 'user', id: member.id, name: member.email }, resource: { type: 'organization', id: org.id, name: org.name }, permissions: [{ name, title }] })
    expect([told.status, told.body]).toEqual([200, {
      losses: [line('gatehouse/audit:read', 'Read audit log')], gains: [line('gatehouse/billing:read', 'View billing')], moreLosses: 0, moreGains: 0, lookedAt: 1, unseenMembers: 0, since: null, undecided: [],
    }])
    expect((await api(`GET ${path}`, { key })).body['permissions']).toEqual(['gatehouse/audit:read'])
    const gone = await api(`DELETE ${path}?dryRun=true&replaceWith=billing-viewer`, { key })
    expect([gone.status, gone.body['losses']]).toEqual([200, [line('gatehouse/audit:read', 'Read audit log')]])
    expect((await api(`DELETE ${path}?dryRun=true&with=viewer`, { key })).status).toBe(422)
    expect((await api(`GET ${path}`, { key })).status).toBe(200)
  })

  test('is refused as the change itself would be', async () => {
    const author = await makeMember(org, ['role:read', 'role:write'])
    const { body } = await create({ name: 'Not theirs' })
    const refused = await api(`PATCH /roles/${String(body['id'])}?dryRun=true`, { key: await makeKey(org, author), body: { permissions: ['gatehouse/member:write'] } })
    expect([refused.status, refused.body['permission']]).toEqual([403, 'gatehouse/member:write'])
  })
})

test('a role that a token holds stays until the token goes', async () => {
  const { body } = await create({ name: 'Of a token' })
  const id = String(body['id'])
  await db().applicationToken.create({ data: { id: newId('token'), organizationId: org.id, publicId: newId('token'), secretHash: '', roleId: id, scopeId: org.id } })
  const refused = await api(`DELETE /roles/${id}?replaceWith=viewer`, { key })
  expect([refused.status, refused.body['detail']]).toEqual([409, '`Of a token` is held by 1 application token, which cannot get another; delete it first'])
})
