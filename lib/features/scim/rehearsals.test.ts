import { beforeEach, expect, test } from 'vitest'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { updateScimToken } from '@/lib/features/provisioning/token-operations'
import { makeKey, testApi, type ApiReply } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestOrganization } from '@/lib/testing/factories'
import { scimClient, type ScimClient } from '@/lib/testing/scim'

testDatabase()

let org: TestOrganization
let scim: ScimClient
let api: (request: string, body?: unknown) => Promise<ApiReply>

beforeEach(async () => {
  org = await makeOrganization()
  scim = await scimClient(org)
  const [call, key] = [testApi(), await makeKey(org, org.admin)]
  api = (request, body) => call(request, { key, ...(body !== undefined && { body }) })
})

const rehearses = (isOn: boolean) => perform(updateScimToken, org.admin.actor, org.id, { id: scim.tokenId, rehearses: isOn })
const off = { Operations: [{ op: 'replace', path: 'active', value: false }] }
const state = async () => [
  await db().membership.findMany({ where: { organizationId: org.id }, orderBy: { id: 'asc' } }), await db().group.count({ where: { organizationId: org.id } }), await db().groupMember.count({ where: { organizationId: org.id } }),
  await db().auditEvent.count({ where: { organizationId: org.id, source: 'scim' } }), await db().mail.count({ where: { organizationId: org.id } }), (await db().directory.findUniqueOrThrow({ where: { id: scim.directoryId, organizationId: org.id } })).lastChangeAt,
]
const rehearsed = async (): Promise<unknown> => (await db().provisioningRequest.findFirst({ where: { organizationId: org.id }, orderBy: { id: 'desc' }, select: { rehearsal: true } }))?.rehearsal

test('with a token that rehearses nothing is left of any change, and each says what it would have done', async () => {
  const person = await makeMember(org)
  const groupId = String((await scim('POST /Groups', { body: { displayName: 'Analysts' } })).body['id'])
  await rehearses(true)
  const before = await state()
  const requests = [
    ['POST /Users', { userName: `new@${org.slug}.test` }, `brought new@${org.slug}.test from the directory`],
    [`PATCH /Users/${person.id}`, off, `suspended ${person.email}`],
    [`DELETE /Users/${person.id}`, undefined, `removed ${person.email} from the organization`],
    ['POST /Groups', { displayName: 'Builders', members: [{ value: person.id }] }, 'created the group Builders'],
    [`PATCH /Groups/${groupId}`, { Operations: [{ op: 'add', path: 'members', value: [{ value: person.id }] }] }, `added ${person.email} to the group Analysts`],
    [`DELETE /Groups/${groupId}`, undefined, 'deleted the group Analysts'],
  ] as const
  for (const [request, body, deed] of requests) {
    const reply = await scim(request, body === undefined ? {} : { body })
    expect([request, reply.status, reply.body['scimType'], reply.body['detail']]).toEqual([request, 409, undefined, expect.stringContaining('rehearsal: nothing was changed, since the token Okta rehearses; it would have ')])
    expect([request, await rehearsed()]).toEqual([request, expect.objectContaining({ deeds: expect.arrayContaining([expect.stringContaining(deed)]) })])
  }
  expect(await state()).toEqual(before)
})

test('who would gain and lose is noted, also of somebody who would only come with it', async () => {
  const audit = await makeRole(org.id, ['audit:read'])
  await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'Auditors', role: audit })
  const person = await makeMember(org)
  await rehearses(true)
  await scim('POST /Groups', { body: { displayName: 'Auditors', members: [{ value: person.id }] } })
  expect(await rehearsed()).toMatchObject({
    deeds: expect.arrayContaining(['created the group Auditors']),
    preview: { gains: [{ principal: { type: 'user', id: person.id } }, { principal: { type: 'group', name: 'Auditors' } }], losses: [] },
  })
})

test('reading, what changes nothing, and what would be refused are answered as ever', async () => {
  const body = { userName: `one@${org.slug}.test`, displayName: 'One' }
  const id = String((await scim('POST /Users', { body })).body['id'])
  await rehearses(true)
  expect((await scim(`GET /Users/${id}`)).status).toBe(200)
  expect((await scim(`PUT /Users/${id}`, { body })).body).toMatchObject({ id, displayName: 'One' })
  expect((await scim('POST /Users', { body })).body).toMatchObject({ status: '409', scimType: 'uniqueness' })
  expect((await scim('PATCH /Users/usr_none', { body: off })).status).toBe(404)
  expect((await scim(`PATCH /Users/${org.admin.id}`, { body: off })).body).toMatchObject({ status: '409', detail: expect.stringMatching(/^rehearsal: this would be refused: /) })
  expect([await db().mail.count({ where: { organizationId: org.id, template: 'last-administrator-kept' } }), await db().auditEvent.count({ where: { organizationId: org.id, outcome: 'failed' } })]).toEqual([0, 0])
  expect(await rehearsed()).toBeNull()
})

test('let count again, the same request is done; a rotated token rehearses on', async () => {
  await rehearses(true)
  const body = { userName: `one@${org.slug}.test` }
  expect((await scim('POST /Users', { body })).status).toBe(409)
  const rotated = await api(`POST /scim-tokens/${scim.tokenId}/rotate`, { overlapHours: 1 })
  expect(rotated.body).toMatchObject({ rehearses: true })
  expect((await api(`PATCH /scim-tokens/${scim.tokenId}`, { rehearses: false })).body).toMatchObject({ rehearses: false })
  expect((await scim('POST /Users', { body })).status).toBe(201)
})

test('rehearsed requests are no errors, and the API tells what they would have changed', async () => {
  await rehearses(true)
  await scim('POST /Users', { body: { userName: `one@${org.slug}.test` } })
  const { body } = await api(`GET /directories/${scim.directoryId}/requests`)
  expect(body['data']).toMatchObject([{ status: 409, rehearsal: { deeds: [expect.stringContaining('brought')], moreDeeds: 0, preview: { losses: [] } } }])
  expect((await api(`GET /directories/${scim.directoryId}/requests?errors=true`)).body['data']).toEqual([])
  expect((await api(`GET /directories/${scim.directoryId}`)).body).toMatchObject({ lastRefused: null })
})

test('letting it count demands all that the directory gives, as making a token does', async () => {
  await api(`POST /directories/${scim.directoryId}/mappings`, { value: 'Auditors', role: await makeRole(org.id, ['audit:read']) })
  const member = await makeMember(org, ['provisioning:write'])
  await perform(updateScimToken, member.actor, org.id, { id: scim.tokenId, rehearses: true })
  await expect(perform(updateScimToken, member.actor, org.id, { id: scim.tokenId, rehearses: false })).rejects.toMatchObject({ code: 'forbidden' })
})
