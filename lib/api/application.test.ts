import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
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

describe('credentials', () => {
  test('without one: 401 as a problem document that says how', async () => {
    const { status, headers, body } = await api('GET /whoami')
    expect(status).toBe(401)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(headers.get('www-authenticate')).toContain('Bearer')
    expect(body).toMatchObject({ type: 'http://localhost:3000/docs/problems/unauthenticated', title: 'Authentication required', status: 401, detail: 'no credential was sent; send `Authorization: Bearer <API key>`', instance: headers.get('x-request-id') })
  })

  test.each([
    ['a typo', () => `Bearer ${key.secret.slice(0, -1)}x`, 'not well formed'],
    ['another scheme', () => 'Digest abc', 'neither'],
    ['client id and secret that are none', () => 'Basic abc', 'not well formed'],
    ['a cookie instead', () => '', 'no credential'],
  ])('%s: 401 with the reason', async (_what, authorization, reason) => {
    const { status, body } = await api('GET /whoami', { headers: { authorization: authorization(), cookie: 'gatehouse.session=x' } })
    expect(status).toBe(401)
    expect(body['detail']).toContain(reason)
  })

  test.each(['Bearer', 'bearer', 'ApiKey'])('scheme %s', async (scheme) => {
    const { status, body } = await api('GET /whoami', { headers: { authorization: `${scheme} ${key.secret}` } })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      principal: { type: 'user', id: org.admin.id, name: org.admin.email },
      organization: { id: org.id, slug: org.slug, name: org.name, model: 'standard' },
      credential: { type: 'api_key', id: key.id },
    })
    expect(body['permissions']).toContain('gatehouse/member:write')
  })

  test('expired, revoked, owner suspended: 401 with the reason', async () => {
    const member = await makeMember(org)
    const expired = await makeKey(org, member, new Date(Date.now() - 1000))
    expect((await api('GET /whoami', { key: expired })).body['detail']).toBe('the key has expired')
    const other = await makeKey(org, member)
    await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: member.id } }, data: { status: 'suspended' } })
    expect((await api('GET /whoami', { key: other })).body['detail']).toBe('the owner of the key is suspended')
    await db().apiKey.update({ where: { id: other.id }, data: { status: 'revoked' } })
    expect((await api('GET /whoami', { key: other })).headers.get('www-authenticate')).toContain('error_description="the key was revoked"')
  })
})

