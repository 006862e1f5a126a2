import { expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { completeConnectionSignIn } from '@/lib/features/sso-connections/completion'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { scimClient } from '@/lib/testing/scim'
import { updateDirectory } from './directory-operations'
import { createMapping } from './mapping-operations'

testDatabase()

/** An organization whose people come from a directory, without mails, and sign in through a connection. */
async function makeSite() {
  const org = await makeOrganization()
  const domain = `${org.slug}.example`
  await db().verifiedDomain.create({ data: { id: newId('domain'), organizationId: org.id, domain, token: 't', verifiedAt: new Date() } })
  const connection = await db().ssoConnection.create({ data: { id: newId('connection'), organizationId: org.id, kind: 'okta', name: 'Okta', status: 'enabled' } })
  const scim = await scimClient(org)
  await perform(updateDirectory, org.admin.actor, org.id, { id: scim.directoryId, sendsInvitations: false })
  const email = `b.jensen@${domain}`
  const signIn = () => completeConnectionSignIn(connection, { subject: 'sub-1', email, emailVerified: true, name: 'Barbara', groups: [], attributes: {} }, null)
  return { org, scim, email, signIn }
}

test('who was provisioned comes in by single sign-on as the membership the directory brought, with what its groups give', async () => {
  const { org, scim, email, signIn } = await makeSite()
  expect(await signIn()).toEqual({ ok: false, reason: 'not-a-member' })
  const id = String((await scim('POST /Users', { body: { userName: email, externalId: '00u1', displayName: 'Barbara Jensen' } })).body['id'])
  await perform(createMapping, org.admin.actor, org.id, { directoryId: scim.directoryId, value: 'Auditors', role: 'auditor' })
  await scim('POST /Groups', { body: { displayName: 'Auditors', members: [{ value: id }] } })
  const done = await signIn()
  if (!done.ok) throw new Error(done.reason)
  expect(done.session).toMatchObject({ membershipId: id, slug: org.slug })
  expect(await db().membership.findMany({ where: { organizationId: org.id, email } })).toMatchObject([{ id, status: 'active', directoryId: scim.directoryId, externalId: '00u1', source: 'scim' }])
  const actor = await actorOfSecret(done.session.secret)
  if (!actor) throw new Error('no session')
  await expect(read(actor, org.slug, 'audit:read', async () => 'in')).resolves.toBe('in')
  expect((await scim(`GET /Users/${id}`)).body).toMatchObject({ active: true, userName: email, groups: [{ display: 'Auditors' }] })
})

test('who is deactivated is out at once and does not come in again until reactivated', async () => {
  const { org, scim, email, signIn } = await makeSite()
  const id = String((await scim('POST /Users', { body: { userName: email } })).body['id'])
  const set = (active: boolean) => scim(`PATCH /Users/${id}`, { body: { Operations: [{ op: 'replace', value: { active } }] } })
  const first = await signIn()
  if (!first.ok) throw new Error(first.reason)
  await set(false)
  const actor = await actorOfSecret(first.session.secret)
  if (actor) await expect(read(actor, org.slug, null, async () => 'in')).rejects.toMatchObject({ status: expect.any(Number) })
  expect(await signIn()).toMatchObject({ ok: false })
  await set(true)
  expect(await signIn()).toMatchObject({ ok: true, session: { membershipId: id } })
})
