import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { performForAccount } from '@/lib/boundary/account-operation'
import { db } from '@/lib/db'
import { createOrganization } from '@/lib/features/organizations/operations'
import { newId } from '@/lib/ids'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeAccount, makeMember, makeSession } from '@/lib/testing/factories'

/**
 * The fixture and the decisions by which the OpenID Foundation certifies decision points (AuthZEN Authorization API 1.0,
 * certification scenario, sections 1 to 4), as an access model of one's own. Names are the scenario's, as external ids.
 */
const model = JSON.stringify({
  name: 'records', title: 'Records', description: 'The scenario of the certification.',
  userAttributes: { role: 'String' },
  contextAttributes: { soft: 'Boolean' },
  resourceTypes: [
    { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] },
    { name: 'record', title: 'Record', plural: 'Records', parents: ['organization'], attributes: { status: 'String' } },
  ],
  permissions: ['read', 'write', 'delete'].map((name) => ({ name, title: name, description: `To ${name} records.`, group: 'Records', appliesTo: ['record'] })),
  roles: [
    { name: 'owner', title: 'Owner', description: 'Runs the organization.', core: ['*'], assignableAt: ['organization'] },
    { name: 'everyone', title: 'Everyone', description: 'Held by everyone.', core: ['organization:read'], assignableAt: ['organization'], floor: true },
  ],
  rules: { rolesPerMember: 'many', defaultRole: null, founderRoles: ['owner'], customRoles: true },
})

const policyFor = (alice: string) => `
permit(principal, action == Records::Action::"read", resource);
permit(principal == Records::User::"${alice}", action == Records::Action::"write", resource) unless { resource has status && resource.status == "archived" };
permit(principal, action == Records::Action::"write", resource) when { principal has role && principal.role == "admin" && resource has status && resource.status == "archived" };
permit(principal == Records::User::"${alice}", action == Records::Action::"delete", resource) when { context has soft && context.soft };`

testDatabase()
let key: TestKey
let server: DecisionServer
let following: { stop: () => Promise<void> }

beforeAll(async () => {
  const account = await makeAccount()
  const org = await performForAccount(createOrganization, await makeSession(account), { name: 'Records', slug: `records-${newId('role').slice(-12)}`, ownerEmail: account.email, accessModel: 'custom', modelText: model })
  const owner = await db().membership.findFirstOrThrow({ where: { organizationId: org.id }, select: { id: true } })
  key = await makeKey(org, owner)
  const groupId = newId('group')
  await db().group.create({ data: { id: groupId, organizationId: org.id, name: 'everybody' } })
  const person = async (externalId: string) => {
    const { id } = await makeMember(org)
    await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id } }, data: { externalId } })
    await db().groupMember.create({ data: { organizationId: org.id, groupId, membershipId: id } })
    return id
  }
  const record = (externalId: string) =>
    db().resource.create({ data: { id: newId('resource'), organizationId: org.id, type: 'record', parentId: org.id, name: externalId, externalId } })
  const alice = await person('alice')
  await person('bob')
  await record('record-1')
  await record('record-2')
  await db().policy.create({ data: { organizationId: org.id, ownerId: groupId, text: policyFor(alice), version: 1, savedByName: 'somebody', savedAt: new Date() } })
  server = await startDecisions()
  following = indexStore().start()
})

afterAll(async () => {
  await server.close()
  await following.stop()
})

const ask = async (path: string, body: unknown) => (await server.ask(`/access/v1/${path}`, { key, body })).body

const subject = (id: string, properties?: Record<string, unknown>) => ({ type: 'user', id, ...(properties && { properties }) })
const action = (name: string, properties?: Record<string, unknown>) => ({ name, ...(properties && { properties }) })
const resource = (id: string, properties?: Record<string, unknown>) => ({ type: 'record', id, ...(properties && { properties }) })
const archived = { status: 'archived' }

