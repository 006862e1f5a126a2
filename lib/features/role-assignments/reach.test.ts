import { expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { findReach } from './reach'

testDatabase()

test('shows the branches in which somebody holds something, with the roles held at each', async () => {
  const { id: organizationId, slug, name, admin, roleIds } = await makeOrganization('cockroachdb')
  const [prod, lab] = [newId('folder'), newId('folder')]
  await db().resource.createMany({ data: [prod, lab].map((id) => ({ id, organizationId, type: 'folder', parentId: organizationId, name: id === prod ? 'prod' : 'lab' })) })
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId, membershipId: admin.id, roleId: roleIds.get('METRICS_VIEWER') ?? '', scopeId: prod } })
  const level = (parentId: string | null) => read(admin.actor, slug, null, (ctx) => findReach(ctx, admin.id, parentId, null))
  const top = await level(null)
  expect(top.nodes.map((node) => [node.name, node.hasBelow, node.grants.map(({ title }) => title).sort()])).toEqual([
    [name, true, ['Billing Coordinator', 'Cluster Admin', 'Folder Admin', 'Organization Admin']],
  ])
  expect((await level(organizationId)).nodes.map((node) => [node.name, node.grants.map(({ title, only }) => [title, only])])).toEqual([['prod', [['Metrics Viewer', []]]]])
})
