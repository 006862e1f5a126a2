import { expect, test } from 'vitest'
import type { ModelName } from '@/lib/access/models/catalogue'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource } from '@/lib/testing/factories'
import { navigationFor } from './navigation'

testDatabase()

/** What each system's documentation lets these people do, told by the tabs they see. `role`: null for what everybody holds; `type`: of the resource it is held at. */
const people: [model: ModelName, role: string | null, type: string, tabs: string[]][] = [
  ['rockset', 'Member', 'organization', ['Users', 'Workspaces', 'API Keys', 'General', 'Access model']],
  ['rockset', 'Read-Only', 'organization', ['Workspaces', 'API Keys', 'General', 'Access model']],
  ['celerdata', null, 'organization', ['API Keys', 'General', 'Access model']],
  ['rocketadmin', 'USER', 'organization', ['API Keys', 'General', 'Access model']],
  ['rocketadmin', 'DB_ADMIN', 'organization', ['Connections', 'API Keys', 'General', 'Access model']],
  ['cockroachdb', null, 'organization', ['General', 'Access model']],
  ['cockroachdb', 'METRICS_VIEWER', 'cluster', ['Folders', 'General', 'Access model']],
  ['cockroachdb', 'FOLDER_ADMIN', 'folder', ['Users', 'Roles', 'Folders', 'General', 'Access model']],
  ['astra', 'UI View Only', 'organization', ['Users', 'Databases', 'IP Allowlist']],
  ['astra', 'RO Svc Acct', 'organization', ['Databases', 'IP Allowlist']],
]

const tabsOf = async (org: { slug: string }, { actor }: { actor: Awaited<ReturnType<typeof makeMember>>['actor'] }) =>
  read(actor, org.slug, null, (ctx) => Promise.resolve(navigationFor(org.slug, ctx).flatMap(({ items }) => items.map(({ label }) => label))))

test.each(people)('%s: %s held at %s opens its tabs and no others', async (model, role, type, tabs) => {
  const org = await makeOrganization(model)
  const member = await makeMember(org)
  const scopeId = type === 'organization' ? org.id : await makeResource(org, type)
  if (role !== null)
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId: org.roleIds.get(role) ?? '', scopeId } })
  expect(await tabsOf(org, member)).toEqual(tabs)
})

test('celerdata: a role with nothing but Member management opens Users, and Roles to give them', async () => {
  const org = await makeOrganization('celerdata')
  const roleId = newId('role')
  await db().role.create({ data: { id: roleId, organizationId: org.id, name: 'People', title: 'People', builtIn: false, permissions: ['member:manage'] } })
  const member = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId, scopeId: org.id } })
  expect(await tabsOf(org, member)).toEqual(['Users', 'Roles', 'API Keys', 'Outbox', 'General', 'Access model'])
})

test.each(['standard', 'rockset', 'celerdata', 'rocketadmin', 'cockroachdb', 'astra'] as const)('%s: whoever founds the organization opens every tab', async (model) => {
  const org = await makeOrganization(model)
  expect(await tabsOf(org, org.admin)).toHaveLength(18)
})
