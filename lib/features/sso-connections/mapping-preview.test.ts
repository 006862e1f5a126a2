import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { makeVerifiedDomain } from '@/lib/testing/saml-connections'
import { completeConnectionSignIn } from './completion'
import type { SignInConnection } from './judge'

testDatabase()
const api = testApi()

let org: TestOrganization
let key: TestKey
let domain: string
let connection: SignInConnection

beforeEach(async () => {
  org = await makeOrganization()
  domain = await makeVerifiedDomain(org)
  key = await makeKey(org, org.admin)
  connection = await db().ssoConnection.create({ data: { id: newId('connection'), organizationId: org.id, kind: 'okta', name: 'Okta', status: 'enabled' } })
})

async function comes(name: string, groups: string[]): Promise<TestMember> {
  const member = await makeMember(org, [], await makeAccount(`${name}@${domain}`))
  const done = await completeConnectionSignIn(connection, { subject: member.email, email: member.email, emailVerified: true, name: '', groups, attributes: {} }, null)
  if (!done.ok) throw new Error(done.reason)
  return member
}

const path = () => `/sso-connections/${connection.id}/group-mappings`
const wanted = (...mappings: { group: string; role: string }[]) => ({ key, body: { mappings } })

test('a change of mappings tells beforehand whose roles it changes, by the groups of their last sign-in', async () => {
  const ada = await comes('ada', ['ops', 'all'])
  const bob = await comes('bob', ['all'])
  await comes('cleo', ['elsewhere'])
  await db().connectionIdentity.updateMany({ where: { organizationId: org.id, membershipId: bob.id }, data: { groupsAt: null } })
  const preview = await api(`PUT ${path()}?dryRun=true`, wanted({ group: 'ops', role: 'billing-viewer' }, { group: 'all', role: 'viewer' }))
  expect([preview.status, preview.body]).toEqual([200, { count: 1, people: [{ userId: ada.id, email: ada.email, gains: ['Billing viewer', 'Viewer'], losses: [] }], known: 2, unknown: 1 }])
  expect(await db().groupMapping.count({ where: { organizationId: org.id } })).toBe(0)

  expect((await api(`PUT ${path()}`, wanted({ group: 'ops', role: 'billing-viewer' }, { group: 'all', role: 'viewer' }))).status).toBe(200)
  await db().connectionIdentity.updateMany({ where: { organizationId: org.id, membershipId: bob.id }, data: { groupsAt: new Date() } })
  for (const [email, groups] of [[ada.email, ['ops', 'all']], [bob.email, ['all']]] as const)
    await completeConnectionSignIn(connection, { subject: email, email, emailVerified: true, name: '', groups, attributes: {} }, null)
  const after = await api(`PUT ${path()}?dryRun=true`, wanted({ group: 'all', role: 'billing-viewer' }))
  expect(after.body).toEqual({
    count: 2, known: 3, unknown: 0,
    people: [{ userId: ada.id, email: ada.email, gains: [], losses: ['Viewer'] }, { userId: bob.id, email: bob.email, gains: ['Billing viewer'], losses: ['Viewer'] }],
  })
})

test('roles given by hand stay, and what saving would refuse the preview refuses', async () => {
  const ada = await comes('ada', ['ops'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: ada.id, roleId: org.roleIds.get('viewer') ?? '', scopeId: org.id } })
  expect((await api(`PUT ${path()}?dryRun=true`, wanted({ group: 'ops', role: 'viewer' }))).body).toMatchObject({ count: 0, people: [] })
  expect((await api(`PUT ${path()}?dryRun=true`, wanted({ group: 'ops', role: 'no such role' }))).status).toBe(422)
  // An id of something else.
  expect((await api(`PUT /sso-connections/${org.admin.id}/group-mappings?dryRun=true`, wanted({ group: 'ops', role: 'viewer' }))).status).toBe(404)
})

test('a change of the sign-in policy tells beforehand whom it signs out and who would stay outside, without changing anything', async () => {
  const ada = await makeMember(org, [], await makeAccount(`ada@${domain}`))
  const outsider = await makeMember(org)
  const { status, body } = await api('PATCH /sign-in-policy?dryRun=true', { key, body: { ssoOnly: true, autoprovision: true, defaultRole: 'viewer' } })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    before: { ssoOnly: false, autoprovision: false, defaultRole: null }, after: { ssoOnly: true, autoprovision: true, defaultRole: { title: 'Viewer' } },
    signedOut: { count: 3, first: expect.arrayContaining([ada.email, outsider.email, org.admin.email]) },
    withoutConnection: { count: 2, first: expect.arrayContaining([outsider.email, org.admin.email]) },
    problem: expect.stringContaining('SSO-only is switched on in the console'),
  })
  expect((await api('GET /sign-in-policy', { key })).body).toMatchObject({ ssoOnly: false, autoprovision: false })
  expect((await api('PATCH /sign-in-policy?dryRun=true', { key, body: { autoprovision: true } })).body).toMatchObject({ signedOut: { count: 0, first: [] }, problem: null })
})
