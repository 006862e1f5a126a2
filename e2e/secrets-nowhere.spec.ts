import type { Page } from '@playwright/test'
import { encodeSessionCookie, sessionCookieName } from '@/lib/access/principals/session-cookie'
import { openSession } from '@/lib/access/principals/session'
import { db, transaction } from '@/lib/db'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { codeOf } from '@/lib/testing/factors'
import { makePerson, PASSWORD } from '@/lib/testing/people'
import { expect, test } from './fixtures'
import { startGatehouse, type RunningGatehouse } from './gatehouse-process'

// A process of its own that says all it can, so that its whole log can be searched.
let server: RunningGatehouse
test.beforeAll(async () => {
  server = await startGatehouse({ DATABASE_URL: process.env.DATABASE_URL ?? '', GATEHOUSE_SECRET_KEY: process.env.GATEHOUSE_SECRET_KEY ?? '', LOG_LEVEL: 'trace' })
})
test.afterAll(() => server.stop())

type Body = Record<string, unknown>
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const basic = (id: string, secret: string): string => Buffer.from(`${id}:${secret}`).toString('base64')

/** A call of the API that has to succeed. */
async function call(request: string, key: { secret: string }, body?: unknown): Promise<Body> {
  const [method = 'GET', path = ''] = request.split(' ')
  const answer = await fetch(server.url + path, { method, headers: { ...bearer(key.secret), ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const text = await answer.text()
  expect(answer.ok, `${request}: ${answer.status} ${text}`).toBe(true)
  return text === '' ? {} : (JSON.parse(text) as Body)
}

/** Puts a secret where people put one by mistake: broken, in an address, in a name, in a report. */
async function misplace(secret: string, admin: TestKey): Promise<void> {
  const quietly = (path: string, init: RequestInit) => fetch(server.url + path, init).then((answer) => answer.text())
  await quietly('/api/v1/whoami', { headers: bearer(`${secret.slice(0, -1)}~`) })
  await quietly(`/api/v1/users?q=${secret}`, { headers: bearer(secret) })
  await quietly(`/api/v1/audit-events?actor=${secret}`, { headers: bearer(admin.secret) })
  await quietly(`/${secret}/api-keys?q=${secret}`, { redirect: 'manual' })
  await quietly('/access/v1/evaluation', { method: 'POST', headers: { ...bearer(secret), 'content-type': 'application/json' }, body: JSON.stringify({ subject: { type: 'user', id: secret }, action: { name: 'cluster:view' }, resource: { type: 'cluster', id: 'x' } }) })
  await quietly('/oauth/introspect', { method: 'POST', headers: { ...bearer(admin.secret), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ token: secret }) })
}

/** What is secret in an answer: the whole of it would miss a place that keeps only that. */
const secretPart = (text: string): string => text.slice(text.lastIndexOf('_') + 1)

async function makeRotateAndUse(at: string, body: Body, admin: TestKey): Promise<{ id: string; secrets: string[] }> {
  const made = await call(`POST ${at}`, admin, body)
  const rotated = await call(`POST ${at}/${asText(made['id'])}/rotate`, admin, { overlapHours: 1 })
  const shown = [made, rotated].map((each) => asText(each['secret']) || asText(each['token']))
  for (const secret of shown) {
    if (!secret.startsWith('gh_scim_')) await call('GET /api/v1/whoami', { secret })
    else expect((await fetch(`${server.url}/scim/v2/Users`, { headers: bearer(secret) })).status).toBe(200)
    await misplace(secret, admin)
  }
  return { id: asText(rotated['id']), secrets: shown }
}

/** An authenticator app and its recovery codes, set up and one of them used, as a person does it. */
async function recoveryCodes(page: Page, person: TestAccount): Promise<string[]> {
  const enter = async (path: string) => {
    await page.goto(server.url + path)
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await enter('/sign-in?next=%2Fsecurity')
  await page.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  const seed = ((await dialog.locator('p.mono').textContent()) ?? '').replaceAll(' ', '')
  await dialog.getByLabel('Code that the app shows').fill(codeOf(seed))
  await dialog.getByRole('button', { name: 'Set up' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const shown = await codes.allTextContents()
  await page.getByLabel('I have stored them').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.context().clearCookies()
  await enter('/sign-in?next=%2Fsessions')
  await page.getByRole('link', { name: 'Enter a recovery code' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(shown[0] ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Password and recovery code').first()).toBeVisible()
  return [seed, ...shown]
}

/** All tables as text, whatever their columns hold: audit log, outbox and answers kept for repetition among them. */
async function databaseAsText(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`
  const parts = tables.map(({ name }) => `SELECT '${name}' AS name, coalesce(string_agg(t::text, E'\\n'), '') AS rows FROM "${name}" t`)
  const rows = await db().$queryRawUnsafe<{ name: string; rows: string }[]>(parts.join(' UNION ALL '))
  return rows.map(({ name, rows: text }) => `${name}\n${text}`).join('\n')
}

/** Pages of the console as the browser gets them: whole, and as what Next.js sends for moving to them. */
async function pagesAsText(org: TestOrganization, paths: readonly string[]): Promise<string> {
  const session = await transaction((tx) => openSession(tx, org.admin.accountId, 'password'))
  const cookie = `${sessionCookieName()}=${await encodeSessionCookie(session.secret)}`
  const texts: string[] = []
  for (const path of paths)
    for (const headers of [{ cookie }, { cookie, rsc: '1' }]) {
      const answer = await fetch(`${server.url}/${org.slug}${path}`, { headers })
      expect(answer.status, path).toBe(200)
      texts.push(await answer.text())
    }
  return texts.join('\n')
}

test('a secret of any kind is in the one answer that shows it, and nowhere else', async ({ page }) => {
  test.slow()
  const org = await makeOrganization()
  const admin = await makeKey(org, org.admin)
  const person = await makePerson()
  await makeMember(org, [], person)
  const [seed = '', ...codes] = await recoveryCodes(page, person)

  const account = asText((await call('POST /api/v1/service-accounts', admin, { name: 'deployer', roles: [{ role: 'viewer' }] }))['id'])
  const key = await makeRotateAndUse('/api/v1/api-keys', { name: 'a key', role: 'viewer' }, admin)
  const accountKey = await makeRotateAndUse(`/api/v1/service-accounts/${account}/keys`, { name: 'ci' }, admin)
  const token = await makeRotateAndUse('/api/v1/tokens', { role: 'viewer', description: 'reporting' }, admin)
  const scim = await makeRotateAndUse('/api/v1/scim-tokens', { name: 'Okta' }, admin)
  const client = token.secrets[1] ?? ''
  const pair = basic(client.slice(0, client.lastIndexOf('_')), secretPart(client))
  const granted = await fetch(`${server.url}/oauth/token`, { method: 'POST', headers: { authorization: `Basic ${pair}`, 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials' })
  const accessToken = asText(((await granted.json()) as Body)['access_token'])
  expect(accessToken).toMatch(/^gh_at_/)
  await call('GET /api/v1/whoami', { secret: accessToken })
  await misplace(accessToken, admin)

  const secrets = [...key.secrets, ...accountKey.secrets, ...token.secrets, ...scim.secrets, accessToken]
  await call('POST /api/v1/credentials/report', admin, secrets.slice(0, 1).map((each) => ({ token: each, type: 'gatehouse_api_key', url: `https://paste.example/?found=${each}`, source: 'content' })))
  const pages = await pagesAsText(org, [
    '/api-keys', `/api-keys?key=${key.id}`, '/service-accounts', `/service-accounts/${account}`, `/service-accounts/${account}?key=${accountKey.id}`, '/tokens', `/tokens?token=${token.id}`,
    '/settings/provisioning', '/settings/credentials', '/audit', `/users/${org.admin.id}`, '/outbox', '/api-keys/export', '/audit/export/csv',
  ])
  const answers: string[] = []
  for (const path of [`/api-keys/${key.id}`, '/api-keys', `/service-accounts/${account}/keys`, '/tokens', '/scim-tokens', '/audit-events?limit=200']) answers.push(JSON.stringify(await call(`GET /api/v1${path}`, admin)))
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  const database = await databaseAsText()

  const places = { 'the database': database, 'pages of the console': pages, 'other answers': answers.join('\n'), 'the metrics': metrics, 'the log': server.output() }
  expect([database.includes('deployer'), pages.includes('a key'), answers.join().includes('api-key.create'), metrics.includes('gatehouse_'), server.output().includes('/api/v1/api-keys')]).toEqual([true, true, true, true, true])
  // Of a recovery code the first group is its name; the others are the secret, however they are written.
  const parts = codes.flatMap((code) => [code.slice(5), code.slice(5).replaceAll('-', '')])
  const wanted = [...secrets.map(secretPart), pair, seed, ...parts]
  expect([secrets.length, parts.length, Math.min(...wanted.map(({ length }) => length))]).toEqual([9, 20, 12])
  for (const [place, text] of Object.entries(places)) for (const each of wanted) expect(text.includes(each), `a secret in ${place}`).toBe(false)
})
