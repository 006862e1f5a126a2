import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { expect, test } from './fixtures'
import { picture } from './pictures'

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

test('an entry is described anew in its dialog, and what adds nothing is tidied away with one click', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const entry = (cidr: string) => db().allowlistEntry.create({ data: { id: newId('allowlistEntry'), organizationId: organization.id, cidr, surfaces: ['console', 'api', 'data'] }, select: { id: true } })
  for (const cidr of ['198.51.100.0/24', '198.51.100.7', '2001:db8::/32']) await entry(cidr)
  await page.goto(`/${organization.slug}/settings/ip-allowlist`)
  const table = page.getByRole('table', { name: 'Entries of the allowlist' })
  const row = (cidr: string) => table.getByRole('row').filter({ has: page.getByText(cidr, { exact: true }) })
  await expect(row('198.51.100.7')).toContainText('within 198.51.100.0/24')
  await expectNoViolations(page)
  await picture(page, 'allowlist-tidy')

  const dialog = page.getByRole('dialog', { name: 'Change 2001:db8::/32' })
  await page.getByRole('button', { name: 'Actions for 2001:db8::/32' }).click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  await dialog.getByLabel('Description').fill('Offices over IPv6')
  await dialog.getByRole('checkbox', { name: 'API' }).uncheck()
  await dialog.getByRole('checkbox', { name: 'Data' }).uncheck()
  await dialog.getByLabel('Ends (UTC)').fill('2999-01-31T12:00')
  await expectNoViolations(page)
  await picture(page, 'allowlist-edit')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row('2001:db8::/32')).toContainText('Offices over IPv6')
  await expect(row('2001:db8::/32')).not.toContainText('API')
  const stored = await db().allowlistEntry.findFirst({ where: { organizationId: organization.id, description: 'Offices over IPv6' }, select: { surfaces: true, expiresAt: true } })
  expect(stored).toEqual({ surfaces: ['console'], expiresAt: new Date('2999-01-31T12:00:00Z') })

  const question = page.getByRole('alertdialog', { name: 'Remove entries that add nothing?' })
  await page.getByRole('button', { name: 'Remove them' }).click()
  await question.getByRole('button', { name: 'Remove them' }).click()
  await expect(row('198.51.100.7')).toHaveCount(0)
  await expect(page.getByText('Some entries add nothing')).toHaveCount(0)
  expect(await db().allowlistEntry.count({ where: { organizationId: organization.id } })).toBe(2)
})
