import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, makeResource, makeRole, type TestOrganization } from '@/lib/testing/factories'
import { indexStore } from '@/lib/access/snapshots/index-store'

testDatabase()
const api = testApi()
let org: TestOrganization
let admin: TestKey
let cluster: string
let other: string
let decisions: DecisionServer
let following: { stop: () => Promise<void> }

beforeAll(async () => {
  org = await makeOrganization()
  admin = await makeKey(org, org.admin)
  cluster = await makeResource(org, 'cluster')
  other = await makeResource(org, 'cluster')
  decisions = await startDecisions()
  following = indexStore().start()
})

afterAll(async () => {
  await decisions.close()
  await following.stop()
})

const text = (value: unknown): string => String(value)

async function make(body: object, key = admin): Promise<TestKey> {
  const made = await api('POST /api-keys', { key, body: { name: 'narrow', ...body } })
  expect(made.status).toBe(201)
  return { id: text(made.body['id']), secret: text(made.body['secret']) }
}

const ask = async (key: TestKey, subject: object, action: string, id: string, type = 'cluster') =>
  (await decisions.ask('/access/v1/evaluation', { key, body: { subject, action: { name: action }, resource: { type, id } } })).body

describe('a key narrowed to a role at one cluster', () => {
  test('may do that and nothing else while its owner is administrator, and asking about oneself says the same', async () => {
    const key = await make({ role: 'cluster-monitor', scope: cluster })
    const self = { type: 'api_key', id: key.id }
    expect(await ask(key, self, 'metrics:view', cluster)).toEqual({ decision: true })
    expect(await ask(key, self, 'metrics:view', other)).toEqual({ decision: false })
    expect(await ask(key, self, 'cluster:scale', cluster)).toEqual({ decision: false })
    expect(await ask(key, { type: 'user', id: org.admin.id }, 'cluster:scale', cluster)).toEqual({ decision: false })
    expect(await ask(admin, { type: 'user', id: org.admin.id }, 'cluster:scale', cluster)).toEqual({ decision: true })
    expect(await ask(admin, self, 'cluster:scale', cluster)).toEqual({ decision: false })
    for (const call of ['GET /users', 'GET /audit-events', 'GET /api-keys'])
      expect([call, (await api(call, { key })).status]).toEqual([call, 403])
    expect((await api('GET /whoami', { key })).body['permissions']).toEqual([])
  })

  test('loses it with its owner, on the next call', async () => {
    const owner = await makeMember(org)
    const assignment = newId('assignment')
    await db().roleAssignment.create({ data: { id: assignment, organizationId: org.id, membershipId: owner.id, roleId: org.roleIds.get('cluster-monitor') ?? '', scopeId: org.id } })
    const key = await make({ role: 'cluster-monitor', scope: cluster }, await makeKey(org, owner))
    expect(await ask(key, { type: 'api_key', id: key.id }, 'metrics:view', cluster)).toEqual({ decision: true })
    await db().roleAssignment.delete({ where: { id: assignment } })
    const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id } })
    const reply = await decisions.ask('/access/v1/evaluation', { key, headers: { 'gatehouse-at-least-version': text(accessVersion) }, body: { subject: { type: 'api_key', id: key.id }, action: { name: 'metrics:view' }, resource: { type: 'cluster', id: cluster } } })
    expect(reply.body).toEqual({ decision: false })
  })

  test('Metrics Viewer on one cluster, its owner Organization Admin: metrics there and nothing else; demoted, nothing on the next call', async () => {
    const company = await makeOrganization('cockroachdb')
    const founder = await makeKey(company, company.admin)
    const [east, west] = [await makeResource(company, 'cluster'), await makeResource(company, 'cluster')]
    const owner = await makeMember(company)
    const given = await api('POST /role-assignments', { key: founder, body: { principal: { type: 'user', id: owner.id }, role: 'ORG_ADMIN', scope: { type: 'organization', id: company.id } } })
    expect(given.status).toBe(201)
    const whole = await makeKey(company, owner)
    const key = await make({ role: 'METRICS_VIEWER', scope: east }, whole)
    const decided = async (by: TestKey, action: string, id: string, headers = {}) =>
      (await decisions.ask('/access/v1/evaluation', { key: by, headers, body: { subject: { type: 'api_key', id: by.id }, action: { name: action }, resource: { type: 'cluster', id } } })).body

    const asked: [string, string, boolean, boolean][] = [
      ['metrics:view', east, true, true], ['metrics:view', west, false, true], ['cluster:scale', east, false, true], ['cluster:view', east, false, true], ['cluster:delete', east, false, true],
    ]
    for (const [action, cluster, narrow, wide] of asked)
      expect([action, await decided(key, action, cluster), await decided(whole, action, cluster)]).toEqual([action, { decision: narrow }, { decision: wide }])
    const calls = ['GET /users', 'GET /roles', 'GET /audit-events', 'GET /service-accounts', `GET /users/${owner.id}`, 'POST /folders', 'POST /api-keys', 'POST /tokens']
    for (const call of calls) expect([call, (await api(call, { key, ...(call.startsWith('POST') && { body: { name: 'x', role: 'METRICS_VIEWER' } }) })).status]).toEqual([call, 403])

    const taken = await api(`DELETE /role-assignments/${text(given.body['id'])}`, { key: founder })
    const version = taken.headers.get('gatehouse-version') ?? ''
    expect([taken.status, version]).toEqual([204, expect.stringMatching(/^\d+$/)])
    expect(await decided(key, 'metrics:view', east, { 'gatehouse-at-least-version': version })).toEqual({ decision: false })
    expect(await decided(whole, 'cluster:scale', east)).toEqual({ decision: false })
  })

  test('is refused where the role is not its owner’s, not there, or not held at such a scope', async () => {
    const owner = await makeKey(org, await makeMember(org))
    const send = async (body: object, key = admin) => {
      const { status, body: problem } = await api('POST /api-keys', { key, body: { name: 'x', ...body } })
      return [status, problem['errors'] ?? problem['permission'] ?? null]
    }
    expect((await send({ role: 'cluster-monitor' }, owner))[0]).toBe(403)
    expect(await send({ role: 'nobody' })).toEqual([422, [{ pointer: '#/role', detail: 'There is no role `nobody`' }]])
    expect((await send({ role: newId('role') }))[0]).toBe(404)
    expect((await send({ scope: newId('cluster') }))[0]).toBe(404)
    expect(await send({ addresses: ['10.0.0.1/8', 'x'] })).toEqual([422, [
      { pointer: '#/addresses/0', detail: 'This range has bits set that it does not look at; write 10.0.0.0/8' },
      { pointer: '#/addresses/1', detail: expect.stringContaining('Use an address') },
    ]])
  })

  test('a role that is gone leaves nothing of it', async () => {
    const roleId = await makeRole(org.id, ['organization:read', 'audit:read', 'key:self'])
    const key = await make({ role: roleId })
    expect((await api('GET /whoami', { key })).body['permissions']).toContain('gatehouse/audit:read')
    await db().role.delete({ where: { organizationId_id: { organizationId: org.id, id: roleId } } })
    expect((await api('GET /whoami', { key })).body['permissions']).toEqual([])
    expect((await api(`GET /api-keys/${key.id}`, { key: admin })).body['role']).toEqual({ id: roleId, name: null, title: null })
  })
})

