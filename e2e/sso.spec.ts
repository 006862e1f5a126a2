import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey } from '@/lib/testing/api'
import { makeAccount, makeMember, makeOrganization, makeRole, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, makeInvitation, makePerson, PASSWORD } from '@/lib/testing/people'
import { startRealProvider, type RealProvider } from '@/lib/testing/real-openid-provider'
import { publishTxt } from './dns-records'
import { expect, signInContext, test, whenHydrated } from './fixtures'
import { picture } from './pictures'

/** Says at the provider who it is, on its own page. */
async function proveThere(page: Page, email: string) {
  await page.getByPlaceholder('Enter any login').fill(email)
  await page.getByPlaceholder('and password').fill('whatever it is there')
  await page.getByRole('button', { name: 'Sign-in' }).click()
}

/** The same, and lets it tell us for the first time. */
async function signInThere(page: Page, email: string) {
  await proveThere(page, email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function giveAddress(page: Page, email: string) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

type Site = { organization: TestOrganization; domain: string; boss: string }

/** An organization whose administrator and domain are its own. */
async function makeSite(): Promise<Site> {
  const organization = await makeOrganization()
  const domain = `${randomUUID().slice(0, 8)}.example`
  const boss = `boss@${domain}`
  const { id, accountId } = organization.admin
  await db().account.update({ where: { id: accountId }, data: { email: boss } })
  await db().membership.update({ where: { organizationId_id: { organizationId: organization.id, id } }, data: { email: boss }, select: { id: true } })
  return { organization, domain, boss }
}

const settings = ({ organization }: Site) => `/${organization.slug}/settings/sign-in`

async function addConnection(page: Page, site: Site, provider: RealProvider, baseURL: string): Promise<string> {
  await page.goto(settings(site))
  const form = page.getByRole('form', { name: 'Add connection' })
  await form.getByLabel('Kind').selectOption('okta')
  await form.getByLabel('Name').fill('Acme Okta')
  await form.getByRole('button', { name: 'Add connection' }).click()
  await page.waitForURL(/\/sign-in\/con_/)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  provider.allow(`${baseURL}/sso/oidc/${id}/callback`)
  await expect(page.getByText(`${baseURL}/sso/oidc/${id}/callback`)).toBeVisible()
  const typed = page.getByRole('form', { name: 'Connection settings' })
  await typed.getByLabel('Issuer').fill(provider.issuer)
  await typed.getByLabel('Client ID').fill(provider.clientId)
  await typed.getByLabel('Client secret').fill(provider.clientSecret)
  await typed.getByRole('button', { name: 'Save connection' }).click()
  await expect(page.getByText('Saved the connection')).toBeVisible()
  return id
}

async function verifyDomain(page: Page, site: Site) {
  await page.goto(settings(site))
  await page.getByLabel('Domain', { exact: true }).fill(site.domain)
  await page.getByRole('button', { name: 'Add domain' }).click()
  const row = page.getByRole('list', { name: 'E-mail domains' }).getByRole('listitem')
  await row.getByRole('button', { name: 'Check now' }).click()
  await expect(row).toContainText('There is no TXT record')
  const [name, value] = await row.locator('code').allTextContents()
  publishTxt(name ?? '', value ?? '')
  await row.getByRole('button', { name: 'Check now' }).click()
  await expect(row.getByText('Verified', { exact: true })).toBeVisible()
}

async function mapGroup(page: Page, site: Site, id: string, group: string, roleId: string) {
  await page.goto(`${settings(site)}/${id}`)
  const form = page.getByRole('form', { name: 'Group mappings' })
  await form.getByRole('button', { name: 'Add mapping' }).click()
  await form.getByLabel('Group 1').fill(group)
  await form.getByLabel('Role 1').selectOption(roleId)
  await form.getByRole('button', { name: 'See whose roles change' }).click()
  await expect(form.getByText('Nobody’s roles would change')).toBeVisible()
  await form.getByRole('button', { name: 'Save mappings' }).click()
  await expect(page.getByText('Saved the group mappings')).toBeVisible()
}

async function testAndEnable(page: Page, { boss }: Site) {
  await page.getByRole('link', { name: 'Test sign-in' }).click()
  await signInThere(page, boss)
  await expect(page.getByText(`${boss} would sign in`)).toBeVisible()
  const received = page.locator('#test')
  await expect(received).toContainText('email_verified')
  await expect(received).toContainText('["Leads"]')
  await whenHydrated(page)
  await page.getByRole('button', { name: 'Enable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Enable connection' }).click()
  await expect(page.getByText('Enabled Acme Okta')).toBeVisible()
}

async function switchOn(page: Page, site: Site, told: string) {
  await page.goto(settings(site))
  await page.getByRole('button', { name: 'Switch autoprovision on' }).click()
  await expect(page.getByRole('alertdialog')).toContainText(`an address of ${site.domain} becomes a member at once`)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch autoprovision on' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByText('Autoprovision is on', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Switch SSO-only on' }).click()
  await expect(page.getByRole('alertdialog')).toContainText(told)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch SSO-only on' }).click()
  await expect(page.getByText('SSO-only is on', { exact: true }).first()).toBeVisible()
}

