import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId, uuidv7 } from '@/lib/ids'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { makeFactor } from '@/lib/testing/factors'
import { expect, test } from './fixtures'

const freshAddress = () => `someone-${uuidv7()}@example.test`

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

/** Opens a row's menu and presses one of its lines. */
async function choose(page: Page, name: string, item: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const confirmSuspension = (page: Page) => page.getByRole('alertdialog').getByRole('button', { name: 'Suspend user' }).click()

test('from a pasted list to an active member, suspended again, and the log tells it', async ({ page, anotherPage, signedIn, linkFromMail, expectNoViolations }) => {
  const { organization } = await signedIn()
  const member = await makeMember(organization)
  const invited = freshAddress()
  await page.goto(`/${organization.slug}/users`)
  await page.getByRole('button', { name: 'Invite users' }).click()
  const dialog = page.getByRole('dialog', { name: `Invite users to ${organization.name}` })
  await dialog.getByLabel('E-mail addresses').fill(`${invited}, not-an-address\n${member.email}`)
  await expect(dialog.getByText('2 addresses to invite, 1 left out')).toBeVisible()
  await expect(dialog.getByText('no @ in it')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add a role' }).click()
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Viewer', exact: false }).first().click()
  await dialog.getByRole('button', { name: 'Preview the mail' }).click()
  await expect(dialog.getByRole('region', { name: 'Preview of the mail' })).toContainText('You will hold: Viewer.')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Invite 2 people' }).click()
  const results = dialog.getByRole('list', { name: 'Results' })
  await expect(results.getByRole('listitem')).toHaveText([/^someone.*Invited$/, /^not-an-addressno @ in itNot an address$/, /Member already$/])
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(rowOf(page, invited)).toContainText('Pending')

  const guest = await anotherPage()
  await guest.goto(await linkFromMail(invited, '/invite/'))
  await guest.getByLabel('Your name').fill('Robin Newcomer')
  await guest.getByLabel('Password', { exact: true }).fill('seven green bottles hanging')
  await guest.getByRole('button', { name: 'Accept invitation' }).click()
  await guest.waitForURL(new RegExp(`/${organization.slug}(/|$)`))

  await page.reload()
  await expect(rowOf(page, 'Robin Newcomer')).toContainText('Active')
  await choose(page, 'Robin Newcomer', 'Suspend…')
  await confirmSuspension(page)
  await expect(page.getByText(`Suspended ${invited}`)).toBeVisible()
  await guest.getByRole('link', { name: 'General' }).click()
  await expect(guest).toHaveURL(/reason=suspended/)

  await page.goto(`/${organization.slug}/audit`)
  const log = page.getByRole('table', { name: 'Audit log' })
  for (const words of ['invited', 'accepted the invitation', 'suspended']) await expect(log).toContainText(words)
})

test('suspending and removing say first what is lost; a suspension is undone from its toast, removing wants the address typed', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const member = await makeMember(organization, ['audit:read'])
  await page.goto(`/${organization.slug}/users`)
  await choose(page, member.email, 'Suspend…')
  const losses = page.getByRole('alertdialog').getByRole('region', { name: 'Loses access' })
  await expect(losses).toContainText(member.email)
  await expect(losses).toContainText('Read audit log')
  await expectNoViolations(page)
  await confirmSuspension(page)
  await expect(rowOf(page, member.email)).toContainText('Suspended')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, member.email)).toContainText('Active')

  await choose(page, member.email, 'Remove…')
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('region', { name: 'Loses access' })).toContainText(member.email)
  await expect(question.getByRole('button', { name: 'Remove user' })).toBeDisabled()
  await question.getByLabel(`Type ${member.email} to confirm`).fill(member.email)
  await question.getByRole('button', { name: 'Remove user' }).click()
  // While the question is there, no row behind it counts.
  await expect(question).toHaveCount(0)
  await expect(rowOf(page, member.email)).toHaveCount(0)
})

test('the last administrator’s lines are there, with the reason', async ({ page, signedIn, expectNoViolations }) => {
  const { organization, member } = await signedIn()
  await page.goto(`/${organization.slug}/users`)
  await page.getByRole('button', { name: `Actions for ${member.email}` }).click()
  await expect(page.getByRole('menuitem', { name: 'Suspend…' })).toContainText('The last administrator')
  await expect(page.getByRole('menuitem', { name: 'Suspend…' })).toHaveAttribute('aria-disabled', 'true')
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await page.goto(`/${organization.slug}/users/${member.id}`)
  await expect(page.getByRole('button', { name: 'Remove user…' })).toBeDisabled()
  await expectNoViolations(page)
})

