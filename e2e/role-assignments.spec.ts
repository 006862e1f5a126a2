import type { APIRequestContext, Page } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey } from '@/lib/testing/api'
import { makeMember, makeOrganization, makeResource, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

type Decision = { decision: boolean; context?: unknown }

/** Asks the decision API by a key of the administrator. */
async function asker(request: APIRequestContext, org: TestOrganization) {
  const key = await makeKey(org, org.admin)
  return async (who: TestMember, action: string, cluster: string, explain = false): Promise<Decision> => {
    const reply = await request.post(`/access/v1/evaluation${explain ? '?explain=true' : ''}`, {
      headers: { authorization: `Bearer ${key.secret}` },
      data: { subject: { type: 'user', id: who.id }, action: { name: action }, resource: { type: 'cluster', id: cluster } },
    })
    return reply.json()
  }
}

const accessHere = (page: Page) => page.getByRole('region', { name: 'Who has access here' })

async function giveHere(page: Page, place: string, person: string, role: string, more: (dialog: ReturnType<Page['getByRole']>) => Promise<void> = async () => undefined): Promise<void> {
  await accessHere(page).getByRole('button', { name: 'Give a role' }).click()
  const dialog = page.getByRole('dialog', { name: `Give a role in ${place}` })
  await dialog.getByRole('combobox', { name: 'Who' }).fill(person)
  await page.getByRole('option', { name: person }).click()
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: new RegExp(`^${role}`) }).click()
  await more(dialog)
  await dialog.getByRole('button', { name: 'Give role' }).click()
  await expect(dialog).toBeHidden()
}

async function create(page: Page, type: string, name: string): Promise<void> {
  const form = page.getByRole('form', { name: /^New in / })
  if (!(await form.isVisible())) await page.getByRole('button', { name: 'New', exact: true }).click()
  await form.getByLabel('Type').selectOption({ label: type })
  await form.getByLabel('Name').fill(name)
  await form.getByRole('button', { name: `Create ${type.toLowerCase()}` }).click()
  await expect(page.getByRole('row').filter({ hasText: name })).toBeVisible()
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('table').getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('cockroachdb, the whole way: folders and a cluster, Cluster Operator on prod, inherited with its origin, lost by a move that says so first', async ({ page, context, baseURL, request }) => {
  test.slow()
  const org = await makeOrganization('cockroachdb')
  const operator = await makeMember(org)
  const ask = await asker(request, org)
  await signInContext(context, baseURL ?? '', org.admin.accountId)
  await page.goto(`/${org.slug}/folders`)
  await create(page, 'Folder', 'prod')
  await create(page, 'Folder', 'archive')
  await open(page, 'prod')
  await create(page, 'Folder', 'europe')
  await giveHere(page, 'prod', operator.email, 'Cluster Operator')
  await open(page, 'europe')
  await create(page, 'Cluster', 'orders')
  await open(page, 'orders')
  const inherited = accessHere(page).getByRole('region', { name: 'Inherited' }).getByRole('listitem').filter({ hasText: operator.email })
  await expect(inherited).toContainText('Cluster Operator')
  await expect(inherited.getByRole('link', { name: 'prod' })).toBeVisible()
  const cluster = page.url().split('/').at(-1) ?? ''
  await expect.poll(() => ask(operator, 'cluster:scale', cluster)).toEqual({ decision: true })

  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'europe' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'europe' })).toBeVisible()
  await page.getByRole('button', { name: 'Move to…' }).click()
  await page.getByRole('dialog', { name: 'Move europe' }).getByRole('treeitem', { name: 'archive' }).click()
  const review = page.getByRole('dialog', { name: 'Move europe to archive?' })
  await expect(review.getByRole('region', { name: 'Loses access' })).toContainText(operator.email)
  expect(await ask(operator, 'cluster:scale', cluster)).toEqual({ decision: true })
  await review.getByRole('button', { name: 'Move to archive' }).click()
  await expect(page.getByText('Moved europe to archive')).toBeVisible()
  await expect.poll(() => ask(operator, 'cluster:scale', cluster)).toEqual({ decision: false })
  const after = await ask(operator, 'cluster:scale', cluster, true)
  expect(after.decision).toBe(false)
  expect(JSON.stringify(after.context)).toContain('prod')
  expect(JSON.stringify(after.context)).toContain('elsewhere')
})

