import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { createAccountKey } from '@/lib/features/service-accounts/key-operations'
import { createServiceAccount } from '@/lib/features/service-accounts/operations'
import { createToken, deleteToken, updateToken, type NewToken } from '@/lib/features/tokens/operations'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { basic, memberOf, postForm } from '@/lib/testing/oauth'

testDatabase()
let server: DecisionServer
let following: { stop: () => Promise<void> }
let [org, other]: TestOrganization[] = []
let asker: TestKey

const at = (organization: TestOrganization | undefined): TestOrganization => {
  if (!organization) throw new Error('made before all')
  return organization
}

beforeAll(async () => {
  const store = indexStore()
  following = store.start()
  server = await startDecisions({ store })
  org = await makeOrganization()
  other = await makeOrganization()
  asker = await makeKey(org, await makeMember(org, ['credential:introspect']))
})
afterAll(async () => {
  await server.close()
  await following.stop()
})

const introspect = (token: string, fields: Record<string, string> = {}, by: TestKey = asker) =>
  postForm(server, '/oauth/introspect', { token, ...fields }, { authorization: `Bearer ${by.secret}` })
const newToken = (organization = at(org), input: object = {}): Promise<NewToken> => perform(createToken, organization.admin.actor, organization.id, { role: 'viewer', description: 'reporting', ...input })
const limit = (key: TestKey, data: object) => db().apiKey.update({ where: { organizationId_id: { organizationId: at(org).id, id: key.id } }, data })

