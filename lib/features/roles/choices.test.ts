import { expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { previewInvitation } from '@/lib/features/invitations/preview'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, makeRole } from '@/lib/testing/factories'
import { findRolePicking, listRoleTitles, searchScopes } from './choices'

testDatabase()

test('offers every role but the one everybody holds, with why it cannot be given', async () => {
  const organization = await makeOrganization()
  const manager = await makeMember(organization, ['member:read', 'organization:read', 'billing:read'])
  const picking = await read(manager.actor, organization.slug, 'member:read', findRolePicking)
  const of = (name: string) => picking.roles.find((role) => role.name === name)
  expect(of('member')).toBeUndefined()
  expect(of('billing-viewer')).toMatchObject({ title: 'Billing viewer', group: 'Billing', disabledReason: null, assignableAt: ['organization'], permits: ['View organization', 'View billing'] })
  expect(of('billing-admin')?.disabledReason).toBe('You do not hold “Manage billing” yourself')
  expect([picking.isOneRoleEach, picking.defaultRoleId, picking.scopes]).toEqual([false, null, [{ id: organization.id, type: 'organization', name: organization.name, typeTitle: 'Organization' }]])
  const titles = await read(manager.actor, organization.slug, 'member:read', listRoleTitles)
  expect(titles.map(({ title }) => title)).not.toContain('Member')
})

test('in a model with one role each, says so', async () => {
  const organization = await makeOrganization('rockset')
  const picking = await read(organization.admin.actor, organization.slug, 'member:read', findRolePicking)
  expect([picking.isOneRoleEach, picking.roles.map(({ disabledReason }) => disabledReason)]).toEqual([true, picking.roles.map(() => null)])
})

test('finds places by a part of their name, only here', async () => {
  const [organization, other] = [await makeOrganization(), await makeOrganization()]
  const folder = (organizationId: string, name: string) => ({ id: newId('folder'), organizationId, type: 'folder', parentId: organizationId, name })
  await db().resource.createMany({ data: [folder(organization.id, 'Production'), folder(organization.id, '100% staging'), folder(other.id, 'Production')] })
  const found = (text: string) => read(organization.admin.actor, organization.slug, 'member:read', async (ctx) => (await searchScopes(ctx, text, 'member:read')).map(({ name }) => name))
  expect(await found('prod')).toEqual(['Production'])
  expect(await found('0%')).toEqual(['100% staging'])
  expect(await found('')).toEqual([organization.name, '100% staging', 'Production'])
})

test('somebody who may see users in one folder only finds places there', async () => {
  const organization = await makeOrganization()
  const [production, staging] = [await makeResource(organization, 'folder', organization.id, 'Production'), await makeResource(organization, 'folder', organization.id, 'Staging')]
  await makeResource(organization, 'cluster', production, 'orders')
  await makeResource(organization, 'cluster', staging, 'payments')
  const keeper = await makeMember(organization)
  const roleId = await makeRole(organization.id, ['member:read'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: keeper.id, roleId, scopeId: production } })
  const picking = await read(keeper.actor, organization.slug, 'member:read', findRolePicking)
  expect(picking.scopes.map(({ name }) => name)).toEqual([organization.name, 'Production', 'orders'])
  expect(await read(keeper.actor, organization.slug, 'member:read', (ctx) => searchScopes(ctx, 'payments', 'member:read'))).toEqual([])
})

test('previews the mail with the roles and the message in it', async () => {
  const organization = await makeOrganization()
  const { subject, text } = await read(organization.admin.actor, organization.slug, 'member:write', (ctx) => previewInvitation(ctx, { roles: [{ role: 'viewer' }], message: '100% welcome' }))
  expect(subject).toBe(`Join ${organization.name} on Gatehouse`)
  expect(text).toContain('100% welcome')
  expect(text).toContain('You will hold: Viewer.')
  expect(text).toContain('http://localhost:3000/invite/…')
})