const rolesOf = async ({ organization }: Site, membershipId: string) =>
  (await db().roleAssignment.findMany({ where: { organizationId: organization.id, membershipId }, select: { roleId: true } })).map(({ roleId }) => roleId)

test('an administrator connects Okta, and everybody comes in through it and in no other way, while an API key goes on', async ({ page, anotherPage, context, baseURL: given, request }) => {
  test.slow()
  const baseURL = given ?? ''
  const [site, provider] = [await makeSite(), await startRealProvider()]
  const { organization, domain } = site
  const colleague = await makePerson(`robin@${domain}`)
  const member = await makeMember(organization, [], colleague)
  const outsider = await makeMember(organization, [], await makeAccount())
  const key = await makeKey(organization, organization.admin)
  const apiAnswers = async () => (await request.get('/api/v1/users', { headers: { authorization: `Bearer ${key.secret}` } })).status()
  expect(await apiAnswers()).toBe(200)
  const roleId = await makeRole(organization.id, ['audit:read'])
  provider.set(site.boss, { groups: ['Leads'] })
  provider.set(colleague.email, { name: 'Robin Reed', groups: ['Auditors', 'Everyone'] })

  // The colleague is in by password, with a page open.
  const theirs = await anotherPage()
  await theirs.goto('/sign-in')
  await giveAddress(theirs, colleague.email)
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await theirs.waitForURL(new RegExp(`^${baseURL}/${organization.slug}`))

  await signInContext(context, baseURL, organization.admin.accountId)
  const id = await addConnection(page, site, provider, baseURL)
  await verifyDomain(page, site)
  await mapGroup(page, site, id, 'Auditors', roleId)
  await testAndEnable(page, site)
  expect(await apiAnswers()).toBe(200)
  await page.goto(settings(site))
  await expect(page.getByText(`without a connection: 1 person (${outsider.email})`)).toBeVisible()
  await switchOn(page, site, colleague.email)
  expect(await apiAnswers()).toBe(200)

  // The next click shows the way in, and no password leads around it.
  await theirs.goto(`/${organization.slug}/groups`)
  await expect(theirs).toHaveURL(`/sign-in/${organization.slug}`)
  await expect(theirs.getByText('entered through its identity provider only')).toBeVisible()
  const elsewhere = await anotherPage()
  await elsewhere.goto('/sign-in')
  await giveAddress(elsewhere, colleague.email)
  await elsewhere.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await expect(elsewhere.getByRole('alert').filter({ hasText: 'entered through its identity provider' })).toBeVisible()

  await theirs.getByRole('link', { name: 'Continue with Acme Okta' }).click()
  await signInThere(theirs, colleague.email)
  await theirs.waitForURL(new RegExp(`^${baseURL}/${organization.slug}`))
  expect(await rolesOf(site, member.id)).toEqual([roleId])
  await theirs.goto(`/${organization.slug}/audit`)
  await expect(theirs.getByRole('table', { name: 'Audit log' })).toContainText(colleague.email)
  expect(await apiAnswers()).toBe(200)

  // Somebody new of the domain joins by coming.
  const newcomer = await anotherPage()
  await newcomer.goto('/sign-in')
  await giveAddress(newcomer, `newcomer@${domain}`)
  await newcomer.getByRole('link', { name: 'Continue with Acme Okta' }).click()
  await signInThere(newcomer, `newcomer@${domain}`)
  await newcomer.waitForURL(new RegExp(`^${baseURL}/${organization.slug}`))
  expect(await eventsOf(organization.id, 'member.provision')).toHaveLength(1)

  // Without password or factor they prove once more at the provider that it is them: it asks again though it knows them.
  await newcomer.goto(`/confirm?next=/${organization.slug}/groups`)
  await newcomer.getByRole('link', { name: 'Confirm through Acme Okta' }).click()
  await proveThere(newcomer, `newcomer@${domain}`)
  await expect(newcomer).toHaveURL(`/${organization.slug}/groups`)
  expect(await eventsOf(organization.id, 'session.confirm')).toMatchObject([{ outcome: 'success', detail: { method: 'okta' } }])
  // Whoever switched it on goes on.
  await page.goto(settings(site))
  await expect(page.getByText('SSO-only is on', { exact: true }).first()).toBeVisible()
  await provider.close()
})

