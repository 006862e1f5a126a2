import type { Locator, Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey } from '@/lib/testing/api'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

type Shop = { organization: TestOrganization; groupId: string; member: TestMember; connectionId: string; path: string }

/** An organization of the Rocketadmin model: a connection with two tables, a group with one member; its administrator signed in. */
async function shop(page: Page, baseURL: string | undefined): Promise<Shop> {
  const organization = await makeOrganization('rocketadmin')
  await signInContext(page.context(), baseURL ?? '', organization.admin.accountId)
  const [connectionId, groupId] = [newId('resource'), newId('group')]
  const put = (id: string, type: string, parentId: string, name: string, externalId: string) => db().resource.create({ data: { id, organizationId: organization.id, type, parentId, name, externalId } })
  await put(connectionId, 'connection', organization.id, 'Shop', '1234')
  await put(newId('resource'), 'table', connectionId, 'Products', '1234/products')
  await put(newId('resource'), 'table', connectionId, 'Orders', '1234/orders')
  await db().group.create({ data: { id: groupId, organizationId: organization.id, name: 'Support', resourceId: connectionId } })
  const member = await makeMember(organization)
  await db().groupMember.create({ data: { organizationId: organization.id, groupId, membershipId: member.id } })
  return { organization, groupId, member, connectionId, path: `/${organization.slug}/groups/${groupId}/policy` }
}

const READ_PRODUCTS = 'permit(\n  principal,\n  action == RocketAdmin::Action::"table:read",\n  resource == RocketAdmin::Table::"1234/products"\n);\n'

async function writePolicy({ organization, groupId }: Shop, text: string): Promise<void> {
  const owner = { organizationId: organization.id, ownerId: groupId }
  await db().policy.create({ data: { ...owner, text, version: 1, savedByName: 'Someone' } })
  await db().policyVersion.create({ data: { ...owner, text, version: 1, savedByName: 'Someone' } })
}

/** Asks the decision API with the administrator's key. */
async function mayDo(page: Page, { organization, member }: Shop, action: string, id: string): Promise<boolean> {
  const { secret } = await makeKey(organization, organization.admin)
  const answer = await page.request.post('/access/v1/evaluation', {
    headers: { authorization: `Bearer ${secret}` },
    data: { subject: { type: 'user', id: member.id }, action: { name: action }, resource: { type: 'table', id } },
  })
  const body: unknown = await answer.json()
  return typeof body === 'object' && body !== null && 'decision' in body && body.decision === true
}

const editor = (page: Page) => page.getByRole('textbox', { name: 'Policy of Support' })

