import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let admin: TestKey
let member: TestMember
let own: TestKey

beforeAll(async () => {
  org = await makeOrganization()
  admin = await makeKey(org, org.admin)
  member = await makeMember(org)
  own = await makeKey(org, member)
})

const auditOf = (id: string) => db().auditEvent.findMany({ where: { organizationId: org.id, targetIds: { has: id } }, orderBy: { id: 'asc' } })
const idsOf = (body: Record<string, unknown>) => (Array.isArray(body['data']) ? body['data'].map((row: { id: string }) => row.id) : [])

describe('a key is made', () => {
  test('201 with itself and its secret, which works and is stored nowhere', async () => {
    const made = await api('POST /api-keys', { key: own, body: { name: 'export', expiresAt: '2099-01-31T01:00:00+01:00' } })
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/api-keys/${made.body['id']}`])
    expect(made.body).toMatchObject({ name: 'export', status: 'active', expiresAt: '2099-01-31T00:00:00.000Z', owner: { type: 'user', id: member.id }, lastUsedAt: null })
    const secret = String(made.body['secret'])
    expect((await api('GET /whoami', { key: { secret } })).status).toBe(200)
    const row = await db().apiKey.findUniqueOrThrow({ where: { id: String(made.body['id']) } })
    const events = await auditOf(row.id)
    expect(JSON.stringify([row, events])).not.toContain(secret.slice(30))
    expect(events.map(({ event, outcome, actorId, credentialId, source }) => ({ event, outcome, actorId, credentialId, source }))).toEqual([
      { event: 'api-key.create', outcome: 'success', actorId: member.id, credentialId: own.id, source: 'api' },
    ])
    expect((await api(`GET /api-keys/${row.id}`, { key: own })).body['secret']).toBeUndefined()
  })

  test.each([
    [{}, '#/name'],
    [{ name: 'x', expiresAt: 'soon' }, '#/expiresAt'],
    [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, '#/expiresAt'],
    [{ name: 'x', membershipId: 'usr_1' }, '#/membershipId'],
  ])('%j: 422 naming %s', async (body, pointer) => {
    const reply = await api('POST /api-keys', { key: own, body })
    expect(reply.status).toBe(422)
    expect(reply.body['errors']).toContainEqual(expect.objectContaining({ pointer }))
  })
})

describe('Idempotency-Key', () => {
  const send = (idempotency: string, name: string) => api('POST /api-keys', { key: own, body: { name }, headers: { 'idempotency-key': idempotency } })

  test('the same request again makes nothing, and says which secret was shown', async () => {
    const first = await send('one', 'once')
    const again = await send('one', 'once')
    expect([first.status, again.status]).toEqual([201, 409])
    expect(again.body).toMatchObject({ type: expect.stringContaining('secret-already-shown'), id: first.body['id'] })
    expect(await db().apiKey.count({ where: { organizationId: org.id, name: 'once' } })).toBe(1)
    expect(await auditOf(String(first.body['id']))).toHaveLength(1)
  })

  test('another body with the same key: 409', async () => {
    await send('two', 'first')
    const other = await send('two', 'second')
    expect([other.status, other.body['type']]).toEqual([409, expect.stringContaining('idempotency-conflict')])
  })

  test('five at once make one', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => send('three', 'raced')))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    expect(await db().apiKey.count({ where: { organizationId: org.id, name: 'raced' } })).toBe(1)
  })

  test('a refused request leaves the key free', async () => {
    expect((await send('four', '')).status).toBe(422)
    expect((await send('four', 'better')).status).toBe(201)
  })

  test('after a day the key is free again', async () => {
    await send('five', 'old')
    await db().idempotentAnswer.updateMany({ where: { key: 'five' }, data: { createdAt: new Date(Date.now() - 25 * 3600_000) } })
    expect((await send('five', 'new')).status).toBe(201)
  })

  test('keys of other credentials do not meet', async () => {
    await send('six', 'mine')
    const other = await api('POST /api-keys', { key: admin, body: { name: 'theirs' }, headers: { 'idempotency-key': 'six' } })
    expect(other.status).toBe(201)
  })

  test('a key that is no key: 400', async () => {
    expect((await send('x'.repeat(256), 'long')).status).toBe(400)
  })
})

describe('seeing and revoking', () => {
  test('pages through one’s own, newest first', async () => {
    const lister = await makeMember(org)
    const keys: TestKey[] = []
    for (let i = 0; i < 5; i++) keys.unshift(await makeKey(org, lister))
    const [key = own] = keys
    const first = await api('GET /api-keys?limit=2', { key })
    const second = await api(`GET /api-keys?limit=2&cursor=${String(first.body['nextCursor'])}`, { key })
    const third = await api(`GET /api-keys?limit=2&cursor=${String(second.body['nextCursor'])}`, { key })
    expect([first, second, third].flatMap(({ body }) => idsOf(body))).toEqual(keys.map(({ id }) => id))
    expect(third.body['nextCursor']).toBeNull()
    const foreign = await api(`GET /api-keys?limit=2&q=x&cursor=${String(first.body['nextCursor'])}`, { key })
    expect([foreign.status, foreign.body['errors']]).toEqual([422, [expect.objectContaining({ parameter: 'cursor' })]])
  })

  test('others’ keys need key:others', async () => {
    const refused = await api('GET /api-keys?owner=all', { key: own })
    expect([refused.status, refused.body['permission']]).toEqual([403, 'gatehouse/key:others'])
    const seen = await api('GET /api-keys?owner=all', { key: admin })
    expect(idsOf(seen.body)).toContain(own.id)
    expect((await api(`GET /api-keys/${admin.id}`, { key: own })).status).toBe(403)
  })

  test('revoked: 204, refused at once, gone from the list, told', async () => {
    const doomed = await makeKey(org, member)
    expect((await api(`DELETE /api-keys/${doomed.id}`, { key: own })).status).toBe(204)
    expect((await api('GET /whoami', { key: doomed })).status).toBe(401)
    expect(idsOf((await api('GET /api-keys', { key: own })).body)).not.toContain(doomed.id)
    expect((await api(`GET /api-keys/${doomed.id}`, { key: own })).body['status']).toBe('revoked')
    expect((await auditOf(doomed.id)).map(({ event }) => event)).toEqual(['api-key.revoke'])
  })

  test('another organization’s key does not exist', async () => {
    const elsewhere = await makeOrganization()
    const theirs = await makeKey(elsewhere, elsewhere.admin)
    for (const call of [`GET /api-keys/${theirs.id}`, `DELETE /api-keys/${theirs.id}`, 'GET /api-keys/anything']) {
      expect((await api(call, { key: admin })).status).toBe(404)
    }
    expect((await api('GET /whoami', { key: theirs })).status).toBe(200)
  })
})
