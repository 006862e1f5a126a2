import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decide } from '@/lib/access/engine/decide'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole } from '@/lib/testing/factories'
import { IndexStore, indexStore } from './index-store'

const database = testDatabase()
let other: IndexStore
let following: { stop: () => Promise<void> }

beforeAll(() => {
  other = new IndexStore(database.url)
  following = other.start()
})
afterAll(() => following.stop())

const holds = (store: IndexStore, organizationId: string, principalId: string, permission: string): boolean | null => {
  const index = store.current(organizationId)
  return index && decide(index.snapshot, { principalId, permission, resourceId: organizationId, at: Date.now() }).allow
}

async function versionOf(id: string): Promise<number> {
  return Number((await db().organization.findUniqueOrThrow({ where: { id } })).accessVersion)
}

test('a grant and its end are seen by another process that was never asked again', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  await other.atLeast(organization.id, await versionOf(organization.id))
  expect(holds(other, organization.id, member.id, 'gatehouse/audit:read')).toBe(false)
  const roleId = await makeRole(organization.id, ['audit:read'])
  const id = newId('assignment')
  await db().roleAssignment.create({ data: { id, organizationId: organization.id, membershipId: member.id, roleId, scopeId: organization.id } })
  await expect.poll(() => holds(other, organization.id, member.id, 'gatehouse/audit:read')).toBe(true)
  await db().membership.update({ where: { organizationId_id: { organizationId: organization.id, id: member.id } }, data: { status: 'suspended' } })
  await expect.poll(() => holds(other, organization.id, member.id, 'gatehouse/audit:read')).toBe(false)
})

test('a caller that read a version is never answered from an older one', async () => {
  const organization = await makeOrganization()
  const store = indexStore()
  for (let round = 0; round < 5; round++) {
    const member = await makeMember(organization, ['member:read'])
    const index = await store.atLeast(organization.id, await versionOf(organization.id))
    expect(decide(index.snapshot, { principalId: member.id, permission: 'gatehouse/member:read', resourceId: organization.id, at: Date.now() }).allow).toBe(true)
  }
})

test('following change by change ends where reading anew begins', async () => {
  const organization = await makeOrganization()
  const store = indexStore()
  await store.atLeast(organization.id, await versionOf(organization.id))
  const members = await Promise.all([makeMember(organization, ['audit:read']), makeMember(organization, ['role:read', 'key:others']), makeMember(organization)])
  await db().roleAssignment.deleteMany({ where: { organizationId: organization.id, membershipId: members[0]?.id ?? '' } })
  const version = await versionOf(organization.id)
  const followed = await store.atLeast(organization.id, version)
  const anew = await new IndexStore(database.url).atLeast(organization.id, version)
  expect(followed.snapshot.version).toBe(anew.snapshot.version)
  for (const member of members)
    for (const permission of ['audit:read', 'role:read', 'key:others', 'organization:read', 'member:write']) {
      const question = { principalId: member.id, permission: `gatehouse/${permission}`, resourceId: organization.id, at: Date.now() }
      expect(decide(followed.snapshot, question), `${permission} of ${member.email}`).toEqual(decide(anew.snapshot, question))
    }
})

test('a version that does not come is refused after a second, an unknown organization at once', async () => {
  const organization = await makeOrganization()
  await expect(indexStore().atLeast(organization.id, 1_000_000)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(indexStore().atLeast(newId('organization'), 0)).rejects.toMatchObject({ code: 'not-found' })
})

test('with the listening connection cut, changes are seen by polling', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  await other.atLeast(organization.id, await versionOf(organization.id))
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN gatehouse_access' AND datname = current_database()`)
  await client.end()
  const roleId = await makeRole(organization.id, ['audit:read'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: member.id, roleId, scopeId: organization.id } })
  await expect.poll(() => holds(other, organization.id, member.id, 'gatehouse/audit:read')).toBe(true)
})

test('a change of an address or external id is found by the new one only', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  await db().account.update({ where: { id: member.accountId }, data: { email: `new-${member.email}` } })
  await db().membership.update({ where: { organizationId_id: { organizationId: organization.id, id: member.id } }, data: { externalId: 'employee-7' } })
  const { directory } = await indexStore().atLeast(organization.id, await versionOf(organization.id))
  expect(directory.find('user', member.email)).toBeUndefined()
  expect(directory.find('user', `NEW-${member.email}`)).toBe(member.id)
  expect(directory.find('user', 'employee-7')).toBe(member.id)
  expect(directory.find('service_account', 'employee-7')).toBeUndefined()
})
