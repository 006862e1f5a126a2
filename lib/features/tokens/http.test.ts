import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let admin: TestKey

beforeAll(async () => {
  org = await makeOrganization()
  admin = await makeKey(org, org.admin)
})

const text = (value: unknown): string => String(value)

async function generate(body: object) {
  const made = await api('POST /tokens', { key: admin, body })
  expect(made.status).toBe(201)
  const { id, clientId, clientSecret, token } = made.body
  return { id: text(id), clientId: text(clientId), clientSecret: text(clientSecret), token: text(token), body: made.body }
}

const basic = (name: string, password: string) => ({ authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` })

describe('an application token', () => {
  test('shows three values once, is the two joined, does not end, and is a principal with exactly its role', async () => {
    const roleId = await makeRole(org.id, ['organization:read', 'audit:read'])
    const { id, clientId, clientSecret, token, body } = await generate({ role: roleId, description: 'reporting' })
    expect(token).toBe(`${clientId}_${clientSecret}`)
    expect(body).toMatchObject({ expiresAt: null, status: 'active', role: { id: roleId }, scope: { id: org.id, type: 'organization' } })
    expect((await api('GET /whoami', { key: { secret: token } })).body).toMatchObject({
      principal: { type: 'token', id, name: 'reporting' }, credential: { type: 'token', id }, permissions: ['gatehouse/audit:read', 'gatehouse/organization:read'],
    })
    const shown = await api(`GET /tokens/${id}`, { key: admin })
    expect(Object.keys(shown.body)).not.toContain('token')
    expect(JSON.stringify(shown.body)).not.toContain(clientSecret)
    const rows = await db().applicationToken.findMany({ where: { organizationId: org.id, id } })
    const events = await db().auditEvent.findMany({ where: { organizationId: org.id, targetIds: { has: id } } })
    expect(JSON.stringify([rows, events])).not.toContain(clientSecret.slice(0, 20))
  })

  test('works as HTTP Basic, by client id with or without its beginning, and as the password of `token`', async () => {
    const { clientId, clientSecret, token } = await generate({ role: 'viewer' })
    for (const headers of [basic(clientId, clientSecret), basic(clientId.replace('gh_tok_', ''), clientSecret), basic('token', token)])
      expect((await api('GET /whoami', { headers })).status).toBe(200)
    for (const headers of [basic(clientId, `${clientSecret}x`), basic('token', clientSecret), basic(clientId, ''), { authorization: 'Basic !' }])
      expect((await api('GET /whoami', { headers })).status).toBe(401)
  })

  test('a change of its custom role takes effect on the next call', async () => {
    const roleId = await makeRole(org.id, ['organization:read'])
    const { token } = await generate({ role: roleId })
    await db().role.update({ where: { organizationId_id: { organizationId: org.id, id: roleId } }, data: { permissions: ['gatehouse/audit:read'] } })
    expect((await api('GET /whoami', { key: { secret: token } })).body['permissions']).toEqual(['gatehouse/audit:read'])
  })

  test('its role must be wholly held by whoever makes it', async () => {
    const weak = await makeKey(org, await makeMember(org, ['token:write', 'token:read']))
    expect((await api('POST /tokens', { key: weak, body: { role: 'administrator' } })).status).toBe(403)
    const { id } = await generate({ role: 'administrator' })
    expect((await api(`POST /tokens/${id}/rotate`, { key: weak, body: {} })).status).toBe(403)
    expect((await api('POST /tokens', { key: weak, body: { role: await makeRole(org.id, ['token:read']) } })).status).toBe(201)
  })

  test('rotated with overlap both work, without it the old one is over at once', async () => {
    const { id, token } = await generate({ role: 'viewer', description: 'pair' })
    const rotated = await api(`POST /tokens/${id}/rotate`, { key: admin, body: { overlapHours: 1 } })
    expect([rotated.status, rotated.body['rotatedFrom']]).toEqual([201, id])
    const next = { id: text(rotated.body['id']), secret: text(rotated.body['token']) }
    for (const secret of [token, next.secret]) expect((await api('GET /whoami', { key: { secret } })).status).toBe(200)
    expect((await api(`GET /tokens/${id}`, { key: admin })).body['replacedBy']).toBe(next.id)
    expect((await api(`POST /tokens/${id}/rotate`, { key: admin, body: {} })).status).toBe(409)
    const last = await api(`POST /tokens/${next.id}/rotate`, { key: admin, body: { overlapHours: 0 } })
    expect(last.status).toBe(201)
    expect((await api('GET /whoami', { key: next })).body['detail']).toBe('the token has expired')
  })

  test('suspended it is refused with the reason, deleted it is unknown', async () => {
    const { id, token } = await generate({ role: 'viewer' })
    const key = { secret: token }
    await api(`PATCH /tokens/${id}`, { key: admin, body: { status: 'suspended' } })
    expect((await api('GET /whoami', { key })).body['detail']).toBe('the token is suspended')
    await api(`PATCH /tokens/${id}`, { key: admin, body: { status: 'active' } })
    expect((await api('GET /whoami', { key })).status).toBe(200)
    expect((await api(`DELETE /tokens/${id}`, { key: admin })).status).toBe(204)
    expect((await api('GET /whoami', { key })).body['detail']).toBe('the credential is not known')
  })

  test('lists page through all, and filter by role', async () => {
    const roleId = await makeRole(org.id, ['organization:read'])
    const ids: string[] = []
    for (let each = 0; each < 3; each++) ids.unshift((await generate({ role: roleId })).id)
    const first = await api(`GET /tokens?limit=2&role=${roleId}`, { key: admin })
    const second = await api(`GET /tokens?limit=2&role=${roleId}&cursor=${text(first.body['nextCursor'])}`, { key: admin })
    const seen = [first, second].flatMap(({ body }) => (Array.isArray(body['data']) ? body['data'].map(({ id }: { id: string }) => id) : []))
    expect(seen).toEqual(ids)
  })
})
