import { expect, test } from 'vitest'
import { db } from './db'
import { newId } from './ids'
import { testDatabase } from './testing/database'
import { makeMember, makeOrganization, makeRole } from './testing/factories'

testDatabase()

test('a query of many rows that names no owner does not run', async () => {
  await expect(db().membership.findMany({ where: { status: 'active' } })).rejects.toThrow('Membership.findMany names no owner')
  await expect(db().role.deleteMany({})).rejects.toThrow('Role.deleteMany names no owner')
  await expect(db().roleAssignment.count()).rejects.toThrow('RoleAssignment.count names no owner')
  await expect(db().membership.findMany({ where: { OR: [{ organizationId: 'org_1' }, { status: 'active' }] } })).rejects.toThrow('names no owner')
})

test('one that does, runs', async () => {
  const organization = await makeOrganization()
  expect(await db().membership.count({ where: { organizationId: organization.id } })).toBe(1)
  expect(await db().membership.count({ where: { AND: [{ organizationId: organization.id }, { status: 'suspended' }] } })).toBe(0)
})

test('PostgreSQL refuses a link to another organization’s row', async () => {
  const [mine, theirs] = [await makeOrganization(), await makeOrganization()]
  const [member, roleId] = [await makeMember(mine), await makeRole(theirs.id, ['audit:read'])]
  const data = { id: newId('assignment'), organizationId: mine.id, membershipId: member.id, roleId, scopeId: mine.id }
  await expect(db().roleAssignment.create({ data })).rejects.toMatchObject({ code: 'P2003' })
})

test('an assignment has exactly one principal', async () => {
  const organization = await makeOrganization()
  const roleId = await makeRole(organization.id, ['audit:read'])
  const data = { id: newId('assignment'), organizationId: organization.id, roleId, scopeId: organization.id }
  await expect(db().roleAssignment.create({ data })).rejects.toThrow('RoleAssignment_principal_check')
})
