import type { Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey } from '@/lib/testing/api'
import { makeMember, makeOrganization, makeResource, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

/** Gives a built-in role at a resource. */
async function give(org: TestOrganization, who: TestMember, role: string, scopeId: string): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: who.id, roleId: org.roleIds.get(role) ?? '', scopeId } })
}

const idOf = async (org: TestOrganization, name: string) => (await db().resource.findFirstOrThrow({ where: { organizationId: org.id, name }, select: { id: true } })).id
const parentOf = async (org: TestOrganization, name: string) =>
  (await db().resource.findFirstOrThrow({ where: { organizationId: org.id, name }, select: { parent: { select: { name: true } } } })).parent?.name

const tree = (page: Page) => page.getByRole('tree', { name: 'Folders' })
const node = (page: Page, name: string) => tree(page).getByRole('treeitem', { name, exact: true })

/** Makes something in the place that is open, with the form that stays open for the next one. */
async function create(page: Page, type: string, name: string): Promise<void> {
  const form = page.getByRole('form', { name: /^New in / })
  if (!(await form.isVisible())) await page.getByRole('button', { name: 'New', exact: true }).click()
  await form.getByLabel('Type').selectOption({ label: type })
  await form.getByLabel('Name').fill(name)
  await form.getByRole('button', { name: `Create ${type.toLowerCase()}` }).click()
  await expect(page.getByRole('row').filter({ hasText: name })).toBeVisible()
}

