import { beforeAll, describe, expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { invitationIdOf, newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { makeInvitation } from '@/lib/testing/people'
import { listAccessAt, listReachedMembers } from './access'
import { findAssignment, listAssignments, listAssignmentsOf } from './queries'
import { AccessFilter } from './schema'

testDatabase()
let org: TestOrganization
let lead: TestMember
const at: Record<string, string> = {}
const given: Record<string, string> = {}
const ids: Record<string, string> = {}

async function give(name: string, holder: object, role: string, scopeId: string, more: object = {}): Promise<void> {
  given[name] = newId('assignment')
  await db().roleAssignment.create({ data: { id: given[name], organizationId: org.id, roleId: org.roleIds.get(role) ?? '', scopeId, ...holder, ...more } })
}

beforeAll(async () => {
  org = await makeOrganization()
  lead = await makeMember(org)
  for (const [name, type, parent] of [['prod', 'folder', null], ['europe', 'folder', 'prod'], ['one', 'cluster', 'europe'], ['lab', 'folder', null]] as const) {
    at[name] = newId(type)
    await db().resource.create({ data: { id: at[name], organizationId: org.id, type, parentId: parent === null ? org.id : (at[parent] ?? ''), name } })
  }
  const person = async (name: string) => {
    const member = await makeMember(org)
    await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: member.id } }, data: { name } })
    return member.id
  }
  ids['ada'] = await person('Ada, night shift')
  ids['bo'] = await person('Bo')
  ids['cy'] = await person('Cy')
  ids['invited'] = (await makeInvitation(org.id, 'invited@access.test')).membershipId
  ids['team'] = newId('group')
  await db().group.create({ data: { id: ids['team'], organizationId: org.id, name: 'Team' } })
  await db().groupMember.createMany({ data: ['bo', 'cy'].map((name) => ({ organizationId: org.id, groupId: ids['team'] ?? '', membershipId: ids[name] ?? '' })) })
  await give('lead', { membershipId: lead.id }, 'folder-admin', at['prod'] ?? '')
  await give('ada', { membershipId: ids['ada'] }, 'cluster-operator', at['one'] ?? '')
  await give('team', { groupId: ids['team'] }, 'viewer', at['europe'] ?? '')
  await give('ended here', { membershipId: ids['bo'] }, 'viewer', at['one'] ?? '', { expiresAt: new Date('2001-01-01T00:00:00Z') })
  await give('ended above', { membershipId: ids['bo'] }, 'viewer', at['prod'] ?? '', { expiresAt: new Date('2001-01-01T00:00:00Z') })
  await give('invited', { membershipId: ids['invited'] }, 'viewer', at['prod'] ?? '')
  await give('elsewhere', { membershipId: ids['cy'] }, 'viewer', at['lab'] ?? '')
})

const access = (place: string, filter: object = {}, actor = org.admin.actor, page: { limit: number; cursor?: string } = { limit: 50 }) =>
  read(actor, org.slug, 'assignment:read', (ctx) => listAccessAt(ctx, at[place] ?? place, AccessFilter.parse(filter), page))

const names = (rows: readonly { id: string }[]) => rows.map(({ id }) => Object.keys(given).find((name) => given[name] === id) ?? 'founder')

