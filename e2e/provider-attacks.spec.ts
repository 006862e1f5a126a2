import type { APIRequestContext } from '@playwright/test'
import { request as newRequest } from '@playwright/test'
import { z } from 'zod'
import { startTestProvider, type Spoil, type TestProvider } from '@/lib/testing/openid-provider'
import { expect, test } from './fixtures'
import { makeInstallation } from './private-installation'

const ADMIN = 'admin@acme.test'
const CLAIMS = { sub: 'admin there', email: ADMIN, email_verified: true, name: 'Admin' }

type Browser = APIRequestContext
const once = { maxRedirects: 0 }

/** Begins a sign-in in a browser: where the provider is asked. */
async function begin(browser: Browser, provider = 'google', query = ''): Promise<URL> {
  const answer = await browser.get(`/sso/account/${provider}/begin${query}`, once)
  expect(answer.status()).toBe(303)
  return new URL(answer.headers()['location'] ?? '')
}

/** Where the browser is sent on to at the end: the reason of a refusal, or the path. */
async function end(browser: Browser, address: URL): Promise<string> {
  const answer = await browser.get(address.href, once)
  const location = new URL(answer.headers()['location'] ?? '', address)
  expect(location.origin).toBe(address.origin)
  return location.searchParams.get('error') ?? location.pathname
}

