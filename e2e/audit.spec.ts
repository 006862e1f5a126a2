import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { writeAudit, type AuditRow } from '@/lib/boundary/audit'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { expect, test } from './fixtures'

const TARGET = { type: 'user', id: newId('user'), name: 'release@acme.test' }

/** Puts events of two people into the log: one suspended somebody, the other was refused. */
async function fill(organizationId: string, other: AuditRow['targets'][number] = TARGET): Promise<void> {
  const row = (name: string, parts: Partial<AuditRow>): AuditRow => ({
    organizationId, event: 'member.suspend', outcome: 'success', actor: { type: 'user', id: newId('user'), name, credentialId: null }, targets: [other], ...parts,
  })
  await writeAudit(db(), [
    row('ops@acme.test', { before: { status: 'active' }, after: { status: 'suspended' } }),
    row('dev@acme.test', { outcome: 'denied', targets: [], detail: { code: 'forbidden', missing: { permission: 'member:write', scope: organizationId } } }),
  ])
}

const table = (page: Page) => page.getByRole('table', { name: 'Audit log' })
const happened = (page: Page) => table(page).getByRole('link')

test('tells who did what, opens an entry by its address, and narrows to its actor', async ({ page, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization, member } = await signedIn(['audit:read'])
  await fill(organization.id)
  await page.goto(`/${organization.slug}/audit`)
  await expect(happened(page)).toHaveText(['read the audit log', 'was not permitted to suspend a user: member:write is missing', 'suspended release@acme.test'])
  await expect(page.getByText('3 events;')).toBeVisible()
  await expectNoViolations(page)

  await page.getByRole('link', { name: 'suspended release@acme.test' }).click()
  const panel = page.getByRole('dialog', { name: 'Suspend user' })
  await expect(panel).toContainText('ops@acme.test suspended release@acme.test')
  await expect(panel.getByRole('table', { name: 'Before and after' })).toContainText('activesuspended')
  await expect(page).toHaveURL(/[?&]event=evt_/)
  await expectNoViolations(page)
  await page.reload()
  await expect(panel).toContainText('Number 1 of the chain')
  await panel.getByRole('link', { name: 'Only this actor' }).click()
  await expect(page).toHaveURL(/\?actor=ops%40acme\.test$/)
  await expect(happened(page)).toHaveText(['suspended release@acme.test'])
  await page.goBack()
  await expect(panel).toBeVisible()
  await expect(page.locator('[role=dialog]:focus-within')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/audit$/)
  await page.getByRole('searchbox').fill(member.email)
  await expect(happened(page)).toHaveText(['read the audit log'])
})

test('filters by chips and by the address; a filter that makes no sense says so and shows nothing', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['audit:read'])
  await fill(organization.id)
  await page.goto(`/${organization.slug}/audit`)
  await page.getByText('Result', { exact: true }).first().click()
  await page.getByRole('checkbox', { name: 'Denied' }).check()
  await expect(happened(page)).toHaveText(['was not permitted to suspend a user: member:write is missing'])
  await expect(page).toHaveURL(/\?outcome=denied$/)
  await page.goto(`/${organization.slug}/audit?address=somewhere`)
  await expect(page.getByText('Address: Expected an IP address such as 192.0.2.7.')).toBeVisible()
  await expect(happened(page)).toHaveCount(0)
})

test('the histogram narrows the time by keyboard and by dragging', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['audit:read'])
  await fill(organization.id)
  await page.goto(`/${organization.slug}/audit`)
  const chart = page.getByRole('listbox', { name: 'Events over time' })
  await expect(page.getByText('3 events;')).toBeVisible()
  await chart.focus()
  for (const key of ['End', 'Shift+ArrowLeft', 'Enter']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/\?from=\d{4}-.*&to=/)
  await expect(happened(page)).toHaveCount(3)
  const box = await chart.boundingBox()
  if (!box) throw new Error('the histogram is not to be seen')
  await page.mouse.move(box.x + 4, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 8, box.y + 20, { steps: 4 })
  await expect(page.getByText('let go to look at it')).toBeVisible()
  const before = page.url()
  await page.mouse.up()
  await expect(page).not.toHaveURL(before)
  await page.getByText('UTC', { exact: false }).first().click()
  await page.getByRole('link', { name: 'Last hour' }).click()
  await expect(page).toHaveURL(/\?range=1h$/)
  await expect(happened(page)).toHaveCount(3)
})

