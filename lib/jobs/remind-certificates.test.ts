import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { ensureSamlKey, findSamlKeys } from '@/lib/features/saml-connections/keys'
import { renderMail } from '@/lib/mail/templates'
import { readCertificate } from '@/lib/sso/saml/certificate'
import { makeOwnCertificate } from '@/lib/sso/saml/own-certificate'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { mailsTo } from '@/lib/testing/people'
import { makeSamlConnection } from '@/lib/testing/saml-connections'
import { makeTestIdp } from '@/lib/testing/saml-responses'
import { remindCertificates } from './remind-certificates'

testDatabase()

const DAY_MS = 24 * 3600_000
const idp = await makeTestIdp()
const endOf = (pem: string): number => {
  const read = readCertificate(pem)
  return read.ok ? read.facts.notAfter.getTime() : 0
}
const END = endOf(idp.certificate)

let org: TestOrganization
let writer: TestMember
let reader: TestMember

beforeEach(async () => {
  org = await makeOrganization()
  writer = await makeMember(org, ['sign-in:read', 'sign-in:write'])
  reader = await makeMember(org, ['sign-in:read'])
})
afterEach(() => setClock(null))

async function remindAt(daysBefore: number, end = END): Promise<void> {
  setClock(new Date(end - daysBefore * DAY_MS))
  await Promise.all([remindCertificates(), remindCertificates()])
  setClock(null)
}

const subjects = async (email: string): Promise<string[]> => (await mailsTo(email)).map(({ subject }) => subject)

test('whoever may change how people sign in is told 30, 7 and 1 days before, once each, by whichever process', async () => {
  const id = await makeSamlConnection(org, idp)
  await remindAt(31)
  expect(await subjects(writer.email)).toEqual([])
  for (const days of [29, 20, 7, 3, 0.5, 0.2]) await remindAt(days)
  await remindAt(-1)
  const told = [`A sign-in certificate of ${org.name} ends within 30 days`, `A sign-in certificate of ${org.name} ends within 7 days`, `A sign-in certificate of ${org.name} ends within a day`]
  expect(await subjects(writer.email)).toEqual(told)
  expect(await subjects(org.admin.email)).toEqual(told)
  expect(await subjects(reader.email)).toEqual([])
  const [mail] = await mailsTo(writer.email)
  const { text } = await renderMail(db(), mail?.template ?? '', mail?.params)
  expect(text).toContain('The last certificate of the identity provider of the connection SAML')
  expect(text).toContain(`/${org.slug}/settings/sign-in/${id}`)
})

test('after a stop of weeks one mail comes, of the shortest notice', async () => {
  await makeSamlConnection(org, idp)
  await remindAt(5)
  expect(await subjects(writer.email)).toEqual([`A sign-in certificate of ${org.name} ends within 7 days`])
})

test('not of a connection that lets nobody in, nor where the next certificate is known already; another certificate is told of anew', async () => {
  await makeSamlConnection(org, idp, { status: 'disabled' })
  const id = await makeSamlConnection(org, idp)
  const next = await makeOwnCertificate('Next', new Date(Date.now() + 60 * DAY_MS))
  const settings = (certificates: string[]) => ({ entityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', certificates })
  const where = { organizationId_id: { organizationId: org.id, id } }
  await db().ssoConnection.update({ where, data: { settings: settings([idp.certificate, next.certificate]) } })
  await remindAt(5)
  expect(await subjects(writer.email)).toEqual([])
  await db().ssoConnection.update({ where, data: { settings: settings([idp.certificate]) } })
  await remindAt(5)
  await db().ssoConnection.update({ where, data: { settings: settings([next.certificate]) } })
  await remindAt(6, endOf(next.certificate))
  expect(await subjects(writer.email)).toHaveLength(2)
})

test('of our own certificate too', async () => {
  const id = await makeSamlConnection(org, idp)
  const later = await makeOwnCertificate('Later', new Date(Date.now() + 400 * DAY_MS))
  await db().ssoConnection.update({ where: { organizationId_id: { organizationId: org.id, id } }, data: { settings: { entityId: idp.entityId, signInUrl: idp.signInUrl, binding: 'redirect', certificates: [later.certificate] } } })
  await ensureSamlKey({ organizationId: org.id, id })
  const [key] = await findSamlKeys(db(), { organizationId: org.id, id })
  await remindAt(2, key?.notAfter.getTime() ?? 0)
  const [mail] = await mailsTo(writer.email)
  expect((await renderMail(db(), mail?.template ?? '', mail?.params)).text).toContain('Our own certificate of the connection')
})
