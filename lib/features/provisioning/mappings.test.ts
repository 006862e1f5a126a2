import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { makeKey, testApi, type ApiReply } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, type ScimClient } from '@/lib/testing/scim'

testDatabase()

let org: TestOrganization
let scim: ScimClient
let person: TestMember
let groupId: string
let api: (request: string, body?: unknown) => Promise<ApiReply>

beforeEach(async () => {
  org = await makeOrganization()
  scim = await scimClient(org)
  person = await makeMember(org)
  groupId = String((await scim('POST /Groups', { body: { displayName: 'Analysts', externalId: 'ext-1', members: [{ value: person.id }] } })).body['id'])
  const [call, key] = [testApi(), await makeKey(org, org.admin)]
  api = (request, body) => call(request, { key, ...(body !== undefined && { body }) })
})

const rolesOfGroup = async () => (await db().roleAssignment.findMany({ where: { organizationId: org.id, groupId }, select: { roleId: true, scopeId: true }, orderBy: { id: 'asc' } })).map(({ roleId, scopeId }) => [roleId, scopeId])
const eventsNow = () => db().auditEvent.count({ where: { organizationId: org.id } })
const who = ({ body }: ApiReply, part: 'gains' | 'losses'): unknown[] => {
  const lines = body[part]
  return Array.isArray(lines) ? lines.map((line: { principal: { type: string; name: string }; resource: { name: string }; permissions: { name: string }[] }) => [line.principal.type, line.principal.name, line.resource.name, line.permissions.map(({ name }) => name)]) : []
}

test('making, changing and deleting a mapping each tell first who gains and who loses, and leave everything as it was', async () => {
  const [audit, billing] = [await makeRole(org.id, ['audit:read']), await makeRole(org.id, ['billing:read'])]
  const prod = await makeResource(org, 'folder', org.id, 'prod')
  const before = await eventsNow()
  const making = await api(`POST /directories/${scim.directoryId}/mappings?dryRun=true`, { value: 'analysts', role: audit, scope: prod })
  expect([making.status, who(making, 'gains'), who(making, 'losses')]).toEqual([200, [['user', person.email, 'prod', ['gatehouse/audit:read']], ['group', 'Analysts', 'prod', ['gatehouse/audit:read']]], []])
  expect([await rolesOfGroup(), await eventsNow(), await db().provisioningMapping.count({ where: { organizationId: org.id } })]).toEqual([[], before, 0])

  const id = String((await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'analysts', role: audit, scope: prod })).body['id'])
  const changing = await api(`PATCH /mappings/${id}?dryRun=true`, { role: billing, scope: org.id })
  expect([who(changing, 'gains'), who(changing, 'losses')]).toEqual([
    // At prod too: there the same change takes something away.
    [
      ['user', person.email, 'prod', ['gatehouse/billing:read']], ['user', person.email, org.name, ['gatehouse/billing:read']],
      ['group', 'Analysts', 'prod', ['gatehouse/billing:read']], ['group', 'Analysts', org.name, ['gatehouse/billing:read']],
    ],
    [['user', person.email, 'prod', ['gatehouse/audit:read']], ['group', 'Analysts', 'prod', ['gatehouse/audit:read']]],
  ])
  const deleting = await api(`DELETE /mappings/${id}?dryRun=true`)
  expect(who(deleting, 'losses')).toEqual([['user', person.email, 'prod', ['gatehouse/audit:read']], ['group', 'Analysts', 'prod', ['gatehouse/audit:read']]])
  expect(await rolesOfGroup()).toEqual([[audit, prod]])
})

test('a mapping changes its role, place, group and what the group is known by; the roles follow at once', async () => {
  const [audit, billing] = [await makeRole(org.id, ['audit:read']), await makeRole(org.id, ['billing:read'])]
  const prod = await makeResource(org, 'folder', org.id, 'prod')
  const id = String((await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'Analysts', role: audit })).body['id'])
  await api(`PATCH /mappings/${id}`, { role: billing, scope: prod, priority: 9 })
  expect(await rolesOfGroup()).toEqual([[billing, prod]])
  await api(`PATCH /mappings/${id}`, { value: 'Somebody else' })
  expect(await rolesOfGroup()).toEqual([])
  await api(`PATCH /mappings/${id}`, { value: 'ext-1', matchBy: 'external-id' })
  expect(await rolesOfGroup()).toEqual([[billing, prod]])
  const [last] = await db().auditEvent.findMany({ where: { organizationId: org.id, event: 'provisioning-mapping.update' }, orderBy: { id: 'desc' }, take: 1 })
  expect([last?.before, last?.after]).toMatchObject([{ group: 'Somebody else', matchBy: 'name', priority: 9 }, { group: 'ext-1', matchBy: 'external-id', priority: 9 }])
})

