import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { sealPending } from '@/lib/features/audit-events/sealing'
import { makeKey, testApi, type ApiReply, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
})

type Row = Record<string, unknown> & { id: string }
const rowsOf = ({ body }: ApiReply): Row[] => (Array.isArray(body['data']) ? body['data'] : [])
const idsOf = (reply: ApiReply) => rowsOf(reply).map(({ id }) => id)

describe('users', () => {
  const people: TestMember[] = []

  beforeAll(async () => {
    for (let i = 0; i < 7; i++) people.push(await makeMember(org))
  })

  test('pages through all, each once, whatever the sort', async () => {
    for (const sort of ['name', '-email', 'last-seen', '-added']) {
      const seen: string[] = []
      let cursor = ''
      do {
        const reply = await api(`GET /users?limit=3&sort=${sort}${cursor}`, { key })
        seen.push(...idsOf(reply))
        cursor = reply.body['nextCursor'] === null ? '' : `&cursor=${String(reply.body['nextCursor'])}`
      } while (cursor)
      expect([...seen].sort()).toEqual([org.admin, ...people].map(({ id }) => id).sort())
    }
  })

  test('searches, filters, and shows roles with their scope', async () => {
    const [person] = people
    expect(idsOf(await api(`GET /users?q=${person?.email}`, { key }))).toEqual([person?.id])
    const administrators = await api('GET /users?administrators=true', { key })
    expect(rowsOf(administrators)).toEqual([expect.objectContaining({
      id: org.admin.id, status: 'active', roles: [{ role: expect.objectContaining({ name: 'administrator' }), scope: { type: 'organization', id: org.id, name: org.name }, expiresAt: null }],
    })])
  })

  test.each([['limit=201', 'limit'], ['limit=x', 'limit'], ['sort=age', 'sort'], ['status=gone', 'status'], ['cursor=nonsense', 'cursor'], ['administrators=maybe', 'administrators']])('%s: 422 naming the parameter', async (query, parameter) => {
    const { status, body } = await api(`GET /users?${query}`, { key })
    expect([status, body['errors']]).toEqual([422, [expect.objectContaining({ parameter })]])
  })

  test('is suspended and resumed, against the version that was read', async () => {
    const member = await makeMember(org)
    const before = await api(`GET /users/${member.id}`, { key })
    const match = { 'if-match': before.headers.get('etag') ?? '' }
    const suspended = await api(`PATCH /users/${member.id}`, { key, body: { status: 'suspended' }, headers: match })
    expect([suspended.status, suspended.body['status']]).toEqual([200, 'suspended'])
    expect((await api(`PATCH /users/${member.id}`, { key, body: { status: 'active' }, headers: match })).status).toBe(412)
    expect((await api(`PATCH /users/${member.id}`, { key, body: { status: 'active' } })).body['status']).toBe('active')
    const wrong = await api(`PATCH /users/${member.id}`, { key, body: { status: 'gone' } })
    expect([wrong.status, wrong.body['errors']]).toEqual([422, [expect.objectContaining({ pointer: '#/status' })]])
  })

  test('is removed, and then does not exist', async () => {
    const member = await makeMember(org)
    expect((await api(`DELETE /users/${member.id}`, { key })).status).toBe(204)
    expect((await api(`GET /users/${member.id}`, { key })).status).toBe(404)
  })

  test('the last administrator stays: 409', async () => {
    for (const [call, body] of [[`PATCH /users/${org.admin.id}`, { status: 'suspended' }], [`DELETE /users/${org.admin.id}`, undefined]] as const) {
      const reply = await api(call, { key, ...(body && { body }) })
      expect([reply.status, reply.body['type']]).toEqual([409, 'http://localhost:3000/docs/problems/last-administrator'])
    }
  })

  test('gets a reset mail; nobody is told the link', async () => {
    const member = await makeMember(org)
    const reply = await api(`POST /users/${member.id}/password-reset`, { key })
    expect(reply.body).toEqual({ id: member.id, email: member.email, delivery: 'kept' })
    expect(await db().mail.count({ where: { recipient: member.email, template: 'password-reset' } })).toBe(1)
  })

  test('has sessions, which can be ended here', async () => {
    const member = await makeMember(org)
    const listed = await api(`GET /users/${member.id}/sessions`, { key })
    expect(rowsOf(listed)).toEqual([expect.objectContaining({ id: member.actor.sessionId, method: 'password', user: expect.objectContaining({ id: member.id }) })])
    expect(idsOf(await api('GET /sessions', { key }))).toContain(member.actor.sessionId)
    expect((await api(`DELETE /users/${member.id}/sessions/${member.actor.sessionId}`, { key })).status).toBe(204)
    expect(idsOf(await api(`GET /users/${member.id}/sessions`, { key }))).toEqual([])
    expect((await api(`DELETE /users/${member.id}/sessions/${member.actor.sessionId}`, { key })).status).toBe(404)
  })
})

