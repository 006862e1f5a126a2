import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { serviceAddresses } from '@/lib/sso/saml/service-provider'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { makeSamlConnection, makeVerifiedDomain } from '@/lib/testing/saml-connections'
import { startSamlIdp } from '@/lib/testing/saml-idp'
import { beginSaml, finishSaml, receiveSaml } from './door'
import { publicCertificates } from './keys'
import { findSamlConnection } from './queries'

testDatabase()

test('with an identity provider of the registry: it accepts our signed request, and we its answer', async () => {
  const org = await makeOrganization()
  await db().organization.update({ where: { id: org.id }, data: { isAutoprovisioned: true } })
  const email = `robin@${await makeVerifiedDomain(org)}`
  const service = { acsUrl: '', signingCert: '' }
  const { idp, stop } = await startSamlIdp({ email, name: 'Robin Reed', groups: ['Operators', 'Night shift'] }, () => service)
  const id = await makeSamlConnection(org, idp)
  const connection = await findSamlConnection(id)
  if (!connection) throw new Error('no connection')
  Object.assign(service, { acsUrl: serviceAddresses(id).acsUrl, signingCert: (await publicCertificates(connection))[0] })

  const browserSecret = newBrowserSecret()
  const begun = await beginSaml(connection, { browserSecret, purpose: 'sign-in', next: null })
  if (begun.kind !== 'redirect') throw new Error('expected a redirect')
  const answer = await fetch(begun.url)
  const page = await answer.text()
  expect([answer.status, page.includes(service.acsUrl)]).toEqual([200, true])
  const field = /name="SAMLResponse"\s+value="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#61;', '=').replaceAll('&#43;', '+').replaceAll('&#47;', '/')
  const received = await receiveSaml(connection, field, undefined)
  if (received.kind !== 'ticket') throw new Error(JSON.stringify(received))
  const finished = await finishSaml(connection, received.ticket, browserSecret, null)
  expect(finished).toMatchObject({ kind: 'signed-in', session: { slug: org.slug } })
  expect(await db().account.findUnique({ where: { email } })).toMatchObject({ name: 'Robin Reed' })

  const forged = new URL(begun.url)
  forged.searchParams.set('Signature', Buffer.alloc(256).toString('base64'))
  expect((await fetch(forged)).status).toBe(500)
  await stop()
})
