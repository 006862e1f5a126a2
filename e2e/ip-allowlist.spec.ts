import { db } from '@/lib/db'
import { expect, test } from './fixtures'

test('an allowlist: not against oneself, confirmed, closing an open tab on its next request, and taken back unconfirmed', async ({ page, anotherPage, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const where = { organizationId: organization.id }
  await page.goto(`/${organization.slug}/settings/ip-allowlist`)
  await expect(page.getByText('No entries yet')).toBeVisible()
  await expectNoViolations(page)

  await page.getByRole('radio', { name: 'Enforced' }).check()
  await page.getByRole('button', { name: 'Change mode' }).click()
  await expect(page.getByRole('form', { name: 'Mode of the allowlist' }).getByRole('alert')).toContainText('This would lock you out')
  expect(await db().allowlist.findUnique({ where })).toBeNull()

  await page.getByRole('button', { name: 'Add my address' }).click()
  await page.getByRole('form', { name: 'Add to the allowlist' }).getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('Your address is listed')).toBeVisible()
  await page.getByRole('radio', { name: 'Enforced' }).check()
  await page.getByRole('button', { name: 'Change mode' }).click()
  await expect(page.getByText(/^Confirm the change/)).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Keep the change' }).click()
  await expect(page.getByText(/^Confirm the change/)).toHaveCount(0)
  expect(await db().allowlist.findUnique({ where, select: { mode: true, revertAt: true } })).toEqual({ mode: 'enforced', revertAt: null })

  // Somebody moves the list elsewhere while a tab is open.
  const tab = await anotherPage(organization.admin.accountId)
  await tab.goto(`/${organization.slug}/users`)
  await expect(tab.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible()
  await db().allowlistEntry.updateMany({ where, data: { cidr: '203.0.113.0/24' } })
  await expect(async () => {
    await tab.goto(`/${organization.slug}/roles`)
    await expect(tab.getByText('reached from listed addresses only')).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 60_000 })
  await expect(tab.getByText('203.0.113.0/24')).toHaveCount(0)
  await expectNoViolations(tab)

  // A change that nobody confirmed counts as taken back once its time is over.
  await db().allowlist.update({ where, data: { revertAt: new Date(Date.now() - 1000), revertMode: 'off', revertCoversData: false } })
  await expect(async () => {
    await tab.goto(`/${organization.slug}/roles`)
    await expect(tab.getByRole('heading', { name: 'Roles', level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 60_000 })
})
