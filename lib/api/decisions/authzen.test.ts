import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
let org: TestOrganization
let viewer: TestMember
let admin: TestKey
let viewers: TestKey
let folder: string
let cluster: string
let server: DecisionServer
let following: { stop: () => Promise<void> }

const roleOf = (name: string) => org.roleIds.get(name) ?? ''
const grant = (who: { membershipId?: string; groupId?: string; serviceAccountId?: string }, role: string, scopeId: string, expiresAt: Date | null = null) =>
  db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, ...who, roleId: roleOf(role), scopeId, expiresAt } })

beforeAll(async () => {
  org = await makeOrganization()
  viewer = await makeMember(org)
  admin = await makeKey(org, org.admin)
  viewers = await makeKey(org, viewer)
  folder = newId('folder')
  cluster = newId('cluster')
  await db().resource.create({ data: { id: folder, organizationId: org.id, type: 'folder', parentId: org.id, name: 'prod', externalId: 'prod' } })
  await db().resource.create({ data: { id: cluster, organizationId: org.id, type: 'cluster', parentId: folder, name: 'orders', externalId: 'orders-1' } })
  await grant({ membershipId: viewer.id }, 'viewer', folder)
  server = await startDecisions()
  following = indexStore().start()
})

afterAll(async () => {
  await server.close()
  await following.stop()
})

const question = (changes: Record<string, unknown> = {}) => ({
  subject: { type: 'user', id: viewer.id }, action: { name: 'cluster:view' }, resource: { type: 'cluster', id: cluster }, ...changes,
})
const evaluation = (body: unknown, key = admin) => server.ask('/access/v1/evaluation', { key, body })
const evaluations = (body: unknown, key = admin) => server.ask('/access/v1/evaluations', { key, body })
const decided = async (changes: Record<string, unknown>) => (await evaluation(question(changes))).body
const yes = { decision: true }
const no = { decision: false }

describe('5 information model', () => {
  test('5.1 a subject has a type and an id', async () => {
    expect(await decided({})).toEqual(yes)
    expect(await decided({ subject: { type: 'user', id: viewer.email } })).toEqual(yes)
    expect(await decided({ subject: { type: 'api_key', id: viewers.id } })).toEqual(yes)
    expect(await decided({ subject: { type: 'group', id: viewer.id } })).toEqual(no)
  })

  test('5.2 a resource has a type and an id', async () => {
    expect(await decided({ resource: { type: 'cluster', id: 'orders-1' } })).toEqual(yes)
    expect(await decided({ resource: { type: 'folder', id: cluster } })).toEqual(no)
  })

  test('5.3 an action has a name; Gatehouse’s own carry the prefix', async () => {
    expect(await decided({ action: { name: 'cluster:delete' } })).toEqual(no)
    expect(await decided({ action: { name: 'gatehouse/resource:read' } })).toEqual(yes)
    expect(await decided({ action: { name: 'resource:read' } })).toEqual(no)
  })

  test('5.4 context and properties are objects, whatever they hold', async () => {
    expect(await decided({ context: { time: '1985-10-26T01:22-07:00' } })).toEqual(yes)
    expect(await decided({ action: { name: 'cluster:view', properties: { method: 'GET' } } })).toEqual(yes)
  })
})