const open = async (page: Page, name: string) => {
  await page.getByRole('table').getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('a folder is made, filled, moved by keyboard and by drag, its losses told first, and decisions follow at once', async ({ page, context, baseURL, request, expectNoViolations }) => {
  const org = await makeOrganization('cockroachdb')
  const operator = await makeMember(org)
  await signInContext(context, baseURL ?? '', org.admin.accountId)
  await page.goto(`/${org.slug}`)
  await page.getByRole('link', { name: 'Folders' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Folders' })).toBeVisible()
  await page.getByRole('button', { name: 'New', exact: true }).click()
  const form = page.getByRole('form', { name: /^New in / })
  await expect(form).toContainText('0 of 65 folders')
  await form.getByLabel('Name').fill('x')
  await expect(form).toContainText('does not follow that yet')
  await expectNoViolations(page)
  await create(page, 'Folder', 'prod')
  await create(page, 'Folder', 'archive')
  await expect(form).toContainText('2 of 65 folders')
  await open(page, 'prod')
  await create(page, 'Folder', 'europe')
  await open(page, 'europe')
  await create(page, 'Cluster', 'orders')
  await expect(node(page, 'europe')).toHaveAttribute('aria-selected', 'true')

  await give(org, operator, 'CLUSTER_OPERATOR_WRITER', await idOf(org, 'prod'))
  const key = await makeKey(org, org.admin)
  const cluster = await idOf(org, 'orders')
  const mayScale = async () => {
    const reply = await request.post('/access/v1/evaluation', {
      headers: { authorization: `Bearer ${key.secret}` },
      data: { subject: { type: 'user', id: operator.id }, action: { name: 'cluster:scale' }, resource: { type: 'cluster', id: cluster } },
    })
    return (await reply.json()).decision
  }
  await expect.poll(mayScale).toBe(true)

  await node(page, 'europe').focus()
  await page.keyboard.press('Control+x')
  await expect(page.getByText('europe is cut.')).toBeVisible()
  await page.keyboard.press('Home')
  await page.keyboard.type('arc')
  await expect(node(page, 'archive')).toBeFocused()
  await page.keyboard.press('Control+v')
  const dialog = page.getByRole('dialog', { name: 'Move europe to archive?' })
  await expect(dialog.getByRole('region', { name: 'Loses access' })).toContainText(operator.email)
  await expectNoViolations(page)
  expect(await parentOf(org, 'europe')).toBe('prod')
  await dialog.getByRole('button', { name: 'Move to archive' }).click()
  // A toast stays while it is pointed at.
  await page.getByRole('button', { name: 'Undo' }).hover()
  await expect(page.getByText('Moved europe to archive')).toBeVisible()
  await expect.poll(mayScale).toBe(false)
  const breadcrumbs = page.getByRole('navigation', { name: 'Breadcrumbs' })
  await expect(breadcrumbs).toContainText('archive')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('europe lies where it was')).toBeVisible()
  await expect.poll(mayScale).toBe(true)

  // The page and the tree are as before the move.
  await expect(breadcrumbs).toContainText('prod')
  await expect(tree(page).getByRole('treeitem')).toHaveText([org.name, 'archive', 'prod', 'europe'])
  await node(page, 'europe').dragTo(node(page, 'archive'))
  await expect(dialog.getByRole('region', { name: 'Loses access' })).toContainText(operator.email)
  await dialog.getByRole('button', { name: 'Move to archive' }).click()
  await expect(dialog).toBeHidden()
  expect(await parentOf(org, 'europe')).toBe('archive')
  await expect.poll(mayScale).toBe(false)
})

test('the picker tells why a place cannot be chosen, a name is typed to delete, and a stranger sees nothing', async ({ page, context, baseURL, anotherPage, expectNoViolations }) => {
  const org = await makeOrganization('cockroachdb')
  const prod = await makeResource(org, 'folder', org.id, 'prod')
  const europe = await makeResource(org, 'folder', prod, 'europe')
  await makeResource(org, 'folder', europe, 'west')
  const cluster = await makeResource(org, 'cluster', prod, 'orders')
  await signInContext(context, baseURL ?? '', org.admin.accountId)
  await page.goto(`/${org.slug}/folders/${europe}`)
  await page.getByRole('button', { name: 'Move to…' }).click()
  const picker = page.getByRole('dialog', { name: 'Move europe' })
  const places = picker.getByRole('tree', { name: 'Places to move to' })
  await places.getByRole('treeitem', { name: 'prod' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(places.getByRole('treeitem', { name: 'prod' })).toHaveAccessibleDescription('It lies here now')
  await expect(places.getByRole('treeitem', { name: 'europe' })).toHaveAccessibleDescription('europe cannot lie in itself')
  await expect(places.getByRole('treeitem', { name: 'orders' })).toHaveAccessibleDescription('A folder cannot lie directly under a cluster')
  await expectNoViolations(page)
  await places.getByRole('treeitem', { name: 'europe' }).click({ force: true })
  await expect(picker).toBeVisible()
  await picker.getByLabel('Search places').fill('prod/')
  await expect(picker.getByRole('treeitem', { name: 'europe' })).toBeDisabled()
  await picker.getByLabel('Search places').fill('')
  await places.getByRole('treeitem', { name: org.name }).click()
  await page.getByRole('dialog', { name: `Move europe to ${org.name}?` }).getByRole('button', { name: `Move to ${org.name}` }).click()
  await expect(page.getByText(`Moved europe to ${org.name}`)).toBeVisible()

  await page.getByRole('button', { name: 'Actions for europe', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const rename = page.getByRole('dialog', { name: 'Rename europe' })
  await rename.getByLabel('Name').fill('europe-2')
  await rename.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'europe-2' })).toBeVisible()

  await page.goto(`/${org.slug}/folders/${cluster}`)
  await page.getByRole('button', { name: 'Edit details' }).click()
  const details = page.getByRole('dialog', { name: 'Details of orders' })
  await details.getByLabel('External id').fill('crdb-7')
  await details.getByLabel('Labels').fill('live\nteam-a')
  await details.getByRole('button', { name: 'Save details' }).click()
  await expect(page.getByText('live, team-a')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Actions for orders', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toContainText('cannot be renamed')
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete orders?' })
  await question.getByRole('textbox').fill('orders')
  await question.getByRole('button', { name: 'Delete cluster' }).click()
  await expect(page).toHaveURL(new RegExp(`/folders/${prod}$`))

  const other = await makeOrganization('cockroachdb')
  const theirs = await anotherPage(other.admin.accountId)
  expect((await theirs.goto(`/${other.slug}/folders/${prod}`))?.status()).toBe(404)
  const reader = await makeMember(org)
  await signInContext(theirs.context(), baseURL ?? '', reader.accountId)
  expect((await theirs.goto(`/${org.slug}/folders`))?.status()).toBe(403)
})

test('on a phone the tree opens above, and levels of many load as one asks for more', async ({ page, context, baseURL, expectNoViolations }) => {
  const org = await makeOrganization()
  await db().resource.createMany({ data: Array.from({ length: 230 }, (_, at) => ({ id: newId('folder'), organizationId: org.id, type: 'folder', parentId: org.id, name: `folder ${String(at).padStart(3, '0')}` })) })
  await signInContext(context, baseURL ?? '', org.admin.accountId)
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/${org.slug}/folders`)
  await page.getByRole('button', { name: 'Show tree' }).click()
  await expect(node(page, 'folder 099')).toBeAttached()
  await expect(node(page, 'folder 100')).not.toBeAttached()
  await page.getByRole('treeitem', { name: 'Show more' }).click()
  await expect(node(page, 'folder 199')).toBeAttached()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).fill('folder 222')
  await page.getByRole('option', { name: 'folder 222' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'folder 222' })).toBeVisible()
  await page.getByRole('button', { name: 'Hide tree' }).click()
  await expectNoViolations(page)
})
