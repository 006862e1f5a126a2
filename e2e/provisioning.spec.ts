import type { APIRequestContext, Page } from '@playwright/test'
import { makeMember, makeResource, makeRole } from '@/lib/testing/factories'
import { expect, test } from './fixtures'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** `await scim('POST /Users', body)`: as an identity provider asks, with its token; answers status and id. */
const asProvider = (request: APIRequestContext, baseURL: string, secret: string) => async (what: string, body?: unknown): Promise<{ status: number; id: string }> => {
  const [method = 'GET', path = '/'] = what.split(' ')
  const response = await request.fetch(`${baseURL}/scim/v2${path}`, {
    method, headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' }, ...(body !== undefined && { data: JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? {} : JSON.parse(text)
  return { status: response.status(), id: typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : '' }
}

const replaced = (value: unknown) => ({ schemas: [PATCH], Operations: [{ op: 'replace', value }] })

/** Connects a directory on the page and gives back what the identity provider gets. */
async function connect(page: Page, org: string, name: string): Promise<string> {
  await page.goto(`/${org}/settings/provisioning`)
  await page.getByRole('button', { name: 'Connect a directory' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a directory' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create token' }).click()
  await expect(dialog.getByRole('region', { name: 'Base URL to paste' })).toContainText('/scim/v2')
  const secret = await takeSecret(page)
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
  return secret
}

/** The secret as a person takes it from an open dialog: shown, read, and the dialog closed. */
async function takeSecret(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  const group = dialog.getByRole('group', { name: 'SCIM token' })
  await group.getByRole('button', { name: 'Show SCIM token' }).click()
  await expect(group.locator('code')).toHaveText(/^gh_scim_/)
  const secret = (await group.locator('code').textContent()) ?? ''
  await dialog.getByRole('checkbox', { name: 'I have stored it' }).check()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  return secret
}

async function fitsPhone(page: Page): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(360)
  await page.setViewportSize(size ?? { width: 1280, height: 720 })
}

test('an Okta-like life, each step of which the console shows', async ({ page, request, baseURL, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn()
  const { slug } = organization
  await page.goto(`/${slug}/settings/provisioning`)
  await expect(page.getByRole('heading', { name: 'No directory yet' })).toBeVisible()
  await expectNoViolations(page)
  const scim = asProvider(request, baseURL ?? '', await connect(page, slug, 'Okta'))
  await expect(page.getByText('Nothing was asked yet')).toBeVisible()
  await expectNoViolations(page)

  // Test connection, import, assign.
  expect((await scim('GET /Users?startIndex=1&count=2')).status).toBe(200)
  const email = `b.jensen@${slug}.test`
  const person = { schemas: [USER], userName: email, name: { givenName: 'Barbara', familyName: 'Jensen' }, displayName: 'Barbara Jensen', emails: [{ primary: true, value: email, type: 'work' }], externalId: '00ujl29u0le5T6Aj10h7', password: 'never-kept-anywhere', active: true }
  const { status, id } = await scim('POST /Users', person)
  expect(status).toBe(201)
  expect((await scim('POST /Users', person)).status).toBe(409)
  await page.reload()
  const requests = page.getByRole('list', { name: 'Latest requests' })
  await expect(requests.getByRole('listitem')).toHaveCount(3)
  await page.getByRole('link', { name: 'Refused' }).click()
  await expect(requests.getByRole('listitem')).toHaveCount(1)
  await requests.getByText('another user has the user name').first().click()
  await expect(page.getByRole('region', { name: 'Sent with POST /Users' })).toContainText('"password": "[left out]"')
  await expect(page.getByRole('region', { name: 'Answer to POST /Users' })).toContainText('"scimType": "uniqueness"')

  // The person is locked, and says by whom.
  await page.goto(`/${slug}/users`)
  const row = page.getByRole('row').filter({ hasText: 'Barbara Jensen' })
  await expect(row).toContainText('Managed by Okta')
  await page.getByRole('button', { name: 'Actions for Barbara Jensen' }).click()
  await expect(page.getByRole('menuitem', { name: 'Revoke invitation' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('menuitem', { name: 'Revoke invitation' })).toContainText('Managed by Okta: change it there')
  await page.getByRole('menuitem', { name: 'Show directory' }).click()
  await expect(page.getByText('1 user, 0 groups')).toBeVisible()

  // Push a group: a mapping was prepared, and its preview says who gains once the group is there.
  const groupId = (await scim('POST /Groups', { schemas: [GROUP], displayName: 'Analysts', members: [{ value: id }] })).id
  await page.goto(`/${slug}/groups/${groupId}`)
  await expect(page.getByText('Managed by Okta', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add members' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Describe' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveAttribute('readonly')
  await expectNoViolations(page)
  await fitsPhone(page)

  // Rename it, deactivate the person, and bring them back.
  await scim(`PATCH /Groups/${groupId}`, replaced({ id: groupId, displayName: 'Readers' }))
  await scim(`PATCH /Users/${id}`, replaced({ active: false }))
  await page.goto(`/${slug}/groups/${groupId}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Readers' })).toBeVisible()
  await page.goto(`/${slug}/users/${id}`)
  await expect(page.getByText('Suspended').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resume user' })).toBeDisabled()
  await expectNoViolations(page)
  await fitsPhone(page)
  await scim(`PATCH /Users/${id}`, replaced({ active: true }))
  await page.reload()
  await expect(page.getByText('Pending').first()).toBeVisible()

  // Unassign: out of the group, then kept out; the log has every step.
  await scim(`PATCH /Groups/${groupId}`, { schemas: [PATCH], Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }] })
  await scim(`PATCH /Users/${id}`, replaced({ active: false }))
  await page.goto(`/${slug}/groups/${groupId}`)
  await expect(page.getByText('Whom its directory puts into it appears here.')).toBeVisible()
  await page.goto(`/${slug}/audit?range=30d`)
  for (const step of ['brought b.jensen', 'created the group Analysts', 'changed the group Readers', 'suspended b.jensen', 'removed b.jensen']) await expect(page.getByText(step).first()).toBeVisible()
})

test('a mapping tells who gains and who loses before it is made, changed and deleted', async ({ page, request, baseURL, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn()
  const { slug } = organization
  await makeRole(organization.id, ['audit:read'])
  await makeResource(organization, 'folder', organization.id, 'prod')
  const scim = asProvider(request, baseURL ?? '', await connect(page, slug, 'Contractors'))
  const { id, email } = await makeMember(organization)
  await scim('POST /Groups', { schemas: [GROUP], displayName: 'Auditors', members: [{ value: id }] })
  await page.reload()

  await page.getByRole('button', { name: 'Map a group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Map a group to a role' })
  await dialog.getByLabel('Group').fill('auditors')
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Auditor', exact: false }).first().click()
  const gains = dialog.getByRole('region', { name: 'Gains access' })
  await expect(gains).toContainText(email)
  await expect(gains).toContainText('Auditors')
  await expectNoViolations(page)
  await fitsPhone(page)
  await dialog.getByRole('button', { name: 'Add mapping' }).click()
  const mappings = page.getByRole('list', { name: 'Mappings' })
  await expect(mappings).toContainText('gives Auditor')
  await expect(mappings).toContainText('1 person in it')

  await page.getByRole('button', { name: 'Change the mapping of auditors' }).click()
  const changing = page.getByRole('dialog', { name: 'Change the mapping of auditors' })
  await changing.getByRole('combobox', { name: 'Where' }).fill('prod')
  await page.getByRole('option', { name: 'prod' }).click()
  await expect(changing.getByRole('region', { name: 'Loses access' })).toContainText(email)
  await changing.getByRole('button', { name: 'Save mapping' }).click()
  await expect(mappings).toContainText('gives Auditor in prod')

  await page.getByRole('button', { name: 'Delete the mapping of auditors' }).click()
  const deleting = page.getByRole('alertdialog', { name: 'Delete the mapping of auditors?' })
  await expect(deleting.getByRole('region', { name: 'Loses access' })).toContainText(email)
  await expectNoViolations(page)
  await deleting.getByRole('button', { name: 'Delete mapping' }).click()
  await expect(page.getByText('No mapping yet')).toBeVisible()

  // Settings, release and disconnection each say what will happen.
  await page.getByLabel('Name', { exact: true }).fill('Contractors of Okta')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Contractors of Okta', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Release Auditors' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('what Contractors of Okta sends about it is refused')
  await page.getByRole('button', { name: 'Release group' }).click()
  await expect(page.getByText('None yet. Groups that it pushes')).toBeVisible()
  await page.getByRole('button', { name: 'Disconnect…' }).click()
  const ending = page.getByRole('alertdialog', { name: 'Disconnect Contractors of Okta?' })
  await expect(ending).toContainText('1 token and 0 mappings go')
  await ending.getByRole('textbox').fill('Contractors of Okta')
  await ending.getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByRole('heading', { name: 'No directory yet' })).toBeVisible()
})

test('a token rehearses: the page shows what a sync would change, and once it counts the same is done', async ({ page, request, baseURL, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const { slug } = organization
  const scim = asProvider(request, baseURL ?? '', await connect(page, slug, 'Okta'))
  await page.getByRole('button', { name: 'Rehearse' }).click()
  await expect(page.getByRole('alertdialog', { name: 'Rehearse with Okta?' })).toContainText('taken back')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rehearse' }).click()
  await expect(page.getByText('Okta rehearses: nothing it sends is changed')).toBeVisible()
  const person = { schemas: [USER], userName: `one@${slug}.test`, displayName: 'One Person' }
  expect((await scim('POST /Users', person)).status).toBe(409)
  expect((await scim('GET /Users')).status).toBe(200)
  await page.getByRole('link', { name: 'What would change' }).click()
  const requests = page.getByRole('list', { name: 'Latest requests' })
  await expect(requests.getByRole('listitem')).toHaveCount(1)
  await requests.getByText(`It would have brought one@${slug}.test from the directory.`).click()
  await expect(page.getByRole('region', { name: 'Answer to POST /Users' })).toContainText('rehearsal: nothing was changed')
  await expectNoViolations(page)
  await fitsPhone(page)
  await page.goto(`/${slug}/settings/provisioning`)
  await expect(page.getByText('0 users, 0 groups')).toBeVisible()
  await page.getByRole('button', { name: 'Let it count' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Let it count' }).click()
  await expect(page.getByText('rehearses: nothing it sends is changed')).toHaveCount(0)
  expect((await scim('POST /Users', person)).status).toBe(201)
  await page.reload()
  await expect(page.getByText('1 user, 0 groups')).toBeVisible()
})

test('a token is rotated: both work for as long as was chosen, and with Now only the new one', async ({ page, request, baseURL, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn()
  const first = await connect(page, organization.slug, 'Okta')
  const tokens = page.getByRole('list', { name: 'SCIM tokens' }).getByRole('listitem')
  const statusWith = async (secret: string): Promise<number> => (await asProvider(request, baseURL ?? '', secret)('GET /Users')).status
  const rotate = async (overlap: RegExp): Promise<string> => {
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Rotate Okta' })
    await dialog.getByRole('radio', { name: overlap }).check()
    await expectNoViolations(page)
    await dialog.getByRole('button', { name: 'Rotate', exact: true }).click()
    return takeSecret(page)
  }
  const second = await rotate(/After 7 days/)
  await expect(tokens).toHaveCount(2)
  await expect(tokens.filter({ hasText: /replaced, (7 days|6 days 23 h) left/ })).toHaveCount(1)
  expect([await statusWith(first), await statusWith(second)]).toEqual([200, 200])
  await fitsPhone(page)
  const third = await rotate(/^Now/)
  await expect(tokens).toHaveCount(3)
  await expect.poll(() => statusWith(second)).toBe(401)
  expect([await statusWith(first), await statusWith(third)]).toEqual([200, 200])
})