describe('6 access evaluation', () => {
  const missing: [string, Record<string, unknown>, string][] = [
    ['no subject', { subject: undefined }, '`subject` is missing'],
    ['no subject.type', { subject: { id: 'x' } }, '`subject.type` is missing'],
    ['no subject.id', { subject: { type: 'user' } }, '`subject.id` is missing'],
    ['no action', { action: undefined }, '`action` is missing'],
    ['no action.name', { action: {} }, '`action.name` is missing'],
    ['no resource', { resource: undefined }, '`resource` is missing'],
    ['no resource.id', { resource: { type: 'cluster' } }, '`resource.id` is missing'],
    ['a subject that is text', { subject: 'someone' }, '`subject` is not an object'],
    ['an id that is a number', { subject: { type: 'user', id: 7 } }, '`subject.id` is not a string'],
    ['a context that is a list', { context: [] }, '`context` is not an object'],
    ['properties that are text', { resource: { type: 'cluster', id: 'x', properties: 'x' } }, '`resource.properties` is not an object'],
  ]
  test.each(missing)('6.1 %s: 400 that says so', async (_what, changes, message) => {
    const { status, text } = await evaluation(question(changes))
    expect([status, text]).toEqual([400, `${message}\n`])
  })

  test('6.1 unknown fields are ignored', async () => {
    expect(await decided({ extra: 1, evaluations: 'ignored here' })).toEqual(yes)
  })

  test('6.2 the answer is a boolean decision with status 200 as JSON', async () => {
    const { status, headers, text } = await evaluation(question())
    expect([status, headers['content-type'], text]).toEqual([200, 'application/json', '{"decision":true}'])
  })

  test('6.2 what is unknown is denied, never an error', async () => {
    expect(await decided({ subject: { type: 'user', id: newId('user') } })).toEqual(no)
    expect(await decided({ subject: { type: 'robot', id: 'r2' } })).toEqual(no)
    expect(await decided({ resource: { type: 'cluster', id: newId('cluster') } })).toEqual(no)
    expect(await decided({ action: { name: 'fly' } })).toEqual(no)
  })

  test('6.2 what belongs to another organization is unknown', async () => {
    const other = await makeOrganization()
    const theirs = newId('cluster')
    await db().resource.create({ data: { id: theirs, organizationId: other.id, type: 'cluster', parentId: other.id, name: 'theirs' } })
    const key = await makeKey(other, other.admin)
    expect((await evaluation(question({ subject: { type: 'user', id: other.admin.id }, resource: { type: 'cluster', id: theirs } }), key)).body).toEqual(yes)
    expect(await decided({ subject: { type: 'user', id: other.admin.id } })).toEqual(no)
    expect(await decided({ subject: { type: 'user', id: org.admin.id }, resource: { type: 'cluster', id: theirs } })).toEqual(no)
    expect(await decided({ subject: { type: 'user', id: org.admin.id }, resource: { type: 'cluster', id: theirs, properties: { parent: { type: 'folder', id: folder } } } })).toEqual(no)
    expect((await evaluation(question(), key)).body).toEqual(no)
  })

  test('6.2 a resource that was never registered inherits from where it is placed', async () => {
    const placed = (parent: unknown, type = 'database') => decided({ action: { name: 'database:view' }, resource: { type, id: 'db-7', properties: { parent } } })
    expect(await placed({ type: 'cluster', id: 'orders-1' })).toEqual(yes)
    expect(await placed({ type: 'cluster', id: 'orders-1' }, 'dashboard')).toEqual(no)
    expect(await placed({ type: 'cluster', id: 'nowhere' })).toEqual(no)
    expect(await placed({ type: 'organization', id: org.id })).toEqual(no)
    expect(await placed('orders-1')).toEqual(no)
  })

  test('6.2.1 explained, the answer carries its context', async () => {
    const { body } = await server.ask('/access/v1/evaluation?explain=true', { key: admin, body: question() })
    expect(body).toMatchObject({
      decision: true,
      context: {
        reason: 'role', reason_admin: { en: 'A role that the subject holds here or above permits it.' },
        explanation: {
          path: [{ id: org.id }, { id: folder, name: 'prod' }, { id: cluster, name: 'orders' }],
          considered: [{ role: { name: 'viewer' }, scope: { id: folder }, inheritedThrough: [{ id: cluster }], outcome: 'grants' }, { role: { name: 'member' }, outcome: 'lacks-permission' }],
        },
      },
    })
    const denied = await server.ask('/access/v1/evaluation?explain=true', { key: admin, body: question({ action: { name: 'fly' } }) })
    expect(denied.body).toMatchObject({ decision: false, context: { reason: 'unknown-permission', explanation: { considered: [] } } })
  })

  test('grants that ended count no more, groups and service accounts do', async () => {
    const group = newId('group')
    const robot = newId('serviceAccount')
    const member = await makeMember(org)
    await db().group.create({ data: { id: group, organizationId: org.id, name: 'ops', externalId: 'ops-team' } })
    await db().serviceAccount.create({ data: { id: robot, organizationId: org.id, name: 'deployer', externalId: 'deployer' } })
    await db().groupMember.create({ data: { organizationId: org.id, groupId: group, membershipId: member.id } })
    await grant({ groupId: group }, 'viewer', cluster)
    await grant({ serviceAccountId: robot }, 'viewer', folder)
    const late = await makeMember(org)
    await grant({ membershipId: late.id }, 'viewer', folder, new Date(Date.now() - 1000))
    const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id }, select: { accessVersion: true } })
    const subjects = [{ type: 'group', id: 'ops-team' }, { type: 'user', id: member.id }, { type: 'service_account', id: 'deployer' }, { type: 'user', id: late.id }]
    const { body } = await server.ask('/access/v1/evaluations', {
      key: admin, headers: { 'gatehouse-at-least-version': String(accessVersion) }, body: { ...question(), evaluations: subjects.map((subject) => ({ subject })) },
    })
    expect(body).toEqual({ evaluations: [yes, yes, yes, no] })
  })
})