describe('a good credential of each kind', () => {
  test('an API key', async () => {
    const member = await makeMember(at(org))
    const key = await makeKey(at(org), member, new Date('2030-01-01T00:00:00Z'))
    const reply = await introspect(key.secret)
    expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(reply.body).toEqual({
      active: true, iss: 'http://localhost:3000', sub: member.id, token_type: 'Bearer', client_id: key.secret.slice(0, 23), username: member.email, exp: 1893456000,
      principal: { type: 'user', id: member.id }, credential: { type: 'api_key', id: key.id }, organization: { id: at(org).id },
    })
  })

  test('a key of a service account, an application token, and an access token of it', async () => {
    const { id } = await perform(createServiceAccount, at(org).admin.actor, at(org).id, { name: 'robot', roles: [] })
    const made = await perform(createAccountKey, at(org).admin.actor, at(org).id, { serviceAccountId: id, name: 'k' })
    expect((await introspect(made.secret)).body).toMatchObject({ active: true, sub: id, principal: { type: 'service_account' }, credential: { type: 'service_account_key', id: made.id } })
    const token = await newToken()
    expect((await introspect(token.token)).body).toEqual({
      active: true, iss: 'http://localhost:3000', sub: token.id, token_type: 'Bearer', client_id: token.clientId,
      principal: { type: 'token', id: token.id }, credential: { type: 'token', id: token.id }, organization: { id: at(org).id },
    })
    const access = memberOf(await postForm(server, '/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic(token.clientId, token.clientSecret) }), 'access_token')
    for (let times = 0; times < 2; times++)
      expect((await introspect(access)).body).toMatchObject({ active: true, sub: token.id, client_id: token.clientId, iat: expect.any(Number), exp: expect.any(Number), credential: { type: 'access_token', id: token.id } })
  })

  test('what it is narrowed to is told, and its use is noted', async () => {
    const key = await makeKey(at(org), at(org).admin)
    await limit(key, { roleId: at(org).roleIds.get('viewer') ?? '', scopeId: at(org).id })
    expect((await introspect(key.secret)).body).toMatchObject({ active: true, narrowing: { role: at(org).roleIds.get('viewer'), scope: at(org).id } })
    await vi.waitUntil(async () => (await db().apiKey.findUniqueOrThrow({ where: { organizationId_id: { organizationId: at(org).id, id: key.id } } })).lastUsedAt !== null, { timeout: 20_000 })
  })

  test('one that is bound to addresses is good for a client there only', async () => {
    const key = await makeKey(at(org), at(org).admin)
    await limit(key, { addresses: ['203.0.113.0/24'] })
    for (let times = 0; times < 2; times++) {
      expect((await introspect(key.secret)).body).toEqual({ active: false })
      expect((await introspect(key.secret, { client_address: '198.51.100.1' })).body).toEqual({ active: false })
      expect((await introspect(key.secret, { client_address: '203.0.113.9' })).body).toMatchObject({ active: true })
    }
  })
})

describe('what is not active looks all the same', () => {
  test.each(['', 'x', 'gh_key_', 'gh_at_aaaa', `gh_tok_${'A'.repeat(16)}_${'A'.repeat(49)}`].slice(1))('%s', async (token) => {
    expect((await introspect(token)).body).toEqual({ active: false })
  })

  test('one of another organization, suspended, deleted, with another secret', async () => {
    expect((await introspect((await makeKey(at(other), at(other).admin)).secret)).body).toEqual({ active: false })
    const token = await newToken()
    // A change is there once this process has heard of it.
    const told = expect.poll(async () => (await introspect(token.token)).body)
    const isGood = () => told.toMatchObject({ active: true })
    const isGone = () => told.toEqual({ active: false })
    await isGood()
    await perform(updateToken, at(org).admin.actor, at(org).id, { id: token.id, status: 'suspended' })
    await isGone()
    await perform(updateToken, at(org).admin.actor, at(org).id, { id: token.id, status: 'active' })
    await isGood()
    await perform(deleteToken, at(org).admin.actor, at(org).id, { id: token.id })
    await isGone()
    const [mine, theirs] = [await newToken(), await newToken()]
    expect((await introspect(`${mine.clientId}_${theirs.clientSecret}`)).body).toEqual({ active: false })
  })
})

describe('who may ask', () => {
  test('nobody without the permission, by whatever it authenticates', async () => {
    const stranger = await makeKey(at(org), await makeMember(at(org)))
    const reply = await introspect(asker.secret, {}, stranger)
    expect([reply.status, reply.body]).toEqual([403, { error: 'insufficient_scope', error_description: `'gatehouse/credential:introspect' is missing at ${at(org).id}` }])
    const narrowed = await makeKey(at(org), at(org).admin)
    await limit(narrowed, { roleId: at(org).roleIds.get('viewer') ?? '' })
    expect((await introspect(asker.secret, {}, narrowed)).status).toBe(403)
  })

  test('an administrator of another organization learns nothing', async () => {
    const theirs = await makeKey(at(other), at(other).admin)
    expect((await introspect(asker.secret, {}, theirs)).body).toEqual({ active: false })
  })

  test('by Basic and in the body too; an access token as well', async () => {
    const token = await newToken(at(org), { role: 'administrator' })
    expect((await postForm(server, '/oauth/introspect', { token: asker.secret }, { authorization: basic(token.clientId, token.clientSecret) })).body).toMatchObject({ active: true })
    expect((await postForm(server, '/oauth/introspect', { token: asker.secret, client_id: token.clientId, client_secret: token.clientSecret })).body).toMatchObject({ active: true })
    const access = memberOf(await postForm(server, '/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic(token.clientId, token.clientSecret) }), 'access_token')
    expect((await introspect(asker.secret, {}, { id: '', secret: access })).body).toMatchObject({ active: true })
  })

  test('nobody without a credential', async () => {
    const reply = await postForm(server, '/oauth/introspect', { token: asker.secret })
    expect([reply.status, memberOf(reply, 'error')]).toEqual([401, 'invalid_token'])
    expect(reply.headers['www-authenticate']).toContain('Bearer realm="gatehouse"')
    expect((await postForm(server, '/oauth/introspect', { token: 'x' }, { authorization: 'Bearer nonsense' })).status).toBe(401)
    expect((await postForm(server, '/oauth/introspect', {}, { authorization: `Bearer ${asker.secret}` })).body).toMatchObject({ error: 'invalid_request', error_description: "'token' is missing" })
  })
})

test('what introspection says a credential is, can be asked about as subject', async () => {
  const token = await newToken()
  const access = memberOf(await postForm(server, '/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic(token.clientId, token.clientSecret) }), 'access_token')
  const { body } = await introspect(access)
  const subject: unknown = typeof body === 'object' && body !== null && 'credential' in body ? body.credential : null
  const asked = (action: string) => server.ask('/access/v1/evaluation', { key: { secret: access }, body: { subject, action: { name: action }, resource: { type: 'organization', id: at(org).id } } })
  expect([(await asked('cluster:view')).body, (await asked('gatehouse/member:write')).body]).toEqual([{ decision: true }, { decision: false }])
})
