import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
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
const eventsAbout = async (id: string) =>
  (await db().auditEvent.findMany({ where: { organizationId: org.id, targetIds: { has: id } }, orderBy: { id: 'asc' } })).map(({ event, actorType, actorId }) => ({ event, actorType, actorId }))

async function makeAccount(roles: object[] = [{ role: 'viewer' }], name = `account ${newId('request').slice(-8)}`): Promise<string> {
  const made = await api('POST /service-accounts', { key: admin, body: { name, roles } })
  expect(made.status).toBe(201)
  return text(made.body['id'])
}

async function makeAccountKey(id: string, body: object = { name: 'ci' }): Promise<TestKey> {
  const made = await api(`POST /service-accounts/${id}/keys`, { key: admin, body })
  expect(made.status).toBe(201)
  return { id: text(made.body['id']), secret: text(made.body['secret']) }
}

describe('a service account', () => {
  test('acts with its roles under its own name, and outlives who made it', async () => {
    const maker = await makeMember(org, ['service-account:write', 'service-account:read', 'organization:write', 'organization:read'])
    const makerKey = await makeKey(org, maker)
    const roleId = await makeRole(org.id, ['organization:write', 'organization:read'])
    const made = await api('POST /service-accounts', { key: makerKey, body: { name: 'renamer', description: 'renames', roles: [{ role: roleId }] } })
    expect(made.body).toMatchObject({ name: 'renamer', status: 'active', keys: 0, createdBy: { id: maker.id }, roles: [{ role: { id: roleId }, scope: { id: org.id } }] })
    const id = text(made.body['id'])
    const key = await api(`POST /service-accounts/${id}/keys`, { key: makerKey, body: { name: 'ci' } })
    expect(text(key.body['secret'])).toMatch(/^gh_sva_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/)
    const secret = { secret: text(key.body['secret']) }
    expect((await api(`DELETE /users/${maker.id}`, { key: admin })).status).toBe(204)
    expect((await api('GET /whoami', { key: secret })).body).toMatchObject({
      principal: { type: 'service_account', id, name: 'renamer' }, credential: { type: 'service_account_key', id: key.body['id'] },
      permissions: ['gatehouse/organization:read', 'gatehouse/organization:write'],
    })
    expect((await api('PATCH /organization', { key: secret, body: { name: 'By a program' } })).status).toBe(200)
    expect(await eventsAbout(org.id)).toContainEqual({ event: 'organization.rename', actorType: 'service_account', actorId: id })
    expect((await api('POST /api-keys', { key: secret, body: { name: 'x' } })).status).toBe(403)
  })

  test('is given by nobody more than they hold: neither roles, nor a key of an account that holds more', async () => {
    const weak = await makeKey(org, await makeMember(org, ['service-account:write', 'service-account:read']))
    expect((await api('POST /service-accounts', { key: weak, body: { name: 'strong', roles: [{ role: 'administrator' }] } })).status).toBe(403)
    const strong = await makeAccount([{ role: 'administrator' }])
    const key = await makeAccountKey(strong)
    for (const [call, body] of [[`POST /service-accounts/${strong}/keys`, { name: 'mine' }], [`POST /service-accounts/${strong}/keys/${key.id}/rotate`, {}]] as const)
      expect((await api(call, { key: weak, body })).status).toBe(403)
    expect((await api(`POST /service-accounts/${await makeAccount([])}/keys`, { key: weak, body: { name: 'mine' } })).status).toBe(201)
  })

  test('suspended, its keys are refused with a reason; deleted, they are unknown', async () => {
    const id = await makeAccount()
    const key = await makeAccountKey(id)
    expect((await api(`PATCH /service-accounts/${id}`, { key: admin, body: { status: 'suspended' } })).body['status']).toBe('suspended')
    const refused = await api('GET /whoami', { key })
    expect([refused.status, refused.body['detail']]).toEqual([401, 'the owner of the key is suspended'])
    await api(`PATCH /service-accounts/${id}`, { key: admin, body: { status: 'active' } })
    expect((await api('GET /whoami', { key })).status).toBe(200)
    expect((await api(`DELETE /service-accounts/${id}`, { key: admin })).status).toBe(204)
    expect((await api('GET /whoami', { key })).status).toBe(401)
    expect((await eventsAbout(id)).map(({ event }) => event)).toEqual(['service-account.create', 'service-account-key.create', 'service-account.suspend', 'service-account.resume', 'service-account.delete'])
  })

  test('one name is one account: 409', async () => {
    await makeAccount([], 'twice')
    expect((await api('POST /service-accounts', { key: admin, body: { name: 'twice' } })).status).toBe(409)
  })

  test('a key of another account is not found under this one', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    const key = await makeAccountKey(one)
    for (const call of [`GET /service-accounts/${other}/keys/${key.id}`, `DELETE /service-accounts/${other}/keys/${key.id}`, `GET /api-keys/${key.id}`, `DELETE /api-keys/${key.id}`])
      expect([call, (await api(call, { key: admin })).status]).toEqual([call, 404])
  })
})

describe('keys handed over', () => {
  test('go on working, with the rights of the account instead', async () => {
    const member = await makeMember(org, ['organization:write', 'organization:read'])
    const key = await makeKey(org, member)
    const account = await makeAccount([{ role: await makeRole(org.id, ['audit:read']) }])
    expect((await api(`DELETE /users/${member.id}?handoverTo=${account}`, { key: admin })).status).toBe(204)
    const { body } = await api('GET /whoami', { key })
    expect([body['principal'], body['permissions']]).toEqual([expect.objectContaining({ type: 'service_account', id: account }), ['gatehouse/audit:read']])
    const listed = await api(`GET /service-accounts/${account}/keys`, { key: admin })
    expect(listed.body['data']).toEqual([expect.objectContaining({ id: key.id, hint: expect.stringMatching(/^gh_key_/), owner: expect.objectContaining({ type: 'service_account' }) })])
  })

  test('by nobody who does not hold what the account may', async () => {
    const member = await makeMember(org)
    const weak = await makeKey(org, await makeMember(org, ['member:write', 'member:read', 'service-account:write']))
    const account = await makeAccount([{ role: 'administrator' }])
    expect((await api(`DELETE /users/${member.id}?handoverTo=${account}`, { key: weak })).status).toBe(403)
    expect((await api(`GET /users/${member.id}`, { key: admin })).status).toBe(200)
    expect((await api(`DELETE /users/${member.id}?handoverTo=${newId('serviceAccount')}`, { key: admin })).status).toBe(404)
  })
})
