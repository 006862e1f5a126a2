import { db } from '@/lib/db'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { codeOf, makeFactor } from '@/lib/testing/factors'
import { makePerson, PASSWORD } from '@/lib/testing/people'
import { expect, test } from './fixtures'
import { picture } from './pictures'

test('break-glass codes: chosen, made, and on the day the provider fails one opens the SSO settings alone', async ({ page, anotherPage, expectNoViolations, linkFromMail }) => {
  test.slow()
  const organization = await makeOrganization()
  const person = await makePerson()
  await makeMember(organization, ['sign-in:read', 'sign-in:write', 'member:read'], person)
  const { seed } = await makeFactor(person.id)
  const settings = `/${organization.slug}/settings/sign-in`

  // An administrator chooses somebody.
  const chooser = await anotherPage(organization.admin.accountId)
  await chooser.goto(settings)
  await expect(chooser.getByText('Nobody holds break-glass codes')).toBeVisible()
  await chooser.getByLabel('Administrator').selectOption({ label: person.email })
  await chooser.getByRole('button', { name: 'Let hold codes' }).click()
  await expect(chooser.getByRole('list', { name: 'Holders of break-glass codes' })).toContainText('No codes made yet')
  await expectNoViolations(chooser)
  await picture(chooser, 'holders')

  // They make their codes.
  const home = await anotherPage(person.id)
  await home.goto(settings)
  await home.getByRole('button', { name: 'Make my codes' }).click()
  await home.getByRole('button', { name: 'Make codes' }).click()
  const codes = home.getByRole('list', { name: 'Break-glass codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const code = (await codes.first().textContent()) ?? ''
  await expectNoViolations(home)
  await picture(home, 'break-glass-codes')
  await home.getByLabel('I have stored them').check()
  await home.getByRole('button', { name: 'Done' }).click()
  await expect(home.getByText('10 of 10 codes left')).toBeVisible()

  // SSO-only is on and the provider is away.
  await db().organization.update({ where: { id: organization.id }, data: { isSsoOnly: true } })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(seed))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Use a break-glass code' }).click()
  await expect(page.getByRole('heading', { name: 'Use a break-glass code' })).toBeVisible()
  await expectNoViolations(page)
  await picture(page, 'break-glass')
  await page.getByRole('textbox', { name: 'Break-glass code' }).fill('0000-0000-0000-0000')
  await page.getByRole('button', { name: 'Open the SSO settings' }).click()
  await expect(page.getByText('wrong or was used already')).toBeVisible()
  await page.getByRole('textbox', { name: 'Break-glass code' }).fill(code.toUpperCase())
  await page.getByRole('button', { name: 'Open the SSO settings' }).click()

  await expect(page.getByRole('heading', { name: 'Security & SSO', level: 1 })).toBeVisible()
  await expect(page.getByText('You broke the glass')).toBeVisible()
  await expect(page.getByText('9 of 10 codes left')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Make new codes' })).toHaveCount(0)
  await expectNoViolations(page)
  await picture(page, 'through-glass')
  for (const path of ['users', 'my-access', 'settings/general', 'settings/sessions']) {
    expect((await page.goto(`/${organization.slug}/${path}`))?.status()).toBe(403)
    await expect(page.getByRole('heading', { name: 'This session opens the SSO settings only' })).toBeVisible()
  }
  await expectNoViolations(page)
  await picture(page, 'refused-through-glass')
  await page.goto('/profile')
  await expect(page.getByText('opens the SSO settings of one organization only')).toBeVisible()
  expect(await linkFromMail(organization.admin.email, settings)).toContain(settings)

  // Taken away elsewhere, the session is over at the next request.
  await db().session.updateMany({ where: { organizationId: organization.id, method: 'recovery-code' }, data: { endedAt: new Date() } })
  await page.goto(settings)
  await expect(page).toHaveURL(/\/sign-in/)
})
