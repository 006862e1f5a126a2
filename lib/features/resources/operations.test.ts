import { describe, expect, test } from 'vitest'
import { commandActor } from '@/lib/access/principals/actor'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { removeMember, setMemberRoles } from '@/lib/features/members/operations'
import { listAssignmentsOf } from '@/lib/features/role-assignments/queries'
import { leaveOrganization } from '@/lib/features/organizations/operations'
import { createMapping, deleteMapping } from '@/lib/features/provisioning/mapping-operations'
import { createScimToken } from '@/lib/features/provisioning/token-operations'
import { setMappings } from '@/lib/features/sso-connections/operations'
import { createToken, deleteToken } from '@/lib/features/tokens/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { createResource, deleteResource, moveResource, updateResource } from './operations'

testDatabase()

/** Gives a built-in role at a resource. */
async function give(org: TestOrganization, who: { id: string }, role: string, scopeId: string = org.id): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: who.id, roleId: org.roleIds.get(role) ?? '', scopeId } })
}

async function holder(org: TestOrganization, role: string, scopeId?: string): Promise<TestMember> {
  const member = await makeMember(org)
  await give(org, member, role, scopeId)
  return member
}

const make = async (org: TestOrganization, by: TestMember, type: string, name: string, parent: string | null = null) => (await perform(createResource, by.actor, org.id, { type, name, parent })).id
const move = (org: TestOrganization, by: TestMember, id: string, parent: string | null, dryRun = false) => perform(moveResource, by.actor, org.id, { id, parent, dryRun })
const parentOf = async (id: string) => (await db().resource.findUniqueOrThrow({ where: { id } })).parentId
const isThere = async (id: string) => (await db().resource.findUnique({ where: { id } })) !== null

