import { beforeAll, expect, test } from 'vitest'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey
let member: TestMember

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
  member = await makeMember(org)
})

test('a group lives over HTTP: made, found, filled, changed with its version, deleted', async () => {
  const made = await api('POST /groups', { key, body: { name: 'Operators' } })
  const path = `/groups/${String(made.body['id'])}`
  expect([made.status, made.headers.get('location'), made.body]).toMatchObject([201, `/api/v1${path}`, { name: 'Operators', description: '', resource: null, locked: false, members: 0, roles: [] }])
  expect((await api('POST /groups', { key, body: { name: 'OPERATORS' } })).status).toBe(409)
  expect((await api(`PUT ${path}/members/${member.id}`, { key })).status).toBe(204)
  expect((await api(`PUT ${path}/members/${member.id}`, { key })).status).toBe(204)
  expect((await api(`GET ${path}/members`, { key })).body).toMatchObject({ data: [{ id: member.id, email: member.email, status: 'active', addedBy: org.admin.email }], nextCursor: null })
  expect((await api(`GET /groups?user=${member.id}&q=oper`, { key })).body).toMatchObject({ data: [{ name: 'Operators', members: 1 }], nextCursor: null })
  const shown = await api(`GET ${path}`, { key })
  const old = shown.headers.get('etag') ?? ''
  const changed = await api(`PATCH ${path}`, { key, body: { description: 'on call' }, headers: { 'if-match': old } })
  expect([changed.status, changed.body]).toMatchObject([200, { description: 'on call', members: 1 }])
  expect((await api(`PATCH ${path}`, { key, body: { name: 'x' }, headers: { 'if-match': old } })).status).toBe(412)
  expect((await api(`DELETE ${path}/members/${member.id}`, { key })).status).toBe(204)
  expect((await api(`DELETE ${path}/members/${member.id}`, { key })).status).toBe(404)
  expect((await api(`DELETE ${path}`, { key })).status).toBe(204)
  expect((await api(`GET ${path}`, { key })).status).toBe(404)
})

test('what is wrong is named', async () => {
  const wrong = await api('POST /groups', { key, body: { name: ' ', description: 'x'.repeat(501) } })
  expect([wrong.status, wrong.body['errors']]).toMatchObject([422, [{ pointer: '#/name' }, { pointer: '#/description' }]])
  const sorted = await api('GET /groups?sort=size&limit=0', { key })
  expect([sorted.status, sorted.body['errors']]).toMatchObject([422, [{ parameter: 'limit' }, { parameter: 'sort' }]])
})
