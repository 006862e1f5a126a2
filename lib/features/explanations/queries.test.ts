import { beforeAll, describe, expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { makeKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { findPicked } from './picked'
import { findExplanation } from './queries'
import { explainRefusal } from './refusals'
import { ExplainRequest } from './schema'
import { searchActions, searchPrincipals, searchResources } from './search'

testDatabase()

let org: TestOrganization
let ann: TestMember
let prod: string
let europe: string
let cluster: string
let other: string

const resource = async (id: string, type: string, parentId: string, name: string) => {
  await db().resource.create({ data: { id, organizationId: org.id, type, parentId, name } })
  return id
}
const assign = (holder: { membershipId?: string; groupId?: string; serviceAccountId?: string }, role: string, scopeId: string, expiresAt: Date | null = null) =>
  db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, ...holder, roleId: org.roleIds.get(role) ?? '', scopeId, expiresAt, grantedByName: 'Boss', reason: 'on call' } })

beforeAll(async () => {
  org = await makeOrganization('cockroachdb')
  ann = await makeMember(org)
  prod = await resource(newId('folder'), 'folder', org.id, 'prod')
  europe = await resource(newId('folder'), 'folder', prod, 'europe')
  cluster = await resource(newId('cluster'), 'cluster', europe, 'eu-1')
  other = await resource(newId('folder'), 'folder', org.id, 'staging')
})

const ask = (request: Partial<Record<'who' | 'action' | 'resource' | 'at', string>>, by: TestMember = org.admin) =>
  read(by.actor, org.id, 'decision:ask', (ctx) => findExplanation(ctx, ExplainRequest.parse({ who: ann.id, action: 'cluster:scale', resource: cluster, at: null, ip: null, ...request })))

describe('a no', () => {
  test('without any role: what would grant it, least powerful first, nearest place first', async () => {
    const told = await ask({})
    expect([told.allow, told.sentence]).toEqual([false, `${ann.email} may not “Scale clusters” on eu-1: none of the roles held here or above permits it.`])
    expect(told.fixes.map(({ role, places }) => [role.title, places.map(({ name }) => name)])).toEqual([
      ['Cluster Operator', ['eu-1', 'europe', 'prod', org.name]], ['Cluster Admin', ['eu-1', 'europe', 'prod', org.name]], ['Organization Admin', [org.name]],
    ])
    expect(told.fixes.map(({ places }) => places[0]?.disabledReason)).toEqual([null, null, null])
    expect(told.grantors).toEqual([org.admin.email])
    expect(told.boxes).toEqual([])
  })

  test('what came near is told with its reason', async () => {
    const ben = await makeMember(org)
    await assign({ membershipId: ben.id }, 'CLUSTER_OPERATOR_WRITER', other)
    await assign({ membershipId: ben.id }, 'CLUSTER_ADMIN', europe, new Date(Date.UTC(2026, 0, 2)))
    const told = await ask({ who: ben.id })
    expect(told.sentence).toBe(`${ben.email} may not “Scale clusters” on eu-1: none of the roles held here or above permits it; “Cluster Admin” on europe did, until it ended.`)
    expect(told.considered.map(({ role, scope, outcome }) => [role, scope.name, outcome])).toEqual([
      ['Cluster Admin', 'europe', 'expired'], ['Organization Member', org.name, 'lacks-permission'], ['Cluster Operator', 'staging', 'elsewhere'],
    ])
    expect(told.considered[0]?.given).toBe('given by Boss: on call')
    // As of the time before it ended, the answer is another one.
    expect((await ask({ who: ben.id, at: '2026-01-01T00:00:00Z' })).allow).toBe(true)
  })

  test('the asker sees why they cannot give it', async () => {
    const asker = await makeMember(org, ['decision:ask'])
    const told = await ask({}, asker)
    expect(told.fixes[0]?.places[0]?.disabledReason).toBe('You may not give roles there')
    const giver = await makeMember(org, ['decision:ask', 'assignment:write'])
    expect((await ask({}, giver)).fixes[0]?.places[0]?.disabledReason).toMatch(/^You do not hold “.+” there yourself$/)
  })

  test.each([
    [{ action: 'cluster:fly' }, 'unknown-permission'], [{ who: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f' }, 'unknown-principal'], [{ resource: 'cls_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f' }, 'unknown-resource'],
    [{ who: 'nobody' }, 'unknown-principal'],
  ])('%j: %s', async (request, because) => {
    expect(await ask(request)).toMatchObject({ allow: false, because, fixes: [] })
  })

  test('for somebody suspended', async () => {
    const gone = await makeMember(org)
    await assign({ membershipId: gone.id }, 'CLUSTER_ADMIN', cluster)
    await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: gone.id } }, data: { status: 'suspended' } })
    const told = await ask({ who: gone.id })
    expect([told.because, told.who.detail, told.checks.find(({ state }) => state === 'no')?.label]).toEqual(['inactive-principal', 'suspended', 'Active'])
  })
})

