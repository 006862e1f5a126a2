import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { makeMember, makeOrganization, type TestAccount } from '@/lib/testing/factories'
import { makeInvitation, makePerson, PASSWORD } from '@/lib/testing/people'
import { uuidv7 } from '@/lib/ids'
import { expect, test } from './fixtures'

const NEW_PASSWORD = 'seven green bottles hanging'
const freshAddress = () => `someone-${uuidv7()}@example.test`

async function enter(page: Page, email: string, password = PASSWORD, path = '/sign-in') {
  await page.goto(path)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function memberOf(): Promise<{ person: TestAccount; slug: string; name: string }> {
  const person = await makePerson()
  const organization = await makeOrganization()
  await makeMember(organization, [], person)
  return { person, slug: organization.slug, name: organization.name }
}

const expectNoSideways = async (page: Page) => {
  await page.setViewportSize({ width: 360, height: 720 })
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window ?? 0)
}

test.describe('signing in', () => {
  test('says what is wrong, keeps the address, then leads to the organization; signing out ends it', async ({ page, expectNoViolations }) => {
    const { person, slug } = await memberOf()
    await enter(page, person.email, 'not the password')
    const summary = page.getByRole('alert').filter({ hasText: 'The e-mail address or password is wrong' })
    await expect(summary).toBeFocused()
    await expect(page.getByText(person.email)).toBeVisible()
    await expectNoViolations(page)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(new RegExp(`/${slug}(/|$)`))

    await page.goto('/sign-out')
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByText('You are signed out.')).toBeVisible()
    await page.goto('/profile')
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fprofile$/)
  })

  test('goes where one was going, and only within this site', async ({ page }) => {
    const { person } = await memberOf()
    await enter(page, person.email, PASSWORD, '/sign-in?next=%2Fsessions')
    await expect(page).toHaveURL(/\/sessions$/)
    await page.context().clearCookies()
    const { person: other, slug } = await memberOf()
    await enter(page, other.email, PASSWORD, '/sign-in?next=%2F%2Felsewhere.test%2F')
    await page.waitForURL(new RegExp(`/${slug}(/|$)`))
  })

  test('works without script, and never puts the password into an address', async ({ browser, baseURL }) => {
    const { person } = await memberOf()
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' })
    const page = await context.newPage()
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await enter(page, person.email, 'not the password', '/sign-in?next=%2Fprofile')
    await expect(page.getByText('The e-mail address or password is wrong')).toBeVisible()
    await expect(page.getByText(person.email)).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/profile$/)
    await page.getByRole('textbox', { name: 'Name' }).fill('Robin Reader')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(page.getByText('Your name is saved.')).toBeVisible()
    expect(addresses.filter((address) => address.includes('password'))).toEqual([])
    await context.close()
  })

  test('NextAuth’s own road opens and ends the same kind of session', async ({ page }) => {
    const { person } = await memberOf()
    const origin = new URL(await page.goto('/sign-in').then(() => page.url())).origin
    const post = async (path: string, form: Record<string, string>) => {
      const { csrfToken } = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string }
      return page.request.post(path, { form: { csrfToken, json: 'true', ...form }, headers: { origin } })
    }
    expect(await (await post('/api/auth/callback/password', { email: person.email, password: 'wrong' })).json()).toEqual({ url: `${origin}/api/auth/error?error=CredentialsSignin&provider=password` })
    await post('/api/auth/callback/password', { email: person.email, password: PASSWORD })
    expect(await (await page.request.get('/api/auth/session')).json()).toMatchObject({ user: { email: person.email } })
    await page.goto('/sessions')
    await expect(page.getByRole('heading', { name: 'Sessions', exact: true })).toBeVisible()
    await post('/api/auth/signout', {})
    await page.goto('/sessions')
    await expect(page).toHaveURL(/\/sign-in/)
    expect((await page.request.post('/api/auth/_log', { data: { code: 'x' }, headers: { origin } })).status()).toBe(404)
  })
})

test('a forgotten password is reset by mail, and other sessions end', async ({ page, anotherPage, linkFromMail, expectNoViolations }) => {
  const { person } = await memberOf()
  const elsewhere = await anotherPage()
  await enter(elsewhere, person.email, PASSWORD, '/sign-in?next=%2Fprofile')
  await expect(elsewhere).toHaveURL(/\/profile$/)

  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByLabel('E-mail address').fill(person.email)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()

  const link = await linkFromMail(person.email, '/reset/')
  await page.goto(link)
  await page.getByRole('textbox', { name: 'New password' }).fill('short')
  await page.getByRole('button', { name: 'Save password' }).click()
  await expect(page.getByRole('textbox', { name: 'New password' })).toHaveAccessibleDescription(/Use at least 12 characters/)
  await expectNoViolations(page)
  await page.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Save password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await enter(page, person.email, NEW_PASSWORD, '/sign-in?next=%2Fsessions')
  await expect(page).toHaveURL(/\/sessions$/)

  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/\/sign-in/)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible()
  await expectNoViolations(page)
})

