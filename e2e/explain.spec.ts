import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

async function makeTree(organization: TestOrganization) {
  const organizationId = organization.id
  const [prod, europe, cluster] = [newId('folder'), newId('folder'), newId('cluster')]
  await db().resource.create({ data: { id: prod, organizationId, type: 'folder', parentId: organizationId, name: 'prod' } })
  await db().resource.create({ data: { id: europe, organizationId, type: 'folder', parentId: prod, name: 'europe' } })
  await db().resource.create({ data: { id: cluster, organizationId, type: 'cluster', parentId: europe, name: 'eu-1' } })
  return { prod, europe, cluster }
}

test('from a no to a yes with one press, and the path as a picture', async ({ page, context, baseURL, expectNoViolations }) => {
  const organization = await makeOrganization('cockroachdb')
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  const { cluster } = await makeTree(organization)
  const ann = await makeMember(organization)
  await page.goto(`/${organization.slug}/explain`)
  await expectNoViolations(page)
  await page.getByLabel('Who').fill(ann.email)
  await page.getByRole('option', { name: ann.email }).click()
  await page.getByLabel('May do').fill('cluster:sc')
  await page.getByRole('option', { name: /^Scale clusters/ }).click()
  await page.getByLabel('On', { exact: true }).fill('eu-')
  await expect(page.getByRole('option', { name: /eu-1/ })).toContainText(`Cluster in ${organization.name} / prod / europe`)
  await page.getByRole('option', { name: /eu-1/ }).click()
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`who=${ann.id}&action=cluster%3Ascale&resource=${cluster}`))
  await expect(page.getByText(`${ann.email} may not “Scale clusters” on eu-1: none of the roles held here or above permits it.`)).toBeVisible()
  await expectNoViolations(page)

  const fixes = page.getByRole('list', { name: 'What would grant it' })
  await expect(fixes.getByRole('listitem').first()).toContainText('Cluster Operator')
  await page.getByLabel('Where to give Cluster Operator').selectOption({ label: 'on prod (folder)' })
  await page.getByRole('button', { name: 'Give Cluster Operator' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Give role' }).click()
  await expect(page.getByText(`because ${ann.email} holds “Cluster Operator” on prod.`)).toBeVisible()
  const path = page.getByRole('list', { name: 'Path 1 of 1' })
  await expect(path.getByRole('listitem')).toHaveText([/User.*@/, /holds.*Cluster Operator/, /on.*prod/, /reaches down to.*europe/, /reaches down to.*eu-1/])
  await expectNoViolations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})

test('a link opens the answer; another time gives another', async ({ page, context, baseURL }) => {
  const organization = await makeOrganization('cockroachdb')
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  const { prod, cluster } = await makeTree(organization)
  const ben = await makeMember(organization)
  await db().roleAssignment.create({
    data: { id: newId('assignment'), organizationId: organization.id, membershipId: ben.id, roleId: organization.roleIds.get('CLUSTER_ADMIN') ?? '', scopeId: prod, expiresAt: new Date(Date.UTC(2026, 0, 2)), grantedByName: 'Boss', reason: 'migration' },
  })
  const question = `who=${ben.id}&action=cluster:scale&resource=${cluster}`
  await page.goto(`/${organization.slug}/explain?${question}`)
  await expect(page.getByRole('list', { name: 'Role assignments looked at' })).toContainText('Cluster Admin on prod (folder) permitted it and ended on Jan 2, 2026, 12:00 AM UTC.')
  await expect(page.getByText('Given by Boss: migration.')).toBeVisible()
  await expect(page.getByText('Every such role has ended.')).toBeVisible()
  await page.goto(`/${organization.slug}/explain?${question}&at=2026-01-01T00:00:00Z`)
  await expect(page.getByText('Yes', { exact: true })).toBeVisible()
})

test('a page one may not open says what came near and who can grant it; Explain is linked for who may ask', async ({ page, context, baseURL, expectNoViolations }) => {
  const organization = await makeOrganization('cockroachdb')
  const { prod } = await makeTree(organization)
  const dan = await makeMember(organization, ['decision:ask'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: dan.id, roleId: organization.roleIds.get('ORG_ADMIN') ?? '', scopeId: organization.id, expiresAt: new Date(Date.UTC(2026, 0, 2)) } })
  await signInContext(context, baseURL ?? '', dan.accountId)
  await page.goto(`/${organization.slug}/audit`)
  await expect(page.getByRole('heading', { name: 'You may not open this page' })).toBeVisible()
  await expect(page.getByText(`“Organization Admin” on ${organization.name} permitted it and ended on Jan 2, 2026, 12:00 AM UTC.`)).toBeVisible()
  await expect(page.getByText(organization.admin.email)).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Explain why' }).click()
  await expect(page.getByRole('heading', { name: 'What was checked' })).toBeVisible()
  await expect(page.getByText('You may not give roles there.').first()).toBeVisible()
  await page.goto(`/${organization.slug}/explain?who=${dan.id}&action=cluster:fly&resource=${prod}`)
  await expect(page.getByText('the access model has no such action')).toBeVisible()
})

test('policies have their say: a group’s permit is the reason, and a guardrail overrides it', async ({ page, context, baseURL, expectNoViolations }) => {
  const organization = await makeOrganization()
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  const { prod, cluster } = await makeTree(organization)
  const eve = await makeMember(organization)
  const groupId = newId('group')
  await db().group.create({ data: { id: groupId, organizationId: organization.id, name: 'Operators' } })
  await db().groupMember.create({ data: { organizationId: organization.id, groupId, membershipId: eve.id } })
  const text = `permit(principal, action == Standard::Action::"cluster:scale", resource in Standard::Folder::"${prod}");`
  const saved = { organizationId: organization.id, version: 1, savedByName: 'Boss', savedAt: new Date() }
  await db().policy.create({ data: { ...saved, ownerId: groupId, text } })
  await page.goto(`/${organization.slug}/explain?who=${eve.id}&action=cluster:scale&resource=${cluster}`)
  await expect(page.getByText('Yes', { exact: true })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Operators')
  await expectNoViolations(page)
  await db().policy.create({ data: { ...saved, ownerId: organization.id, text: text.replace('permit', 'forbid') } })
  await page.reload()
  await expect(page.getByText('No', { exact: true })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/guardrail/i)
  await expectNoViolations(page)
})
