import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { generateKeyPair } from 'jose'
import { perform, read } from '@/lib/boundary/perform'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { deleteServiceAccount, createServiceAccount, updateServiceAccount } from '@/lib/features/service-accounts/operations'
import { createTrustedIssuer, deleteTrustedIssuer, updateTrustedIssuer } from '@/lib/features/trusted-issuers/operations'
import { tryToken } from '@/lib/features/trusted-issuers/queries'
import { forgetIssuerKeys } from '@/lib/outgoing/issuer-keys'
import { testApi } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionReply, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { startIssuer, type TestIssuer } from '@/lib/testing/issuer'
import { memberOf, postForm } from '@/lib/testing/oauth'

testDatabase()
let server: DecisionServer
let issuer: TestIssuer
let org: TestOrganization
let accountId: string
let trustId: string

const CLAIMS = { aud: 'http://localhost:3000', sub: 'repo:acme/app:ref:refs/heads/main', repository: 'acme/app' }
const CONDITIONS = [{ claim: 'sub', operator: 'glob', values: ['repo:acme/app:ref:refs/heads/*'] }, { claim: 'repository', operator: 'equals', values: ['acme/app'] }]

beforeAll(async () => {
  process.env['GATEHOUSE_ALLOW_PRIVATE_IDP'] = '1'
  forgetEnv()
  server = await startDecisions()
  issuer = await startIssuer()
})
beforeEach(async () => {
  forgetIssuerKeys()
  org = await makeOrganization()
  accountId = (await perform(createServiceAccount, org.admin.actor, org.id, { name: 'deployer', roles: [{ role: 'viewer' }] })).id
  trustId = (await perform(createTrustedIssuer, org.admin.actor, org.id, { serviceAccountId: accountId, name: 'main', issuer: issuer.url, conditions: CONDITIONS })).id
})
afterEach(() => setClock(null))
afterAll(async () => {
  await server.close()
  await issuer.close()
})

const exchange = (token: string, fields: Record<string, string> = {}): Promise<DecisionReply> =>
  postForm(server, '/oauth/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: token, subject_token_type: 'urn:ietf:params:oauth:token-type:jwt', audience: accountId, ...fields,
  })
const whoami = (secret: string) => testApi()('GET /whoami', { key: { secret } })
const ref = () => ({ serviceAccountId: accountId, id: trustId })
const eventsOf = (outcome: string) => db().auditEvent.findMany({ where: { organizationId: org.id, event: 'access-token.exchange', outcome } })

/** A good token exchanged. */
const accessToken = async (): Promise<string> => memberOf(await exchange(await issuer.sign(CLAIMS)), 'access_token')