/** Puts text into an editor, as one pastes it, over what is selected after a key. */
async function paste(page: Page, place: Locator, key: 'Control+a' | 'Control+End', text: string): Promise<void> {
  await place.focus()
  await page.keyboard.press(key)
  await place.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Writes at the end of the code. */
const append = (page: Page, text: string): Promise<void> => paste(page, editor(page), 'Control+End', text)

async function addRow(page: Page, category: string, action: string, resource: string): Promise<void> {
  await page.getByRole('button', { name: 'Add policy' }).click()
  const row = page.getByRole('group', { name: 'New policy' })
  await row.getByLabel('Category').selectOption({ label: category })
  await row.getByLabel('Action').selectOption({ label: action })
  await row.getByRole('combobox', { name: 'Resource' }).fill(resource)
  await page.getByRole('option', { name: resource }).first().click()
  await row.getByRole('button', { name: 'Add' }).click()
  await expect(row).toHaveCount(0)
}

async function save(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Save…' }).click()
  await page.getByRole('dialog').getByLabel('Note').fill(note)
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
}

test('a policy is written by form, seen in code, changed there, and counts once saved', async ({ page, baseURL, expectNoViolations }) => {
  test.slow()
  const world = await shop(page, baseURL)
  await page.goto(world.path)
  await expect(page.getByRole('heading', { name: 'Nothing is permitted yet' })).toBeVisible()
  await expectNoViolations(page)
  await addRow(page, 'Table', 'Read table', 'Products')
  await expect(page.getByRole('list', { name: 'Table' })).toContainText('Products')
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(editor(page)).toContainText('RocketAdmin::Table::"1234/products"')
  await append(page, '\n// only from the office\npermit(principal, action == RocketAdmin::Action::"table:edit", resource) when { context has ip };\n')
  await expect(page.getByText('No problems')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(page.getByRole('list', { name: 'Only in the code' })).toContainText('has a condition')
  await page.getByRole('button', { name: 'Edit Read table, Products' }).click()
  const row = page.getByRole('group', { name: 'Change Read table' })
  await row.getByRole('combobox', { name: 'Resource' }).fill('Orders')
  await page.getByRole('option', { name: 'Orders' }).click()
  await row.getByRole('button', { name: 'Save row' }).click()
  await expect(page.getByRole('list', { name: 'Table' })).toContainText('Orders')
  await expectNoViolations(page)
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(editor(page)).toContainText('// only from the office')

  expect(await mayDo(page, world, 'table:read', '1234/orders')).toBe(false)
  await page.getByRole('button', { name: 'Save…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save the policy of Support' })
  await expect(dialog.getByRole('list', { name: 'Added' })).toContainText('Read table · Orders')
  await expectNoViolations(page)
  await dialog.getByLabel('Note').fill('First rules')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Version 1, saved')).toBeVisible()
  await expect.poll(() => mayDo(page, world, 'table:read', '1234/orders')).toBe(true)
  expect(await mayDo(page, world, 'table:read', '1234/products')).toBe(false)
  const stored = await db().policy.findFirstOrThrow({ where: { organizationId: world.organization.id, ownerId: world.groupId } })
  expect(stored.text).toBe(READ_PRODUCTS.replace('products', 'orders') + '\n// only from the office\npermit(principal, action == RocketAdmin::Action::"table:edit", resource) when { context has ip };\n')

  await page.getByRole('tab', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'Delete Read table, Orders' }).click()
  await save(page, 'Taken back')
  await expect(page.getByText('Version 2, saved')).toBeVisible()
  await expect.poll(() => mayDo(page, world, 'table:read', '1234/orders')).toBe(false)
})

test('a broken text is not saved: the place is marked, the form says which statement', async ({ page, baseURL, expectNoViolations }) => {
  test.slow()
  const world = await shop(page, baseURL)
  await writePolicy(world, READ_PRODUCTS)
  await page.goto(world.path)
  await page.getByRole('tab', { name: 'Code' }).click()
  await append(page, '\npermit(principal, action resource);')
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('Statement 2, line 7')
  await expect(page.locator('.cm-lintRange-error')).not.toHaveCount(0)
  await expect(page.getByText('1 error, cannot be saved')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(page.getByText('The form waits until the code can be read')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('Statement 2, line 7')
  await page.getByRole('button', { name: 'Show the error' }).click()
  await expect(editor(page)).toBeFocused()
  expect((await db().policy.findFirstOrThrow({ where: { ownerId: world.groupId, organizationId: world.organization.id } })).text).toBe(READ_PRODUCTS)

  // left unsaved: a link asks first, and the text waits in the tab
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
  await page.goto(world.path)
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(page.getByText('1 error, cannot be saved')).toBeVisible()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByText('Version 1, saved')).toBeVisible()
})

test('a question is tried on unsaved text, kept as a test, and then stops a save that breaks it', async ({ page, baseURL, expectNoViolations }) => {
  test.slow()
  const world = await shop(page, baseURL)
  await writePolicy(world, READ_PRODUCTS)
  await page.goto(world.path)
  const panel = page.getByRole('region', { name: 'Try it' })
  await panel.getByRole('combobox', { name: 'Person' }).fill(world.member.email)
  await page.getByRole('option', { name: world.member.email }).click()
  await panel.getByRole('combobox', { name: 'Action' }).fill('table:read')
  await page.getByRole('option', { name: 'Read table' }).click()
  await panel.getByRole('combobox', { name: 'Resource' }).fill('Products')
  await page.getByRole('option', { name: 'Products' }).click()
  await panel.getByRole('button', { name: 'Ask' }).click()
  await expect(panel.getByText('This text permits it')).toBeVisible()
  await expect(panel.getByText('Allowed as a whole')).toBeVisible()
  await expectNoViolations(page)
  await panel.getByRole('button', { name: 'Statement 1' }).click()
  await expect(page.locator('.cm-decided-permit')).not.toHaveCount(0)
  await panel.getByRole('button', { name: 'Keep as test' }).click()
  await expect(page.getByRole('tab', { name: 'Tests' })).toContainText('1')

  await page.getByRole('tab', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'Delete Read table, Products' }).click()
  // The server takes the row out of the text; until then one would ask about the old one.
  await expect(page.getByRole('button', { name: 'Delete Read table, Products' })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Ask' }).click()
  await expect(panel.getByText('This text says nothing')).toBeVisible()
  await page.getByRole('tab', { name: 'Tests' }).click()
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByText('1 of 1 fails.')).toBeVisible()
  await expectNoViolations(page)
  await save(page, 'Nothing any more')
  const dialog = page.getByRole('dialog', { name: 'Save the policy of Support' })
  await expect(dialog.getByRole('alert')).toContainText('A test of the policy fails')
  await dialog.getByLabel('Why save although a test fails').fill('Products are gone from the shop for good')
  await dialog.getByRole('button', { name: 'Save nevertheless' }).click()
  await expect(page.getByText('Version 2, saved')).toBeVisible()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('list', { name: 'Versions' })).toContainText('Saved although a test failed: Products are gone from the shop for good')
})