describe('a yes', () => {
  test('every path, through groups and folders, dashed where inherited', async () => {
    const cleo = await makeMember(org)
    const group = newId('group')
    await db().group.create({ data: { id: group, organizationId: org.id, name: 'On call' } })
    await db().groupMember.create({ data: { organizationId: org.id, groupId: group, membershipId: cleo.id } })
    await assign({ groupId: group }, 'CLUSTER_OPERATOR_WRITER', prod)
    await assign({ membershipId: cleo.id }, 'CLUSTER_ADMIN', cluster)
    const told = await ask({ who: cleo.id })
    expect(told.boxes.map((path) => path.map(({ kind, label, isInherited }) => `${isInherited ? '- ' : ''}${kind} ${label}`))).toEqual([
      [`who ${cleo.email}`, 'role Cluster Admin', 'resource eu-1'],
      [`who ${cleo.email}`, 'group On call', 'role Cluster Operator', 'scope prod', '- scope europe', '- resource eu-1'],
    ])
    expect(told.sentence).toBe(`${cleo.email} may “Scale clusters” on eu-1, because ${cleo.email} holds “Cluster Admin” on eu-1.`)
    expect([told.fixes, told.grantors]).toEqual([[], []])
    const key = await makeKey(org, cleo)
    const byKey = await ask({ who: key.id })
    expect([byKey.allow, byKey.who.kind, byKey.owner?.name]).toEqual([true, 'API key', cleo.email])
    const ofGroup = await ask({ who: group })
    expect([ofGroup.allow, ofGroup.receivers]).toEqual([true, [{ type: 'group', id: group, name: 'On call' }]])
  })
})

test('asking needs the permission at the resource asked about', async () => {
  const near = await makeMember(org)
  const roleId = newId('role')
  await db().role.create({ data: { id: roleId, organizationId: org.id, name: 'asker', title: 'Asker', builtIn: false, permissions: ['gatehouse/decision:ask'] } })
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: near.id, roleId, scopeId: prod } })
  expect((await ask({}, near)).allow).toBe(false)
  const error = await ask({ resource: other }, near).then(() => null, (caught: unknown) => caught)
  expect(isAppError(error) && [error.code, error.extras.missing]).toEqual(['forbidden', { permission: 'decision:ask', scope: other }])
  const search = <T>(query: (ctx: Parameters<typeof searchResources>[0]) => Promise<T>, by = near) => read(by.actor, org.id, 'decision:ask', query)
  expect((await search((ctx) => searchResources(ctx, { q: '' }))).map(({ label, detail }) => [label, detail])).toEqual([
    ['eu-1', `Cluster in ${org.name} / prod / europe`], ['europe', `Folder in ${org.name} / prod`], ['prod', `Folder in ${org.name}`],
  ])
  // Below the organization people are found by what is known of them already, as over the decision API.
  expect(await search((ctx) => searchPrincipals(ctx, { q: ann.email.slice(0, 6) }))).toEqual([])
  expect(await search((ctx) => searchPrincipals(ctx, { q: ann.email }))).toEqual([{ value: ann.id, label: ann.email, detail: 'User' }])
  expect((await search((ctx) => searchPrincipals(ctx, { q: ann.email.slice(7) }), org.admin)).map(({ value }) => value)).toContain(ann.id)
})

test('actions are found by title, identifier and group', async () => {
  const find = (q: string) => read(org.admin.actor, org.id, 'decision:ask', (ctx) => Promise.resolve(searchActions(ctx, { q }).map(({ value }) => value)))
  expect(await find('scale')).toEqual(['cluster:scale'])
  expect(await find('CLUSTER:sc')).toEqual(['cluster:scale'])
  expect(await find('audit log read')).toEqual(['audit-log:read', 'gatehouse/audit:read'])
  expect(await find('nothing of the kind')).toEqual([])
})

test('a link’s choices are shown by name, others’ ids as nothing', async () => {
  const foreign = await makeOrganization()
  const picked = await read(org.admin.actor, org.id, 'decision:ask', (ctx) => findPicked(ctx, { who: foreign.admin.id, action: 'cluster:scale', resource: cluster, at: null, ip: null }))
  expect(picked).toEqual({ who: null, action: { value: 'cluster:scale', label: 'Scale clusters', detail: 'cluster:scale' }, resource: { value: cluster, label: 'eu-1', detail: 'Cluster' } })
})

describe('a refusal', () => {
  const refuse = (by: TestMember, permission: string, scope: string) => read(by.actor, org.id, null, (ctx) => explainRefusal(ctx, { permission, scope }))

  test('tells what is missing, who can give it, and which of one’s own roles came near', async () => {
    const dan = await makeMember(org)
    await assign({ membershipId: dan.id }, 'FOLDER_ADMIN', other)
    expect(await refuse(dan, 'assignment:write', prod)).toMatchObject({
      permission: 'gatehouse/assignment:write', title: 'Manage role assignments', scope: { id: prod }, grantors: expect.arrayContaining([org.admin.email]), explainPath: null,
      near: [{ role: 'Folder Admin', scope: { id: other, name: 'staging' }, outcome: 'elsewhere', words: 'permits it, but is held elsewhere' }],
    })
  })

  test('names a scope only to whom may see it, and links to Explain for whom may ask', async () => {
    const eve = await makeMember(org)
    expect((await refuse(eve, 'resource:write', prod)).scope).toEqual({ id: prod })
    const seer = await makeMember(org, ['resource:read', 'decision:ask'])
    const told = await refuse(seer, 'resource:write', prod)
    expect([told.scope, told.explainPath]).toEqual([{ id: prod, name: 'prod', type: 'folder' }, `/${org.slug}/explain?who=${seer.id}&action=gatehouse%2Fresource%3Awrite&resource=${prod}`])
  })
})