describe('manners', () => {
  test('unknown address: 404', async () => {
    const { status, body } = await api('GET /nothing', { key })
    expect([status, body['type']]).toEqual([404, 'http://localhost:3000/docs/problems/not-found'])
  })

  test('wrong method: 405 with what is possible; OPTIONS tells too', async () => {
    const wrong = await api('PUT /organization', { key, body: {} })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH, OPTIONS'])
    const options = await api('OPTIONS /organization')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, PATCH, OPTIONS'])
  })

  test('HEAD is GET without body', async () => {
    const { status, body, headers } = await api('HEAD /organization', { key })
    expect([status, body['text']]).toEqual([200, ''])
    expect(headers.get('etag')).toMatch(/^"/)
  })

  test.each([
    ['malformed JSON', '{"name":', {}, 400, 'malformed-request'],
    ['an empty body', ' ', {}, 400, 'malformed-request'],
    ['another content type', 'name=x', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['an unknown key', '{"name":"x","organizationId":"org_1"}', {}, 422, 'invalid-input'],
    ['an announced length over the limit', '{}', { 'content-length': '1048577' }, 413, 'too-large'],
    ['a character no database takes', String.raw`{"name":"a\u0000b"}`, {}, 422, 'invalid-input'],
  ])('%s: %s', async (_what, body, headers, status, code) => {
    const reply = await api('PATCH /organization', { key, body, headers })
    expect([reply.status, reply.body['type']]).toEqual([status, `http://localhost:3000/docs/problems/${code}`])
  })

  test('a body longer than announced nowhere: 413', async () => {
    const { status } = await api('PATCH /organization', { key, body: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }) })
    expect(status).toBe(413)
  })

  test('a wrong field is named by pointer, a wrong parameter by name', async () => {
    const field = await api('PATCH /organization', { key, body: { name: '' } })
    expect(field.body['errors']).toEqual([{ pointer: '#/name', detail: 'An organization needs a name' }])
    const parameter = await api('GET /api-keys?limit=0&sort=x', { key })
    expect(parameter.status).toBe(422)
    expect(parameter.body['errors']).toContainEqual(expect.objectContaining({ parameter: 'limit' }))
  })

  test('a missing permission: 403 naming it, its scope and who can give it', async () => {
    const member = await makeMember(org)
    const { status, body } = await api('PATCH /organization', { key: await makeKey(org, member), body: { name: 'Mine' } })
    expect(status).toBe(403)
    expect(body).toMatchObject({ permission: 'gatehouse/organization:write', scope: org.id, grantors: [org.admin.email] })
  })

  test('limits are announced, and kept', async () => {
    // What the tests before told of their failures counts here too.
    await db().rateLimit.deleteMany()
    const limited = testApi({ credential: { count: 2, windowSeconds: 60 }, address: { count: 1000, windowSeconds: 60 }, failures: { count: 1, windowSeconds: 60 } })
    const fresh = await makeKey(org, org.admin)
    const first = await limited('GET /whoami', { key: fresh })
    expect(first.headers.get('ratelimit-policy')).toBe('"address";q=1000;w=60, "credential";q=2;w=60')
    expect(first.headers.get('ratelimit')).toBe('"address";r=999;t=60, "credential";r=1;t=60')
    await limited('GET /whoami', { key: fresh })
    const third = await limited('GET /whoami', { key: fresh })
    expect([third.status, third.headers.get('ratelimit'), third.body['violated-policies']]).toEqual([429, expect.stringMatching(/^"address";r=997;t=\d+, "credential";r=0;t=\d+$/), ['credential']])
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await limited('GET /whoami')).status).toBe(401)
    expect((await limited('GET /whoami')).status).toBe(429)
    expect((await limited('GET /whoami', { key })).status).toBe(200)
  })

  test('an organization allows its credentials less; an address has its own limit', async () => {
    const key = await makeKey(org, org.admin)
    await api('PATCH /credential-policy', { key, body: { requestsPerMinute: 60 } })
    const reply = await api('GET /whoami', { key })
    expect(reply.headers.get('ratelimit-policy')).toContain('"credential";q=60;w=60')
    await api('PATCH /credential-policy', { key, body: { requestsPerMinute: null } })
    const limited = testApi({ address: { count: 1, windowSeconds: 60 } })
    await limited('GET /whoami', { key })
    const second = await limited('GET /whoami', { key })
    expect([second.status, second.body['violated-policies']]).toEqual([429, ['address']])
  })
})

describe('versions', () => {
  test('a change decided on an old version: 412, and nothing happens', async () => {
    const before = await api('GET /organization', { key })
    const etag = before.headers.get('etag') ?? ''
    const changed = await api('PATCH /organization', { key, body: { name: 'Second' }, headers: { 'if-match': etag } })
    expect([changed.status, changed.body['name']]).toEqual([200, 'Second'])
    const late = await api('PATCH /organization', { key, body: { name: 'Third' }, headers: { 'if-match': etag } })
    expect(late.status).toBe(412)
    const now = await api('GET /organization', { key })
    expect([now.body['name'], now.headers.get('etag')]).toEqual(['Second', changed.headers.get('etag')])
  })

  test('the version one has already: 304', async () => {
    const { headers } = await api('GET /organization', { key })
    expect((await api('GET /organization', { key, headers: { 'if-none-match': headers.get('etag') ?? '' } })).status).toBe(304)
  })

  test('of two changes on the same version one is made', async () => {
    const etag = (await api('GET /organization', { key })).headers.get('etag') ?? ''
    const send = (name: string) => api('PATCH /organization', { key, body: { name }, headers: { 'if-match': etag } })
    const replies = await Promise.all([send('Left'), send('Right')])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412])
  })
})

test('the OpenAPI document needs no credential', async () => {
  const { status, body } = await api('GET /openapi.json')
  expect([status, body['openapi']]).toEqual([200, '3.1.0'])
})
