import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db'
import { publicCertificates } from '@/lib/features/saml-connections/keys'
import { newId } from '@/lib/ids'
import { serviceAddresses } from '@/lib/sso/saml/service-provider'
import { makeOrganization, makeRole } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { makeSamlConnection, makeVerifiedDomain } from '@/lib/testing/saml-connections'
import { startSamlIdp } from '@/lib/testing/saml-idp'
import { expect, test } from './fixtures'

async function makeSite() {
  const organization = await makeOrganization()
  await db().organization.update({ where: { id: organization.id }, data: { isAutoprovisioned: true } })
  const email = `robin-${randomUUID().slice(0, 8)}@${await makeVerifiedDomain(organization)}`
  const service = { acsUrl: '', signingCert: '' }
  const { idp, stop } = await startSamlIdp({ email, name: 'Robin Reed', groups: ['Auditors'] }, () => service)
  const id = await makeSamlConnection(organization, idp)
  const [signingCert = ''] = await publicCertificates({ organizationId: organization.id, id })
  Object.assign(service, { acsUrl: serviceAddresses(id).acsUrl, signingCert })
  return { organization, email, id, stop }
}

test('somebody signs in through a SAML identity provider for the first time, with the role of their group', async ({ page, baseURL }) => {
  const { organization, email, id, stop } = await makeSite()
  const roleId = await makeRole(organization.id, ['audit:read'])
  await db().groupMapping.create({ data: { id: newId('groupMapping'), organizationId: organization.id, connectionId: id, group: 'Auditors', roleId, scopeId: organization.id, priority: 1 } })
  await page.goto(`/sso/saml/${id}/begin?next=/${organization.slug}/audit`)
  await expect(page).toHaveURL(new RegExp(`^${baseURL}/${organization.slug}/audit`))
  await expect(page.getByRole('table', { name: 'Audit log' })).toContainText(email)
  expect((await eventsOf(organization.id, 'member.provision')).length).toBe(1)
  await stop()
})

test('an answer that somebody else got opens nothing in this browser', async ({ page, browser, baseURL }) => {
  const { organization, id, stop } = await makeSite()
  const attacker = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage()
  const caught = attacker.waitForRequest((request) => request.url().endsWith(`/sso/saml/${id}/acs`))
  await attacker.route(`**/sso/saml/${id}/acs`, (route) => route.abort())
  await attacker.goto(`/sso/saml/${id}/begin`).catch(() => undefined)
  const field = new URLSearchParams((await caught).postData() ?? '').get('SAMLResponse') ?? ''
  await attacker.context().close()

  await page.goto('/sign-in')
  const answer = await page.request.post(`/sso/saml/${id}/acs`, { form: { SAMLResponse: field, RelayState: 'https://evil.example/' }, headers: { origin: 'https://idp.example' }, maxRedirects: 0 })
  expect(answer.status()).toBe(303)
  await page.goto(answer.headers()['location'] ?? '')
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByText('The sign-in began in another browser')).toBeVisible()
  await page.goto(`/${organization.slug}`)
  await expect(page).toHaveURL(/\/sign-in/)
  await stop()
})