test.describe('invitations', () => {
  const linkTo = (token: string) => `/invite/${token}`

  test('a person without an account makes one and is in', async ({ page, expectNoViolations }) => {
    const organization = await makeOrganization()
    const { token } = await makeInvitation(organization.id, freshAddress())
    await page.goto(linkTo(token))
    await expect(page.getByRole('heading', { name: `Join ${organization.name}` })).toBeVisible()
    await expectNoViolations(page)
    await page.getByLabel('Your name').fill('Robin Reader')
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await page.waitForURL(new RegExp(`/${organization.slug}(/|$)`))
    await page.goto(linkTo(token))
    await expect(page.getByRole('link', { name: `Open ${organization.name}` })).toBeVisible()
    await expectNoViolations(page)
  })

  test('an account signs in first; another account is told; declining is an answer', async ({ page, expectNoViolations }) => {
    const [organization, invited, stranger] = [await makeOrganization(), await makePerson(), await makePerson()]
    const { token } = await makeInvitation(organization.id, invited.email)
    await enter(page, stranger.email, PASSWORD, `/sign-in?next=${encodeURIComponent(linkTo(token))}`)
    await expect(page.getByText(`you are signed in as ${stranger.email}`)).toBeVisible()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByLabel('E-mail address').fill(invited.email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('button', { name: 'Decline' })).toBeVisible()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Decline' }).click()
    await expect(page.getByRole('heading', { name: 'You are in no organization' })).toBeVisible()
    await page.goto(linkTo(token))
    await expect(page.getByRole('heading', { name: 'This invitation does not work any more' })).toBeVisible()
  })

  test('signing in shows what waits; accepting leads in', async ({ page, expectNoViolations }) => {
    const [organization, person] = [await makeOrganization(), await makePerson()]
    await makeInvitation(organization.id, person.email)
    await enter(page, person.email)
    await expect(page.getByRole('heading', { name: 'Invitations', level: 1 })).toBeVisible()
    await expectNoViolations(page)
    await expectNoSideways(page)
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await page.waitForURL(new RegExp(`/${organization.slug}(/|$)`))
  })

  test('an expired one says so', async ({ page, expectNoViolations }) => {
    const { token } = await makeInvitation((await makeOrganization()).id, freshAddress(), new Date(Date.now() - 1000))
    await page.goto(linkTo(token))
    await expect(page.getByRole('heading', { name: 'This invitation has expired' })).toBeVisible()
    await expectNoViolations(page)
  })
})

test('the profile: name, address confirmed by mail, password that ends other sessions', async ({ page, anotherPage, linkFromMail, expectNoViolations }) => {
  const { person } = await memberOf()
  await enter(page, person.email, PASSWORD, '/sign-in?next=%2Fprofile')
  await page.getByRole('textbox', { name: 'Name' }).fill('Robin Reader')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Your name is saved.')).toBeVisible()

  const email = freshAddress()
  const emailForm = page.getByRole('form', { name: 'Change e-mail address' })
  await emailForm.getByLabel('New e-mail address').fill(email)
  await emailForm.getByLabel('Your password').fill('not it')
  await emailForm.getByRole('button', { name: 'Send link' }).click()
  await expect(emailForm.getByLabel('Your password')).toHaveAccessibleDescription(/This is not your current password/)
  await expectNoViolations(page)
  await emailForm.getByLabel('Your password').fill(PASSWORD)
  await emailForm.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByText('a link is on its way there')).toBeVisible()
  await page.goto(await linkFromMail(email, '/confirm-email/'))
  await expectNoViolations(page)
  await page.getByRole('button', { name: `Use ${email}` }).click()
  await expect(page.getByText(`You sign in as ${email} from now on.`)).toBeVisible()

  const elsewhere = await anotherPage()
  await enter(elsewhere, email, PASSWORD, '/sign-in?next=%2Fprofile')
  await expect(elsewhere).toHaveURL(/\/profile$/)
  const passwordForm = page.getByRole('form', { name: 'Change password' })
  await passwordForm.getByLabel('Current password').fill(PASSWORD)
  await passwordForm.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD)
  await passwordForm.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/\/sign-in/)
  await expectNoSideways(page)
})

test('sessions: one sees and ends one’s own', async ({ page, anotherPage, expectNoViolations }) => {
  const { person } = await memberOf()
  await db().session.updateMany({ where: { accountId: person.id }, data: { endedAt: new Date() } })
  const elsewhere = await anotherPage()
  await enter(elsewhere, person.email, PASSWORD, '/sign-in?next=%2Fprofile')
  await expect(elsewhere).toHaveURL(/\/profile$/)
  await enter(page, person.email, PASSWORD, '/sign-in?next=%2Fsessions')
  const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('This session')
  await expectNoViolations(page)
  await expectNoSideways(page)
  await rows.nth(1).getByRole('button', { name: 'End session' }).click()
  await expect(page.getByText('The session is ended.')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/\/sign-in/)
})

test('organizations: create one, leave another, never the last administrator', async ({ page, expectNoViolations }) => {
  const { person, name } = await memberOf()
  await enter(page, person.email, PASSWORD, '/sign-in?next=%2Forganizations')
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Create organization' }).click()
  const made = `North Wind ${uuidv7().slice(-8)}`
  await page.getByLabel('Organization name').fill(made)
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue(made.toLowerCase().replaceAll(' ', '-'))
  await expect(page.getByLabel('Owner’s e-mail address')).toHaveValue(person.email)
  await expectNoViolations(page)
  await expectNoSideways(page)
  await page.getByLabel('Address', { exact: true }).fill('sign-in')
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page.getByLabel('Address', { exact: true })).toHaveAccessibleDescription(/reserved/)
  const slug = `north-${uuidv7().slice(-12)}`
  await page.getByLabel('Address', { exact: true }).fill(slug)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.waitForURL(new RegExp(`/${slug}(/|$)`))

  await page.goto('/organizations')
  const rows = page.getByRole('list', { name: 'Organizations' }).getByRole('listitem')
  await expect(rows).toHaveCount(2)
  const leave = async (organization: string) => {
    const row = rows.filter({ hasText: organization })
    await row.getByText('Leave', { exact: true }).click()
    await row.getByRole('button', { name: 'Leave organization' }).click()
  }
  await leave(made)
  await expect(page.getByRole('alert').filter({ hasText: 'administrator' })).toBeVisible()
  await page.reload()
  await leave(name)
  await expect(page.getByText('You have left the organization.')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await expectNoSideways(page)
})
