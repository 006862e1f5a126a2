import { afterAll, beforeAll, expect, test } from 'vitest'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import type { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { createGroup } from '@/lib/features/groups/operations'
import { savePolicy } from './operations'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey
let server: DecisionServer
let following: { stop: () => Promise<void> }
let connection: string
let member: TestMember

async function makeResource(type: string, externalId: string, parentId: string): Promise<string> {
  const id = newId('resource')
  await db().resource.create({ data: { id, organizationId: org.id, type, parentId, name: externalId.split('/').at(-1) ?? '', externalId } })
  return id
}

beforeAll(async () => {
  org = await makeOrganization('rocketadmin')
  key = await makeKey(org, org.admin)
  member = await makeMember(org)
  connection = await makeResource('connection', '1234', org.id)
  const table = await makeResource('table', '1234/products', connection)
  await makeResource('column', '1234/products/price', table)
  await makeResource('table', '1234/orders', connection)
  await makeResource('dashboard', '1234/sales', connection)
  await makeResource('table', '5678/products', await makeResource('connection', '5678', org.id))
  server = await startDecisions()
  following = indexStore().start()
})

afterAll(async () => {
  await server.close()
  await following.stop()
})

async function makeGroup(name: string, text: string): Promise<string> {
  const { id } = await perform(createGroup, org.admin.actor, org.id, { name, resource: connection })
  await perform(savePolicy, org.admin.actor, org.id, { groupId: id, text })
  return id
}

const put = (groupId: string) => db().groupMember.create({ data: { organizationId: org.id, groupId, membershipId: member.id } })

async function may(action: string, type: string, id: string): Promise<unknown> {
  const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id }, select: { accessVersion: true } })
  const reply = await server.ask('/access/v1/evaluation', {
    key, headers: { 'gatehouse-at-least-version': String(accessVersion) }, body: { subject: { type: 'user', id: member.id }, action: { name: action }, resource: { type, id } },
  })
  return (reply.body as { decision: unknown }).decision
}

test('its examples: read a table, read a dashboard, by the platform’s own ids; of two groups the higher level wins', { timeout: 60_000 }, async () => {
  const readers = await makeGroup('Readers', `permit(
    principal,
    action == RocketAdmin::Action::"table:read",
    resource == RocketAdmin::Table::"1234/products"
  );
  permit(principal, action == RocketAdmin::Action::"dashboard:read", resource == RocketAdmin::Dashboard::"1234/sales");
  forbid(principal, action == RocketAdmin::Action::"table:edit", resource);`)
  expect(await may('table:read', 'table', '1234/products')).toBe(false)
  await put(readers)
  expect([await may('table:read', 'table', '1234/products'), await may('table:query', 'table', '1234/products'), await may('dashboard:read', 'dashboard', '1234/sales')]).toEqual([true, true, true])
  expect([await may('table:edit', 'table', '1234/products'), await may('table:read', 'table', '1234/orders'), await may('table:read', 'table', '5678/products')]).toEqual([false, false, false])
  await put(await makeGroup('Editors', 'permit(principal, action == RocketAdmin::Action::"table:edit", resource is RocketAdmin::Table) when { resource.connectionId == "1234" };'))
  expect([await may('table:edit', 'table', '1234/products'), await may('table:edit', 'table', '1234/orders'), await may('table:edit', 'table', '5678/products')]).toEqual([true, true, false])
  await put(await makeGroup('Bosses', 'permit(principal, action, resource);'))
  expect([await may('table:delete', 'table', '1234/orders'), await may('connection:edit', 'connection', '1234'), await may('table:delete', 'connection', '1234')]).toEqual([true, true, true])
  expect([await may('table:delete', 'table', '5678/products'), await may('connection:edit', 'connection', '5678'), await may('table:delete', 'organization', org.id)]).toEqual([false, false, false])
})

test('a table of another connection, and what is only below ours by name, are refused', async () => {
  const { id } = await perform(createGroup, org.admin.actor, org.id, { name: 'Strangers', resource: connection })
  for (const resource of ['== RocketAdmin::Table::"5678/products"', '== RocketAdmin::Table::"1234/none"', `in RocketAdmin::Organization::"${org.id}"`]) {
    const error: unknown = await perform(savePolicy, org.admin.actor, org.id, { groupId: id, text: `permit(principal, action, resource ${resource});` }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'invalid-input' } satisfies Partial<AppError>)
  }
})

test('the policy of the locked group stays as it is', async () => {
  const id = newId('group')
  await db().group.create({ data: { id, organizationId: org.id, name: 'Admin', resourceId: connection, isAdmin: true } })
  const error: unknown = await perform(savePolicy, org.admin.actor, org.id, { groupId: id, text: '' }).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining('its policy cannot be changed') })
})

test('a policy over HTTP: its form and code, its faults with their place, its versions and its version tag', async () => {
  const { id } = await perform(createGroup, org.admin.actor, org.id, { name: 'Clerks', resource: connection })
  const path = `/groups/${id}/policy`
  const empty = await api(`GET ${path}`, { key })
  expect([empty.status, empty.body]).toMatchObject([200, { text: '', version: 0, form: [], codeOnly: [], errors: [] }])
  const text = 'permit(principal, action == RocketAdmin::Action::"table:read", resource == RocketAdmin::Table::"1234/products");\nforbid(principal, action, resource) when { false };\n'
  const saved = await api(`PUT ${path}`, { key, body: { text }, headers: { 'if-match': empty.headers.get('etag') ?? '' } })
  expect([saved.status, saved.body]).toMatchObject([200, {
    text, version: 1, savedBy: org.admin.email, errors: [],
    form: [{ index: 0, permissions: ['table:read'], resource: { kind: 'one', type: 'table', id: '1234/products' } }], codeOnly: [{ reason: 'forbids', start: 113 }],
  }])
  expect((await api(`PUT ${path}`, { key, body: { text: '' }, headers: { 'if-match': empty.headers.get('etag') ?? '' } })).status).toBe(412)
  const wrong = await api(`PUT ${path}`, { key, body: { text: 'permit(principal, action, resource == RocketAdmin::Table::"9/x");' } })
  expect([wrong.status, wrong.body['errors']]).toMatchObject([422, [{ pointer: '#/text', message: expect.stringContaining('there is no table `9/x`'), start: 38, end: 63, line: 1 }]])
  const checked = await api(`POST ${path}/validate`, { key, body: { text: 'permit(' } })
  expect([checked.status, checked.body]).toMatchObject([200, { errors: [{ start: expect.any(Number) }], form: [] }])
  const tried = await api(`POST ${path}/try`, { key, body: { principalId: member.id, action: 'table:read', resource: { type: 'table', id: '1234/products' } } })
  expect([tried.status, tried.body]).toMatchObject([200, { verdict: 'allow', statements: [{ outcome: 'matched' }, { outcome: 'not-matched', clause: { text: 'when { false }' } }] }])
  expect((await api(`GET ${path}/versions`, { key })).body).toMatchObject({ data: [{ version: 1, added: 2, removed: 0 }], nextCursor: null })
  expect((await api(`GET ${path}/versions/9`, { key })).status).toBe(404)
  expect((await api('GET /guardrails', { key })).body).toMatchObject({ text: '', version: 0 })
})
