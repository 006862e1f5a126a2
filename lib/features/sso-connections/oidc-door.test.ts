import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { newId } from '@/lib/ids'
import { seal } from '@/lib/secrets'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { startTestProvider, type Spoil, type TestProvider } from '@/lib/testing/openid-provider'
import { eventsOf } from '@/lib/testing/people'
import { makeVerifiedDomain } from '@/lib/testing/saml-connections'
import { newBrowserSecret } from './attempts'
import { beginOidc, finishOidc } from './oidc-door'
import { findOidcConnection, type OidcConnection } from './queries'

testDatabase()

let provider: TestProvider
let other: TestProvider

beforeAll(async () => {
  process.env['GATEHOUSE_ALLOW_PRIVATE_IDP'] = '1'
  forgetEnv()
  ;[provider, other] = [await startTestProvider(), await startTestProvider()]
})

afterAll(() => Promise.all([provider.close(), other.close()]))

type Site = { org: TestOrganization; email: string; connection: OidcConnection }

async function connect(organizationId: string, issuer: string): Promise<OidcConnection> {
  const id = newId('connection')
  await db().ssoConnection.create({ data: { id, organizationId, kind: 'okta', name: `Okta ${id.slice(-6)}`, status: 'enabled', settings: { issuer, clientId: 'gatehouse' }, clientSecret: seal('a secret') } })
  const connection = await findOidcConnection(id)
  if (!connection) throw new Error('no connection')
  return connection
}

async function makeSite(): Promise<Site> {
  const org = await makeOrganization()
  const email = `ada@${await makeVerifiedDomain(org)}`
  await makeMember(org, [], await makeAccount(email))
  return { org, email, connection: await connect(org.id, provider.issuer) }
}

const claimsOf = ({ email }: Site) => ({ sub: `sub-${email}`, email, email_verified: true, name: 'Ada' })

async function begin(connection: OidcConnection, browserSecret: string): Promise<string> {
  const begun = await beginOidc(connection, { browserSecret, purpose: 'sign-in', next: '/somewhere' })
  if (begun.kind === 'refused') throw new Error(begun.reason)
  return begun.url
}

const reasonsIn = async ({ org }: Site) => (await eventsOf(org.id, 'session.open')).filter(({ outcome }) => outcome === 'failed').map(({ detail }) => (typeof detail === 'object' && detail !== null && 'code' in detail ? detail.code : null))

test('a member signs in with PKCE, state and nonce', async () => {
  const site = await makeSite()
  const browser = newBrowserSecret()
  const url = new URL(await begin(site.connection, browser))
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ response_type: 'code', client_id: 'gatehouse', code_challenge_method: 'S256', redirect_uri: `http://localhost:3000/sso/oidc/${site.connection.id}/callback` })
  const done = await finishOidc(site.connection, provider.authorize(url.href, claimsOf(site)), browser, null)
  expect(done).toMatchObject({ kind: 'signed-in', next: '/somewhere', session: { slug: site.org.slug } })
})

test.each<[string, (site: Site) => Spoil, string]>([
  ['another audience', () => ({ claims: { aud: 'another client' } }), 'wrong-audience'],
  ['another issuer in the token', () => ({ claims: { iss: 'https://evil.example' } }), 'issuer-mismatch'],
  ['another issuer beside the code', () => ({ answer: { iss: 'https://evil.example' } }), 'issuer-mismatch'],
  ['another nonce', () => ({ claims: { nonce: 'replayed' } }), 'nonce-mismatch'],
  ['no nonce', () => ({ claims: { nonce: undefined } }), 'nonce-mismatch'],
  ['a token that has ended', () => ({ expiresAt: '-10m' }), 'token-expired'],
  ['a token without signature', () => ({ algorithm: 'none' }), 'signature-invalid'],
  ['a token signed by somebody else', () => ({ algorithm: 'foreign' }), 'signature-invalid'],
  ['no state', () => ({ answer: { state: null } }), 'state-missing'],
  ['a state that never was', () => ({ answer: { state: 'made up' } }), 'state-unknown'],
  ['a code that is refused', () => ({ uses: 0 }), 'code-refused'],
  ['a refusal at the provider', () => ({ answer: { code: null, error: 'access_denied' } }), 'provider-refused'],
  ['an address that is not verified', () => ({ claims: { email_verified: false } }), 'email-unverified'],
  ['an address of which nothing is said', () => ({ claims: { email_verified: undefined } }), 'email-unverified'],
  ['the word true instead of the value', () => ({ claims: { email_verified: 'true' } }), 'email-unverified'],
  ['an address outside the domain', () => ({ claims: { email: 'ada@elsewhere.example' } }), 'domain-unverified'],
])('%s is refused and told to the log', async (_what, spoil, reason) => {
  const site = await makeSite()
  const browser = newBrowserSecret()
  const address = provider.authorize(await begin(site.connection, browser), claimsOf(site), spoil(site))
  expect(await finishOidc(site.connection, address, browser, null)).toMatchObject({ kind: 'refused', reason })
  expect(await reasonsIn(site)).toEqual([reason])
})

test('an answer works once, even when the provider would accept the code again', async () => {
  const site = await makeSite()
  const browser = newBrowserSecret()
  const address = provider.authorize(await begin(site.connection, browser), claimsOf(site), { uses: 5 })
  expect(await finishOidc(site.connection, address, browser, null)).toMatchObject({ kind: 'signed-in' })
  expect(await finishOidc(site.connection, address, browser, null)).toMatchObject({ reason: 'state-used' })
})

test('an answer planted in another browser signs nobody in, and still works in the one that began', async () => {
  const site = await makeSite()
  const browser = newBrowserSecret()
  const address = provider.authorize(await begin(site.connection, browser), claimsOf(site))
  expect(await finishOidc(site.connection, address, newBrowserSecret(), null)).toMatchObject({ reason: 'other-browser' })
  expect(await finishOidc(site.connection, address, undefined, null)).toMatchObject({ reason: 'other-browser' })
  expect(await finishOidc(site.connection, address, browser, null)).toMatchObject({ kind: 'signed-in' })
})

test('an answer of one provider is nothing to the connection of another', async () => {
  const site = await makeSite()
  const second = await connect(site.org.id, other.issuer)
  const browser = newBrowserSecret()
  const address = other.authorize(await begin(second, browser), claimsOf(site))
  expect(await finishOidc(site.connection, address, browser, null)).toMatchObject({ reason: 'issuer-mismatch' })
})

test('a connection that is off, incomplete or out of reach begins nothing', async () => {
  const site = await makeSite()
  const asked = { browserSecret: newBrowserSecret(), purpose: 'sign-in' as const, next: null }
  expect(await beginOidc({ ...site.connection, status: 'disabled' }, asked)).toMatchObject({ reason: 'connection-off' })
  expect(await beginOidc({ ...site.connection, settings: { issuer: '', clientId: '', assumesVerified: false } }, asked)).toMatchObject({ reason: 'connection-off' })
  const away = await connect(site.org.id, 'http://127.0.0.1:1')
  expect(await beginOidc(away, asked)).toMatchObject({ reason: 'provider-unreachable' })
})
