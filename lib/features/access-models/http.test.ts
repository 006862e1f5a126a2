import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { accessModels } from '@/lib/access/models/catalogue'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
const text = readFileSync(new URL('../../access/models/testdata/document-store.json', import.meta.url), 'utf8')
let org: TestOrganization
let key: TestKey
beforeAll(async () => {
  org = await makeOrganization('cockroachdb')
  key = await makeKey(org, org.admin)
})

test('a built-in model is shown whole', async () => {
  const { status, body } = await api('GET /access-model', { key })
  expect([status, body]).toEqual([200, { name: 'cockroachdb', title: 'CockroachDB Cloud', description: accessModels.cockroachdb.description, isCustom: false, current: null, model: JSON.parse(JSON.stringify(accessModels.cockroachdb)) }])
  expect((await api('GET /access-model/versions', { key })).body).toEqual({ data: [], nextCursor: null })
})

test('from a dry run over a refusal to a version that is in force, and back', async () => {
  const before = await api('GET /access-model', { key })
  const tried = await api('PUT /access-model?dryRun=true', { key, body: { text } })
  expect(tried.status).toBe(200)
  expect(tried.body).toMatchObject({ refused: [], breaks: [{ kind: 'roles', count: 4 }], shiftCount: 1 })
  expect((await api('GET /access-model', { key })).body).toEqual(before.body)

  const refused = await api('PUT /access-model', { key, body: { text } })
  expect([refused.status, refused.body]).toMatchObject([409, { type: expect.stringContaining('/docs/problems/conflict'), errors: [{ pointer: '#/confirmBreaking' }] }])
  // Its administrators' role goes, so nobody would be left to administer it.
  const orphaned = await api('PUT /access-model', { key, body: { text, confirmBreaking: true } })
  expect([orphaned.status, orphaned.body['type']]).toEqual([409, expect.stringContaining('last-administrator')])

  const model = { ...accessModels.cockroachdb, title: 'Our clusters' }
  const saved = await api('PUT /access-model', { key, body: { model, note: 'renamed' }, headers: { 'if-match': before.headers.get('etag') ?? '' } })
  expect([saved.status, saved.body]).toMatchObject([200, { name: 'custom', title: 'Our clusters', isCustom: true, current: { version: 1, note: 'renamed' } }])
  expect((await api('GET /access-model', { key })).headers.get('etag')).toBe(saved.headers.get('etag'))
  const stale = await api('PUT /access-model', { key, body: { model }, headers: { 'if-match': before.headers.get('etag') ?? '' } })
  expect(stale.status).toBe(412)

  await api('PUT /access-model', { key, body: { model: { ...model, title: 'Again' }, baseVersion: 1 } })
  expect((await api('GET /access-model/versions', { key })).body).toMatchObject({ data: [{ version: 2 }, { version: 1, note: 'renamed' }] })
  const first = await api('GET /access-model/versions/1', { key })
  const restored = await api('PUT /access-model', { key, body: { text: first.body['text'], note: 'restored from version 1' } })
  expect(restored.body).toMatchObject({ title: 'Our clusters', current: { version: 3 } })
  expect((await api('GET /access-model/versions/9', { key })).status).toBe(404)
})

test.each<[string, unknown, number, unknown]>([
  ['faults, with their place', { text: '{"title":"T"}' }, 422, { errors: expect.arrayContaining([expect.objectContaining({ pointer: '#/text', detail: 'line 1, column 1: is missing (/roles)', line: 1, column: 1, start: 0, end: 13 })]) }],
  ['faults of an object', { model: { title: 'T', roles: 3 } }, 422, { errors: expect.arrayContaining([expect.objectContaining({ pointer: '#/model' })]) }],
  ['no JSON', { text: '{' }, 422, { errors: [expect.objectContaining({ pointer: '#/text', line: 1, column: 2 })] }],
  ['both', { text: '{}', model: {} }, 422, { errors: [{ pointer: '#/text', detail: 'Give the access model as `text` or as `model`' }] }],
  ['a version of yesterday', { model: {}, baseVersion: 0 }, 412, {}],
])('%s', async (_, body, status, expected) => {
  for (const path of ['PUT /access-model', 'PUT /access-model?dryRun=true']) {
    const answer = await api(path, { key, body })
    expect([answer.status, answer.body]).toMatchObject([status, expected])
  }
})

test('`dryRun` is true or false, and asks for the same permission', async () => {
  expect((await api('PUT /access-model?dryRun=maybe', { key, body: { text } })).body).toMatchObject({ status: 422, errors: [{ parameter: 'dryRun' }] })
  expect((await api('PUT /access-model?dryRun=true&x=1', { key, body: { text } })).body).toMatchObject({ status: 422 })
  const reader = await makeKey(org, await makeMember(org, ['organization:read']))
  expect((await api('PUT /access-model?dryRun=true', { key: reader, body: { text } })).body).toMatchObject({ status: 403, permission: 'gatehouse/organization:write' })
})
