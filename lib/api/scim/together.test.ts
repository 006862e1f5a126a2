import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, scimWith, type ScimClient } from '@/lib/testing/scim'
import { ENTERPRISE_URN, GROUP_URN, PATCH_URN, USER_URN } from '@/lib/testing/scim-examples'

testDatabase()

type Client = ReturnType<typeof scimWith>
const patch = (...Operations: object[]) => ({ body: { schemas: [PATCH_URN], Operations } })
const membersOf = async (scim: Client, groupId: string): Promise<string[]> => {
  const { members } = (await scim(`GET /Groups/${groupId}`)).body
  return Array.isArray(members) ? members.map((each: unknown) => (typeof each === 'object' && each !== null && 'value' in each ? String(each.value) : '')).sort() : []
}

async function people(scim: Client, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at++) ids.push(idIn(await scim('POST /Users', { body: { userName: `user ${at}` } })))
  return ids
}

/** Two programs with the token of one directory. */
async function two(): Promise<[ScimClient, Client]> {
  const one = await scimClient(await makeOrganization())
  return [one, scimWith(one.secret)]
}

test('members that two clients add and remove at once are all added and removed', async () => {
  const [one, other] = await two()
  const ids = await people(one, 16)
  const [come, go] = [ids.slice(0, 8), ids.slice(8)]
  const groupId = idIn(await one('POST /Groups', { body: { displayName: 'All', members: go.map((value) => ({ value })) } }))
  const replies = await Promise.all(ids.map((id, at) => (at % 2 === 0 ? one : other)(`PATCH /Groups/${groupId}`, come.includes(id) ? patch({ op: 'add', path: 'members', value: [{ value: id }] }) : patch({ op: 'remove', path: `members[value eq "${id}"]` }))))
  expect(replies.map(({ status }) => status)).toEqual(ids.map(() => 204))
  expect(await membersOf(one, groupId)).toEqual([...come].sort())
})

test('parts of one user that two clients change at once are all changed', async () => {
  const [one, other] = await two()
  const [id = ''] = await people(one, 1)
  const changes: [string, string][] = [['title', 'T'], ['nickName', 'N'], ['name.givenName', 'G'], ['name.familyName', 'F'], ['userType', 'U'], ['locale', 'de'], [`${ENTERPRISE_URN}:department`, 'D'], [`${ENTERPRISE_URN}:costCenter`, '7']]
  const replies = await Promise.all(changes.map(([path, value], at) => (at % 2 === 0 ? one : other)(`PATCH /Users/${id}`, patch({ op: 'add', path, value }))))
  expect(replies.map(({ status }) => status)).toEqual(changes.map(() => 200))
  expect((await one(`GET /Users/${id}`)).body).toMatchObject({ title: 'T', nickName: 'N', name: { givenName: 'G', familyName: 'F' }, userType: 'U', locale: 'de', [ENTERPRISE_URN]: { department: 'D', costCenter: '7' } })
})

test('who names the version they read changes nothing that came meanwhile: of two at once one is told 412', async () => {
  const [one, other] = await two()
  const [id = ''] = await people(one, 1)
  const tag = (await one(`GET /Users/${id}`)).headers.get('etag') ?? ''
  const replies = await Promise.all([one, other].map((scim, at) => scim(`PUT /Users/${id}`, { body: { userName: 'user 0', title: `by ${at}` }, headers: { 'if-match': tag } })))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
})

test('of many who create the same user or group at once one is told 201, the others 409 uniqueness, also from another directory', async () => {
  const org = await makeOrganization()
  const [okta, entra] = [await scimClient(org), await scimClient(org, 'Entra')]
  for (const [path, body] of [['/Users', { schemas: [USER_URN], userName: 'same@x.test' }], ['/Groups', { schemas: [GROUP_URN], displayName: 'Same' }]] as const) {
    const replies = await Promise.all(Array.from({ length: 8 }, (_each, at) => (at % 2 === 0 ? okta : entra)(`POST ${path}`, { body })))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
    expect(replies.filter(({ status }) => status === 409).map(({ body: { scimType } }) => scimType)).toEqual(Array.from({ length: 7 }, () => 'uniqueness'))
  }
  expect([await db().membership.count({ where: { organizationId: org.id, email: 'same@x.test' } }), await db().group.count({ where: { organizationId: org.id, name: 'Same' } })]).toEqual([1, 1])
})

test('who is deleted while they are put into groups is in none, and nothing is half done', async () => {
  const [one, other] = await two()
  const ids = await people(one, 4)
  const groupId = idIn(await one('POST /Groups', { body: { displayName: 'All' } }))
  const replies = await Promise.all(ids.flatMap((id) => [one(`PATCH /Groups/${groupId}`, patch({ op: 'add', path: 'members', value: [{ value: id }] })), other(`DELETE /Users/${id}`)]))
  for (const { status } of replies) expect([204, 400]).toContain(status)
  expect(await membersOf(one, groupId)).toEqual([])
})

test('a full resync by two clients at once changes nothing and tells the log nothing', async () => {
  const org = await makeOrganization()
  const one = await scimClient(org)
  const other = scimWith(one.secret)
  const users = Array.from({ length: 12 }, (_each, at) => ({ schemas: [USER_URN, ENTERPRISE_URN], userName: `u${at}@x.test`, externalId: `x${at}`, active: at % 3 > 0, name: { givenName: 'A', familyName: `B${at}` }, emails: [{ value: `u${at}@x.test`, type: 'work', primary: true }], [ENTERPRISE_URN]: { department: 'D', manager: { value: 'boss' } } }))
  const ids: string[] = []
  for (const body of users) ids.push(idIn(await one('POST /Users', { body })))
  const groups = [0, 1, 2].map((at) => ({ schemas: [GROUP_URN], displayName: `G${at}`, externalId: `g${at}`, members: ids.filter((_id, index) => index % (at + 1) === 0).map((value) => ({ value })) }))
  const groupIds: string[] = []
  for (const body of groups) groupIds.push(idIn(await one('POST /Groups', { body })))
  const state = async () => ({
    events: await db().auditEvent.count({ where: { organizationId: org.id } }), version: (await db().organization.findUniqueOrThrow({ where: { id: org.id } })).accessVersion,
    resources: [(await one('GET /Users?count=200')).body, (await one('GET /Groups?count=200')).body],
  })
  const before = await state()
  for (const scim of [one, other]) {
    const replies = await Promise.all([
      ...users.map((body, at) => scim(`PUT /Users/${ids[at]}`, { body })), ...users.map((body, at) => scim(`PATCH /Users/${ids[at]}`, patch({ op: 'Replace', value: { active: String(body.active), displayName: null } }, { op: 'Add', path: 'emails', value: body.emails }))),
      ...groups.map((body, at) => other(`PUT /Groups/${groupIds[at]}`, { body })), ...groups.map((body, at) => one(`PATCH /Groups/${groupIds[at]}`, patch({ op: 'replace', path: 'members', value: body.members }, { op: 'replace', value: { displayName: body.displayName } }))),
    ])
    expect(replies.map(({ status }) => status).filter((status) => status !== 200 && status !== 204)).toEqual([])
  }
  expect(await state()).toEqual(before)
})
