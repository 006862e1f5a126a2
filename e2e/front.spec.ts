import { request as httpRequest } from 'node:http'
import { expect, test } from './fixtures'
import { db } from '@/lib/db'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { signInContext } from './fixtures'

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** A request with headers a browser would not let one send. */
function raw(url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const req = httpRequest(url, { method: options.method ?? 'GET', headers: options.headers ?? {} }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks).toString() }))
    })
    req.on('error', reject)
    req.end(options.body)
  })
}

test('another host is refused, health is open, and every answer carries its request id and guards', async ({ baseURL }) => {
  expect((await raw(`${String(baseURL)}/sign-in`, { headers: { host: 'evil.test' } })).status).toBe(421)
  expect(await raw(`${String(baseURL)}/healthz`)).toMatchObject({ status: 200, body: 'ok\n' })
  expect(await raw(`${String(baseURL)}/readyz`)).toMatchObject({ status: 200, body: 'ready\n' })
  expect((await raw(`${String(baseURL)}/metrics`)).body).toContain('gatehouse_http_request_duration_seconds_bucket')
  const page = await raw(`${String(baseURL)}/sign-in`, { headers: { 'x-request-id': 'my-own-request-id' } })
  expect(page.status).toBe(200)
  expect(page.headers).toMatchObject({ 'x-request-id': 'my-own-request-id', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'; style-src 'self' 'nonce-/)
  expect(page.headers['x-powered-by']).toBeUndefined()
})

test('a change without our own origin is refused, and so is a body too large or of unknown length', async ({ baseURL }) => {
  const post = (headers: Record<string, string>) => raw(`${String(baseURL)}/sign-in`, { method: 'POST', headers })
  expect((await post({ 'content-length': '0' })).status).toBe(403)
  expect((await post({ 'content-length': '0', origin: 'http://evil.test' })).status).toBe(403)
  expect((await post({ 'transfer-encoding': 'chunked', origin: String(baseURL) })).status).toBe(400)
  const large = await raw(`${String(baseURL)}/api/v1/invitations`, { method: 'POST', headers: { 'content-length': '2000000' } })
  expect(large.status).toBe(413)
  expect(large.headers['content-type']).toBe('application/problem+json')
})

test('a forwarded address from an untrusted peer changes nothing', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.77', 'x-real-ip': '203.0.113.77', forwarded: 'for=203.0.113.77' })
  await page.goto(`/${organization.slug}/settings/general`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Renamed here')
  await page.getByRole('button', { name: 'Rename organization' }).click()
  await expect(page.getByText('Renamed to Renamed here')).toBeVisible()
  const event = await db().auditEvent.findFirstOrThrow({ where: { organizationId: organization.id, event: 'organization.rename' } })
  expect(['127.0.0.1', '::1']).toContain(event.address)
})

test('another organization does not exist, whichever of its addresses one tries', async ({ page, signedIn }) => {
  await signedIn()
  const theirs = await makeOrganization()
  for (const path of ['', '/users', '/users/' + theirs.admin.id, '/audit', '/outbox', '/settings/general', '/my-access'])
    expect((await page.goto(`/${theirs.slug}${path}`))?.status(), path).toBe(404)
  await expect(page.getByRole('heading', { name: 'This page does not exist' })).toBeVisible()
})

test('a missing permission: no tab, status 403, and the page says what is missing and who can grant it', async ({ page, baseURL, context, expectNoViolations }) => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  await signInContext(context, String(baseURL), member.accountId)
  const answer = await page.goto(`/${organization.slug}/users`)
  expect(answer?.status()).toBe(403)
  await expect(page.getByText('gatehouse/member:read', { exact: true })).toBeVisible()
  await expect(page.getByText(organization.admin.email)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Users' })).toHaveCount(0)
  await expectNoViolations(page)
})

test('the frame: keyboard to the primary action, palette, theme that stays, phone drawer', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  await page.goto(`/${organization.slug}/users`)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Invite users' })).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).fill('audit')
  await expect(page.getByRole('option').first()).toHaveText('Audit Log')
  await expect(page.getByRole('option').first()).toHaveAttribute('data-highlighted')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/audit/)
  await page.goto(`/${organization.slug}/my-access`)
  await expectNoViolations(page)
  await page.goto(`/${organization.slug}/settings/general`)
  await expectNoViolations(page)
  await page.getByText(organization.admin.email).first().click()
  await page.getByRole('button', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('link', { name: 'Audit Log' }).click()
  await page.waitForURL(/\/audit/)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})

test('the API reference and the pages of errors are there for everybody', async ({ page, expectNoViolations }) => {
  test.slow()
  expect((await page.goto(`/docs/api`))?.status()).toBe(200)
  await expectNoViolations(page)
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Found secrets' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Found secrets' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Report found secrets' })).toBeVisible()
  await expectNoViolations(page)
  expect((await page.goto(`/docs/api/schemas`))?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 2, name: 'User', exact: true })).toBeVisible()
  expect((await page.goto(`/docs/api/no-such-group`))?.status()).toBe(404)
  expect((await page.goto(`/docs/problems/last-administrator`))?.status()).toBe(200)
  await expectNoViolations(page)
})