test('keeps filters under a name in this browser', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['audit:read'])
  await fill(organization.id)
  await page.goto(`/${organization.slug}/audit?outcome=denied&range=7d`)
  await page.getByLabel('Saved filters').first().click()
  await page.getByLabel('Name of the filter').fill('Refused')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.goto(`/${organization.slug}/audit`)
  await page.getByLabel('Saved filters').first().click()
  await page.getByRole('link', { name: 'Refused', exact: true }).click()
  await expect(page).toHaveURL(/\?outcome=denied&range=7d$/)
})

test('exports the present filter as CSV and NDJSON', async ({ page, signedIn }) => {
  const { organization } = await signedIn(['audit:read'])
  await fill(organization.id, { ...TARGET, name: '=1+1' })
  await page.goto(`/${organization.slug}/audit?action=member.suspend`)
  const take = async (name: string) => {
    await page.getByLabel('Export', { exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
    await expect(page.getByRole('link', { name })).toBeHidden()
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${organization.slug}-audit-.*\\.(csv|ndjson)$`))
    return readFileSync(await download.path(), 'utf8')
  }
  const csv = await take('Export as CSV')
  expect(csv.trim().split('\r\n')).toHaveLength(3)
  expect(csv).toContain(",'=1+1,")
  const lines = (await take('Export as NDJSON')).trim().split('\n').map((line): unknown => JSON.parse(line))
  expect(lines).toMatchObject([{ outcome: 'denied' }, { outcome: 'success', targets: [{ name: '=1+1' }] }])
  await page.goto(`/${organization.slug}/audit?action=audit.export`)
  await expect(happened(page)).toHaveText(['exported the audit log as ndjson', 'exported the audit log as csv'])
})

test('verifies the chain, and finds what was changed behind it', async ({ page, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn(['audit:read'])
  await fill(organization.id)
  await page.goto(`/${organization.slug}/audit`)
  await page.getByRole('button', { name: 'Verify chain' }).click()
  const dialog = page.getByRole('dialog', { name: 'Verify chain' })
  await dialog.getByRole('button', { name: 'Verify chain' }).click()
  await expect(dialog).toContainText('The chain is intact')
  await expectNoViolations(page)
  await db().$transaction([
    db().$executeRawUnsafe('ALTER TABLE "AuditEvent" DISABLE TRIGGER audit_event_append_only'),
    db().$executeRawUnsafe(`UPDATE "AuditEvent" SET "outcome" = 'success' WHERE "organizationId" = '${organization.id}' AND "outcome" = 'denied'`),
    db().$executeRawUnsafe('ALTER TABLE "AuditEvent" ENABLE TRIGGER audit_event_append_only'),
  ])
  await dialog.getByRole('button', { name: 'Verify chain' }).click()
  await expect(dialog).toContainText('The chain is broken: 1 problem')
  await expect(dialog.getByRole('list', { name: 'Problems' })).toContainText('Changed at number')
  await expectNoViolations(page)
})

test('is neither a tab nor a page for who may not read it', async ({ page, signedIn }) => {
  const { organization } = await signedIn([])
  const answer = await page.goto(`/${organization.slug}/audit`)
  expect(answer?.status()).toBe(403)
  await expect(page.getByText('audit:read').first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Audit Log' })).toHaveCount(0)
  expect((await page.request.get(`/${organization.slug}/audit/export/csv`)).status()).toBe(403)
})

test('fits a phone', async ({ page, signedIn, expectNoViolations }) => {
  const { organization } = await signedIn(['audit:read'])
  await fill(organization.id)
  await page.setViewportSize({ width: 360, height: 720 })
  await page.goto(`/${organization.slug}/audit`)
  await expect(happened(page)).toHaveCount(3)
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(content).toBeLessThanOrEqual(window ?? 0)
  await expectNoViolations(page)
})
