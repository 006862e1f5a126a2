import { expect, test } from 'vitest'
import { makeKey, testApi } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { scimClient } from '@/lib/testing/scim'
import { managedReason, managerInWords } from './rules'

testDatabase()

test('users and groups say which directory decides about them, alone and in lists; released they say nobody', async () => {
  const org = await makeOrganization()
  const [api, key, okta] = [testApi(), await makeKey(org, org.admin), await scimClient(org, 'Okta')]
  const managedBy = { id: okta.directoryId, name: 'Okta' }
  const userId = String((await okta('POST /Users', { body: { userName: `one@${org.slug}.test` } })).body['id'])
  const groupId = String((await okta('POST /Groups', { body: { displayName: 'Analysts', members: [{ value: userId }] } })).body['id'])
  expect((await api(`GET /users/${userId}`, { key })).body).toMatchObject({ managedBy })
  expect((await api(`GET /groups/${groupId}`, { key })).body).toMatchObject({ managedBy })
  const people = [expect.objectContaining({ id: org.admin.id, managedBy: null }), expect.objectContaining({ id: userId, managedBy })]
  expect((await api('GET /users?status=active,pending', { key })).body['data']).toEqual(expect.arrayContaining(people))
  expect((await api('GET /groups', { key })).body['data']).toMatchObject([{ id: groupId, managedBy }])
  expect((await api(`PATCH /groups/${groupId}`, { key, body: { name: 'Readers' } })).body).toMatchObject({ status: 409, detail: expect.stringContaining('is managed by Okta') })
  expect((await api(`PATCH /groups/${groupId}`, { key, body: { description: 'They read' } })).status).toBe(200)
  await api(`POST /users/${userId}/release`, { key })
  await api(`POST /groups/${groupId}/release`, { key })
  expect([(await api(`GET /users/${userId}`, { key })).body['managedBy'], (await api(`GET /groups/${groupId}`, { key })).body['managedBy']]).toEqual([null, null])
})

test.each([
  [{ name: 'Okta', kind: 'okta' }, 'Okta'],
  [{ name: 'okta preview', kind: 'okta' }, 'okta preview'],
  [{ name: 'Contractors', kind: 'okta' }, 'Okta (Contractors)'],
  [{ name: 'Contoso', kind: 'entra' }, 'Microsoft Entra ID (Contoso)'],
  [{ name: 'Keycloak', kind: 'other' }, 'Keycloak'],
] as const)('%o is called %s', (by, words) => {
  expect([managerInWords(by), managedReason(by)]).toEqual([words, `Managed by ${words}: change it there`])
})
