import { describe, expect, test } from 'vitest'
import { actorOfHeader } from '@/lib/api/credential'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { createMapping } from '@/lib/features/provisioning/mapping-operations'
import { updateDirectory } from '@/lib/features/provisioning/directory-operations'
import { createServiceAccount } from '@/lib/features/service-accounts/operations'
import { makeKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient } from '@/lib/testing/scim'

testDatabase()

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

const eventCount = (organizationId: string) => db().auditEvent.count({ where: { organizationId } })
const versionOf = async (id: string) => (await db().organization.findUniqueOrThrow({ where: { id } })).accessVersion

test('an Okta-like life: test connection, import, assign, push groups, rename, deactivate, reactivate, unassign', async () => {
  const org = await makeOrganization()
  const scim = await scimClient(org)
  const b = `b.jensen@${org.slug}.test`
  expect((await scim('GET /ServiceProviderConfig')).status).toBe(200)
  expect((await scim('GET /Users?startIndex=1&count=2')).body).toMatchObject({ totalResults: 1, startIndex: 1, Resources: [{ userName: org.admin.email, active: true }] })
  expect((await scim(`GET /Users?filter=${encodeURIComponent(`userName eq "${b}"`)}&startIndex=1&count=100`)).body).toMatchObject({ totalResults: 0, Resources: [] })
  const assigned = { schemas: [USER], userName: b, name: { givenName: 'Barbara', familyName: 'Jensen' }, emails: [{ primary: true, value: b, type: 'work' }], displayName: 'Barbara Jensen', locale: 'en-US', externalId: '00ujl29u0le5T6Aj10h7', groups: [], password: '1mz050nq', active: true }
  const created = await scim('POST /Users', { body: assigned })
  expect([created.status, created.body['userName'], created.body['active'], created.body['password']]).toEqual([201, b, true, undefined])
  const id = idIn(created)
  expect(created.headers.get('location')).toMatch(new RegExp(`/scim/v2/Users/${id}$`))
  expect((await scim('POST /Users', { body: assigned })).body).toMatchObject({ status: '409', scimType: 'uniqueness' })
  expect(await db().membership.findFirst({ where: { organizationId: org.id, id } })).toMatchObject({ status: 'invited', source: 'scim', name: 'Barbara Jensen', accountId: null })

  await perform(createMapping, org.admin.actor, org.id, { directoryId: scim.directoryId, value: 'analysts', role: 'viewer' })
  const pushed = await scim('POST /Groups', { body: { schemas: [GROUP], displayName: 'Analysts', members: [{ value: id, display: b }] } })
  expect([pushed.status, pushed.body['members']]).toEqual([201, [expect.objectContaining({ value: id, type: 'User' })]])
  const groupId = idIn(pushed)
  expect(await db().roleAssignment.count({ where: { organizationId: org.id, groupId, mappingId: { not: null } } })).toBe(1)
  const renamed = await scim(`PATCH /Groups/${groupId}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', value: { id: groupId, displayName: 'Readers' } }] } })
  expect(renamed.status).toBe(204)
  expect(await db().roleAssignment.count({ where: { organizationId: org.id, groupId } })).toBe(0)

  const put = await scim(`PUT /Users/${id}`, { body: { ...assigned, id, name: { givenName: 'Barb', familyName: 'Jensen' }, displayName: 'Barb Jensen', password: undefined } })
  expect(put.body).toMatchObject({ displayName: 'Barb Jensen', name: { givenName: 'Barb' } })
  const off = await scim(`PATCH /Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', value: { active: false } }] } })
  expect([off.status, off.body['active']]).toEqual([200, false])
  const on = await scim(`PATCH /Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', value: { active: true } }] } })
  expect(on.body).toMatchObject({ active: true, groups: [{ value: groupId, display: 'Readers' }] })
  expect((await scim(`PATCH /Groups/${groupId}`, { body: { schemas: [PATCH], Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }] } })).status).toBe(204)
  expect((await scim(`GET /Groups/${groupId}`)).body['members']).toBeUndefined()
  expect((await scim(`PATCH /Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', value: { active: false } }] } })).body['active']).toBe(false)
  expect((await scim(`DELETE /Groups/${groupId}`)).status).toBe(204)
  expect((await scim(`GET /Groups/${groupId}`)).status).toBe(404)
})

test('an Entra-like life: capitalised operations, text for booleans, paths into extensions, members by value', async () => {
  const org = await makeOrganization()
  const scim = await scimClient(org, 'Entra')
  const upn = `Test.User@${org.slug}.test`
  expect((await scim('GET /Users?filter=userName+eq+%22a1b2c3%22')).body).toMatchObject({ totalResults: 0 })
  const created = await scim('POST /Users', {
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/scim+json' },
    body: { schemas: [USER, ENTERPRISE], externalId: '0a21f0f2', userName: upn, active: 'True', displayName: 'Test User', emails: [{ primary: true, type: 'work', value: upn }], meta: { resourceType: 'User' }, name: { formatted: 'Test User' }, roles: [], [ENTERPRISE]: { department: 'Sales' } },
  })
  expect([created.status, created.body['active'], created.body[ENTERPRISE]]).toEqual([201, true, { department: 'Sales' }])
  const id = idIn(created)
  const patch = (Operations: unknown) => scim(`PATCH /Users/${id}`, { body: { schemas: [PATCH], Operations } })
  const changed = await patch([
    { op: 'Replace', path: 'emails[type eq "work"].value', value: `updated@${org.slug}.test` }, { op: 'Replace', path: 'name.familyName', value: 'Family' },
    { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Marketing' }, { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555' }, { op: 'Add', value: { 'name.givenName': 'Given', [`${ENTERPRISE}:division`]: 'EMEA' } },
  ])
  expect(changed.body).toMatchObject({
    emails: [{ value: `updated@${org.slug}.test`, type: 'work' }], name: { familyName: 'Family', givenName: 'Given', formatted: 'Test User' }, [ENTERPRISE]: { department: 'Marketing', division: 'EMEA' }, phoneNumbers: [{ type: 'mobile', value: '+1 555' }],
  })
  expect((await patch([{ op: 'Replace', path: 'active', value: 'False' }])).body['active']).toBe(false)
  expect((await patch([{ op: 'Replace', path: 'active', value: 'True' }])).body['active']).toBe(true)
  const group = await scim('POST /Groups', { body: { schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'], externalId: '8aa1a0c0', displayName: 'Sales' } })
  const groupId = idIn(group)
  expect((await scim(`GET /Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "sales"')}`)).body).toMatchObject({ totalResults: 1, Resources: [{ id: groupId, externalId: '8aa1a0c0' }] })
  const members = (operation: unknown) => scim(`PATCH /Groups/${groupId}`, { body: { schemas: [PATCH], Operations: [operation] } })
  expect((await members({ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] })).status).toBe(204)
  expect((await scim(`GET /Groups/${groupId}`)).body['members']).toEqual([expect.objectContaining({ value: id })])
  expect((await members({ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] })).status).toBe(204)
  expect((await scim(`GET /Groups/${groupId}`)).body['members']).toBeUndefined()
  expect((await scim(`DELETE /Users/${id}`)).status).toBe(204)
  expect((await scim(`GET /Users/${id}`)).body).toMatchObject({ status: '404' })
})

test('a resync that changes nothing writes nothing', async () => {
  const org = await makeOrganization()
  const scim = await scimClient(org)
  const body = { schemas: [USER, ENTERPRISE], userName: `one@${org.slug}.test`, externalId: 'x1', active: true, emails: [{ value: `one@${org.slug}.test`, primary: true }], [ENTERPRISE]: { costCenter: '7', department: 'A' }, title: 'Engineer' }
  const id = idIn(await scim('POST /Users', { body }))
  const groupId = idIn(await scim('POST /Groups', { body: { schemas: [GROUP], displayName: 'All', externalId: 'g1', members: [{ value: id }] } }))
  const before = [await eventCount(org.id), await versionOf(org.id), (await scim(`GET /Users/${id}`)).headers.get('etag'), (await scim(`GET /Groups/${groupId}`)).headers.get('etag')]
  for (let turn = 0; turn < 2; turn++) {
    expect((await scim(`PUT /Users/${id}`, { body })).status).toBe(200)
    expect((await scim(`PATCH /Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'Engineer' }, { op: 'add', path: 'emails', value: body.emails }] } })).status).toBe(200)
    expect((await scim(`PUT /Groups/${groupId}`, { body: { schemas: [GROUP], displayName: 'All', members: [{ value: id }] } })).status).toBe(200)
    expect((await scim(`PATCH /Groups/${groupId}`, { body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] } })).status).toBe(204)
    expect((await scim('POST /Users', { body })).status).toBe(409)
  }
  expect([await eventCount(org.id), await versionOf(org.id), (await scim(`GET /Users/${id}`)).headers.get('etag'), (await scim(`GET /Groups/${groupId}`)).headers.get('etag')]).toEqual(before)
})

describe('what it means', () => {
  const off = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: false }] }
  const on = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: true }] }

  test('a membership and never an account: who has one elsewhere keeps name, address and password', async () => {
    const [org, other] = [await makeOrganization(), await makeOrganization()]
    const person = await makeMember(other)
    const before = await db().account.findUnique({ where: { email: person.email } })
    const scim = await scimClient(org)
    const id = idIn(await scim('POST /Users', { body: { userName: person.email, displayName: 'Taken Over', emails: [{ value: person.email, primary: true }], password: 'another-password-1' } }))
    await scim(`PATCH /Users/${id}`, { body: { Operations: [{ op: 'replace', value: { userName: 'else@x.test', emails: [{ value: 'else@x.test', primary: true }], displayName: 'Other' } }] } })
    await scim(`PATCH /Users/${id}`, { body: off })
    await scim(`DELETE /Users/${id}`)
    expect(await db().account.findUnique({ where: { email: person.email } })).toEqual(before)
    expect(await db().membership.findFirst({ where: { organizationId: other.id, id: person.id } })).toMatchObject({ status: 'active', email: person.email })
  })

  test('keys stop with the person and go on when they come back', async () => {
    const org = await makeOrganization()
    const person = await makeMember(org)
    const key = await makeKey(org, person)
    const scim = await scimClient(org)
    const enter = () => actorOfHeader(`Bearer ${key.secret}`)
    expect(await enter()).toMatchObject({ organizationId: org.id })
    expect((await scim(`PATCH /Users/${person.id}`, { body: off })).body['active']).toBe(false)
    await expect(enter()).rejects.toMatchObject({ code: 'unauthenticated' })
    await scim(`PATCH /Users/${person.id}`, { body: on })
    expect(await enter()).toMatchObject({ organizationId: org.id })
  })

  test('keys of somebody deleted are revoked, or handed over when the organization wants that', async () => {
    const org = await makeOrganization()
    const [one, two] = [await makeMember(org), await makeMember(org)]
    const [first, second] = [await makeKey(org, one), await makeKey(org, two)]
    const scim = await scimClient(org)
    expect((await scim(`DELETE /Users/${one.id}`)).status).toBe(204)
    expect(await db().apiKey.findFirst({ where: { organizationId: org.id, id: first.id } })).toBeNull()
    const { id: account } = await perform(createServiceAccount, org.admin.actor, org.id, { name: 'keeper', roles: [] })
    await perform(updateDirectory, org.admin.actor, org.id, { id: scim.directoryId, leaverKeys: 'hand-over', handoverTo: account })
    expect((await scim(`DELETE /Users/${two.id}`)).status).toBe(204)
    expect(await db().apiKey.findFirst({ where: { organizationId: org.id, id: second.id } })).toMatchObject({ serviceAccountId: account, membershipId: null })
  })

  test('the last administrator is kept: 409, nothing applied, told and mailed', async () => {
    const org = await makeOrganization()
    const scim = await scimClient(org)
    const replies = [await scim(`PATCH /Users/${org.admin.id}`, { body: { Operations: [{ op: 'replace', value: { title: 'Gone', active: false } }] } }), await scim(`DELETE /Users/${org.admin.id}`)]
    expect(replies.map(({ status }) => status)).toEqual([409, 409])
    expect(await db().membership.findFirst({ where: { organizationId: org.id, id: org.admin.id } })).toMatchObject({ status: 'active', directoryId: null, profile: null })
    expect(await db().auditEvent.count({ where: { organizationId: org.id, outcome: 'failed', source: 'scim' } })).toBe(2)
    expect(await db().mail.findMany({ where: { organizationId: org.id }, select: { template: true, recipient: true } })).toEqual([{ template: 'last-administrator-kept', recipient: org.admin.email }])
  })

  test('where everybody holds one role, the mapping with the lowest number gives it, and the default comes back', async () => {
    const org = await makeOrganization('rockset')
    const scim = await scimClient(org)
    for (const [value, role, priority] of [['Readers', 'Read-Only', 2], ['Builders', 'Member', 1]] as const) await perform(createMapping, org.admin.actor, org.id, { directoryId: scim.directoryId, value, role, priority })
    const id = idIn(await scim('POST /Users', { body: { userName: `one@${org.slug}.test` } }))
    const role = async () => (await db().roleAssignment.findMany({ where: { organizationId: org.id, membershipId: id }, select: { role: { select: { name: true } } } })).map((each) => each.role.name)
    expect(await role()).toEqual(['Read-Only'])
    const builders = idIn(await scim('POST /Groups', { body: { displayName: 'Builders', members: [{ value: id }] } }))
    expect(await role()).toEqual(['Member'])
    await scim('POST /Groups', { body: { displayName: 'Readers', members: [{ value: id }] } })
    expect(await role()).toEqual(['Member'])
    await scim(`DELETE /Groups/${builders}`)
    expect(await role()).toEqual(['Read-Only'])
  })
})