test('whatever is wrong with an answer of a provider of the installation is refused, each for its own reason', async () => {
  test.setTimeout(300_000)
  const [google, okta, installation] = [await startTestProvider(), await startTestProvider(), await makeInstallation()]
  const gatehouse = await installation.start({
    GATEHOUSE_ALLOW_PRIVATE_IDP: '1', GOOGLE_ISSUER: google.issuer, GOOGLE_CLIENT_ID: 'gatehouse', GOOGLE_CLIENT_SECRET: 's', OKTA_ISSUER: okta.issuer, OKTA_CLIENT_ID: 'gatehouse', OKTA_CLIENT_SECRET: 's',
  })
  const newBrowser = (headers: Record<string, string> = {}) => newRequest.newContext({ baseURL: gatehouse.url, extraHTTPHeaders: headers })
  const attempt = async (spoil: Spoil, claims: Record<string, unknown> = CLAIMS, provider: TestProvider = google) => {
    const browser = await newBrowser()
    const result = await end(browser, provider.authorize((await begin(browser, provider === google ? 'google' : 'okta')).href, claims, spoil))
    await browser.dispose()
    return result
  }
  const url = await begin(await newBrowser())
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code', client_id: 'gatehouse', code_challenge_method: 'S256', redirect_uri: `${gatehouse.url}/api/auth/callback/google`, state: expect.stringMatching(/.{20}/), nonce: expect.stringMatching(/.{20}/),
  })

  const attacks: [Spoil, string, Record<string, unknown>?][] = [
    [{ answer: { state: null } }, 'state-missing'],
    [{ answer: { state: 'made up' } }, 'state-unknown'],
    [{ claims: { nonce: 'replayed' } }, 'nonce-mismatch'],
    [{ claims: { nonce: undefined } }, 'nonce-mismatch'],
    [{ claims: { iss: 'https://evil.example' } }, 'issuer-mismatch'],
    [{ answer: { iss: 'https://evil.example' } }, 'issuer-mismatch'],
    [{ claims: { aud: 'another client' } }, 'wrong-audience'],
    [{ expiresAt: '-10m' }, 'token-expired'],
    [{ algorithm: 'none' }, 'signature-invalid'],
    [{ algorithm: 'foreign' }, 'signature-invalid'],
    [{ uses: 0 }, 'code-refused'],
    [{ answer: { code: null, error: 'access_denied' } }, 'provider-refused'],
    [{}, 'email-unverified', { ...CLAIMS, email_verified: false }],
    [{}, 'email-unverified', { ...CLAIMS, email_verified: 'true' }],
    [{}, 'email-unverified', { sub: 'a', email: ADMIN }],
    [{}, 'account-unknown', { ...CLAIMS, email: 'nobody@acme.test' }],
  ]
  for (const [spoil, reason, claims] of attacks) expect([JSON.stringify(spoil), await attempt(spoil, claims)]).toEqual([JSON.stringify(spoil), reason])

  // Another browser, the same twice, the cookies of the beginning gone, the answer of the other provider.
  const [browser, victim] = [await newBrowser(), await newBrowser()]
  const answer = google.authorize((await begin(browser)).href, CLAIMS, { uses: 5 })
  expect(await end(victim, answer)).toBe('other-browser')
  await begin(victim)
  expect(await end(victim, answer)).toBe('other-browser')
  expect(await end(browser, answer)).toBe('/acme')
  expect(await end(browser, answer)).toBe('state-used')
  const mixed = okta.authorize((await begin(browser, 'google')).href, CLAIMS)
  expect(await end(browser, new URL(mixed.href.replace('/callback/google', '/callback/okta')))).toBe('issuer-mismatch')

  // A step-up asks the provider to ask again, and a provider that has not, says nothing or names somebody else proves nothing.
  const again = await begin(browser, 'google', '?confirm=1&next=/profile')
  expect(Object.fromEntries(again.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
  const now = () => Math.floor(Date.now() / 1000)
  const proofs: [Record<string, unknown>, string][] = [
    [{ auth_time: now() - 120 }, '/confirm?refused=not-again&next=%2Fprofile'], [{}, '/confirm?refused=not-again&next=%2Fprofile'],
    [{ auth_time: now() + 60, sub: 'somebody else' }, '/confirm?refused=other-person&next=%2Fprofile'], [{ auth_time: now() + 60 }, '/profile'],
  ]
  for (const [claims, path] of proofs) {
    const proof = google.authorize((await begin(browser, 'google', '?confirm=1&next=/profile')).href, { ...CLAIMS, ...claims })
    expect((await browser.get(proof.href, once)).headers()['location']).toBe(gatehouse.url + path)
  }
  expect((await victim.get('/sso/account/google/begin?confirm=1', once)).status()).toBe(401)
  expect((await browser.get('/sso/account/okta/begin?confirm=1', once)).status()).toBe(404)

  // Linking begins on a page of ours, by somebody signed in, and takes nobody who opens another account.
  expect((await browser.get('/sso/account/okta/begin?link=1', { ...once, headers: { 'sec-fetch-site': 'cross-site' } })).status()).toBe(403)
  expect((await victim.get('/sso/account/okta/begin?link=1', once)).status()).toBe(401)
  const atOkta = { sub: 'admin at Okta', email: 'other@elsewhere.example' }
  const linked = okta.authorize((await begin(browser, 'okta', '?link=1')).href, atOkta)
  expect((await browser.get(linked.href, once)).headers()['location']).toBe(`${gatehouse.url}/security`)
  expect(await attempt({}, atOkta, okta)).toBe('/acme')

  // Nobody is sent off this site, whatever was asked for and whoever the request says it is for.
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/sign-in']) {
    const sent = google.authorize((await begin(browser, 'google', `?next=${encodeURIComponent(next)}`)).href, CLAIMS)
    expect(await end(browser, sent)).toBe('/acme')
  }
  const forging = await newBrowser({ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example', 'x-forwarded-for': '203.0.113.9' })
  expect((await begin(forging)).searchParams.get('redirect_uri')).toBe(`${gatehouse.url}/api/auth/callback/google`)
  expect((await (await newBrowser({ host: 'evil.example' })).get('/sso/account/google/begin', once)).status()).toBe(421)

  // What named somebody's account is in the log of their organization, with its reason.
  const { secret } = await installation.command('api-key', 'create', '--org', 'acme', '--email', ADMIN, '--name', 'reader')
  const log = await browser.get('/api/v1/audit-events?event=session.open&outcome=failed', { headers: { authorization: `Bearer ${String(secret)}` } })
  const { data } = z.object({ data: z.array(z.object({ detail: z.unknown() })) }).parse(await log.json())
  expect(data.map(({ detail }) => detail)).toEqual(Array.from({ length: 3 }, () => ({ method: 'google', code: 'email-unverified', email: ADMIN })))
  await gatehouse.stop()
  await Promise.all([google.close(), okta.close(), installation.remove()])
})
