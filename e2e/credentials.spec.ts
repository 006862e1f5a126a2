import type { Page } from '@playwright/test'
import { makeKey } from '@/lib/testing/api'
import { makeMember } from '@/lib/testing/factories'
import { expect, test } from './fixtures'

const SHOTS = process.env.SHOTS
const shoot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` })
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

/** Opens a row's menu and presses one of its lines. */
async function choose(page: Page, name: string, item: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).first().click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** The secret as a person takes it from the page: shown, then read. */
async function readSecret(page: Page, label: string): Promise<string> {
  const group = page.getByRole('group', { name: label })
  await group.getByRole('button', { name: `Show ${label}` }).click()
  await expect(group.locator('[data-secret=shown]')).toBeVisible()
  return (await group.locator('code').textContent()) ?? ''
}

/** Calls the API outside the browser. */
const call = (baseURL: string | undefined, secret: string, path = '/whoami') =>
  fetch(`${baseURL}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } }).then(async (answer) => ({ status: answer.status, body: (await answer.json()) as Record<string, unknown> }))

/** *Last used* changes on the page when the credential was used from outside. */
async function expectUsed(page: Page, name: string) {
  await expect.poll(async () => {
    await page.reload()
    return rowOf(page, name).first().textContent()
  }, { timeout: 60_000 }).toContain('127.0.0.1')
}

/** Rotates the newest of this name. Returns the new secret. */
async function rotate(page: Page, name: string, overlap: RegExp, label: string): Promise<string> {
  await choose(page, name, 'Rotate…')
  await page.getByRole('radio', { name: overlap }).check()
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  const secret = await readSecret(page, label)
  await closeReveal(page)
  return secret
}

async function expectInLog(page: Page, organization: { slug: string }, sentences: readonly string[]) {
  await page.goto(`/${organization.slug}/audit`)
  for (const words of sentences) await expect(page.getByRole('table', { name: 'Audit log' })).toContainText(words)
}

async function closeReveal(page: Page) {
  await page.getByRole('checkbox', { name: /I have stored/ }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
}

test('an API key: made in steps, used, rotated with overlap, suspended, revoked; the log tells it', async ({ page, baseURL, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn()
  await page.goto(`/${organization.slug}/api-keys`)
  await expectNoViolations(page)
  await shoot(page, 'keys-empty')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an API key' })
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog.getByRole('alert')).toContainText('A key needs a name')
  await dialog.getByLabel('Name').fill('nightly export')
  await shoot(page, 'key-step-1')
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog.getByRole('region', { name: 'Rights in words' })).toContainText('Manage users')
  await expectNoViolations(page)
  await shoot(page, 'key-step-2')
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByLabel('Only from these addresses').fill('10.0.0.300')
  await dialog.getByRole('radio', { name: /In 30 days/ }).check()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('10.0.0.300: not an address or a range')
  await expectNoViolations(page)
  await shoot(page, 'key-step-3')
  await dialog.getByLabel('Only from these addresses').fill('')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('dialog', { name: 'API key nightly export' })).toBeVisible()
  await expect(page.locator('[data-secret=masked]')).toBeVisible()
  expect(await page.content()).not.toMatch(/gh_key_[0-9A-Za-z]{16}_/)
  await expectNoViolations(page)
  await shoot(page, 'key-reveal')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog', { name: 'Close without storing it?' })).toBeVisible()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  const first = await readSecret(page, 'API key')
  expect(first).toMatch(/^gh_key_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/)
  await closeReveal(page)

  expect(await call(baseURL, first)).toMatchObject({ status: 200, body: { credential: { type: 'api_key' } } })
  await expectUsed(page, 'nightly export')

  await choose(page, 'nightly export', 'Rotate…')
  await shoot(page, 'key-rotate')
  await expectNoViolations(page)
  await page.getByRole('radio', { name: /After 1 hour/ }).check()
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Rotation' })).toContainText(/Works for (1 h|59 min) more/)
  await shoot(page, 'key-rotated')
  const second = await readSecret(page, 'API key')
  await closeReveal(page)
  for (const secret of [first, second]) expect((await call(baseURL, secret)).status).toBe(200)
  await shoot(page, 'keys-pair')

  await page.goto(`/${organization.slug}/api-keys?sort=-created`)
  const third = await rotate(page, 'nightly export', /^Now/, 'API key')
  expect(await call(baseURL, third)).toMatchObject({ status: 200 })
  expect(await call(baseURL, second)).toMatchObject({ status: 401, body: { detail: 'the key was revoked' } })
  await choose(page, 'nightly export', 'Suspend')
  await expect(page.getByText('Suspended nightly export')).toBeVisible()
  // A toast stays while it is pointed at.
  await page.getByRole('button', { name: 'Undo' }).hover()
  await expect.poll(() => call(baseURL, third)).toMatchObject({ status: 401, body: { detail: 'the key is suspended' } })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await call(baseURL, third)).status).toBe(200)

  await choose(page, 'nightly export', 'Revoke…')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(/Still used \d minutes? ago from 127\.0\.0\.1\./)
  await shoot(page, 'key-revoke')
  await question.getByLabel('Type nightly export to confirm').fill('nightly export')
  await question.getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText('Revoked nightly export')).toBeVisible()
  await expect.poll(() => call(baseURL, third)).toMatchObject({ status: 401, body: { detail: 'the key was revoked' } })
  await expectInLog(page, organization, ['created the API key nightly export', 'rotated the API key nightly export', 'suspended the API key nightly export', 'resumed the API key nightly export', 'revoked the API key nightly export'])
})