/** "ok", or the code of the refusal, what is missing, or what the field says. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'ok'
  } catch (error) {
    if (!isAppError(error)) throw error
    const { missing, fields } = error.extras
    return [error.code, missing?.permission, ...(fields?.map(({ path }) => path) ?? [])].filter(Boolean).join(' ')
  }
}

const messageOf = (work: Promise<unknown>) => work.then(() => 'ok', (error: unknown) => (isAppError(error) ? error.message : String(error)))

describe('who may do what, by role', () => {
  test.each([
    ['ORG_ADMIN', 'ok', 'ok', 'ok'],
    ['FOLDER_ADMIN', 'ok', 'forbidden cluster:create', 'ok'],
    ['FOLDER_MOVER', 'forbidden folder:create', 'forbidden cluster:create', 'forbidden folder:delete'],
    ['CLUSTER_CREATOR', 'forbidden folder:create', 'ok', 'forbidden folder:delete'],
    ['CLUSTER_ADMIN', 'forbidden folder:create', 'ok', 'forbidden folder:delete'],
    ['CLUSTER_OPERATOR_WRITER', 'forbidden resource:write', 'forbidden resource:write', 'forbidden resource:write'],
  ])('cockroachdb, %s at the organization: makes folders: %s, clusters: %s, deletes folders: %s', async (role, folder, cluster, removal) => {
    const org = await makeOrganization('cockroachdb')
    const by = await holder(org, role)
    const empty = await makeResource(org, 'folder')
    expect(await outcome(make(org, by, 'folder', 'prod'))).toBe(folder)
    expect(await outcome(make(org, by, 'cluster', 'orders'))).toBe(cluster)
    expect(await outcome(perform(deleteResource, by.actor, org.id, { id: empty }))).toBe(removal)
  })

  test('cockroachdb: Cluster Admin on a folder does not make clusters there, Cluster Creator does and becomes Cluster Admin', async () => {
    const org = await makeOrganization('cockroachdb')
    const folder = await makeResource(org, 'folder')
    expect(await outcome(make(org, await holder(org, 'CLUSTER_ADMIN', folder), 'cluster', 'c1', folder))).toBe('forbidden cluster:create')
    const creator = await holder(org, 'CLUSTER_CREATOR', folder)
    const cluster = await make(org, creator, 'cluster', 'c2', folder)
    const [given] = await db().roleAssignment.findMany({ where: { organizationId: org.id, scopeId: cluster }, select: { membershipId: true, isCreator: true, role: { select: { name: true } } } })
    expect(given).toEqual({ membershipId: creator.id, isCreator: true, role: { name: 'CLUSTER_ADMIN' } })
    expect(await outcome(make(org, creator, 'cluster', 'c3'))).toBe('forbidden resource:write')
  })

  test('standard: the right on one folder ends at its edge', async () => {
    const org = await makeOrganization()
    const [mine, theirs] = [await makeResource(org, 'folder'), await makeResource(org, 'folder')]
    const by = await holder(org, 'folder-admin', mine)
    expect(await outcome(make(org, by, 'folder', 'below', mine))).toBe('ok')
    expect(await outcome(make(org, by, 'folder', 'below', theirs))).toBe('forbidden resource:write')
    expect(await outcome(perform(updateResource, by.actor, org.id, { id: theirs, name: 'mine now' }))).toBe('forbidden resource:write')
    expect(await outcome(move(org, by, mine, theirs))).toBe('forbidden resource:write')
  })

  test('the local command may, and nobody becomes its creator', async () => {
    const org = await makeOrganization('cockroachdb')
    const { id } = await perform(createResource, commandActor, org.id, { type: 'cluster', name: 'c1' })
    expect(await db().roleAssignment.count({ where: { organizationId: org.id, scopeId: id } })).toBe(0)
  })
})

describe('the rules of the model', () => {
  test('cockroachdb: names, depth and place', async () => {
    const org = await makeOrganization('cockroachdb')
    const { admin } = org
    expect(await outcome(make(org, admin, 'folder', 'x'))).toBe('invalid-input name')
    const one = await make(org, admin, 'folder', 'one')
    const two = await make(org, admin, 'folder', 'two', one)
    const three = await make(org, admin, 'folder', 'three', two)
    expect(await outcome(make(org, admin, 'folder', 'four', three))).toBe('invalid-input parent')
    expect(await outcome(make(org, admin, 'cluster', 'c1', three))).toBe('ok')
    expect(await outcome(make(org, admin, 'sql-user', 'ann'))).toBe('invalid-input parent')
    expect(await outcome(make(org, admin, 'database', 'd1'))).toBe('invalid-input type')
    expect(await outcome(make(org, admin, 'organization', 'Other'))).toBe('invalid-input type')
    const other = await make(org, admin, 'folder', 'other')
    expect(await outcome(move(org, admin, one, other))).toBe('conflict')
    expect(await outcome(move(org, admin, three, other))).toBe('ok')
  })

  test('cockroachdb: 65 folders, also when two are made at once', async () => {
    const org = await makeOrganization('cockroachdb')
    await db().resource.createMany({ data: Array.from({ length: 64 }, (_, at) => ({ id: newId('folder'), organizationId: org.id, type: 'folder', parentId: org.id, name: `folder ${at}` })) })
    const both = await Promise.all(['left', 'right'].map((name) => outcome(make(org, org.admin, 'folder', name))))
    expect(both.sort()).toEqual(['limit-reached', 'ok'])
    expect(await db().resource.count({ where: { organizationId: org.id, type: 'folder' } })).toBe(65)
  })

  test('cockroachdb: a cluster in a folder keeps its name; labels it takes', async () => {
    const org = await makeOrganization('cockroachdb')
    const cluster = await makeResource(org, 'cluster', await makeResource(org, 'folder'), 'orders')
    expect(await outcome(perform(updateResource, org.admin.actor, org.id, { id: cluster, name: 'orders-2' }))).toBe('conflict')
    expect(await outcome(perform(updateResource, org.admin.actor, org.id, { id: cluster, attributes: { labels: ['eu'] } }))).toBe('ok')
    expect(await outcome(perform(updateResource, org.admin.actor, org.id, { id: cluster, attributes: { size: 'big' } }))).toBe('invalid-input attributes.size')
  })

  test('two of a type and name do not lie side by side, whatever the case of letters', async () => {
    const org = await makeOrganization()
    const folder = await make(org, org.admin, 'folder', 'Prod')
    expect(await outcome(make(org, org.admin, 'folder', 'pROD'))).toBe('already-exists name')
    expect(await outcome(make(org, org.admin, 'cluster', 'prod'))).toBe('ok')
    const inside = await make(org, org.admin, 'folder', 'prod', folder)
    expect(await outcome(move(org, org.admin, inside, null, true))).toBe('already-exists')
    expect(await outcome(move(org, org.admin, inside, null))).toBe('already-exists')
  })

  test('external ids are unique by type', async () => {
    const org = await makeOrganization()
    const input = (type: string, name: string) => ({ type, name, externalId: 'x-1' })
    await perform(createResource, org.admin.actor, org.id, input('folder', 'a'))
    expect(await outcome(perform(createResource, org.admin.actor, org.id, input('folder', 'b')))).toBe('already-exists externalId')
    expect(await outcome(perform(createResource, org.admin.actor, org.id, input('cluster', 'b')))).toBe('ok')
    expect(await outcome(perform(createResource, org.admin.actor, org.id, { type: 'folder', name: 'c', externalId: newId('folder') }))).toBe('invalid-input externalId')
  })

  test('celerdata: whoever made an account stays its Account admin while it stands', async () => {
    const org = await makeOrganization('celerdata')
    const maker = await holder(org, 'Organization admin')
    const account = await make(org, maker, 'account', 'main')
    const refused = `\`${maker.email}\` made the account \`main\` and stays its Account admin while it stands; delete the account first`
    expect(await messageOf(perform(removeMember, org.admin.actor, org.id, { id: maker.id }))).toBe(refused)
    expect(await messageOf(perform(leaveOrganization, maker.actor, org.id, {}))).toBe(refused)
    expect(await messageOf(perform(setMemberRoles, org.admin.actor, org.id, { id: maker.id, roles: [{ role: 'Organization admin' }] }))).toBe(refused)
    const shown = await read(org.admin.actor, org.slug, 'assignment:read', (ctx) => listAssignmentsOf(ctx, maker.id, 'assignment:read'))
    expect(shown.filter(({ scope }) => scope.id === account).map(({ isEditable, lockedReason }) => [isEditable, lockedReason])).toEqual([[false, refused]])
    const both = [{ role: 'Organization admin' }, { role: 'Account admin', scope: account }]
    expect(await outcome(perform(setMemberRoles, org.admin.actor, org.id, { id: maker.id, roles: both }))).toBe('ok')
    await perform(deleteResource, maker.actor, org.id, { id: account })
    expect(await outcome(perform(removeMember, org.admin.actor, org.id, { id: maker.id }))).toBe('ok')
  })

  test('rocketadmin: a connection is born with its locked Admin group, which goes with it', async () => {
    const org = await makeOrganization('rocketadmin')
    const maker = await holder(org, 'DB_ADMIN')
    const connection = await make(org, maker, 'connection', 'sales')
    const group = await db().group.findFirstOrThrow({ where: { organizationId: org.id, resourceId: connection }, include: { members: true, assignments: { include: { role: true } } } })
    expect([group.name, group.isAdmin, group.members.map(({ membershipId }) => membershipId)]).toEqual(['Admin', true, [maker.id]])
    expect(group.assignments.map(({ role, scopeId }) => [role.name, scopeId])).toEqual([['CONNECTION_ADMIN', connection]])
    expect(await outcome(make(org, maker, 'table', 'customers', connection))).toBe('ok')
    const other = await holder(org, 'DB_ADMIN')
    expect(await outcome(make(org, other, 'table', 'orders', connection))).toBe('forbidden connection:edit')
    const [table] = await db().resource.findMany({ where: { organizationId: org.id, parentId: connection } })
    await perform(deleteResource, maker.actor, org.id, { id: table?.id ?? '' })
    const readers = newId('group')
    await db().group.create({ data: { id: readers, organizationId: org.id, name: 'Readers', resourceId: connection } })
    expect(await messageOf(perform(deleteResource, maker.actor, org.id, { id: connection }))).toBe('`sales` still has the group `Readers`; delete it first')
    await db().group.delete({ where: { id: readers } })
    await perform(deleteResource, maker.actor, org.id, { id: connection })
    expect(await db().group.count({ where: { organizationId: org.id } })).toBe(0)
  })
})

describe('deleting', () => {
  test('only what is empty; roles given on it go, and are told', async () => {
    const org = await makeOrganization('cockroachdb')
    const folder = await makeResource(org, 'folder', org.id, 'prod')
    const cluster = await makeResource(org, 'cluster', folder)
    const person = await holder(org, 'FOLDER_ADMIN', folder)
    expect(await messageOf(perform(deleteResource, org.admin.actor, org.id, { id: folder }))).toBe('`prod` is not empty: it holds 1 cluster; move or delete them first')
    await perform(deleteResource, org.admin.actor, org.id, { id: cluster })
    await perform(deleteResource, org.admin.actor, org.id, { id: folder })
    expect(await isThere(folder)).toBe(false)
    const events = await eventsOf(org.id, 'resource.delete')
    expect(events.at(-1)?.before).toEqual({ name: 'prod', parent: org.name, roles: [`Folder Admin: ${person.email}`] })
  })

  test('not what a policy or a guardrail names, which is told', async () => {
    const org = await makeOrganization('rocketadmin')
    const maker = await holder(org, 'DB_ADMIN')
    const connection = await make(org, maker, 'connection', 'sales')
    const [table, other] = [newId('resource'), newId('resource')]
    const row = (id: string, name: string, externalId: string) => ({ id, organizationId: org.id, type: 'table', parentId: connection, name, externalId })
    await db().resource.createMany({ data: [row(table, 'customers', '12/customers'), row(other, 'cust', '12/cust')] })
    const readers = newId('group')
    await db().group.create({ data: { id: readers, organizationId: org.id, name: 'Readers', resourceId: connection } })
    const text = 'permit(principal, action == RocketAdmin::Action::"table:read", resource == RocketAdmin::Table::"12/customers");'
    await db().policy.create({ data: { organizationId: org.id, ownerId: readers, text, version: 1, savedByName: 'somebody', savedAt: new Date() } })
    await db().policy.create({ data: { organizationId: org.id, ownerId: org.id, text: text.replace('permit', 'forbid'), version: 1, savedByName: 'somebody', savedAt: new Date() } })
    const remove = (id: string) => messageOf(perform(deleteResource, maker.actor, org.id, { id }))
    expect(await remove(table)).toBe('`customers` is named in the policy of `Readers` and the guardrails; take it out there first')
    expect(await remove(other)).toBe('ok')
  })

  test('not where mappings give roles or tokens hold theirs, which is told; the mappings stay', async () => {
    const org = await makeOrganization()
    const folder = await makeResource(org, 'folder', org.id, 'prod')
    const remove = () => messageOf(perform(deleteResource, org.admin.actor, org.id, { id: folder }))
    const { directoryId } = await perform(createScimToken, org.admin.actor, org.id, { name: 'Okta' })
    const mapping = await perform(createMapping, org.admin.actor, org.id, { directoryId, value: 'Analysts', role: 'viewer', scope: folder })
    expect(await remove()).toBe('`prod` is where the mapping of the group `Analysts` of Okta gives a role; map that group to a role elsewhere, or delete the mapping, under Settings, Provisioning')
    const connection = await db().ssoConnection.create({ data: { id: newId('connection'), organizationId: org.id, kind: 'google', name: 'Google', status: 'enabled' } })
    await perform(setMappings, org.admin.actor, org.id, { id: connection.id, mappings: [{ group: 'finance', role: 'viewer', scope: folder }] })
    expect(await remove()).toBe('`prod` is where the mappings of the groups `Analysts` of Okta, `finance` of Google give a role; map those groups to a role elsewhere, or delete the mappings, under Settings, Provisioning and Settings, Security & SSO')
    const [refused] = await eventsOf(org.id, 'resource.delete')
    expect([refused?.outcome, refused?.detail]).toMatchObject(['failed', { message: expect.stringContaining('`Analysts` of Okta') }])
    await perform(deleteMapping, org.admin.actor, org.id, { id: mapping.id })
    expect(await remove()).toContain('the mapping of the group `finance` of Google')
    await perform(setMappings, org.admin.actor, org.id, { id: connection.id, mappings: [] })
    const token = await perform(createToken, org.admin.actor, org.id, { role: 'viewer', scope: folder, description: 'weekly report' })
    expect(await remove()).toBe('`prod` still has the application token `weekly report`; delete it first')
    await perform(deleteToken, org.admin.actor, org.id, { id: token.id })
    expect(await remove()).toBe('ok')
  })

  test('and never the organization itself', async () => {
    const org = await makeOrganization()
    const folder = await makeResource(org, 'folder')
    expect(await outcome(perform(deleteResource, org.admin.actor, org.id, { id: org.id }))).toBe('conflict')
    expect(await outcome(perform(updateResource, org.admin.actor, org.id, { id: org.id, name: 'x' }))).toBe('conflict')
    expect(await outcome(move(org, org.admin, org.id, folder))).toBe('conflict')
  })
})

describe('moving', () => {
  test('two moves at once make no circle', async () => {
    const org = await makeOrganization()
    for (let round = 0; round < 4; round++) {
      const [a, b] = [await makeResource(org, 'folder'), await makeResource(org, 'folder')]
      const both = await Promise.all([outcome(move(org, org.admin, a, b)), outcome(move(org, org.admin, b, a))])
      expect(both.sort()).toEqual(['conflict', 'ok'])
      expect([await parentOf(a), await parentOf(b)]).toContain(org.id)
    }
  })

  test('is told with where from and where to; to where it lies already, it is nothing', async () => {
    const org = await makeOrganization('cockroachdb')
    const [prod, test_] = [await makeResource(org, 'folder', org.id, 'prod'), await makeResource(org, 'folder', org.id, 'test')]
    const cluster = await makeResource(org, 'cluster', prod, 'orders')
    await move(org, org.admin, cluster, test_, true)
    await move(org, org.admin, cluster, prod)
    expect(await eventsOf(org.id, 'resource.move')).toHaveLength(0)
    await move(org, org.admin, cluster, test_)
    const [event] = await eventsOf(org.id, 'resource.move')
    expect([event?.before, event?.after, event?.targetIds]).toEqual([{ parent: 'prod' }, { parent: 'test' }, [cluster, test_]])
  })

  test('needs the right at both ends', async () => {
    const org = await makeOrganization('cockroachdb')
    const [from, to] = [await makeResource(org, 'folder'), await makeResource(org, 'folder')]
    const cluster = await makeResource(org, 'cluster', from)
    const mover = await holder(org, 'FOLDER_MOVER', from)
    expect(await outcome(move(org, mover, cluster, to))).toBe('forbidden resource:write')
    await give(org, mover, 'FOLDER_MOVER', to)
    expect(await outcome(move(org, mover, cluster, to))).toBe('ok')
  })

  test('gives nobody what the mover does not hold', async () => {
    const org = await makeOrganization('cockroachdb')
    const [from, to] = [await makeResource(org, 'folder'), await makeResource(org, 'folder')]
    const cluster = await makeResource(org, 'cluster', from)
    const mover = await holder(org, 'FOLDER_MOVER')
    await holder(org, 'METRICS_VIEWER', to)
    expect(await outcome(move(org, mover, cluster, to, true))).toBe('forbidden metrics:view')
    expect(await outcome(move(org, mover, cluster, to))).toBe('forbidden metrics:view')
    await give(org, mover, 'METRICS_VIEWER')
    expect(await outcome(move(org, mover, cluster, to))).toBe('ok')
  })

  test('an update renames and moves in one, whatever lies beside it before or after', async () => {
    const org = await makeOrganization()
    const [folder, other] = [await makeResource(org, 'folder', org.id, 'old'), await makeResource(org, 'folder')]
    await makeResource(org, 'folder', org.id, 'new')
    await makeResource(org, 'folder', other, 'old')
    await perform(updateResource, org.admin.actor, org.id, { id: folder, name: 'new', parent: other })
    expect(await db().resource.findUniqueOrThrow({ where: { id: folder }, select: { name: true, parentId: true } })).toEqual({ name: 'new', parentId: other })
    expect([await eventsOf(org.id, 'resource.update'), await eventsOf(org.id, 'resource.move')].map((events) => events.length)).toEqual([1, 1])
  })
})

test('ids of another organization do not exist', async () => {
  const [org, other] = [await makeOrganization(), await makeOrganization()]
  const [mine, theirs] = [await makeResource(org, 'folder'), await makeResource(other, 'folder')]
  for (const work of [
    () => make(org, org.admin, 'folder', 'x', theirs), () => move(org, org.admin, mine, theirs), () => move(org, org.admin, theirs, mine),
    () => perform(updateResource, org.admin.actor, org.id, { id: theirs, name: 'x' }), () => perform(updateResource, org.admin.actor, org.id, { id: mine, parent: theirs }),
    () => perform(deleteResource, org.admin.actor, org.id, { id: theirs }),
  ]) expect(await outcome(work())).toBe('not-found')
  expect(await parentOf(theirs)).toBe(other.id)
})
