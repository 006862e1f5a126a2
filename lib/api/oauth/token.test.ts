import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { perform } from '@/lib/boundary/perform'
import { now, setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { createAccountKey } from '@/lib/features/service-accounts/key-operations'
import { createServiceAccount, updateServiceAccount } from '@/lib/features/service-accounts/operations'
import { createToken, deleteToken, updateToken, type NewToken } from '@/lib/features/tokens/operations'
import { makeKey, testApi } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { basic, memberOf, postForm } from '@/lib/testing/oauth'

testDatabase()
let server: DecisionServer
let org: TestOrganization

beforeAll(async () => {
  server = await startDecisions()
  org = await makeOrganization()
})
afterAll(() => server.close())
afterEach(() => setClock(null))

const newToken = (input: object = {}): Promise<NewToken> => perform(createToken, { ...org.admin.actor, confirmedAt: now() }, org.id, { role: 'viewer', description: 'reporting', ...input })
const GRANT = { grant_type: 'client_credentials' }
const ask = (fields: Record<string, string> | string, headers: Record<string, string> = {}) => postForm(server, '/oauth/token', fields, headers)
const whoami = (secret: string) => testApi()('GET /whoami', { key: { secret } })

/** An access token of a client. */
const accessToken = async ({ clientId, clientSecret }: NewToken): Promise<string> => memberOf(await ask({ ...GRANT, client_id: clientId, client_secret: clientSecret }), 'access_token')

describe('client credentials', () => {
  test('by HTTP Basic or in the body: an opaque bearer of one hour that is never stored', async () => {
    const token = await newToken()
    for (const reply of [await ask(GRANT, { authorization: basic(token.clientId, token.clientSecret) }), await ask({ ...GRANT, client_id: token.clientId, client_secret: token.clientSecret })]) {
      expect(reply).toMatchObject({ status: 200, body: { access_token: expect.stringMatching(/^gh_at_[0-9A-Za-z]{61}_[0-9A-Za-z]{49}$/), token_type: 'Bearer', expires_in: 3600 } })
      expect([reply.headers['cache-control'], reply.headers.pragma, reply.headers['content-type']]).toEqual(['no-store', 'no-cache', 'application/json'])
      const secret = memberOf(reply, 'access_token')
      expect((await whoami(secret)).body).toMatchObject({ principal: { type: 'token', id: token.id }, credential: { type: 'access_token', id: token.id } })
    }
  })

  test('the short form of the id, and keys of people and of accounts, are clients too', async () => {
    const token = await newToken()
    expect((await ask({ ...GRANT, client_id: token.clientId.replace('gh_tok_', ''), client_secret: token.clientSecret })).status).toBe(200)
    const { id } = await perform(createServiceAccount, org.admin.actor, org.id, { name: 'client', roles: [{ role: 'viewer' }] })
    const made = await perform(createAccountKey, org.admin.actor, org.id, { serviceAccountId: id, name: 'k' })
    for (const [secret, principal] of [[made.secret, id], [(await makeKey(org, org.admin)).secret, org.admin.id]] as const) {
      const at = secret.lastIndexOf('_')
      const reply = await ask(GRANT, { authorization: basic(secret.slice(0, at), secret.slice(at + 1)) })
      expect((await whoami(memberOf(reply, 'access_token'))).body).toMatchObject({ principal: { id: principal } })
    }
  })

  test('it ends with its source at the latest', async () => {
    setClock(new Date('2027-01-01T00:00:00Z'))
    const token = await newToken({ expiresAt: '2027-01-01T00:10:00Z' })
    const reply = await ask({ ...GRANT, client_id: token.clientId, client_secret: token.clientSecret })
    expect(reply.body).toMatchObject({ expires_in: 600 })
    setClock(new Date('2027-01-01T00:10:00Z'))
    expect((await whoami(memberOf(reply, 'access_token'))).status).toBe(401)
  })

  test('it is over after an hour', async () => {
    setClock(new Date('2027-01-01T00:00:00Z'))
    const token = await newToken()
    const secret = await accessToken(token)
    setClock(new Date('2027-01-01T00:59:59Z'))
    expect(await whoami(secret)).toMatchObject({ status: 200, body: {
      credential: { type: 'access_token', id: token.id, expiresAt: '2027-01-01T01:00:00.000Z', madeFrom: { type: 'token', id: token.id, name: 'reporting' } },
    } })
    expect((await whoami(token.token)).body['credential']).toEqual({ type: 'token', id: token.id, expiresAt: null, madeFrom: null })
    setClock(new Date('2027-01-01T01:00:00Z'))
    expect((await whoami(secret)).body).toMatchObject({ status: 401, detail: 'the access token has expired' })
  })

  test('it dies at once with its source: suspended, resumed, deleted', async () => {
    const token = await newToken()
    const secret = await accessToken(token)
    await perform(updateToken, org.admin.actor, org.id, { id: token.id, status: 'suspended' })
    expect((await whoami(secret)).body).toMatchObject({ status: 401, detail: 'what the access token was made from is suspended' })
    await perform(updateToken, org.admin.actor, org.id, { id: token.id, status: 'active' })
    expect((await whoami(secret)).status).toBe(200)
    await perform(deleteToken, org.admin.actor, org.id, { id: token.id })
    expect((await whoami(secret)).status).toBe(401)
  })

  test('and with the account behind its source', async () => {
    const { id } = await perform(createServiceAccount, org.admin.actor, org.id, { name: 'mortal', roles: [{ role: 'viewer' }] })
    const { secret } = await perform(createAccountKey, org.admin.actor, org.id, { serviceAccountId: id, name: 'k' })
    const at = secret.lastIndexOf('_')
    const access = memberOf(await ask(GRANT, { authorization: basic(secret.slice(0, at), secret.slice(at + 1)) }), 'access_token')
    expect((await whoami(access)).status).toBe(200)
    await perform(updateServiceAccount, org.admin.actor, org.id, { id, status: 'suspended' })
    expect((await whoami(access)).status).toBe(401)
  })

  test('it does what its source may at this moment, no more: a narrowed key gives a narrowed token', async () => {
    const key = await makeKey(org, org.admin)
    await db().apiKey.update({ where: { organizationId_id: { organizationId: org.id, id: key.id } }, data: { roleId: org.roleIds.get('billing-viewer') ?? '' } })
    const at = key.secret.lastIndexOf('_')
    const secret = memberOf(await ask(GRANT, { authorization: basic(key.secret.slice(0, at), key.secret.slice(at + 1)) }), 'access_token')
    const { body } = await whoami(secret)
    expect(body['permissions']).not.toContain('gatehouse/member:write')
    expect(body['permissions']).toContain('gatehouse/billing:read')
  })
})

describe('what is refused', () => {
  test.each<[string, Record<string, string> | string, number, string]>([
    ['no grant type', {}, 400, 'invalid_request'],
    ['a grant type there is not', { grant_type: 'password', username: 'a', password: 'b' }, 400, 'unsupported_grant_type'],
    ['no client', GRANT, 401, 'invalid_client'],
    ['a client nobody knows', { ...GRANT, client_id: 'gh_tok_0000000000000000', client_secret: 'x' }, 401, 'invalid_client'],
    ['a secret without id', { ...GRANT, client_secret: 'x' }, 400, 'invalid_request'],
    ['a field twice', 'grant_type=client_credentials&grant_type=client_credentials', 400, 'invalid_request'],
    ['a scope', { ...GRANT, scope: 'admin' }, 400, 'invalid_scope'],
    ['characters that are none', 'grant_type=%00%ff"\\', 400, 'unsupported_grant_type'],
    ['nothing', '', 400, 'invalid_request'],
  ])('%s', async (_what, fields, status, error) => {
    const reply = await ask(fields)
    expect([reply.status, memberOf(reply, 'error')]).toEqual([status, error])
    expect(memberOf(reply, 'error_description')).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.headers['www-authenticate']).toBe(status === 401 ? 'Basic realm="gatehouse"' : undefined)
  })

  test('a wrong secret, with the reason an unknown client gets too', async () => {
    const { clientId, clientSecret } = await newToken()
    const wrong = await ask({ ...GRANT, client_id: clientId, client_secret: `${clientSecret.slice(0, -1)}${clientSecret.endsWith('0') ? '1' : '0'}` })
    expect(wrong.body).toEqual({ error: 'invalid_client', error_description: 'the credential is not well formed (a character may be missing or changed)' })
  })

  test('an access token as client: it would prolong itself for ever', async () => {
    const secret = await accessToken(await newToken())
    const at = secret.lastIndexOf('_')
    expect((await ask(GRANT, { authorization: basic(secret.slice(0, at), secret.slice(at + 1)) })).body).toMatchObject({ error: 'invalid_client', error_description: 'an access token makes no further ones' })
    expect((await ask(GRANT, { authorization: basic('token', secret) })).body).toMatchObject({ error: 'invalid_client' })
  })

  test('both ways of authenticating at once, and a bearer', async () => {
    const { clientId, clientSecret, token } = await newToken()
    expect((await ask({ ...GRANT, client_id: clientId, client_secret: clientSecret }, { authorization: basic(clientId, clientSecret) })).body).toMatchObject({ error: 'invalid_request' })
    expect((await ask(GRANT, { authorization: `Bearer ${token}` })).body).toMatchObject({ error: 'invalid_client' })
  })

  test('JSON, other methods, other addresses', async () => {
    expect((await server.ask('/oauth/token', { body: GRANT })).body).toMatchObject({ error: 'invalid_request' })
    const got = await server.ask('/oauth/token', { method: 'GET' })
    expect([got.status, got.headers.allow]).toEqual([405, 'POST'])
    expect((await ask(GRANT, {})).status).toBe(401)
    expect((await postForm(server, '/oauth/authorize', GRANT)).status).toBe(404)
  })

  test('a credential that may not be used from there', async () => {
    const key = await makeKey(org, await makeMember(org))
    await db().apiKey.update({ where: { organizationId_id: { organizationId: org.id, id: key.id } }, data: { addresses: ['203.0.113.0/24'] } })
    const at = key.secret.lastIndexOf('_')
    const reply = await ask(GRANT, { authorization: basic(key.secret.slice(0, at), key.secret.slice(at + 1)) })
    expect([reply.status, reply.body]).toEqual([403, { error: 'access_denied', error_description: "this credential may not be used from '127.0.0.1'" }])
  })

  test('too many failures of one address', async () => {
    await db().rateLimit.deleteMany()
    const strict = await startDecisions({ failures: { count: 2, windowSeconds: 60 } })
    const statuses = []
    for (let times = 0; times < 4; times++) statuses.push(await postForm(strict, '/oauth/token', GRANT))
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 429, 429])
    expect(statuses.at(-1)?.headers['retry-after']).toMatch(/^\d+$/)
    await strict.close()
  })
})

test('clients find everything out for themselves', async () => {
  const reply = await server.ask('/.well-known/oauth-authorization-server', { method: 'GET' })
  expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'public, max-age=3600'])
  expect(reply.body).toMatchObject({
    issuer: 'http://localhost:3000', token_endpoint: 'http://localhost:3000/oauth/token', introspection_endpoint: 'http://localhost:3000/oauth/introspect',
    grant_types_supported: ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'],
  })
})
