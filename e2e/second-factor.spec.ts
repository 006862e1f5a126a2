import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { makeMember, makeOrganization, type TestAccount, type TestOrganization } from '@/lib/testing/factories'
import { codeOf, makeFactor } from '@/lib/testing/factors'
import { makePerson, PASSWORD } from '@/lib/testing/people'
import { expect, signInContext, test } from './fixtures'
import { picture } from './pictures'

async function memberOf(): Promise<{ person: TestAccount; organization: TestOrganization }> {
  const [person, organization] = [await makePerson(), await makeOrganization()]
  await makeMember(organization, [], person)
  return { person, organization }
}

async function enter(page: Page, email: string, path = '/sign-in') {
  await page.goto(path)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** An authenticator that says yes, as part of this browser. */
async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
}

const expectNoSideways = async (page: Page) => {
  await page.setViewportSize({ width: 360, height: 720 })
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window ?? 0)
}

test('an authenticator app: set up with recovery codes, asked for at the next sign-in, each code once', async ({ page, expectNoViolations }) => {
  const { person, organization } = await memberOf()
  await enter(page, person.email, '/sign-in?next=%2Fsecurity')
  await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  await expect(dialog.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  await expectNoViolations(page)
  await picture(page, 'set-up-totp')
  const seed = ((await dialog.locator('p.mono').textContent()) ?? '').replaceAll(' ', '')
  await dialog.getByLabel('Code that the app shows').fill('000000')
  await dialog.getByRole('button', { name: 'Set up' }).click()
  await expect(dialog.getByText('The code is wrong or has passed').first()).toBeVisible()
  const used = codeOf(seed)
  await dialog.getByLabel('Code that the app shows').fill(used)
  await dialog.getByRole('button', { name: 'Set up' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const recovery = (await codes.first().textContent()) ?? ''
  await expectNoViolations(page)
  await picture(page, 'recovery-codes')
  await expect(page.getByRole('button', { name: 'Done' })).toBeDisabled()
  await page.getByLabel('I have stored them').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('10 of 10 left.')).toBeVisible()
  await expectNoSideways(page)
  await page.setViewportSize({ width: 1280, height: 720 })
  await picture(page, 'security')

  await page.context().clearCookies()
  await enter(page, person.email)
  await expect(page.getByRole('heading', { name: 'Second step' })).toBeVisible()
  await expectNoViolations(page)
  await picture(page, 'second-step')
  await page.getByLabel('Code', { exact: true }).fill(used)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This did not prove that it is you')).toBeVisible()
  // The next one, which counts already: the present one may still be the one that was used.
  await page.getByLabel('Code', { exact: true }).fill(codeOf(seed, 1))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(new RegExp(`/${organization.slug}(/|$)`))

  await page.context().clearCookies()
  await enter(page, person.email, '/sign-in?next=%2Fsessions')
  await page.getByRole('link', { name: 'Enter a recovery code' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(recovery)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Password and recovery code').first()).toBeVisible()
})

test('a passkey: added, named, asked for at sign-in, and remembered as the way to begin with', async ({ page, expectNoViolations }) => {
  const { person, organization } = await memberOf()
  await addAuthenticator(page)
  await enter(page, person.email, '/sign-in?next=%2Fsecurity')
  await page.getByRole('button', { name: 'Add passkey' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByLabel('Name').fill('Work laptop')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await page.getByLabel('I have stored them').check()
  await page.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')
  await expect(row).toContainText('Work laptop')
  await row.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Old laptop')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Old laptop')
  await expectNoViolations(page)

  await page.context().clearCookies()
  await enter(page, person.email)
  await expect(page.getByRole('button', { name: 'Use passkey' })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Use passkey' }).click()
  await page.waitForURL(new RegExp(`/${organization.slug}(/|$)`))
  const passkey = await db().passkey.findFirstOrThrow({ where: { accountId: person.id } })
  expect([passkey.name, Number(passkey.counter) > 0]).toEqual(['Old laptop', true])

  await page.goto('/security')
  await page.getByRole('button', { name: 'Remove Old laptop' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('It is your only second factor')
  await question.getByRole('button', { name: 'Remove passkey' }).click()
  await expect(page.getByText('They come with your first second factor.')).toBeVisible()
})

test('the second step works without script', async ({ browser, baseURL }) => {
  const { person } = await memberOf()
  const { seed } = await makeFactor(person.id)
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' })
  const page = await context.newPage()
  await enter(page, person.email, '/sign-in?next=%2Fprofile')
  await page.getByLabel('Code', { exact: true }).fill(codeOf(seed))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/profile$/)
  await context.close()
})

test('what is dangerous asks who is there, keeps what was typed, and goes on', async ({ page, context, baseURL, expectNoViolations }) => {
  const organization = await makeOrganization()
  const admin = organization.admin
  const { hashPassword } = await import('@/lib/passwords')
  await db().account.update({ where: { id: admin.accountId }, data: { passwordHash: await hashPassword(PASSWORD) } })
  const victim = await makeMember(organization)
  await signInContext(context, baseURL ?? '', admin.accountId)
  await db().session.updateMany({ where: { accountId: admin.accountId }, data: { confirmedAt: new Date(Date.now() - 3600_000) } })
  await page.goto(`/${organization.slug}/users/${victim.id}`)
  await page.getByRole('button', { name: 'Remove user…' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByLabel(`Type ${victim.email} to confirm`).fill(victim.email)
  await question.getByRole('button', { name: 'Remove user' }).click()
  const identity = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(identity).toBeVisible()
  await picture(page, 'confirm-identity')
  await identity.getByLabel('Your password').fill('not the password')
  await identity.getByRole('button', { name: 'Confirm' }).click()
  await expect(identity.getByText('This is not your current password').first()).toBeVisible()
  await expectNoViolations(page)
  await identity.getByLabel('Your password').fill(PASSWORD)
  await identity.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL(new RegExp(`/${organization.slug}/users$`))
  expect(await db().membership.count({ where: { organizationId: organization.id, id: victim.id } })).toBe(0)
})

test('an organization that demands a second factor leads a session without one through it, and back', async ({ page, context, baseURL, expectNoViolations }) => {
  const { person, organization } = await memberOf()
  await makeFactor(organization.admin.accountId)
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  await db().session.updateMany({ where: { accountId: organization.admin.accountId }, data: { secondFactor: 'totp' } })
  await page.goto(`/${organization.slug}/settings/sessions`)
  await page.getByLabel('Demand a second factor').check()
  await expect(page.getByRole('list', { name: 'Users without second factor' })).toContainText(person.email)
  await expectNoViolations(page)
  await picture(page, 'session-policy')
  await expectNoSideways(page)
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByLabel('Days until it is demanded').fill('0')
  await page.getByRole('button', { name: 'Save policy' }).click()
  await expect(page.getByText('Saved the session policy')).toBeVisible()

  await page.context().clearCookies()
  const { seed } = await makeFactor(person.id)
  await signInContext(context, baseURL ?? '', person.id)
  await page.goto(`/${organization.slug}/my-access`)
  await expect(page.getByText('The organization lets in only sessions that have shown a second factor.')).toBeVisible()
  await expectNoViolations(page)
  await page.getByLabel('Code', { exact: true }).fill(codeOf(seed))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL(new RegExp(`/${organization.slug}(/|$)`))
})