describe('invitations', () => {
  test('each address is answered on its own, in order; the same request again gets the same answer', async () => {
    const body = { emails: ['New@People.test', 'not an address', org.admin.email, 'new@people.test'], roles: [{ role: 'Viewer' }] }
    const send = () => api('POST /invitations', { key, body, headers: { 'idempotency-key': 'bulk-1' } })
    const first = await send()
    expect(first.status).toBe(200)
    expect(rowsOf(first).map(({ email, status }) => [email, status])).toEqual([
      ['new@people.test', 'invited'], ['not an address', 'invalid'], [org.admin.email, 'already_member'], ['new@people.test', 'already_invited'],
    ])
    const again = await send()
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([200, first.body, 'true'])
    expect(await db().mail.count({ where: { recipient: 'new@people.test' } })).toBe(1)
  })

  test('is listed, shown, resent, handed over, revoked', async () => {
    const [made] = rowsOf(await api('POST /invitations', { key, body: { emails: ['handed@over.test'], roles: [] } }))
    const id = made?.id ?? ''
    expect(idsOf(await api('GET /invitations?q=handed@over.test&status=pending', { key }))).toEqual([id])
    const shown = await api(`GET /invitations/${id}`, { key })
    expect(shown.body).toMatchObject({ id, email: 'handed@over.test', status: 'pending' })
    expect(idsOf(await api('GET /users', { key }))).not.toContain(id.replace('inv_', 'usr_'))
    const resent = await api(`POST /invitations/${id}/resend`, { key })
    expect([resent.status, resent.body['id']]).toEqual([200, id])
    const link = await api(`POST /invitations/${id}/link`, { key, headers: { 'idempotency-key': 'link-1' } })
    expect(link.body['link']).toContain(`/invite/${id}.`)
    expect((await api(`POST /invitations/${id}/link`, { key, headers: { 'idempotency-key': 'link-1' } })).status).toBe(409)
    expect((await api(`DELETE /invitations/${id}`, { key, headers: { 'if-match': '"another"' } })).status).toBe(412)
    expect((await api(`DELETE /invitations/${id}`, { key })).status).toBe(204)
    expect((await api(`GET /invitations/${id}`, { key })).status).toBe(404)
  })

  test('nobody gives what they do not hold', async () => {
    const inviter = await makeKey(org, await makeMember(org, ['member:read', 'member:write', 'assignment:write']))
    const reply = await api('POST /invitations', { key: inviter, body: { emails: ['more@than.test'], roles: [{ role: 'administrator' }] } })
    expect(reply.status).toBe(403)
    expect(await db().membership.count({ where: { organizationId: org.id, email: 'more@than.test' } })).toBe(0)
  })
})

test('roles and permissions of the access model', async () => {
  const viewer = rowsOf(await api('GET /roles?limit=200', { key })).find(({ name }) => name === 'viewer')
  expect(viewer).toMatchObject({ title: 'Viewer', builtIn: true, immutable: true, floor: false })
  expect((await api(`GET /roles/${viewer?.id}`, { key })).body).toEqual(viewer)
  const names = rowsOf(await api('GET /permissions', { key })).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['cluster:view', 'gatehouse/member:write']))
})

describe('audit events', () => {
  test('are filtered, shown and paged', async () => {
    const made = await api('POST /api-keys', { key, body: { name: 'told' } })
    const listed = await api(`GET /audit-events?event=api-key.create&target=${String(made.body['id'])}`, { key })
    expect(rowsOf(listed)).toEqual([expect.objectContaining({ event: 'api-key.create', outcome: 'success', source: 'api', address: '198.51.100.7', actor: expect.objectContaining({ id: org.admin.id, credentialId: key.id }) })])
    const [event] = rowsOf(listed)
    expect((await api(`GET /audit-events/${event?.id}`, { key })).body).toEqual(event)
    const first = await api('GET /audit-events?limit=1', { key })
    expect(idsOf(await api(`GET /audit-events?limit=1&cursor=${String(first.body['nextCursor'])}`, { key }))).not.toEqual(idsOf(first))
  })

  test.each([['ndjson', 'application/x-ndjson'], ['csv', 'text/csv']])('are exported as a stream of %s', async (format, type) => {
    const reply = await api(`GET /audit-events/export?format=${format}&event=api-key.create`, { key })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)])
    expect(reply.headers.get('content-disposition')).toContain(`.${format}`)
    expect(reply.body['text']).toContain('api-key.create')
  })

  test('are verified, and their anchor can be kept', async () => {
    await sealPending(org.id)
    const anchor = await api('GET /audit-events/anchor', { key })
    const verified = await api(`POST /audit-events/verify?count=${String(anchor.body['count'])}&head=${String(anchor.body['head'])}`, { key })
    expect(verified.body).toMatchObject({ state: 'intact' })
    const forged = await api(`POST /audit-events/verify?count=${String(anchor.body['count'])}&head=${'0'.repeat(64)}`, { key })
    expect(forged.body).toMatchObject({ state: 'broken', total: 1 })
  })
})