describe('a narrowed credential cannot widen itself', () => {
  test('it makes and rotates none that is less narrow', async () => {
    const roleId = await makeRole(org.id, ['key:self'])
    const key = await make({ role: roleId })
    const wide = await make({})
    for (const body of [{}, { role: 'administrator' }, { role: 'viewer' }])
      expect((await api('POST /api-keys', { key, body: { name: 'wider', ...body } })).status).toBe(403)
    expect((await api(`POST /api-keys/${wide.id}/rotate`, { key, body: {} })).status).toBe(403)
    expect((await api('POST /api-keys', { key, body: { name: 'same', role: roleId } })).status).toBe(201)
    expect((await api(`POST /api-keys/${key.id}/rotate`, { key, body: { overlapHours: 1 } })).status).toBe(201)
  })

  test('one bound to addresses makes only such as are bound to some of them', async () => {
    const key = await make({ addresses: ['198.51.100.0/24'] })
    const send = async (addresses?: string[]) => (await api('POST /api-keys', { key, body: { name: 'x', ...(addresses && { addresses }) } })).status
    expect([await send(), await send(['203.0.113.1']), await send(['198.51.100.0/25', '198.51.100.200'])]).toEqual([403, 403, 201])
    expect((await api('POST /tokens', { key, body: { role: 'viewer' } })).status).toBe(403)
  })
})

test('from another address: 403 with the address, over the API and in decisions', async () => {
  const away = await make({ addresses: ['203.0.113.0/24'] })
  const refused = await api('GET /whoami', { key: away })
  expect([refused.status, refused.body['detail']]).toEqual([403, 'this credential may not be used from `198.51.100.7`'])
  const asked = await decisions.ask('/access/v1/evaluation', { key: away, body: {} })
  expect([asked.status, asked.text]).toEqual([403, 'this credential may not be used from `127.0.0.1`\n'])
  const local = await make({ addresses: ['127.0.0.0/8', '198.51.100.7'] })
  expect((await api('GET /whoami', { key: local })).status).toBe(200)
  for (let times = 0; times < 3; times++) expect(await ask(local, { type: 'api_key', id: local.id }, 'cluster:scale', cluster)).toEqual({ decision: true })
})
