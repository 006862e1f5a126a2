import { expect, test } from 'vitest'
import { previewAccess } from '@/lib/access/preview'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember } from '@/lib/testing/factories'
import { describePreview } from './describe'

testDatabase()

test('names who loses what where, and changes nothing', async () => {
  const organization = await makeOrganization('cockroachdb')
  const member = await makeMember(organization)
  const [prod, lab, europe] = [newId('folder'), newId('folder'), newId('folder')]
  const folder = (id: string, parentId: string, name: string) => ({ id, organizationId: organization.id, type: 'folder', parentId, name })
  await db().resource.createMany({ data: [folder(prod, organization.id, 'prod'), folder(lab, organization.id, 'lab'), folder(europe, prod, 'europe')] })
  const assignmentId = newId('assignment')
  await db().roleAssignment.create({ data: { id: assignmentId, organizationId: organization.id, membershipId: member.id, roleId: organization.roleIds.get('METRICS_VIEWER') ?? '', scopeId: prod } })
  const move = [{ kind: 'resource' as const, put: { id: europe, type: 'folder', parentId: lab, name: 'europe' } }]
  const view = await read(organization.admin.actor, organization.slug, 'role:read', async (ctx) => describePreview(ctx, await previewAccess(ctx, move)))
  expect(view).toEqual({
    losses: [{
      principal: { type: 'user', id: member.id, name: member.email }, resource: { type: 'folder', id: europe, name: 'europe' },
      permissions: [{ name: 'metrics:view', title: 'View metrics' }, { name: 'gatehouse/resource:read', title: 'View resources' }],
    }],
    gains: [], moreLosses: 0, moreGains: 0, lookedAt: 2, unseenMembers: 0, since: null, undecided: [],
  })
  expect(await db().resource.findUniqueOrThrow({ where: { id: europe }, select: { parentId: true } })).toEqual({ parentId: prod })
})

test('a statement that depends on the request is told to everybody, its text to whoever may read it', async () => {
  const organization = await makeOrganization()
  const groupId = newId('group')
  await db().group.create({ data: { id: groupId, organizationId: organization.id, name: 'Operators' } })
  const undecided = [{ ownerId: organization.id, text: 'forbid of everybody' }, { ownerId: groupId, text: 'permit of a group' }]
  const toldTo = async (member: TestMember) =>
    (await read(member.actor, organization.slug, null, async (ctx) => describePreview(ctx, { ...(await previewAccess(ctx, [])), undecided }))).undecided.map(({ owner, text }) => [owner.name, text])
  expect(await toldTo(await makeMember(organization, ['assignment:write']))).toEqual([['Guardrails', null], ['Operators', null]])
  expect(await toldTo(await makeMember(organization, ['assignment:write', 'group:read']))).toEqual([['Guardrails', null], ['Operators', 'permit of a group']])
  expect(await toldTo(organization.admin)).toEqual([['Guardrails', 'forbid of everybody'], ['Operators', 'permit of a group']])
})
