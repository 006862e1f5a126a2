import { beforeAll, describe, expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { findRights, listRoleOptions, searchPlaces } from './queries'
import { NOT_HELD } from './rules'

testDatabase()
let organization: TestOrganization
let member: TestMember
let folder: { id: string }
let hidden: { id: string }

const makeFolder = async (name: string) => {
  const id = newId('folder')
  return db().resource.create({ data: { id, organizationId: organization.id, type: 'folder', name, parentId: organization.id } })
}

/** Asks as the member, who holds some permissions at the organization. */
const ask = <T>(query: Parameters<typeof read<'key:self', T>>[3]) => read(member.actor, organization.slug, 'key:self', query)

beforeAll(async () => {
  organization = await makeOrganization()
  member = await makeMember(organization, ['key:self', 'member:read'])
  folder = await makeFolder('Reached 100%')
  hidden = await makeFolder('Reached by nobody')
})

const reasons = (groups: Awaited<ReturnType<typeof findRights>>) => Object.fromEntries(groups.flatMap(({ rights }) => rights.map(({ name, reason }) => [name, reason])))

describe('rights of a credential in words', () => {
  test('without narrowing: what one holds, and nothing else', async () => {
    const held = reasons(await ask((ctx) => findRights(ctx, {})))
    expect(held).toMatchObject({ 'gatehouse/key:self': null, 'gatehouse/member:read': null })
    expect(held).not.toHaveProperty('gatehouse/member:write')
    expect(Object.values(held).every((reason) => reason === null)).toBe(true)
  })

  test('of a role: what one lacks is told', async () => {
    const roleId = await makeRole(organization.id, ['member:read', 'member:write'])
    expect(reasons(await ask((ctx) => findRights(ctx, { roleId })))).toEqual({ 'gatehouse/member:read': null, 'gatehouse/member:write': NOT_HELD })
    const option = (await ask((ctx) => listRoleOptions(ctx))).find(({ id }) => id === roleId)
    expect(option?.disabledReason).toBe('You do not hold “Manage users” yourself')
  })

  test('another organization’s role or place is not found', async () => {
    const other = await makeOrganization()
    const roleId = await makeRole(other.id, ['member:read'])
    await expect(ask((ctx) => findRights(ctx, { roleId }))).rejects.toMatchObject({ code: 'not-found' })
    await expect(ask((ctx) => findRights(ctx, { scopeId: other.id }))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('places', () => {
  test('are found by name, the text taken literally', async () => {
    expect((await ask((ctx) => searchPlaces(ctx, '100%'))).map(({ id }) => id)).toEqual([folder.id])
    expect((await ask((ctx) => searchPlaces(ctx, 'reached'))).map(({ id }) => id)).toEqual([folder.id, hidden.id])
  })

  test('where one holds a role are found without any right to see resources', async () => {
    const elsewhere = await makeMember(organization)
    const roleId = await makeRole(organization.id, ['key:self'])
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: elsewhere.id, roleId, scopeId: folder.id } })
    const found = await read(elsewhere.actor, organization.slug, 'key:self', (ctx) => searchPlaces(ctx, 'reached'))
    expect(found.map(({ id }) => id)).toContain(folder.id)
  })
})
