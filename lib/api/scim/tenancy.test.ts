import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, type ScimClient } from '@/lib/testing/scim'
import { PATCH_URN } from '@/lib/testing/scim-examples'
import { scimRoutes } from './routes'

testDatabase()
let victim: TestOrganization
let person: TestMember
let intruder: ScimClient
const ids = { user: '', brought: '', group: '' }

beforeAll(async () => {
  victim = await makeOrganization()
  person = await makeMember(victim, ['member:read'])
  const own = await scimClient(victim)
  ids.user = person.id
  ids.brought = idIn(await own('POST /Users', { body: { userName: 'hidden@victim.test', externalId: 'hidden-1', displayName: 'Hidden Person' } }))
  ids.group = idIn(await own('POST /Groups', { body: { displayName: 'Hidden Group', externalId: 'hidden-2', members: [{ value: ids.user }, { value: ids.brought }] } }))
  intruder = await scimClient(await makeOrganization())
})

/** Everything of the victim that a directory could touch. */
async function everything(): Promise<unknown> {
  const of = { where: { organizationId: victim.id }, orderBy: { createdAt: 'asc' as const } }
  const rows = [
    await db().membership.findMany(of), await db().group.findMany(of), await db().groupMember.findMany(of), await db().roleAssignment.findMany(of), await db().auditEvent.count({ where: of.where }), await db().directory.findMany(of),
    await db().account.findMany({ where: { email: { in: [person.email, victim.admin.email] } }, orderBy: { id: 'asc' } }), await db().session.count({ where: { accountId: person.accountId } }), (await db().organization.findUniqueOrThrow({ where: { id: victim.id } })).accessVersion,
  ]
  return JSON.parse(JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
}

const BODIES: Readonly<Record<string, object>> = {
  PUT: { userName: 'mine@x.test', displayName: 'Mine', active: false, members: [] },
  PATCH: { schemas: [PATCH_URN], Operations: [{ op: 'replace', path: 'displayName', value: 'Mine' }, { op: 'replace', path: 'externalId', value: 'mine' }] },
}

describe('with the token of another organization and ids that exist elsewhere', () => {
  const walk = scimRoutes.flatMap((route) => (route.path.endsWith('s/*') ? (['user', 'brought', 'group'] as const).map((what) => ({ ...route, what })) : [{ ...route, what: 'user' as const }]))

  test.each(walk)('$method $path, of a $what: nothing is read or touched', async ({ method, path, what }) => {
    const before = await everything()
    const body = method === 'POST' ? (path.endsWith('.search') ? { filter: `id eq "${ids[what]}"` } : { userName: `own-${what}@x.test`, displayName: `Own ${what}`, id: ids[what], members: [] }) : BODIES[method]
    const { status, body: answer } = await intruder(`${method} ${path.replace('*', ids[what])}`, body === undefined ? {} : { body })
    if (path === '/Users/*' || path === '/Groups/*') expect(status).toBe(404)
    const text = JSON.stringify(answer)
    for (const secret of [person.email, 'hidden@victim.test', 'hidden-1', 'Hidden Person', 'Hidden Group', victim.slug, victim.admin.email]) expect(text).not.toContain(secret)
    if (path.endsWith('.search')) expect(answer['totalResults']).toBe(0)
    expect(await everything()).toEqual(before)
  })

  test.each(['id eq "{user}"', 'id eq "{group}"', 'externalId eq "hidden-1"', 'userName eq "hidden@victim.test"', 'userName sw "hidden"', 'displayName co "Hidden"', 'emails.value co "victim"', 'groups.value eq "{group}"', 'groups.display sw "Hidden"', 'members.value eq "{user}"', 'members[display co "Hidden"]', 'not (id pr) or externalId sw "hidden"'])('the filter %s finds nothing', async (filter) => {
    const text = filter.replace('{user}', ids.brought).replace('{group}', ids.group)
    expect((await intruder(`GET /?filter=${encodeURIComponent(text)}`)).body).toMatchObject({ totalResults: 0 })
  })

  test('nobody of theirs can be put into a group, by whatever form', async () => {
    const before = await everything()
    const groupId = idIn(await intruder('POST /Groups', { body: { displayName: 'Net' } }))
    for (const value of [[{ value: ids.user }], { value: ids.brought }, [{ $ref: `http://localhost:3000/scim/v2/Users/${ids.user}` }], [ids.user]]) {
      for (const op of ['add', 'replace']) expect((await intruder(`PATCH /Groups/${groupId}`, { body: { schemas: [PATCH_URN], Operations: [{ op, path: 'members', value }] } })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    }
    expect((await intruder('POST /Groups', { body: { displayName: 'Other net', members: [{ value: ids.user }] } })).status).toBe(400)
    expect((await intruder(`PUT /Groups/${groupId}`, { body: { displayName: 'Net', members: [{ value: ids.user }] } })).status).toBe(400)
    expect((await intruder(`GET /Groups/${groupId}`)).body['members']).toBeUndefined()
    expect(await everything()).toEqual(before)
  })

  test('an account with the same address is never changed: not by creating, changing, suspending or deleting', async () => {
    const before = await everything()
    const mine = idIn(await intruder('POST /Users', { body: { userName: person.email, displayName: 'Taken', emails: [{ value: person.email, primary: true }], password: 'another-password-1' } }))
    expect(await db().membership.findUniqueOrThrow({ where: { id: mine } })).toMatchObject({ accountId: null, status: 'invited' })
    for (const [method, body] of [['PUT', { userName: person.email, displayName: 'Again', emails: [{ value: 'else@x.test' }] }], ['PATCH', { Operations: [{ op: 'replace', value: { active: false } }] }], ['PATCH', { Operations: [{ op: 'replace', value: { active: true, userName: 'else@x.test' } }] }]] as const) {
      expect((await intruder(`${method} /Users/${mine}`, { body })).status).toBe(200)
    }
    expect((await intruder(`DELETE /Users/${mine}`)).status).toBe(204)
    expect(await everything()).toEqual(before)
  })
})