describe('7 access evaluations', () => {
  const view = { action: { name: 'cluster:view' } }
  const drop = { action: { name: 'cluster:delete' } }

  test('7.1 without entries it is a single evaluation', async () => {
    expect((await evaluations(question())).body).toEqual(yes)
    expect((await evaluations(question({ evaluations: [] }))).body).toEqual(yes)
  })

  test('7.1.1 top-level values are defaults, an entry’s own take precedence', async () => {
    const { body } = await evaluations(question({ evaluations: [{}, drop, { resource: { type: 'cluster', id: 'nowhere' } }, view] }))
    expect(body).toEqual({ evaluations: [yes, no, no, yes] })
  })

  test('7.1.1 entries may bring everything themselves', async () => {
    expect((await evaluations({ evaluations: [question(), question(drop)] })).body).toEqual({ evaluations: [yes, no] })
  })

  test('7.1.1 a part of an entry takes the place of the default whole; only its type may come from there', async () => {
    const { body } = await evaluations(question({ evaluations: [{ resource: { id: 'orders-1' } }, { resource: { type: 'cluster' } }, { subject: { type: 'user' } }, { action: {} }] }))
    const missing = (what: string) => ({ decision: false, context: { error: { status: 400, message: `\`${what}\` is missing` } } })
    expect(body).toEqual({ evaluations: [yes, missing('evaluations[1].resource.id'), missing('evaluations[2].subject.id'), missing('evaluations[3].action.name')] })
  })

  test('7.1.1 the context is a default too', async () => {
    const soon = { time: new Date(Date.now() + 60_000).toISOString() }
    expect((await evaluations(question({ context: soon, evaluations: [{}, { context: { source: 'own' } }] }))).body).toEqual({ evaluations: [yes, yes] })
    expect((await evaluations(question({ context: 'soon', evaluations: [{}] }))).status).toBe(400)
  })

  test('7.1 a list that is none, or entries that are no objects: 400', async () => {
    expect((await evaluations({ evaluations: question() })).status).toBe(400)
    expect((await evaluations({ evaluations: ['x'] })).status).toBe(400)
    expect((await evaluations(question({ subject: 'someone', evaluations: [question()] }))).text).toBe('`subject` is not an object\n')
  })

  test('7.1.2 options are an object; those unknown are ignored', async () => {
    expect((await evaluations(question({ evaluations: [view], options: { another_option: 'value' } }))).body).toEqual({ evaluations: [yes] })
    expect((await evaluations(question({ evaluations: [view], options: 'execute_all' }))).text).toBe('`options` is not an object\n')
  })

  test.each([
    ['execute_all', [true, false, true]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
  ])('7.1.2.1 %s', async (semantic, expected) => {
    const { body } = await evaluations(question({ evaluations: [view, drop, view], options: { evaluations_semantic: semantic, another_option: 'value' } }))
    expect(body).toEqual({ evaluations: expected.map((decision) => ({ decision })) })
  })

  test('7.1.2.1 any other semantic: 400', async () => {
    expect((await evaluations(question({ evaluations: [view], options: { evaluations_semantic: 'some' } }))).status).toBe(400)
  })

  test('7.2 decisions come in the order of the requests, without one of their own', async () => {
    const { body } = await evaluations(question({ evaluations: [drop, view, drop] }))
    expect(body).toEqual({ evaluations: [no, yes, no] })
  })

  test('7.2.1 an entry that says too little is a denial with the error in its context, and the others are answered', async () => {
    const entries = [view, { subject: 'someone' }, { action: { name: 7 } }, view]
    const { status, body } = await evaluations(question({ evaluations: entries }))
    const error = (message: string) => ({ decision: false, context: { error: { status: 400, message } } })
    expect([status, body]).toEqual([200, { evaluations: [yes, error('`evaluations[1].subject` is not an object'), error('`evaluations[2].action.name` is not a string'), yes] }])
    const { action, resource } = question()
    expect((await evaluations({ action, evaluations: [{ resource }] })).body).toEqual({ evaluations: [error('`evaluations[0].subject` is missing')] })
  })

  test('7.1.2.1 deny_on_first_deny ends with a failure too', async () => {
    const { body } = await evaluations(question({ evaluations: [view, { action: {} }, view], options: { evaluations_semantic: 'deny_on_first_deny' } }))
    expect(body).toMatchObject({ evaluations: [yes, { decision: false, context: { error: { status: 400 } } }] })
    expect((body as { evaluations: unknown[] }).evaluations).toHaveLength(2)
  })

  test('7.2.1 an error of one evaluation is a denial with the error in its context', async () => {
    const { status, body } = await evaluations(question({ evaluations: [{}, { subject: { type: 'user', id: org.admin.id } }] }), viewers)
    expect(status).toBe(200)
    expect(body).toMatchObject({ evaluations: [yes, { decision: false, context: { error: { status: 403 } } }] })
  })
})

describe('8 searches', () => {
  type Found = { page: { next_token: string; count: number }; results: { name: string }[] }
  const search = (what: string, body: unknown, key = admin) => server.ask(`/access/v1/search/${what}`, { key, body })

  test('8.4 subjects: the id is ignored, groups are followed', async () => {
    const { status, body } = await search('subject', question({ subject: { type: 'user', id: 'ignored' }, action: { name: 'cluster:delete' } }))
    expect(status).toBe(200)
    expect(body).toEqual({ page: { next_token: '', count: 1 }, results: [{ type: 'user', id: org.admin.id }] })
    const keys = await search('subject', question({ subject: { type: 'api_key' }, action: { name: 'cluster:delete' } }))
    expect(keys.body).toEqual({ page: { next_token: '', count: 1 }, results: [{ type: 'api_key', id: admin.id }] })
  })

  test('8.5 resources: those below a folder too', async () => {
    const { body } = await search('resource', question({ resource: { type: 'cluster' } }))
    expect(body).toEqual({ page: { next_token: '', count: 1 }, results: [{ type: 'cluster', id: cluster }] })
  })

  test('8.4.2, 8.5.2 results are named in the terms of the question: the platform’s where that is asked about', async () => {
    const member = await makeMember(org)
    await db().membership.update({ where: { organizationId_id: { organizationId: org.id, id: member.id } }, data: { externalId: 'employee-7' } })
    await grant({ membershipId: member.id }, 'viewer', folder)
    const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id }, select: { accessVersion: true } })
    const found = async (what: string, changes: Record<string, unknown>) => {
      const { body } = await server.ask(`/access/v1/search/${what}`, { key: admin, headers: { 'gatehouse-at-least-version': String(accessVersion) }, body: question(changes) })
      return (body as { results: { id: string }[] }).results.map(({ id }) => id)
    }
    const users = (id: string) => found('subject', { subject: { type: 'user' }, resource: { type: 'cluster', id } })
    const clusters = (id: string) => found('resource', { subject: { type: 'user', id }, resource: { type: 'cluster' } })
    expect(await users(cluster)).toEqual(expect.arrayContaining([org.admin.id, viewer.id, member.id]))
    expect(await users('orders-1')).toEqual(expect.arrayContaining([org.admin.id, viewer.id, 'employee-7']))
    expect(await users('orders-1')).not.toContain(member.id)
    expect([await clusters(member.id), await clusters('employee-7'), await clusters(member.email)]).toEqual([[cluster], ['orders-1'], ['orders-1']])
    expect(await decided({ subject: { type: 'user', id: 'employee-7' }, resource: { type: 'cluster', id: 'orders-1' } })).toEqual(yes)
  })

  test('8.6 actions', async () => {
    const { body } = await search('action', { subject: { type: 'user', id: viewer.id }, resource: { type: 'cluster', id: cluster }, page: { limit: 4 } })
    expect(body).toEqual({
      page: { next_token: expect.stringMatching(/./), count: 4 },
      results: [{ name: 'cluster:view' }, { name: 'dashboard:view' }, { name: 'database:view' }, { name: 'gatehouse/key:self' }],
    })
  })

  test('8.1 what is unknown finds nothing', async () => {
    const nothing = { page: { next_token: '', count: 0 }, results: [] }
    expect((await search('subject', question({ resource: { type: 'cluster', id: 'nowhere' } }))).body).toEqual(nothing)
    expect((await search('subject', question({ subject: { type: 'robot' } }))).body).toEqual(nothing)
    expect((await search('resource', question({ subject: { type: 'user', id: 'nobody' } }))).body).toEqual(nothing)
    expect((await search('action', question({ subject: { type: 'user', id: 'nobody' } }))).body).toEqual(nothing)
  })

  test('8.2 pages: limit, token, and an empty token at the end', async () => {
    const names: string[] = []
    let token = ''
    do {
      const { body } = await search('action', { subject: { type: 'user', id: viewer.id }, resource: { type: 'cluster', id: cluster }, page: { limit: 2, token } })
      const reply = body as Found
      expect(reply.results.length).toBe(reply.page.count)
      names.push(...reply.results.map(({ name }) => name))
      token = reply.page.next_token
    } while (token !== '')
    const whole = await search('action', { subject: { type: 'user', id: viewer.id }, resource: { type: 'cluster', id: cluster } })
    expect(whole.body).toMatchObject({ results: names.map((name) => ({ name })), page: { next_token: '' } })
  })

  test('8.2.1 the limit stays that of the first page: it may be left out, and another is refused', async () => {
    const asked = { subject: { type: 'user', id: viewer.id }, resource: { type: 'cluster', id: cluster } }
    const { page: { next_token: token } } = (await search('action', { ...asked, page: { limit: 2 } })).body as Found
    const second = (await search('action', { ...asked, page: { token } })).body as Found
    expect(second.page.count).toBe(2)
    expect((await search('action', { ...asked, page: { token, limit: 2 } })).body).toEqual(second)
    const other = await search('action', { ...asked, page: { token, limit: 3 } })
    expect([other.status, other.text]).toEqual([400, '`page.token` belongs to pages of 2; leave `page.limit` out or repeat it\n'])
    expect((await search('action', { ...asked, page: { properties: 'sorted' } })).text).toBe('`page.properties` is not an object\n')
    const altered = Buffer.from(Buffer.from(token, 'base64url').toString().replace('\n2\n', '\n-2\n')).toString('base64url')
    expect((await search('action', { ...asked, page: { token: altered } })).status).toBe(400)
  })

  test('8.2.1 what is asked stays the same too', async () => {
    const asked = { subject: { type: 'user', id: viewer.id }, resource: { type: 'cluster', id: cluster } }
    const { page: { next_token: token } } = (await search('action', { ...asked, page: { limit: 1 } })).body as Found
    for (const changed of [{ subject: { type: 'user', id: org.admin.id } }, { resource: { type: 'folder', id: folder } }, { context: { ip: '198.51.100.1' } }])
      expect((await search('action', { ...asked, ...changed, page: { token } })).status).toBe(400)
  })

  test('8.3 the page comes first, then results of the type asked for only', async () => {
    const { text, body } = await search('resource', question({ resource: { type: 'folder' }, action: { name: 'cluster:view' } }))
    expect(text.startsWith('{"page":')).toBe(true)
    expect(body).toMatchObject({ results: [{ type: 'folder', id: folder }] })
  })

  test('8.2 a token with another search, or that is none: 400', async () => {
    const first = (await search('action', { ...question(), page: { limit: 1 } })).body as { page: { next_token: string } }
    expect((await search('subject', { ...question(), page: { token: first.page.next_token } })).status).toBe(400)
    expect((await search('action', { ...question(), page: { token: 'x' } })).status).toBe(400)
    expect((await search('action', { ...question(), page: { limit: -1 } })).status).toBe(400)
    expect((await search('action', { ...question(), page: { limit: 0 } })).body).toMatchObject({ results: [], page: { count: 0, next_token: expect.stringMatching(/./) } })
  })

  test.each([
    ['8.4.1', 'subject', { subject: {} }, 'subject.type'],
    ['8.4.1', 'subject', { action: undefined }, 'action'],
    ['8.4.1', 'subject', { action: {} }, 'action.name'],
    ['8.4.1', 'subject', { resource: undefined }, 'resource'],
    ['8.4.1', 'subject', { resource: { type: 'cluster' } }, 'resource.id'],
    ['8.5.1', 'resource', { resource: {} }, 'resource.type'],
    ['8.5.1', 'resource', { subject: undefined }, 'subject'],
    ['8.5.1', 'resource', { subject: { type: 'user' } }, 'subject.id'],
    ['8.5.1', 'resource', { action: undefined }, 'action'],
    ['8.6.1', 'action', { subject: undefined }, 'subject'],
    ['8.6.1', 'action', { subject: { type: 'user' } }, 'subject.id'],
    ['8.6.1', 'action', { resource: undefined }, 'resource'],
    ['8.6.1', 'action', { resource: { type: 'cluster' } }, 'resource.id'],
  ])('%s a search for a %s with %j: 400', async (_section, what, changes, missing) => {
    const { status, text } = await search(what, question(changes))
    expect([status, text]).toEqual([400, `\`${missing}\` is missing\n`])
  })

  test('8.5.1 the id of a resource and 8.6.1 an action are ignored', async () => {
    expect((await search('resource', question())).body).toMatchObject({ results: [{ type: 'cluster', id: cluster }] })
    const without = await search('action', question({ action: undefined }))
    expect((await search('action', question({ action: { name: 'fly' } }))).body).toEqual(without.body)
  })

  test('need the permission', async () => {
    for (const what of ['subject', 'resource', 'action']) expect((await search(what, question(), viewers)).status).toBe(403)
  })
})

