import { perform } from '@/lib/boundary/perform'
import { createServiceAccount } from '@/lib/features/service-accounts/operations'
import { startIssuer } from '@/lib/testing/issuer'
import { expect, test } from './fixtures'

const SHOTS = process.env.SHOTS

test('a service account trusts an issuer: made with a condition, a token tried, suspended, ended', async ({ page, signedIn, expectNoViolations }) => {
  test.slow()
  const { organization } = await signedIn()
  const { id } = await perform(createServiceAccount, organization.admin.actor, organization.id, { name: 'deployer', roles: [{ role: 'viewer' }] })
  const issuer = await startIssuer()
  await page.goto(`/${organization.slug}/service-accounts/${id}`)
  const section = page.getByRole('region', { name: 'Trusted issuers' })
  await expect(section).toContainText('None yet.')
  await section.getByRole('button', { name: 'Trust an issuer' }).click()
  const dialog = page.getByRole('dialog', { name: 'Trust an issuer' })
  await expect(dialog.getByLabel('Issuer', { exact: true })).toHaveValue('https://token.actions.githubusercontent.com')
  await dialog.getByLabel('Where tokens come from').selectOption('GitLab CI')
  await dialog.getByLabel('Name').fill('main branch')
  await dialog.getByLabel('Compared 1').selectOption('fits the pattern')
  await dialog.getByLabel('Values 1').fill('**')
  await dialog.getByRole('button', { name: 'Trust issuer' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This pattern fits everything')
  await expectNoViolations(page)
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/trust-dialog.png` })
  await dialog.getByLabel('Values 1').fill('acme/*')
  await dialog.getByRole('button', { name: 'Trust issuer' }).click()
  await expect(section.getByRole('listitem')).toContainText('project_path fits acme/* and ref is main')
  await expect(section.getByRole('region', { name: 'Example for GitHub Actions' })).toContainText(`audience=${id}`)
  await expectNoViolations(page)
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/trusts.png`, fullPage: true })

  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'Actions for main branch' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await menu('Try a token')
  const trying = page.getByRole('dialog', { name: 'Try a token of main branch' })
  await trying.getByLabel('Token').fill(await issuer.sign({ sub: 'x' }))
  await trying.getByRole('button', { name: 'Try token' }).click()
  await expect(trying.getByRole('status').first()).toContainText('Refused')
  await expect(trying.getByRole('status').first()).toContainText('not https://gitlab.com')
  await expectNoViolations(page)
  await trying.getByRole('button', { name: 'Close' }).last().click()
  await menu('Suspend')
  await expect(section.getByRole('listitem')).toContainText('Suspended')
  await menu('Stop trusting')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop trusting' }).click()
  await expect(section).toContainText('None yet.')
  await issuer.close()
})