describe('1.4, 2.2 decisions', () => {
  test.each([
    ['1', true, { subject: subject('alice'), action: action('read'), resource: resource('record-1') }],
    ['2', true, { subject: subject('alice'), action: action('write'), resource: resource('record-1') }],
    ['3', true, { subject: subject('bob'), action: action('read'), resource: resource('record-1') }],
    ['4', false, { subject: subject('bob'), action: action('write'), resource: resource('record-1') }],
    ['5', false, { subject: subject('alice'), action: action('write'), resource: resource('record-2', archived) }],
    ['6', true, { subject: subject('bob', { role: 'admin' }), action: action('write'), resource: resource('record-2', archived) }],
    ['7', true, { subject: subject('alice'), action: action('delete', { soft: true }), resource: resource('record-1') }],
    ['8', false, { subject: subject('alice'), action: action('delete', { soft: false }), resource: resource('record-1') }],
    ['1, with context', true, { subject: subject('alice'), action: action('read'), resource: resource('record-1'), context: { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' } }],
    ['1, with more properties', true, { subject: subject('alice', { department: 'Sales', role: 'manager' }), action: action('read', { method: 'GET' }), resource: resource('record-1', { status: 'active', owner: 'bob' }) }],
  ])('rule %s: %s', async (_rule, decision, body) => {
    expect(await ask('evaluation', body)).toEqual({ decision })
  })
})

describe('3.2 batches', () => {
  const decisions = (...list: boolean[]) => ({ evaluations: list.map((decision) => ({ decision })) })

  test('3.2.2 with decisions, in order', async () => {
    expect(await ask('evaluations', { subject: subject('bob'), resource: resource('record-1'), evaluations: [{ action: action('read') }, { action: action('write') }] })).toEqual(decisions(true, false))
  })

  test('3.2.3 with properties of resources', async () => {
    expect(await ask('evaluations', { subject: subject('alice'), action: action('write'), evaluations: [{ resource: resource('record-1', { status: 'active' }) }, { resource: resource('record-2', archived) }] }))
      .toEqual(decisions(true, false))
  })

  test('3.2.4 with properties of subjects', async () => {
    expect(await ask('evaluations', { action: action('write'), resource: resource('record-2', archived), evaluations: [{ subject: subject('alice') }, { subject: subject('bob', { role: 'admin' }) }] }))
      .toEqual(decisions(false, true))
  })

  test('3.2.6 with context', async () => {
    const body = { subject: subject('alice'), action: action('read'), context: { time: '2025-06-27T18:03-07:00' }, evaluations: [{ resource: resource('record-1') }, { resource: resource('record-2'), context: { time: '2025-06-27T19:00-07:00', source: 'batch-override' } }] }
    expect(await ask('evaluations', body)).toEqual(decisions(true, true))
  })

  test('3.2.7 with a type that comes from the default', async () => {
    const body = { subject: subject('alice'), action: action('write'), resource: { type: 'record' }, evaluations: [{ resource: { id: 'record-1', properties: { status: 'active' } } }, { resource: resource('record-2', archived) }] }
    expect(await ask('evaluations', body)).toEqual(decisions(true, false))
  })

  test('3.4.1 with an entry that lacks its resource', async () => {
    const body = { subject: subject('alice'), action: action('read'), evaluations: [{ resource: resource('record-1') }, {}] }
    expect(await ask('evaluations', body)).toEqual({ evaluations: [{ decision: true }, { decision: false, context: { error: { status: 400, message: '`evaluations[1].resource` is missing' } } }] })
  })
})

describe('4 searches', () => {
  const found = async (path: string, body: unknown) => ((await ask(`search/${path}`, body)) as { results: unknown[] }).results

  test('4.2 subjects', async () => {
    const results = await found('subject', { subject: { type: 'user' }, action: action('read'), resource: resource('record-1') })
    expect(results).toEqual(expect.arrayContaining([subject('alice'), subject('bob')]))
    expect(await found('subject', { subject: { type: 'user' }, action: action('write'), resource: resource('record-2', { status: 'active' }) })).toEqual([subject('alice')])
  })

  test('4.3 resources', async () => {
    expect(await found('resource', { subject: subject('alice'), action: action('read'), resource: { type: 'record' } })).toEqual([resource('record-1'), resource('record-2')])
  })

  test('4.4 actions', async () => {
    expect(await found('action', { subject: subject('alice'), resource: resource('record-1') })).toEqual(expect.arrayContaining([{ name: 'read' }, { name: 'write' }]))
    expect(await found('action', { subject: subject('bob', { role: 'admin' }), resource: resource('record-2', archived) })).toEqual(expect.arrayContaining([{ name: 'write' }]))
  })

  test('4.6 what is unknown finds nothing', async () => {
    expect(await found('action', { subject: subject('nobody'), resource: resource('record-1') })).toEqual([])
    expect(await found('subject', { subject: { type: 'spaceship' }, action: action('read'), resource: resource('record-1') })).toEqual([])
  })
})
