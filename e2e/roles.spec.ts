import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeMember, makeOrganization, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

// What judges accessibility takes its time with forms of a hundred boxes.
test.slow()

const rowOf = (page: Page, name: string) => page.getByRole('table', { name: 'Roles' }).getByRole('row').filter({ hasText: name })

async function assign(organization: TestOrganization, member: TestMember, roleId: string): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: member.id, roleId, scopeId: organization.id } })
}

test('a role is made from nothing, with its permissions chosen one by one, and listed', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  await page.goto(`/${organization.slug}/roles`)
  await expect(rowOf(page, 'Administrator')).toContainText('Built-in')
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Create role' }).click()
  await page.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'A role needs a name' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('viewer')
  await page.getByRole('searchbox', { name: 'Search permissions' }).fill('backup')
  await page.getByRole('checkbox', { name: /^Manage backups/ }).check()
  await page.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Another role has this name' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('viewer')
  await page.getByRole('textbox', { name: 'Name' }).fill('Night watch')
  await page.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Night watch' })).toBeVisible()
  await expect(page.getByText('backup:manage')).toBeVisible()
  await expect(page.getByText('Nobody holds Night watch at present.')).toBeVisible()
  await expectNoViolations(page)
  await page.goto(`/${organization.slug}/roles?kind=custom`)
  await expect(rowOf(page, 'Night watch')).toContainText('Custom')
})

test('an edit shows who gains and who loses before it is saved, and asks before it is left', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const roleId = await makeRole(organization.id, ['audit:read', 'billing:read'])
  const member = await makeMember(organization)
  await assign(organization, member, roleId)
  await page.goto(`/${organization.slug}/roles/${roleId}`)
  await page.getByRole('link', { name: 'Edit role' }).click()
  await page.getByRole('checkbox', { name: /^Read audit log/ }).uncheck()
  await page.getByRole('checkbox', { name: /^View users/ }).check()
  await page.getByRole('link', { name: 'Cancel' }).click()
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByRole('checkbox', { name: /^View users/ })).toBeChecked()
  await page.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).toHaveURL(new RegExp(`/roles/${roleId}/edit$`))
  await expect(page.getByRole('checkbox', { name: /^View users/ })).toBeChecked()
  await page.getByRole('searchbox', { name: 'Search permissions' }).fill('users')
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Save role' }).click()
  const review = page.getByRole('dialog', { name: /^Save the role/ })
  await expect(review.getByRole('region', { name: 'Loses access' })).toContainText(member.email)
  await expect(review.getByRole('region', { name: 'Loses access' })).toContainText('Read audit log')
  await expect(review.getByRole('region', { name: 'Gains access' })).toContainText('View users')
  await expectNoViolations(page)
  await review.getByRole('button', { name: 'Save role' }).click()
  await page.waitForURL(new RegExp(`/roles/${roleId}$`))
  await expect(page.getByText('gatehouse/member:read')).toBeVisible()
  await expect(page.getByText('gatehouse/audit:read')).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Holders' })).toContainText(member.email)
})

test('going back leaves unsaved changes only after a yes', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  const roleId = await makeRole(organization.id, ['audit:read'])
  await page.goto(`/${organization.slug}/roles/${roleId}`)
  await page.getByRole('link', { name: 'Edit role' }).click()
  await page.getByRole('checkbox', { name: /^View users/ }).check()
  await page.evaluate(() => history.back())
  await page.getByRole('alertdialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Leave page' }).click()
  await expect(page).toHaveURL(new RegExp(`/roles/${roleId}$`))
  await expect(page.getByText('gatehouse/audit:read')).toBeVisible()
})

test('what one does not hold cannot be chosen, and says so', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['role:read', 'role:write'])
  await page.goto(`/${organization.slug}/roles/new`)
  const invite = page.getByRole('checkbox', { name: /^Manage users/ })
  await expect(invite).toBeDisabled()
  await expect(page.getByText('You do not hold it yourself').first()).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Manage roles/ })).toBeEnabled()
})

test('a role restricted to chosen resources says where it counts', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  await db().resource.create({ data: { id: newId('folder'), organizationId: organization.id, type: 'folder', parentId: organization.id, name: 'production' } })
  await page.goto(`/${organization.slug}/roles/new`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Production auditors')
  await page.getByRole('radio', { name: /^Only at chosen resources/ }).check()
  await page.getByRole('checkbox', { name: /^Read audit log/ }).check()
  await page.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Choose at least one resource' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Resources' }).fill('prod')
  await page.getByRole('option', { name: /production/ }).click()
  await expect(page.getByRole('button', { name: 'Remove production' })).toBeVisible()
  await page.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Production auditors' })).toBeVisible()
  await expect(page.getByText('production', { exact: true })).toBeVisible()
})