test('what changes nothing says nothing; a second one of the same is refused; nobody maps what they do not hold', async () => {
  const audit = await makeRole(org.id, ['audit:read'])
  const first = String((await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'Analysts', role: audit })).body['id'])
  const second = String((await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'Others', role: audit })).body['id'])
  const before = await eventsNow()
  expect((await api(`PATCH /mappings/${first}`, { value: 'Analysts', role: audit, priority: 1 })).status).toBe(204)
  expect(await eventsNow()).toBe(before)
  expect((await api(`PATCH /mappings/${second}`, { value: 'ANALYSTS' })).body).toMatchObject({ status: 409, detail: expect.stringContaining('gives') })
  const [call, member] = [testApi(), await makeMember(org, ['provisioning:write'])]
  const key = await makeKey(org, member)
  expect((await call(`PATCH /mappings/${first}?dryRun=true`, { key, body: { priority: 4 } })).status).toBe(403)
})

test('a role that two mappings give a group stays until the second of them is gone', async () => {
  const audit = await makeRole(org.id, ['audit:read'])
  const ids: string[] = []
  for (const said of [{ value: 'Analysts' }, { value: 'ext-1', matchBy: 'external-id' }]) ids.push(String((await api(`POST /directories/${scim.directoryId}/mappings`, { ...said, role: audit })).body['id']))
  expect((await api(`DELETE /mappings/${ids[0]}`)).status).toBe(204)
  expect(await rolesOfGroup()).toEqual([[audit, org.id]])
  await api(`DELETE /mappings/${ids[1]}`)
  expect(await rolesOfGroup()).toEqual([])
})

test('where everybody holds one role, nobody is without any when a mapping goes: another gives the same, or the default comes back', async () => {
  const rockset = await makeOrganization('rockset')
  const [call, key, directory] = [testApi(), await makeKey(rockset, rockset.admin), await scimClient(rockset)]
  const map = async (value: string, role: string) => String((await call(`POST /directories/${directory.directoryId}/mappings`, { key, body: { value, role } })).body['id'])
  const mappings = { builders: await map('Builders', 'Member'), testers: await map('Testers', 'Member'), readers: await map('Readers', 'Read-Only') }
  const id = idIn(await directory('POST /Users', { body: { userName: `one@${rockset.slug}.test` } }))
  for (const displayName of ['Builders', 'Testers', 'Readers']) await directory('POST /Groups', { body: { displayName, members: [{ value: id }] } })
  const roles = async () => (await db().roleAssignment.findMany({ where: { organizationId: rockset.id, membershipId: id }, select: { role: { select: { name: true } } } })).map(({ role }) => role.name)
  expect(await roles()).toEqual(['Member'])
  const expected = [[mappings.builders, ['Member']], [mappings.testers, ['Read-Only']], [mappings.readers, ['Read-Only']]] as const
  for (const [mapping, left] of expected) {
    expect((await call(`DELETE /mappings/${mapping}`, { key })).status).toBe(204)
    expect(await roles()).toEqual(left)
  }
})

test('releasing a group and disconnecting the directory tell who loses what the mappings gave', async () => {
  const audit = await makeRole(org.id, ['audit:read'])
  await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'Analysts', role: audit })
  for (const request of [`POST /groups/${groupId}/release`, `DELETE /directories/${scim.directoryId}`]) {
    expect(who(await api(`${request}?dryRun=true`), 'losses')).toEqual([['user', person.email, org.name, ['gatehouse/audit:read']], ['group', 'Analysts', org.name, ['gatehouse/audit:read']]])
  }
  expect(await db().group.findFirst({ where: { organizationId: org.id, id: groupId } })).toMatchObject({ directoryId: scim.directoryId })
  expect(await rolesOfGroup()).toEqual([[audit, org.id]])
})

test('a directory tells its latest refusal', async () => {
  for (let turn = 0; turn < 2; turn++) await scim('POST /Users', { body: { userName: `one@${org.slug}.test` } })
  expect((await api(`GET /directories/${scim.directoryId}`)).body).toMatchObject({ lastRefused: { status: 409, detail: expect.stringContaining('another user has the user name') } })
})
