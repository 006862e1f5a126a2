import { readFileSync } from 'node:fs'
import { perform } from '@/lib/boundary/perform'
import { accessModels } from '@/lib/access/models/catalogue'
import { db } from '@/lib/db'
import { saveAccessModel } from '@/lib/features/access-models/operations'
import { uuidv7 } from '@/lib/ids'
import { makeAccount, makeMember, makeOrganization } from '@/lib/testing/factories'
import { expect, signInContext, test } from './fixtures'

const example = readFileSync('lib/access/models/testdata/document-store.json', 'utf8')
const freshSlug = () => `made-${uuidv7().slice(-12)}`

for (const { name, title } of Object.values(accessModels)) {
  test(`an organization is made with the ${name} model, and its page shows it`, async ({ page, context, baseURL }) => {
    const account = await makeAccount()
    await signInContext(context, baseURL ?? '', account.id)
    const slug = freshSlug()
    await page.goto('/organizations/new')
    await page.getByLabel('Organization name').fill('Made here')
    await page.getByLabel('Address', { exact: true }).fill(slug)
    await page.getByRole('radio', { name: title }).check()
    await page.getByRole('button', { name: 'Create organization' }).click()
    await page.waitForURL(new RegExp(`/${slug}(/|$)`))
    await page.goto(`/${slug}/settings/access-model`)
    await expect(page.getByText(`${title}: `)).toBeVisible()
    await expect(page.getByText('Built in', { exact: true })).toBeVisible()
  })
}

test('one’s own model from a file: faults by line first, then an organization that has its roles', async ({ page, context, baseURL, expectNoViolations }) => {
  const account = await makeAccount()
  await signInContext(context, baseURL ?? '', account.id)
  const slug = freshSlug()
  await page.goto('/organizations/new')
  await page.getByLabel('Organization name').fill('Documents')
  await page.getByLabel('Address', { exact: true }).fill(slug)
  await page.getByRole('radio', { name: 'Your own (JSON)' }).check()
  await page.locator('input[type=file]').setInputFiles({ name: 'model.json', mimeType: 'application/json', buffer: Buffer.from(example.replace('"record:view", "title"', '"record view", "titel"')) })
  await expect(page.getByLabel('Access model as JSON')).toHaveValue(/record view/)
  await page.getByRole('button', { name: 'Check' }).click()
  const faults = page.getByRole('list', { name: 'Faults' })
  await expect(faults.getByRole('listitem')).toHaveText([/^Line 24, column \d+: unknown key “titel”/])
  await faults.getByRole('button').first().click()
  await expect(page.getByLabel('Access model as JSON')).toBeFocused()
  await expectNoViolations(page)

  // Sent all the same: refused, and what was typed is still there.
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page.getByText(/Line 24, column/).first()).toBeVisible()
  await expect(page.getByLabel('Access model as JSON')).toHaveValue(/record view/)

  await page.getByLabel('Access model as JSON').fill(example)
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('“Document store”: 4 resource types, 6 permissions, 5 roles.')).toBeVisible()
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.waitForURL(new RegExp(`/${slug}(/|$)`))
  await page.goto(`/${slug}/settings/access-model`)
  await expect(page.getByText('Your own, version 1')).toBeVisible()
  await expect(page.getByText('Archivist', { exact: true })).toBeVisible()
  await expectNoViolations(page)
})

test('a change that breaks a role says so before it is saved, and a version is restored', async ({ page, context, baseURL, expectNoViolations }) => {
  const organization = await makeOrganization('rockset')
  await perform(saveAccessModel, organization.admin.actor, organization.slug, { text: JSON.stringify({ ...accessModels.rockset, rules: { ...accessModels.rockset.rules, rolesPerMember: 'many' } }, null, 2) })
  const reader = await makeMember(organization)
  const role = await db().role.findFirstOrThrow({ where: { organizationId: organization.id, builtIn: true, name: accessModels.rockset.roles.at(-1)?.name ?? '' } })
  await db().roleAssignment.create({ data: { id: `ras_${uuidv7()}`, organizationId: organization.id, membershipId: reader.id, roleId: role.id, scopeId: organization.id } })
  await signInContext(context, baseURL ?? '', organization.admin.accountId)
  await page.goto(`/${organization.slug}/settings/access-model?view=edit`)
  await expect(page.getByRole('button', { name: 'Save version 2' })).toBeDisabled()
  const area = page.getByLabel('Access model as JSON')
  const model: { roles: { name: string }[]; rules: { defaultRole: string | null } } = JSON.parse(await area.inputValue())
  model.roles = model.roles.filter(({ name }) => name !== role.name)
  model.rules.defaultRole = null
  await area.fill(JSON.stringify(model, null, 2))
  await page.getByLabel('What is it saved for').fill('fewer roles')
  await page.getByRole('button', { name: 'Check changes' }).click()
  const told = page.getByRole('region', { name: 'What saving would do' })
  await expect(told).toContainText('This breaks what is in use')
  await expect(told).toContainText(`1 role assignments end, since their role is gone: “${role.title}”.`)
  await expect(told).toContainText(reader.email)
  await expect(told.getByText(/^loses /)).toBeVisible()
  await expectNoViolations(page)

  await page.getByRole('button', { name: 'Save version 2' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Save and break' })).toBeDisabled()
  await question.getByLabel(`Type ${organization.slug} to confirm`).fill(organization.slug)
  await question.getByRole('button', { name: 'Save and break' }).click()
  await expect(page.getByText('Your own, version 2')).toBeVisible()
  expect(await db().roleAssignment.count({ where: { organizationId: organization.id, membershipId: reader.id } })).toBe(0)

  await page.getByRole('link', { name: 'Versions' }).click()
  await expect(page.getByText('fewer roles')).toBeVisible()
  await page.getByRole('link', { name: 'Version 1', exact: true }).click()
  await page.getByRole('link', { name: 'Restore' }).click()
  await page.getByRole('button', { name: 'Check changes' }).click()
  await expect(page.getByRole('region', { name: 'What saving would do' })).toContainText(`role ${role.title}`)
  await page.getByRole('button', { name: 'Save version 3' }).click()
  await expect(page.getByText('Your own, version 3')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})

test('who may not change it reads it', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn(['organization:read'])
  await page.goto(`/${organization.slug}/settings/access-model?view=edit`)
  await expect(page.getByRole('heading', { level: 1, name: 'Access model' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check changes' })).toHaveCount(0)
  await expectNoViolations(page)
})