describe('who has access here', () => {
  test('what is given here comes first, then what is inherited, nearest first, with its origin', async () => {
    const { rows, resource } = await access('one')
    expect(resource.name).toBe('one')
    expect(rows.map(({ inheritedFrom, ...row }, index) => [names(rows)[index], row.principal.type, row.role.title, inheritedFrom?.name ?? null, row.isEditable, row.isEnded, row.members])).toEqual([
      ['ada', 'user', 'Cluster operator', null, true, false, null],
      ['ended here', 'user', 'Viewer', null, true, true, null],
      ['team', 'group', 'Viewer', 'europe', false, false, 2],
      ['lead', 'user', 'Folder admin', 'prod', false, false, null],
      ['invited', 'invitation', 'Viewer', 'prod', false, false, null],
      ['founder', 'user', 'Administrator', org.name, false, false, null],
    ])
    expect(rows[4]?.principal.id).toBe(invitationIdOf(ids['invited'] ?? ''))
  })

  test('pages show each row once', async () => {
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await access('one', {}, org.admin.actor, { limit: 2, ...(cursor && { cursor }) })
      seen.push(...names(page.rows))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(['ada', 'ended here', 'team', 'lead', 'invited', 'founder'])
    await expect(access('europe', {}, org.admin.actor, { limit: 2, cursor: (await access('one', {}, org.admin.actor, { limit: 2 })).nextCursor ?? '' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test.each([
    [{ origin: 'direct' }, ['ada', 'ended here']],
    [{ origin: 'inherited', types: ['group', 'invitation'] }, ['team', 'invited']],
    [{ q: 'ada shift' }, ['ada']],
    [{ q: 'TEAM' }, ['team']],
    [{ q: 'invited@' }, ['invited']],
    [{ q: 'nobody of this name' }, []],
  ])('filtered by %j', async (filter, expected) => {
    expect(names((await access('one', filter)).rows)).toEqual(expected)
  })

  test('a role over chosen resources reaches only those and what lies below', async () => {
    const roleId = newId('role')
    await db().role.create({ data: { id: roleId, organizationId: org.id, name: 'chosen', title: 'Chosen', builtIn: false, permissions: ['cluster:view'], resourceIds: [at['lab'] ?? ''] } })
    const id = newId('assignment')
    await db().roleAssignment.create({ data: { id, organizationId: org.id, membershipId: ids['ada'] ?? null, roleId, scopeId: org.id } })
    const isIn = async (place: string) => (await access(place)).rows.some((row) => row.id === id)
    expect([await isIn('lab'), await isIn('one'), await isIn(org.id)]).toEqual([true, false, true])
    await db().roleAssignment.delete({ where: { organizationId_id: { organizationId: org.id, id } } })
  })

  test('whoever may look at a folder sees what reaches it, and changes only what is held there or below', async () => {
    expect(names((await access('one', {}, lead.actor)).rows)).toEqual(['ada', 'ended here', 'team', 'lead', 'invited', 'founder'])
    const { rows } = await access('prod', {}, lead.actor)
    expect(rows.map(({ isEditable }) => isEditable)).toEqual([true, true, true, false])
    await expect(access('lab', {}, lead.actor)).rejects.toMatchObject({ code: 'forbidden', extras: { missing: { permission: 'assignment:read', scope: at['lab'] } } })
    await expect(access('fld_gone', {}, lead.actor)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a group opens to the people it brings, where it reaches', async () => {
    const reached = (place: string, name = 'team') => read(lead.actor, org.slug, 'assignment:read', (ctx) => listReachedMembers(ctx, { id: given[name] ?? '', resourceId: at[place] ?? '' }, { limit: 50 }))
    expect((await reached('one')).rows.map(({ name }) => name)).toEqual(['Bo', 'Cy'])
    await expect(reached('prod')).rejects.toMatchObject({ code: 'not-found' })
    await expect(reached('one', 'ada')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('lists', () => {
  const listed = (filter: object, actor = org.admin.actor) => read(actor, org.slug, 'assignment:read', async (ctx) => names((await listAssignments(ctx, filter, { limit: 50 })).rows))

  test('hold what lies where the asker may look', async () => {
    expect(await listed({})).toEqual(['founder', 'lead', 'ada', 'team', 'ended here', 'ended above', 'invited', 'elsewhere'])
    expect(await listed({}, lead.actor)).toEqual(['lead', 'ada', 'team', 'ended here', 'ended above', 'invited'])
    expect(await listed({ principal: ids['cy'] }, lead.actor)).toEqual([])
    expect(await listed({ principal: ids['team'] })).toEqual(['team'])
    expect(await listed({ scopeId: at['prod'] })).toEqual(['lead', 'ended above', 'invited'])
    expect(await listed({ roleId: org.roleIds.get('folder-admin') })).toEqual(['lead'])
  })

  test('one of them too', async () => {
    const one = (name: string) => read(lead.actor, org.slug, 'assignment:read', (ctx) => findAssignment(ctx, given[name] ?? ''))
    expect((await one('ada')).scope.name).toBe('one')
    await expect(one('elsewhere')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a person’s own come before those through groups', async () => {
    const held = (actor = org.admin.actor) => read(actor, org.slug, 'assignment:read', async (ctx) => (await listAssignmentsOf(ctx, ids['cy'] ?? '', 'assignment:read')).map(({ scope, via }) => [scope.name, via?.name ?? null]))
    expect(await held()).toEqual([['lab', null], ['europe', 'Team']])
    expect(await held(lead.actor)).toEqual([['europe', 'Team']])
  })
})