test('roles are edited with an end date, from the list and by keyboard alone', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  const member = await makeMember(organization)
  await page.goto(`/${organization.slug}/users?q=${encodeURIComponent(member.email)}`)
  await page.getByRole('button', { name: `Actions for ${member.email}` }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: `Edit roles of ${member.email}` })
  await expect(page.locator('[role=dialog]:focus-within')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add a role' }).press('Enter')
  await dialog.getByRole('button', { name: 'Save roles' }).press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Choose a role')
  await dialog.getByRole('combobox', { name: 'Role' }).press('Enter')
  await page.getByRole('option', { name: 'Auditor', exact: false }).press('Enter')
  await dialog.getByLabel('Ends').fill('2099-12-31')
  await dialog.getByRole('button', { name: 'Save roles' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(rowOf(page, member.email)).toContainText('Auditor')
  await expect(rowOf(page, member.email)).toContainText('ends 31 Dec 2099')
})

test('search, filters and pages are in the address, and the export is of what is shown', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  await db().account.createMany({ data: Array.from({ length: 30 }, (_, i) => ({ id: newId('account'), email: `${organization.slug}-p${String(i).padStart(2, '0')}@pages.test` })) })
  const accounts = await db().account.findMany({ where: { email: { startsWith: `${organization.slug}-p` } }, orderBy: { email: 'asc' } })
  await db().membership.createMany({ data: accounts.map(({ id, email }, i) => ({ id: newId('user'), organizationId: organization.id, accountId: id, email, status: i < 3 ? 'suspended' : 'active', source: 'invitation' })) })

  await page.goto(`/${organization.slug}/users`)
  await expect(page.getByText('31 people')).toBeVisible()
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/after=/)
  await page.goBack()
  await page.getByRole('searchbox', { name: 'Search name or e-mail' }).fill('p29@PAGES')
  await expect(page.getByText('1 person')).toBeVisible()
  await expect(page).toHaveURL(/q=p29%40PAGES/)
  await page.goto(`/${organization.slug}/users?status=suspended&sort=-email`)
  await expect(page.getByText('3 people')).toBeVisible()
  const csv = await (await page.request.get(`/${organization.slug}/users/export?status=suspended&sort=-email`)).text()
  expect(csv.trim().split('\r\n').map((line) => line.split(',')[1])).toEqual(['email', ...[2, 1, 0].map((i) => `${organization.slug}-p0${i}@pages.test`)])
  expect(await db().auditEvent.count({ where: { organizationId: organization.id, event: 'member.export' } })).toBe(1)
})

test('several rows at once: what fits is done, the rest is told', async ({ page, signedIn }) => {
  const { organization, member: admin } = await signedIn()
  const [one, two] = [await makeMember(organization), await makeMember(organization)]
  await page.goto(`/${organization.slug}/users`)
  for (const { email } of [one, two]) await page.getByRole('checkbox', { name: `Select ${email}` }).check()
  await page.getByRole('button', { name: 'Suspend', exact: true }).click()
  await expect(page.getByRole('alertdialog', { name: 'Suspend 2 users?' })).toContainText(two.email)
  await page.getByRole('button', { name: 'Suspend 2 users' }).click()
  await expect(page.getByText('Suspended 2 users')).toBeVisible()
  await page.getByRole('checkbox', { name: `Select ${admin.email}` }).check()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const question = page.getByRole('alertdialog')
  await question.getByLabel(/^Type/).fill(admin.email)
  await question.getByRole('button', { name: 'Remove user' }).click()
  await expect(question).toContainText('Nobody else who is active may manage users')
})

test('a reader sees people and no deeds; without the permission there is no page', async ({ page, anotherPage, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn(['member:read'])
  await page.goto(`/${organization.slug}/users`)
  await expect(page.getByRole('table', { name: 'Users' })).toContainText(organization.admin.email)
  await expect(page.getByRole('button', { name: 'Invite users' })).toHaveCount(0)
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await page.getByRole('button', { name: `Actions for ${organization.admin.email}` }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Open'])
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menuitem')).toHaveCount(0)
  await page.getByTitle('Columns').click()
  const columns = page.getByRole('group', { name: 'Columns' })
  await expect(columns.getByText('Last seen')).toBeVisible()
  await expect(columns.getByText('Second factor')).toHaveCount(0)
  const elsewhere = await makeOrganization()
  expect((await page.goto(`/${organization.slug}/users/${elsewhere.admin.id}`))?.status()).toBe(404)

  const nobody = await makeMember(organization)
  const other = await anotherPage(nobody.accountId)
  for (const path of ['users', 'outbox', `users/${organization.admin.id}`]) {
    expect((await other.goto(`/${organization.slug}/${path}`))?.status()).toBe(403)
  }
  expect((await other.request.get(`/${organization.slug}/users/export`)).status()).toBe(403)
})

test('the outbox shows what was sent', async ({ page, signedIn, linkFromMail, expectNoViolations }) => {
  const { organization } = await signedIn()
  const invited = freshAddress()
  await page.goto(`/${organization.slug}/users?dialog=invite`)
  await page.getByLabel('E-mail addresses').fill(invited)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  const link = await linkFromMail(invited, '/invite/')
  // The mail server has it a moment before the outbox says so.
  await expect(async () => {
    await page.goto(`/${organization.slug}/outbox`)
    await expect(rowOf(page, invited)).toContainText('Sent', { timeout: 2000 })
  }).toPass()
  await choose(page, `Join ${organization.name} on Gatehouse to ${invited}`, 'Read mail')
  await expect(page.getByRole('region', { name: 'Link in the mail' })).toHaveText(link)
  await expectNoViolations(page)
})

test('a column, once it is chosen, says who has a second factor', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  const [strong, weak] = [await makeMember(organization), await makeMember(organization)]
  await makeFactor(strong.accountId)
  await page.goto(`/${organization.slug}/users`)
  const head = page.getByRole('columnheader', { name: 'Second factor' })
  await expect(rowOf(page, strong.email)).toBeVisible()
  await expect(head).toHaveCount(0)
  const choice = page.getByRole('group', { name: 'Columns' })
  await page.getByTitle('Columns').click()
  await choice.getByText('Second factor').click()
  await expect(head).toBeVisible()
  await expect(rowOf(page, strong.email)).toContainText('Has one')
  await expect(rowOf(page, weak.email)).toContainText('None')
  await page.reload()
  await expect(rowOf(page, weak.email)).toContainText('None')
})

test('fits a phone', async ({ page, signedIn, expectNoViolations }) => {
  const { organization, member } = await signedIn()
  await page.setViewportSize({ width: 360, height: 760 })
  for (const path of ['users', `users/${member.id}`, 'users?dialog=invite', 'outbox']) {
    await page.goto(`/${organization.slug}/${path}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    expect(content, path).toBeLessThanOrEqual(window ?? 0)
    await expectNoViolations(page)
  }
})