test('a role in use is deleted once its holders get another', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const roleId = await makeRole(organization.id, ['audit:read'])
  const member = await makeMember(organization)
  await assign(organization, member, roleId)
  await page.goto(`/${organization.slug}/roles/${roleId}`)
  await page.getByRole('button', { name: 'Delete role…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Delete the role/ })
  await expect(dialog.getByText('Held by 1 person')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Delete role' })).toBeDisabled()
  await dialog.getByRole('combobox', { name: 'Role they get instead' }).click()
  await page.getByRole('option', { name: /^Billing viewer/ }).click()
  await expect(dialog.getByRole('region', { name: 'Loses access' })).toContainText('Read audit log')
  await expect(dialog.getByRole('region', { name: 'Gains access' })).toContainText('View billing')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Delete role' }).click()
  await page.waitForURL(new RegExp(`/${organization.slug}/roles$`))
  const { roleId: now } = await db().roleAssignment.findFirstOrThrow({ where: { organizationId: organization.id, membershipId: member.id } })
  expect(now).toBe(organization.roleIds.get('billing-viewer'))
})

test('a built-in role is read-only with the reason, and is duplicated', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  const id = organization.roleIds.get('cluster-developer') ?? ''
  await page.goto(`/${organization.slug}/roles/${id}/edit`)
  await expect(page).toHaveURL(new RegExp(`/roles/${id}$`))
  await expect(page.getByText('Built into the Standard model, so it cannot be changed')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit role' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Duplicate' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Copy of Cluster developer')
  await expect(page.getByRole('checkbox', { name: /^View clusters/ })).toBeChecked()
})

test('two roles are compared in an address that can be shared', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  await page.goto(`/${organization.slug}/roles/compare`)
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Billing admin (Billing)' })
  await page.getByLabel('Other role').selectOption({ label: 'Billing viewer (Billing)' })
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('table', { name: 'Differences' }).getByRole('row')).toHaveText(['PermissionBilling adminBilling viewer', 'Manage billinggatehouse/billing:writeyesno'])
  await expect(page.getByRole('table', { name: 'In both' }).getByRole('rowheader')).toHaveText(['View organizationgatehouse/organization:read', 'View billinggatehouse/billing:read'])
  const address = page.url()
  await page.goto(`/${organization.slug}/roles`)
  await page.goto(address)
  await expect(page.getByRole('table', { name: 'Differences' })).toBeVisible()
  await expectNoViolations(page)
})

test('the matrix of the Astra model has its 16 roles, cell by cell as documented', async ({ page, context, baseURL, expectNoViolations }) => {
  const organization = await makeOrganization('astra')
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  const [head = '', ...lines] = readFileSync('lib/access/models/testdata/astra-roles.csv', 'utf8').trim().split('\n')
  const roles = head.split(',').slice(2)
  await page.goto(`/${organization.slug}/roles/matrix`)
  const matrix = page.getByRole('table', { name: 'Roles and permissions' })
  await expect(matrix.getByRole('columnheader')).toHaveCount(roles.length + 1)
  const shown = (await matrix.getByRole('columnheader').allTextContents()).slice(1)
  expect([...shown].sort()).toEqual([...roles].sort())
  for (const name of ['org-db-view', 'accesslist-read', 'org-user-write', 'db-cql', 'db-table-modify']) {
    const cells = (lines.find((line) => line.startsWith(`${name},`)) ?? '').split(',').slice(2)
    const row = matrix.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
    const said = await row.getByRole('cell').allTextContents()
    expect([name, shown.map((role) => said[shown.indexOf(role)])]).toEqual([name, shown.map((role) => (cells[roles.indexOf(role)] === '1' ? 'yes' : 'no'))])
  }
  await page.getByRole('searchbox', { name: 'Search permissions' }).fill('audit')
  await expect(matrix.getByText('org-audits-read')).toBeVisible()
  await expect(matrix.getByText('db-cql')).toHaveCount(0)
  await expect(page).toHaveURL(/\?q=audit$/)
  await page.reload()
  await expect(matrix.getByText('db-cql')).toHaveCount(0)
  await expectNoViolations(page)
})

test('on a phone nothing is wider than the screen, and the matrix scrolls in itself', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  await page.setViewportSize({ width: 360, height: 740 })
  const paths = ['roles', 'roles/matrix?q=cluster', 'roles/compare', 'roles/new', `roles/${organization.roleIds.get('cluster-admin')}`]
  for (const path of paths) {
    await page.goto(`/${organization.slug}/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 360])
    await expectNoViolations(page)
  }
})

test('in a model without custom roles none can be made, and the page says so', async ({ page, context, baseURL }) => {
  const organization = await makeOrganization('rockset')
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  await page.goto(`/${organization.slug}/roles`)
  await expect(page.getByRole('link', { name: 'Create role' })).toHaveCount(0)
  await page.goto(`/${organization.slug}/roles/new`)
  await expect(page.getByText('This access model has no roles of one’s own')).toBeVisible()
})

test('without the permission there is no tab, and its address says what is missing', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['member:read'])
  await page.goto(`/${organization.slug}/users`)
  await expect(page.getByRole('link', { name: 'Users', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Roles', exact: true })).toHaveCount(0)
  for (const path of ['roles', 'roles/matrix', 'roles/compare', `roles/${organization.roleIds.get('viewer')}`]) {
    const response = await page.goto(`/${organization.slug}/${path}`)
    expect([path, response?.status()]).toEqual([path, 403])
    await expect(page.getByText('View roles').first()).toBeVisible()
  }
})