test('a version is compared and restored; a save that came between is laid beside one’s own', async ({ page, baseURL, expectNoViolations }) => {
  test.slow()
  const world = await shop(page, baseURL)
  await writePolicy(world, READ_PRODUCTS)
  await page.goto(world.path)
  await addRow(page, 'Table', 'Edit rows', 'Orders')
  await save(page, 'Orders too')
  await expect(page.getByText('Version 2, saved')).toBeVisible()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('button', { name: 'Show changes' }).first().click()
  await expect(page.getByRole('table', { name: 'What version 2 changed' })).toContainText('table:edit')
  await page.getByRole('button', { name: 'Show changes' }).last().click()
  await page.getByRole('combobox', { name: 'Compare' }).selectOption({ label: 'with the text in the editor' })
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Unsaved changes')).toBeVisible()

  const where = { organizationId_ownerId: { organizationId: world.organization.id, ownerId: world.groupId } }
  await db().policy.update({ where, data: { text: `// theirs\n${READ_PRODUCTS}`, version: 3, savedByName: 'Robin' } })
  await save(page, 'Back')
  const dialog = page.getByRole('dialog', { name: 'Save the policy of Support' })
  await expect(dialog.getByText('Robin saved version 3 meanwhile')).toBeVisible()
  await expect(dialog.getByRole('table', { name: 'What they changed' })).toContainText('// theirs')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Save mine over theirs' }).click()
  await expect(page.getByText('Version 4, saved')).toBeVisible()
  expect((await db().policy.findUniqueOrThrow({ where })).text).toBe(READ_PRODUCTS)
})

