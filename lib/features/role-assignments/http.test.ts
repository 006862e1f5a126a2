import { beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, testApi, type ApiReply, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey
let member: TestMember
let prod: string
let cluster: string

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
  member = await makeMember(org)
  prod = newId('folder')
  cluster = newId('cluster')
  await db().resource.create({ data: { id: prod, organizationId: org.id, type: 'folder', parentId: org.id, name: 'prod' } })
  await db().resource.create({ data: { id: cluster, organizationId: org.id, type: 'cluster', parentId: prod, name: 'one' } })
})

const dataOf = ({ body }: ApiReply): Record<string, unknown>[] => (Array.isArray(body['data']) ? body['data'] : [])

test('is given, listed where it reaches, prolonged against the version that was read, and taken away', async () => {
  const body = { principal: { type: 'user', id: member.id }, role: 'Cluster operator', scope: { type: 'folder', id: prod }, expiresAt: '2999-01-01T00:00:00+01:00', reason: 'on call' }
  const created = await api('POST /role-assignments', { key, body, headers: { 'idempotency-key': 'once' } })
  const id = String(created.body['id'])
  expect([created.status, created.headers.get('location'), created.body]).toEqual([201, `/api/v1/role-assignments/${id}`, {
    id, principal: { type: 'user', id: member.id, name: member.email }, role: { id: org.roleIds.get('cluster-operator'), name: 'cluster-operator', title: 'Cluster operator' },
    scope: { type: 'folder', id: prod, name: 'prod' }, expiresAt: '2998-12-31T23:00:00.000Z', isEnded: false, reason: 'on call', grantedBy: org.admin.email, createdAt: expect.any(String),
  }])
  expect((await api('POST /role-assignments', { key, body, headers: { 'idempotency-key': 'once' } })).body['id']).toBe(id)
  expect((await api('POST /role-assignments', { key, body })).status).toBe(409)

  const reaching = await api(`GET /role-assignments?reaching=${cluster}&type=user`, { key })
  expect(dataOf(reaching).map((row) => [row['id'] === id, row['inherited']])).toEqual([[true, true], [false, true]])
  expect(dataOf(await api(`GET /role-assignments?scope=${prod}&principal=${member.id}`, { key })).map((row) => [row['id'], row['inherited']])).toEqual([[id, false]])

  const read = await api(`GET /role-assignments/${id}`, { key })
  const match = { 'if-match': read.headers.get('etag') ?? '' }
  const changed = await api(`PATCH /role-assignments/${id}`, { key, body: { expiresAt: null }, headers: match })
  expect([changed.status, changed.body['expiresAt'], changed.body['reason']]).toEqual([200, null, 'on call'])
  expect((await api(`DELETE /role-assignments/${id}`, { key, headers: match })).status).toBe(412)
  expect((await api(`DELETE /role-assignments/${id}`, { key })).status).toBe(204)
  expect((await api(`GET /role-assignments/${id}`, { key })).status).toBe(404)
})

test('a scope may be its id alone, an id of nobody is 404, a misspelt role 422', async () => {
  const principal = { type: 'user', id: member.id }
  expect((await api('POST /role-assignments', { key, body: { principal, role: 'viewer', scope: cluster } })).status).toBe(201)
  expect((await api('POST /role-assignments', { key, body: { principal, role: 'viewer', scope: newId('cluster') } })).status).toBe(404)
  expect((await api('POST /role-assignments', { key, body: { principal: { type: 'group', id: newId('group') }, role: 'viewer' } })).status).toBe(404)
  const wrong = await api('POST /role-assignments', { key, body: { principal, role: 'viewr' } })
  expect([wrong.status, wrong.body['errors']]).toEqual([422, [expect.objectContaining({ pointer: '#/role' })]])
})

test.each([['scope=a&reaching=b', 'reaching'], ['q=ada', 'q'], ['type=user', 'type'], ['principal=me', 'principal'], ['role=viewer', 'role'], ['limit=0', 'limit']])('%s: 422 naming the parameter', async (query, parameter) => {
  const { status, body } = await api(`GET /role-assignments?${query}`, { key })
  expect([status, body['errors']]).toEqual([422, [expect.objectContaining({ parameter })]])
})

test('without the right at the scope: 403 naming it, and who can give it', async () => {
  const lead = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: lead.id, roleId: org.roleIds.get('folder-admin') ?? '', scopeId: prod } })
  const theirs = await makeKey(org, lead)
  const body = (scope: string, role: string) => ({ principal: { type: 'user', id: member.id }, role, scope })
  expect((await api('POST /role-assignments', { key: theirs, body: body(cluster, 'folder-mover') })).status).toBe(422)
  expect((await api('POST /role-assignments', { key: theirs, body: body(prod, 'folder-mover') })).status).toBe(201)
  const elsewhere = await api('POST /role-assignments', { key: theirs, body: body(org.id, 'folder-mover') })
  expect([elsewhere.status, elsewhere.body['permission'], elsewhere.body['scope']]).toEqual([403, 'gatehouse/assignment:write', org.id])
  const notHeld = await api('POST /role-assignments', { key: theirs, body: body(prod, 'cluster-operator') })
  expect([notHeld.status, notHeld.body['permission'], notHeld.body['scope']]).toEqual([403, 'cluster:view', prod])
  expect((await api(`GET /role-assignments?reaching=${org.id}`, { key: theirs })).status).toBe(403)
})