describe('an outside token', () => {
  test('gives a short-lived bearer with the account’s rights, and the log tells from whom', async () => {
    const reply = await exchange(await issuer.sign({ ...CLAIMS, jti: 'run-7' }))
    expect(reply).toMatchObject({ status: 200, body: { token_type: 'Bearer', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', expires_in: 3600 } })
    expect(reply.headers['cache-control']).toBe('no-store')
    expect((await whoami(memberOf(reply, 'access_token'))).body).toMatchObject({ principal: { type: 'service_account', id: accountId, name: 'deployer' }, credential: { type: 'access_token', id: trustId, expiresAt: expect.stringMatching(/^20/), madeFrom: { type: 'trusted_issuer', id: trustId } } })
    expect(await eventsOf('success')).toMatchObject([{ actorType: 'service_account', actorId: accountId, credentialId: trustId, address: '127.0.0.1', detail: { issuer: issuer.url, subject: CLAIMS.sub, tokenId: 'run-7' } }])
  })

  test('may be exchanged again while it holds', async () => {
    const token = await issuer.sign({ ...CLAIMS, jti: 'run-8' })
    expect([(await exchange(token)).status, (await exchange(token)).status]).toEqual([200, 200])
  })

  test('the use of what it gave counts as use of the trust', async () => {
    await whoami(await accessToken())
    await vi.waitUntil(async () => (await db().trustedIssuer.findUniqueOrThrow({ where: { organizationId_id: { organizationId: org.id, id: trustId } } })).lastUsedAt !== null, { timeout: 20_000 })
  })
})

describe('the bearer dies at once', () => {
  const ends: [string, () => Promise<unknown>][] = [
    ['with the trust', () => perform(deleteTrustedIssuer, org.admin.actor, org.id, ref())],
    ['with the trust suspended', () => perform(updateTrustedIssuer, org.admin.actor, org.id, { ...ref(), status: 'suspended' })],
    ['with other conditions', () => perform(updateTrustedIssuer, org.admin.actor, org.id, { ...ref(), conditions: [{ claim: 'sub', values: ['else'] }] })],
    ['with the account suspended', () => perform(updateServiceAccount, org.admin.actor, org.id, { id: accountId, status: 'suspended' })],
    ['with the account', () => perform(deleteServiceAccount, org.admin.actor, org.id, { id: accountId })],
  ]
  test.each(ends)('%s', async (_what, end) => {
    const secret = await accessToken()
    expect((await whoami(secret)).status).toBe(200)
    await end()
    expect((await whoami(secret)).status).toBe(401)
    const again = await exchange(await issuer.sign(CLAIMS))
    expect(again.body).toMatchObject({ error: 'invalid_target' })
  })

  test('but not with a new name, and after a change of terms the next one counts', async () => {
    const secret = await accessToken()
    await perform(updateTrustedIssuer, org.admin.actor, org.id, { ...ref(), name: 'renamed' })
    expect((await whoami(secret)).status).toBe(200)
    await perform(updateTrustedIssuer, org.admin.actor, org.id, { ...ref(), conditions: [{ claim: 'repository', values: ['acme/app'] }] })
    expect((await whoami(secret)).status).toBe(401)
    expect((await whoami(await accessToken())).status).toBe(200)
  })
})

describe('what is refused', () => {
  test('claims that meet no conditions: a stranger learns nothing, the log tells why', async () => {
    const unmet = await exchange(await issuer.sign({ ...CLAIMS, sub: 'repo:acme/app:pull_request' }))
    const unknown = await exchange(await issuer.sign(CLAIMS), { audience: 'sva_019a0b6e-6100-7bbb-8c10-2a3b4c5d6e7f' })
    expect(unmet.body).toEqual({ error: 'invalid_target', error_description: 'no service account of this id accepts this token; the audit log of its organization may tell why' })
    expect(unknown.body).toEqual(unmet.body)
    expect(await eventsOf('denied')).toMatchObject([{ detail: { subject: 'repo:acme/app:pull_request', unmet: ['main: sub is repo:acme/app:pull_request'] } }])
    expect((await exchange(await issuer.sign({ ...CLAIMS, aud: 'https://another.example' }))).body).toMatchObject({ error: 'invalid_target' })
    expect((await exchange(await issuer.sign({ ...CLAIMS, sub: 'half \ud800 and \0 nothing' }))).status).toBe(400)
  })

  const now = (): number => Math.floor(Date.now() / 1000)
  const times: [string, () => object, string][] = [
    ['expired', () => ({ exp: now() - 61 }), "the token has expired ('exp')"],
    ['not valid yet', () => ({ nbf: now() + 120 }), "the token is not valid yet ('nbf')"],
    ['made in the future', () => ({ iat: now() + 120 }), "the token says that it was made in the future ('iat')"],
    ['without an end', () => ({ exp: undefined }), "the token has no 'exp'"],
    ['without a beginning', () => ({ iat: undefined }), "the token has no 'iat'"],
  ]
  test.each(times)('a token that is %s', async (_what, claims, why) => {
    expect((await exchange(await issuer.sign({ ...CLAIMS, ...claims() }))).body).toEqual({ error: 'invalid_request', error_description: why })
  })

  test('small differences of clocks are borne', async () => {
    expect((await exchange(await issuer.sign({ ...CLAIMS, exp: now() - 30, iat: now() - 100 }))).status).toBe(200)
    expect((await exchange(await issuer.sign({ ...CLAIMS, nbf: now() + 30, iat: now() + 30 }))).status).toBe(200)
  })

  test('a signature by another key, none, or a shared secret', async () => {
    const other = await generateKeyPair('ES256')
    expect((await exchange(await issuer.sign(CLAIMS, { key: other.privateKey }))).body).toMatchObject({ error: 'invalid_request', error_description: "the signature is not the issuer's" })
    expect((await exchange(await issuer.sign(CLAIMS, { alg: 'HS256', kid: 'shared', key: Buffer.from('secret'.padEnd(32, 'x')) }))).body).toMatchObject({ error_description: "tokens signed with 'HS256' are not accepted" })
    const [, payload] = (await issuer.sign(CLAIMS)).split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    expect((await exchange(none)).status).toBe(400)
    expect(await eventsOf('denied')).toEqual([])
  })

  test.each<[string, Record<string, string>, string]>([
    ['no JWT', { subject_token: 'nonsense' }, 'invalid_request'],
    ['a token that is far too long', { subject_token: 'a'.repeat(20_000) }, 'invalid_request'],
    ['another kind of token', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, 'invalid_request'],
    ['a wish for another kind', { requested_token_type: 'urn:ietf:params:oauth:token-type:jwt' }, 'invalid_request'],
    ['an actor', { actor_token: 'x' }, 'invalid_request'],
    ['an audience that is no account', { audience: 'deployer' }, 'invalid_target'],
    ['no audience', { audience: '' }, 'invalid_request'],
    ['a scope', { scope: 'all' }, 'invalid_scope'],
  ])('%s', async (_what, fields, error) => {
    expect((await exchange(await issuer.sign(CLAIMS), fields)).body).toMatchObject({ error })
  })
})

describe('the issuer’s keys', () => {
  test('are kept, and asked for again when a token was signed by a new one, but not for every unknown one', async () => {
    setClock(new Date())
    await accessToken()
    await accessToken()
    const since = issuer.asked.length
    expect(issuer.asked.slice(-2)).toEqual(['/.well-known/openid-configuration', '/keys'])
    const old = await issuer.sign(CLAIMS)
    await issuer.rotate()
    expect((await exchange(await issuer.sign(CLAIMS))).body).toMatchObject({ error_description: 'the issuer has no key like the one that signed the token' })
    expect(issuer.asked.length).toBe(since)
    setClock(new Date(Date.now() + 31_000))
    expect((await exchange(await issuer.sign(CLAIMS))).status).toBe(200)
    expect(issuer.asked.length).toBe(since + 2)
    expect((await exchange(old)).status).toBe(400)
    expect(issuer.asked.length).toBe(since + 2)
  })

  test('that cannot be had are believed as they were, for a day', async () => {
    const at = Date.now()
    await accessToken()
    issuer.answer('/keys', (_req, res) => res.writeHead(500).end())
    const signed = (later: number) => issuer.sign({ ...CLAIMS, iat: Math.floor((at + later) / 1000), exp: Math.floor((at + later) / 1000) + 300 })
    setClock(new Date(at + 3600_000))
    expect((await exchange(await signed(3600_000))).status).toBe(200)
    setClock(new Date(at + 25 * 3600_000))
    expect((await exchange(await signed(25 * 3600_000))).body).toMatchObject({ error: 'invalid_request', error_description: expect.stringContaining('answers with status 500') })
    issuer.answer('/keys', null)
  })

  test.each<[string, string, string]>([
    ['of an issuer that speaks for another', JSON.stringify({ issuer: 'https://other.example', jwks_uri: 'https://other.example/keys' }), 'speaks for'],
    ['at an address that is never asked', JSON.stringify({ issuer: 'SELF', jwks_uri: 'https://169.254.169.254/keys' }), 'private or reserved network'],
    ['that are none', '<html>', 'does not answer with JSON'],
  ])('%s are refused', async (_what, text, why) => {
    issuer.answer('/.well-known/openid-configuration', (_req, res) => res.end(text.replace('SELF', issuer.url)))
    expect((await exchange(await issuer.sign(CLAIMS))).body).toMatchObject({ error: 'invalid_request', error_description: expect.stringContaining(why) })
    issuer.answer('/.well-known/openid-configuration', null)
  })
})

describe('who may make a trust', () => {
  test('whoever holds all that the account may do', async () => {
    const member = await makeMember(org, ['service-account:write', 'service-account:read'])
    const { id } = await perform(createServiceAccount, org.admin.actor, org.id, { name: 'mighty', roles: [{ role: 'administrator' }] })
    const input = { serviceAccountId: id, name: 'mine', issuer: issuer.url, conditions: [{ claim: 'sub', values: ['me'] }] }
    await expect(perform(createTrustedIssuer, member.actor, org.id, input)).rejects.toMatchObject({ code: 'forbidden' })
    const made = await perform(createTrustedIssuer, org.admin.actor, org.id, input)
    await expect(perform(updateTrustedIssuer, member.actor, org.id, { ...made, conditions: [{ claim: 'sub', values: ['them'] }] })).rejects.toMatchObject({ code: 'forbidden' })
    await perform(updateTrustedIssuer, member.actor, org.id, { ...made, status: 'suspended' })
    await expect(perform(updateTrustedIssuer, member.actor, org.id, { ...made, status: 'active' })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('and nobody in an issuer that is never asked', async () => {
    const input = { serviceAccountId: accountId, name: 'x', issuer: 'http://user@ci.example', conditions: CONDITIONS }
    await expect(perform(createTrustedIssuer, org.admin.actor, org.id, input)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

test('a token is tried without being exchanged', async () => {
  const attempt = async (token: string) => read(org.admin.actor, org.id, 'service-account:write', (ctx) => tryToken(ctx, { ...ref(), token }))
  expect(await attempt(await issuer.sign({ ...CLAIMS, sub: 'repo:acme/app:pull_request' }))).toEqual({
    accepted: false, problem: null,
    findings: [
      { claim: 'aud', operator: 'equals', wanted: ['http://localhost:3000'], found: ['http://localhost:3000'], isMet: true },
      { claim: 'sub', operator: 'glob', wanted: ['repo:acme/app:ref:refs/heads/*'], found: ['repo:acme/app:pull_request'], isMet: false },
      { claim: 'repository', operator: 'equals', wanted: ['acme/app'], found: ['acme/app'], isMet: true },
    ],
  })
  expect(await attempt(await issuer.sign(CLAIMS))).toMatchObject({ accepted: true, problem: null })
  expect(await attempt('x')).toEqual({ accepted: false, problem: 'this is no signed JWT with an `iss`', findings: [] })
  expect(await attempt(await issuer.sign(CLAIMS, { issuer: 'https://other.example' }))).toMatchObject({ problem: `the token’s \`iss\` is \`https://other.example\`, not \`${issuer.url}\`` })
  expect(await db().auditEvent.count({ where: { organizationId: org.id, event: 'access-token.exchange' } })).toBe(0)
})
