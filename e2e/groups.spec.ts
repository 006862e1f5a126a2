import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

const makeGroup = async (organization: TestOrganization, name: string, more: { resourceId?: string; isAdmin?: boolean } = {}): Promise<string> => {
  const id = newId('group')
  await db().group.create({ data: { id, organizationId: organization.id, name, ...more } })
  return id
}

/** An organization of the Rocketadmin model with one connection, and its administrator signed in. */
async function rocketadmin(page: Page, baseURL: string | undefined) {
  const organization = await makeOrganization('rocketadmin')
  await signInContext(page.context(), baseURL ?? '', organization.admin.accountId)
  const connectionId = newId('resource')
  await db().resource.create({ data: { id: connectionId, organizationId: organization.id, type: 'connection', parentId: organization.id, name: 'Shop', externalId: '1234' } })
  return { organization, connectionId }
}

test('a group is created, people are added and taken out, and the log tells it', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const [one, two] = [await makeMember(organization), await makeMember(organization)]
  await page.goto(`/${organization.slug}/groups`)
  await expect(page.getByRole('heading', { name: 'No groups yet' })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Create group' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create group' })
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(dialog.getByRole('alert')).toContainText('A group needs a name')
  await dialog.getByLabel('Name').fill('Support')
  await dialog.getByLabel('Description').fill('Answers customers')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Support' })).toBeVisible()

  await page.getByRole('button', { name: 'Add members' }).click()
  const adding = page.getByRole('dialog', { name: 'Add members to Support' })
  for (const { email } of [one, two]) {
    await adding.getByRole('combobox', { name: 'People' }).fill(email)
    await page.getByRole('option', { name: email }).click()
  }
  await expectNoViolations(page)
  await adding.getByRole('button', { name: 'Add 2 people' }).click()
  await expect(page.getByText('Added 2 people to Support')).toBeVisible()
  const members = page.getByRole('table', { name: 'Members' })
  await expect(members).toContainText(two.email)

  await page.getByRole('button', { name: `Actions for ${one.email}` }).click()
  await page.getByRole('menuitem', { name: 'Take out of the group' }).click()
  const leaving = page.getByRole('alertdialog', { name: `Take ${one.email} out of Support?` })
  await expect(leaving.getByText('Nobody gains or loses access by this.')).toBeVisible()
  await leaving.getByRole('button', { name: 'Take out' }).click()
  // While the question is there, no role behind it counts.
  await expect(leaving).toHaveCount(0)
  await expect(rowOf(page, one.email)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, one.email)).toHaveCount(1)
  await expectNoViolations(page)

  await page.goto(`/${organization.slug}/groups`)
  await expect(rowOf(page, 'Support')).toContainText('2')
  await page.goto(`/${organization.slug}/audit`)
  await expect(page.getByRole('table', { name: 'Audit log' })).toContainText('Support')
})

test('a group is renamed, and deleted once its name is typed', async ({ page, signedIn }) => {
  const { organization } = await signedIn()
  await makeGroup(organization, 'Support')
  await page.goto(`/${organization.slug}/groups`)
  await page.getByRole('button', { name: 'Actions for Support' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Help desk')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Help desk' }).click()
  await page.getByRole('button', { name: 'Delete group…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete Help desk?' })
  await expect(question.getByRole('button', { name: 'Delete group' })).toBeDisabled()
  await question.getByLabel('Type Help desk to confirm').fill('Help desk')
  await question.getByRole('button', { name: 'Delete group' }).click()
  await expect(page.getByRole('heading', { name: 'No groups yet' })).toBeVisible()
})

test('in Rocketadmin’s model a group belongs to a connection, and its Admin group says why it cannot be edited', async ({ page, baseURL, expectNoViolations }) => {
  const { organization, connectionId } = await rocketadmin(page, baseURL)
  const adminId = await makeGroup(organization, 'Admin', { resourceId: connectionId, isAdmin: true })
  await page.goto(`/${organization.slug}/groups?dialog=create`)
  const dialog = page.getByRole('dialog', { name: 'Create group' })
  await dialog.getByLabel('Name').fill('Analysts')
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(dialog.getByRole('alert')).toContainText('a group belongs to a connection')
  await dialog.getByRole('combobox', { name: 'Connection' }).fill('sho')
  await page.getByRole('option', { name: 'Shop' }).click()
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByText('Belongs to Shop.')).toBeVisible()

  await page.goto(`/${organization.slug}/groups`)
  await expect(rowOf(page, 'Analysts')).toContainText('Shop')
  await page.getByRole('button', { name: 'Actions for Admin' }).click()
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toContainText('only its members can change')
  await page.goto(`/${organization.slug}/groups/${adminId}`)
  await expect(page.getByRole('button', { name: 'Rename' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add members' })).toBeVisible()
  await expectNoViolations(page)
})

test('a reader sees groups and no deeds; another organization’s group is not there', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['group:read'])
  const id = await makeGroup(organization, 'Support')
  await page.goto(`/${organization.slug}/groups`)
  await expect(page.getByRole('button', { name: 'Create group' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Actions for Support' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toHaveCount(0)
  expect((await page.goto(`/${organization.slug}/groups/${id}`))?.status()).toBe(200)
  await expect(page.getByRole('button', { name: 'Add members' })).toHaveCount(0)
  const elsewhere = await makeOrganization()
  expect((await page.goto(`/${organization.slug}/groups/${await makeGroup(elsewhere, 'Theirs')}`))?.status()).toBe(404)
})

test('groups fit a phone', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const id = await makeGroup(organization, 'Support')
  const member = await makeMember(organization)
  await db().groupMember.create({ data: { organizationId: organization.id, groupId: id, membershipId: member.id } })
  await page.setViewportSize({ width: 360, height: 760 })
  for (const path of ['groups', `groups/${id}`, 'groups?dialog=create', `groups/${id}?dialog=add`]) {
    await page.goto(`/${organization.slug}/${path}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    expect(content, path).toBeLessThanOrEqual(window ?? 0)
    await expectNoViolations(page)
  }
})