test('an application token: role, its permissions, three values once; used, rotated, suspended, another of the role, deleted', async ({ page, baseURL, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn()
  await page.goto(`/${organization.slug}/tokens`)
  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Auditor', exact: false }).click()
  await expect(page.getByRole('region', { name: 'Rights in words' })).toContainText('Read audit log')
  await page.getByLabel('Description').fill('weekly report')
  await expectNoViolations(page)
  await shoot(page, 'tokens')
  await page.getByRole('button', { name: 'Generate token' }).click()
  await expect(page.getByRole('dialog', { name: 'Token of the role Auditor' })).toBeVisible()
  await expectNoViolations(page)
  await shoot(page, 'token-reveal')
  const clientId = await readSecret(page, 'Client ID')
  const clientSecret = await readSecret(page, 'Client Secret')
  const token = await readSecret(page, 'Token')
  expect(token).toBe(`${clientId}_${clientSecret}`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as CSV' }).click()
  expect((await download).suggestedFilename()).toBe('gatehouse-weekly-report.csv')
  await closeReveal(page)
  expect(await call(baseURL, token)).toMatchObject({ status: 200, body: { principal: { type: 'token' } } })
  expect((await call(baseURL, token, '/api-keys')).status).toBe(403)
  await expectUsed(page, 'weekly report')

  const second = await rotate(page, 'weekly report', /After 24 hours/, 'Token')
  for (const secret of [token, second]) expect((await call(baseURL, secret)).status).toBe(200)
  const third = await rotate(page, 'weekly report', /^Now/, 'Token')
  expect(await call(baseURL, third)).toMatchObject({ status: 200 })
  expect((await call(baseURL, second)).status).toBe(401)
  await choose(page, 'weekly report', 'Suspend')
  await expect.poll(() => call(baseURL, third)).toMatchObject({ status: 401, body: { detail: 'the token is suspended' } })
  await choose(page, 'weekly report', 'Generate another of this role')
  await expect(page).toHaveURL(/generate=rol_/)
  await expect(page.getByRole('region', { name: 'Rights in words' })).toContainText('Read audit log')
  await choose(page, 'weekly report', 'Delete…')
  const question = page.getByRole('alertdialog')
  await question.getByLabel('Type weekly report to confirm').fill('weekly report')
  await question.getByRole('button', { name: 'Delete token' }).click()
  await expect.poll(() => call(baseURL, third)).toMatchObject({ status: 401, body: { detail: 'the credential is not known' } })
  await shoot(page, 'tokens-after')
  await expectInLog(page, organization, ['generated the application token weekly report', 'rotated the application token weekly report', 'suspended the application token weekly report', 'deleted the application token weekly report'])
})

test('a service account: made with a role, its key used, rotated, suspended and revoked; the account deleted; it takes over the keys of who leaves', async ({ page, baseURL, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn()
  const leaver = await makeMember(organization)
  const left = await makeKey(organization, leaver)
  await page.goto(`/${organization.slug}/service-accounts?dialog=create`)
  const dialog = page.getByRole('dialog', { name: 'Create a service account' })
  await dialog.getByLabel('Name').fill('deployer')
  await dialog.getByRole('button', { name: 'Add a role' }).click()
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Viewer', exact: false }).first().click()
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Create service account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'deployer' })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByLabel('Name').fill('build server')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('region', { name: 'Rights in words' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Rights in words' })).not.toContainText('Manage users')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Create key' }).last().click()
  const secret = await readSecret(page, 'API key')
  expect(secret).toMatch(/^gh_sva_/)
  await closeReveal(page)
  await shoot(page, 'service-account')
  expect(await call(baseURL, secret)).toMatchObject({ status: 200, body: { principal: { type: 'service_account', name: 'deployer' } } })
  await expectUsed(page, 'build server')
  const second = await rotate(page, 'build server', /After 1 hour/, 'API key')
  for (const each of [secret, second]) expect((await call(baseURL, each)).status).toBe(200)
  const third = await rotate(page, 'build server', /^Now/, 'API key')
  expect(await call(baseURL, second)).toMatchObject({ status: 401, body: { detail: 'the key was revoked' } })
  await choose(page, 'build server', 'Suspend')
  await expect.poll(() => call(baseURL, third)).toMatchObject({ status: 401, body: { detail: 'the key is suspended' } })
  await choose(page, 'build server', 'Revoke…')
  await page.getByRole('alertdialog').getByLabel('Type build server to confirm').fill('build server')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect.poll(() => call(baseURL, third)).toMatchObject({ status: 401, body: { detail: 'the key was revoked' } })

  await page.goto(`/${organization.slug}/users/${leaver.id}`)
  await expect(page.getByRole('list', { name: 'API keys' })).toContainText('test')
  await page.getByRole('button', { name: 'Remove user…' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('radio', { name: /Hand over/ }).check()
  await shoot(page, 'remove-user')
  await expectNoViolations(page)
  await question.getByLabel(/^Type/).fill(leaver.email)
  await question.getByRole('button', { name: 'Remove user' }).click()
  await expect(page).toHaveURL(/\/users$/)
  expect(await call(baseURL, left.secret)).toMatchObject({ status: 200, body: { principal: { type: 'service_account', name: 'deployer' } } })

  await page.goto(`/${organization.slug}/service-accounts`)
  await shoot(page, 'service-accounts')
  await choose(page, 'deployer', 'Suspend')
  await expect.poll(() => call(baseURL, secret)).toMatchObject({ status: 401, body: { detail: expect.stringContaining('suspended') } })
  await choose(page, 'deployer', 'Delete…')
  await page.getByRole('alertdialog').getByLabel('Type deployer to confirm').fill('deployer')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete service account' }).click()
  await expect(page.getByText('No service accounts yet')).toBeVisible()
  await expectInLog(page, organization, [
    'created the key build server of the service account deployer', 'rotated the key build server', 'suspended the key build server', 'revoked the key build server', 'deleted the service account deployer',
  ])
})

test('the policy says whom it concerns, and holds where keys are made', async ({ page, signedIn, expectNoViolations }) => {
  const { organization, member } = await signedIn()
  await makeKey(organization, member)
  await page.goto(`/${organization.slug}/settings/credentials`)
  await page.getByRole('switch', { name: /Longest life/ }).check()
  await page.getByLabel('Days', { exact: true }).fill('30')
  await expect(page.getByText('1 key already lives longer.')).toBeVisible()
  await expectNoViolations(page)
  await shoot(page, 'policy')
  await page.getByRole('button', { name: 'Save policy' }).click()
  await expect(page.getByText('Saved the credential policy')).toBeVisible()
  await page.goto(`/${organization.slug}/api-keys?dialog=create`)
  const dialog = page.getByRole('dialog', { name: 'Create an API key' })
  await dialog.getByLabel('Name').fill('short')
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog.getByRole('region', { name: 'Rights in words' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('radio', { name: /Never/ })).toBeDisabled()
  await expect(page.getByRole('radio', { name: /In 30 days/ })).toBeChecked()
})

test('fits a phone', async ({ page, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization, member } = await signedIn()
  await makeKey(organization, member)
  await page.setViewportSize({ width: 360, height: 760 })
  for (const path of ['api-keys', 'api-keys?dialog=create', 'service-accounts', 'tokens', 'settings/credentials']) {
    await page.goto(`/${organization.slug}/${path}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    expect(content, path).toBeLessThanOrEqual(window ?? 0)
    await shoot(page, `phone-${path.replace(/\W/g, '-')}`)
    await expectNoViolations(page)
  }
})