test('a role given at a cluster with an end and a reason: seen where it holds and on the person, taken away after what goes was shown', async ({ page, context, baseURL, request, expectNoViolations }) => {
  test.slow()
  const org = await makeOrganization('cockroachdb')
  const prod = await makeResource(org, 'folder', org.id, 'prod')
  const cluster = await makeResource(org, 'cluster', prod, 'orders')
  const ann = await makeMember(org)
  const ask = await asker(request, org)
  await signInContext(context, baseURL ?? '', org.admin.accountId)
  await page.goto(`/${org.slug}/folders/${cluster}`)
  await giveHere(page, 'orders', ann.email, 'Cluster Operator', async (dialog) => {
    await expect(dialog.getByRole('region', { name: 'Gains access' })).toContainText(ann.email)
    await dialog.getByLabel('Ends').selectOption({ label: 'In 7 days' })
    await dialog.getByLabel('Reason').fill('on call this week')
    await expectNoViolations(page)
  })
  const here = accessHere(page).getByRole('region', { name: 'Given here' })
  await expect(here).toContainText('on call this week')
  await expect(here).toContainText(/Ends in (7|6) days/)
  await expect.poll(() => ask(ann, 'cluster:scale', cluster)).toEqual({ decision: true })
  await page.getByRole('link', { name: 'What users may do' }).click()
  await expect(page.getByRole('row').filter({ hasText: ann.email })).toContainText(/read.* in orders/)
  await expectNoViolations(page)

  await page.goto(`/${org.slug}/users/${ann.id}`)
  const reach = page.getByRole('region', { name: 'What this person can reach' })
  await reach.getByText(`Below ${org.name}`).click()
  await reach.getByText('Below prod').click()
  await expect(reach).toContainText('orders')
  await expect(reach).toContainText('Cluster Operator')
  await reach.getByRole('button', { name: 'What may be done in orders' }).click()
  await reach.getByRole('link', { name: 'Scale clusters' }).click()
  await expect(page.getByText(`because ${ann.email} holds “Cluster Operator” on orders`)).toBeVisible()

  await page.goto(`/${org.slug}/folders/${cluster}`)
  await here.getByRole('button', { name: `Actions for Cluster Operator of ${ann.email}` }).click()
  await page.getByRole('menuitem', { name: 'Change end…' }).click()
  const ending = page.getByRole('dialog', { name: 'Cluster Operator in orders' })
  await ending.getByLabel('Ends', { exact: true }).selectOption({ label: 'In 1 day' })
  const changes = ending.getByRole('region', { name: 'What changes' })
  await expect(changes).toContainText('Not at once, but tomorrow')
  await expect(changes.getByRole('region', { name: 'Loses access' })).toContainText(ann.email)
  await expectNoViolations(page)
  await ending.getByLabel('Ends', { exact: true }).selectOption({ label: 'Never' })
  await expect(changes.getByRole('region', { name: 'Gains access' })).toContainText(ann.email)
  await ending.getByRole('button', { name: 'Save' }).click()
  await expect(here).not.toContainText('Ends in')
  await here.getByRole('button', { name: `Actions for Cluster Operator of ${ann.email}` }).click()
  await page.getByRole('menuitem', { name: 'Take away…' }).click()
  const taking = page.getByRole('dialog', { name: 'Take Cluster Operator away?' })
  await expect(taking.getByRole('region', { name: 'Loses access' })).toContainText(ann.email)
  await expectNoViolations(page)
  await taking.getByRole('button', { name: 'Take role away' }).click()
  await expect(here).not.toContainText(ann.email)
  await expect.poll(() => ask(ann, 'cluster:scale', cluster)).toEqual({ decision: false })
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})

test('what has ended counts no more from that moment, without anybody doing anything, and says so', async ({ page, context, baseURL, request }) => {
  const org = await makeOrganization('cockroachdb')
  const cluster = await makeResource(org, 'cluster', org.id, 'orders')
  const ben = await makeMember(org)
  const ask = await asker(request, org)
  const end = new Date(Date.now() + 10_000)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: ben.id, roleId: org.roleIds.get('CLUSTER_OPERATOR_WRITER') ?? '', scopeId: cluster, expiresAt: end } })
  expect(await ask(ben, 'cluster:scale', cluster)).toEqual({ decision: true })
  await expect.poll(() => ask(ben, 'cluster:scale', cluster), { timeout: 40_000 }).toEqual({ decision: false })
  expect(Date.now()).toBeGreaterThanOrEqual(end.getTime())
  await signInContext(context, baseURL ?? '', org.admin.accountId)
  await page.goto(`/${org.slug}/folders/${cluster}`)
  const line = accessHere(page).getByRole('listitem').filter({ hasText: ben.email })
  await expect(line).toContainText('Ended')
})