test('9.1, 9.2 metadata', async () => {
  const { status, headers, body } = await server.ask('/.well-known/authzen-configuration', { method: 'GET' })
  expect([status, headers['content-type']]).toEqual([200, 'application/json'])
  expect(body).toEqual({
    policy_decision_point: 'http://localhost:3000',
    access_evaluation_endpoint: 'http://localhost:3000/access/v1/evaluation',
    access_evaluations_endpoint: 'http://localhost:3000/access/v1/evaluations',
    search_subject_endpoint: 'http://localhost:3000/access/v1/search/subject',
    search_resource_endpoint: 'http://localhost:3000/access/v1/search/resource',
    search_action_endpoint: 'http://localhost:3000/access/v1/search/action',
  })
  expect(headers['cache-control']).toBe('public, max-age=3600')
  const posted = await server.ask('/.well-known/authzen-configuration', { body: {} })
  expect([posted.status, posted.headers['allow']]).toEqual([405, 'GET, HEAD'])
})

const ENDPOINTS = ['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action'].map((name) => `/access/v1/${name}`)

describe('10 transport', () => {
  test.each([
    ['malformed JSON', '{"subject":', {}],
    ['an empty body', '', {}],
    ['a list', '[]', {}],
    ['another content type', '{}', { 'content-type': 'text/plain' }],
    ['no content type', '{}', { 'content-type': '' }],
    ['JSON nested ten thousand deep', `{"subject":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, {}],
  ])('10.1.1 %s: 400 with a message', async (_what, body, headers) => {
    for (const path of ENDPOINTS) {
      const { status, text, headers: told } = await server.ask(path, { key: admin, body, headers })
      expect([path, status, told['content-type']]).toEqual([path, 400, 'text/plain; charset=utf-8'])
      expect(text.length).toBeGreaterThan(10)
    }
  })

  test('10.1 a content type with its encoding; members in any order; unknown ones', async () => {
    const { subject, action, resource } = question()
    const body = { future: { nested: true }, resource: { id: cluster, type: 'cluster', made: 1 }, page: {}, action, subject: { ...subject, roles: ['x'] } }
    for (const path of ENDPOINTS) {
      const { status, headers } = await server.ask(path, { key: admin, body, headers: { 'content-type': 'application/json; charset=utf-8' } })
      expect([path, status, headers['content-type']]).toEqual([path, 200, 'application/json'])
    }
    expect(resource.id).toBe(cluster)
  })

  test('11.7 over 1 MiB: 413', async () => {
    expect((await evaluation('x'.repeat(1024 * 1024 + 1))).status).toBe(413)
  })

  test('11.3 without a good credential: 401 that says how', async () => {
    const none = await server.ask('/access/v1/evaluation', { body: question() })
    expect([none.status, none.text]).toEqual([401, 'no credential was sent; send `Authorization: Bearer <API key>`\n'])
    expect(none.headers['www-authenticate']).toContain('Bearer')
    const typo = await server.ask('/access/v1/evaluation', { body: question(), key: { secret: `${admin.secret}x` } })
    expect([typo.status, typo.headers['www-authenticate']]).toEqual([401, expect.stringContaining('error="invalid_token"')])
  })

  test('10.1.2 asking about others without the permission: 403; about oneself everyone may', async () => {
    expect((await evaluation(question(), viewers)).body).toEqual(yes)
    expect((await evaluation(question({ subject: { type: 'api_key', id: viewers.id } }), viewers)).body).toEqual(yes)
    const { status, text } = await evaluation(question({ subject: { type: 'user', id: org.admin.id } }), viewers)
    expect([status, text]).toEqual([403, `asking about others, explaining and searching need \`gatehouse/decision:ask\` at ${cluster}\n`])
    expect((await server.ask('/access/v1/evaluation?explain=true', { key: viewers, body: question() })).status).toBe(403)
  })

  test('10.1.3 a request id comes back as it is', async () => {
    const headers = { 'x-request-id': 'any thing: 7/é' }
    for (const path of ENDPOINTS)
      for (const sent of [{ key: admin, body: question() }, { key: admin, body: '{' }, { body: question() }])
        expect([path, (await server.ask(path, { ...sent, headers })).headers['x-request-id']]).toEqual([path, 'any thing: 7/é'])
  })

  test('10.1.3 also where the front refuses', async () => {
    const { status, headers } = await server.ask('/access/v1/evaluation', { key: admin, body: question(), headers: { host: 'elsewhere.test', 'x-request-id': '1 2' } })
    expect([status, headers['x-request-id']]).toEqual([421, '1 2'])
  })

  test('10.1 another method or path', async () => {
    const get = await server.ask('/access/v1/evaluation', { key: admin, method: 'GET' })
    expect([get.status, get.headers['allow']]).toEqual([405, 'POST'])
    expect((await server.ask('/access/v1/nothing', { key: admin, body: {} })).status).toBe(404)
  })

  test('ApiKey is accepted as Bearer is', async () => {
    expect((await server.ask('/access/v1/evaluation', { body: question(), headers: { authorization: `ApiKey ${admin.secret}` } })).body).toEqual(yes)
  })
})

describe('versions', () => {
  test('the answer tells its version; one that has not come: 503 after a second', async () => {
    const version = Number((await evaluation(question())).headers['gatehouse-version'])
    expect(version).toBeGreaterThan(0)
    const future = await server.ask('/access/v1/evaluation', { key: admin, body: question(), headers: { 'gatehouse-at-least-version': String(version + 100) } })
    expect([future.status, future.headers['retry-after']]).toEqual([503, '1'])
    expect((await server.ask('/access/v1/evaluation', { key: admin, body: question(), headers: { 'gatehouse-at-least-version': 'x' } })).status).toBe(400)
  })
})