test('the Admin group’s policy cannot be edited; of two groups the highest level wins', async ({ page, baseURL }) => {
  const world = await shop(page, baseURL)
  const { organization, connectionId, member } = world
  const [adminId, secondId] = [newId('group'), newId('group')]
  await db().group.create({ data: { id: adminId, organizationId: organization.id, name: 'Admin', resourceId: connectionId, isAdmin: true } })
  await page.goto(`/${organization.slug}/groups/${adminId}/policy`)
  await expect(page.getByText('only its members can change')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save…' })).toHaveCount(0)

  await writePolicy(world, READ_PRODUCTS)
  await db().group.create({ data: { id: secondId, organizationId: organization.id, name: 'Editors', resourceId: connectionId } })
  await db().groupMember.create({ data: { organizationId: organization.id, groupId: secondId, membershipId: member.id } })
  await page.goto(`/${organization.slug}/groups/${secondId}/policy`)
  await addRow(page, 'Table', 'All of tables', 'Products')
  await save(page, 'Everything on products')
  await expect(page.getByText('Version 1, saved')).toBeVisible()
  await expect.poll(() => mayDo(page, world, 'table:delete', '1234/products')).toBe(true)
  expect(await mayDo(page, world, 'table:read', '1234/products')).toBe(true)
})

test('guardrails only forbid, and override what a group permits', async ({ page, baseURL, expectNoViolations }) => {
  test.slow()
  const world = await shop(page, baseURL)
  await writePolicy(world, READ_PRODUCTS)
  await page.goto(`/${world.organization.slug}/settings/guardrails`)
  await expectNoViolations(page)
  const guardrails = page.getByRole('textbox', { name: 'Guardrails' })
  await paste(page, guardrails, 'Control+a', 'permit(principal, action, resource);')
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('Guardrails only forbid')
  await paste(page, guardrails, 'Control+a', 'forbid(principal, action == RocketAdmin::Action::"table:read", resource == RocketAdmin::Table::"1234/products");')
  await expect(page.getByText('No problems')).toBeVisible()
  expect(await mayDo(page, world, 'table:read', '1234/products')).toBe(true)
  await save(page, 'Recall')
  await expect(page.getByText('Version 1, saved')).toBeVisible()
  await expect.poll(() => mayDo(page, world, 'table:read', '1234/products')).toBe(false)
})

test('the editor fits a phone, completes from the schema, and lets the keyboard out', async ({ page, baseURL, expectNoViolations }) => {
  test.slow()
  const world = await shop(page, baseURL)
  await writePolicy(world, READ_PRODUCTS)
  await page.setViewportSize({ width: 360, height: 760 })
  await page.goto(world.path)
  await page.getByRole('button', { name: 'Add policy' }).click()
  await expectNoViolations(page)
  await page.getByRole('tab', { name: 'Code' }).click()
  await append(page, '\nforbid(principal, action == RocketAdmin::Action::"')
  await page.keyboard.type('dash')
  await page.getByRole('option', { name: 'dashboard:read' }).click()
  await expect(editor(page)).toContainText('RocketAdmin::Action::"dashboard:read"')
  await append(page, ', resource == RocketAdmin::Table::"')
  await page.keyboard.type('ord')
  await expect(page.getByRole('option', { name: 'Orders' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option', { name: 'Orders' })).toHaveCount(0)
  // Escape lets the next Tab out, for two seconds.
  await expect(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await expect(editor(page)).not.toBeFocused({ timeout: 1000 })
  }).toPass()
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(content).toBeLessThanOrEqual(window ?? 0)
  await expectNoViolations(page)
})

test('the editor’s script comes with the code only', async ({ page, baseURL }) => {
  const world = await shop(page, baseURL)
  const scripts: string[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.url())
  })
  const hasEditor = async () => {
    const texts = await Promise.all([...new Set(scripts)].map(async (url) => (await page.request.get(url)).text()))
    return texts.some((text) => text.includes('cm-lintRange'))
  }
  for (const path of ['users', 'groups', `groups/${world.groupId}`]) await page.goto(`/${world.organization.slug}/${path}`, { waitUntil: 'networkidle' })
  await page.goto(world.path, { waitUntil: 'networkidle' })
  expect(await hasEditor()).toBe(false)
  await page.getByRole('tab', { name: 'Code' }).click()
  await expect(editor(page)).toBeVisible()
  expect(await hasEditor()).toBe(true)
})