test('Google of the whole installation lets in who has an account, asks strangers to be invited, and stays out of SSO-only', async ({ page, anotherPage, expectNoViolations }) => {
  const organization = await makeOrganization()
  const person = await makePerson(`kim-${randomUUID().slice(0, 8)}@example.test`)
  await makeMember(organization, [], person)
  await page.goto(`/sign-in?next=/${organization.slug}/groups`)
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Continue with Google' }).click()
  await signInThere(page, person.email)
  await expect(page).toHaveURL(`/${organization.slug}/groups`)
  expect((await eventsOf(organization.id, 'session.open')).at(-1)).toMatchObject({ outcome: 'success', detail: { method: 'google' } })

  const stranger = await anotherPage()
  await stranger.goto('/sign-in')
  await stranger.getByRole('link', { name: 'Continue with Google' }).click()
  await signInThere(stranger, `nobody-${newId('request')}@example.test`)
  await expect(stranger).toHaveURL(/\/sign-in\?error=account-unknown/)
  await expect(stranger.getByText(/no account and no invitation with your e-mail address.*Reference: /)).toBeVisible()

  const invited = `invited-${randomUUID().slice(0, 8)}@example.test`
  await makeInvitation(organization.id, invited)
  const guest = await anotherPage()
  await guest.goto('/sign-in')
  await guest.getByRole('link', { name: 'Continue with Google' }).click()
  await signInThere(guest, invited)
  await expect(guest).toHaveURL(/\/organizations\/invitations/)
  await guest.getByRole('button', { name: /accept/i }).first().click()
  await expect.poll(() => db().membership.count({ where: { organizationId: organization.id, email: invited, status: 'active' } })).toBe(1)

  await db().organization.update({ where: { id: organization.id }, data: { isSsoOnly: true } })
  await page.goto(`/${organization.slug}/groups`)
  await expect(page).toHaveURL(`/sign-in/${organization.slug}`)
})

test('who came through Google sees the link, takes it off, and links it again', async ({ page, anotherPage, expectNoViolations }) => {
  const organization = await makeOrganization()
  const person = await makePerson(`lee-${randomUUID().slice(0, 8)}@example.test`)
  await makeMember(organization, [], person)
  await page.goto('/sign-in?next=/security')
  await page.getByRole('link', { name: 'Continue with Google' }).click()
  await signInThere(page, person.email)
  const row = page.getByRole('list', { name: 'Sign-in providers' }).getByRole('listitem')
  await expect(row).toContainText(`${person.email}, linked`)
  await whenHydrated(page)
  await expectNoViolations(page)
  await picture(page, 'providers-of-the-account')

  const question = page.getByRole('alertdialog', { name: 'Unlink Google?' })
  await row.getByRole('button', { name: 'Unlink Google…' }).click()
  await question.getByRole('button', { name: 'Unlink Google', exact: true }).click()
  await expect(row).toContainText('Does not open your account.')
  const elsewhere = await anotherPage()
  await elsewhere.goto('/sign-in')
  await elsewhere.getByRole('link', { name: 'Continue with Google' }).click()
  await signInThere(elsewhere, person.email)
  await expect(elsewhere).toHaveURL(/\/sign-in\?error=unlinked/)
  await expect(elsewhere.getByText(/unlinked from your account.*Reference: /)).toBeVisible()

  await row.getByRole('link', { name: 'Link Google' }).click()
  await expect(row).toContainText(`${person.email}, linked`)
  await elsewhere.goto(`/sign-in?next=/${organization.slug}/groups`)
  await elsewhere.getByRole('link', { name: 'Continue with Google' }).click()
  await expect(elsewhere).toHaveURL(`/${organization.slug}/groups`)
  expect((await eventsOf(organization.id, 'account.unlink-provider')).map(({ outcome }) => outcome)).toEqual(['success'])
})

test('who has nothing but Google proves there once more that it is them, and keeps it as the only way in', async ({ page, expectNoViolations }) => {
  const organization = await makeOrganization()
  const person = await makeAccount(`noor-${randomUUID().slice(0, 8)}@example.test`)
  await makeMember(organization, [], person)
  await page.goto('/sign-in?next=/security')
  await page.getByRole('link', { name: 'Continue with Google' }).click()
  await signInThere(page, person.email)
  const row = page.getByRole('list', { name: 'Sign-in providers' }).getByRole('listitem')
  await expect(row).toContainText('It is the only way into your account')
  await expect(row.getByRole('button')).toHaveCount(0)

  const longAgo = new Date(Date.now() - 60 * 60_000)
  await db().session.updateMany({ where: { accountId: person.id }, data: { confirmedAt: longAgo } })
  await page.goto(`/confirm?next=/${organization.slug}/groups`)
  await expectNoViolations(page)
  await picture(page, 'confirm-through-google')
  await page.getByRole('link', { name: 'Confirm through Google' }).click()
  // It knows them, and asks all the same.
  await proveThere(page, person.email)
  await expect(page).toHaveURL(`/${organization.slug}/groups`)
  expect(await eventsOf(organization.id, 'session.confirm')).toMatchObject([{ outcome: 'success', detail: { method: 'google' } }])
  expect(await db().session.count({ where: { accountId: person.id, confirmedAt: { gt: longAgo } } })).toBe(1)

  // Somebody else there proves nothing.
  await page.goto('/confirm?next=/security')
  await page.getByRole('link', { name: 'Confirm through Google' }).click()
  await signInThere(page, `other-${randomUUID().slice(0, 8)}@example.test`)
  await expect(page).toHaveURL(/\/confirm\?refused=other-person/)
  await expect(page.getByText('That proved nothing. The identity provider named somebody else')).toBeVisible()
})
