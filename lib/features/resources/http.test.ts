import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, testApi, type ApiReply, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, makeRole, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey

beforeAll(async () => {
  org = await makeOrganization('cockroachdb')
  key = await makeKey(org, org.admin)
})

type Row = Record<string, unknown> & { id: string; name: string }
const rowsOf = ({ body }: ApiReply): Row[] => (Array.isArray(body['data']) ? body['data'] : [])
const namesOf = (reply: ApiReply) => rowsOf(reply).map(({ name }) => name)
const idOf = ({ body }: ApiReply) => String(body['id'])

/** All names of a list, page by page. */
async function walk(path: string, limit = 2): Promise<string[]> {
  const names: string[] = []
  let cursor = ''
  do {
    const reply = await api(`GET ${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`, { key })
    expect(reply.status).toBe(200)
    names.push(...namesOf(reply))
    cursor = reply.body['nextCursor'] === null ? '' : `&cursor=${String(reply.body['nextCursor'])}`
  } while (cursor)
  return names
}

describe('a folder', () => {
  test('is made, shown with its path, renamed against its version, and deleted', async () => {
    const made = await api('POST /folders', { key, body: { name: 'prod', parentId: 'root' } })
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/folders/${idOf(made)}`])
    expect(made.body).toEqual({
      id: expect.stringMatching(/^fld_/), type: 'folder', name: 'prod', parent: { type: 'organization', id: org.id },
      path: [{ type: 'organization', id: org.id, name: org.name }, { type: 'folder', id: idOf(made), name: 'prod' }],
      externalId: null, attributes: {}, createdAt: expect.stringMatching(/Z$/),
    })
    const shown = await api(`GET /folders/${idOf(made)}`, { key })
    const headers = { 'if-match': shown.headers.get('etag') ?? '' }
    const renamed = await api(`PATCH /folders/${idOf(made)}`, { key, headers, body: { name: 'production', attributes: { labels: ['live'] } } })
    expect([renamed.status, renamed.body['name'], renamed.body['attributes']]).toEqual([200, 'production', { labels: ['live'] }])
    expect((await api(`PATCH /folders/${idOf(made)}`, { key, headers, body: { name: 'other' } })).status).toBe(412)
    expect((await api(`DELETE /folders/${idOf(made)}`, { key })).status).toBe(204)
    expect((await api(`GET /folders/${idOf(made)}`, { key })).status).toBe(404)
  })

  test.each<[string, object, number, unknown]>([
    ['a name of two letters', { name: 'ab' }, 422, { pointer: '#/name' }],
    ['no name', {}, 422, { pointer: '#/name' }],
    ['a parent that is none', { name: 'good', parentId: 'fld_x' }, 404, undefined],
    ['a parent by the name it has elsewhere', { name: 'good', parent: 'root' }, 422, { pointer: '#/parent' }],
    ['a key that is unknown', { name: 'good', organizationId: 'x' }, 422, { pointer: '#/organizationId' }],
    ['an attribute that is unknown', { name: 'good', attributes: { size: 1 } }, 422, { pointer: '#/attributes/size' }],
  ])('with %s is refused', async (_what, body, status, error) => {
    const reply = await api('POST /folders', { key, body })
    expect(reply.status).toBe(status)
    if (error) expect(reply.body['errors']).toEqual([expect.objectContaining(error)])
  })

  test('under a cluster is refused by the name of the field at each address', async () => {
    const cluster = await makeResource(org, 'cluster')
    const view = await api('POST /folders', { key, body: { name: 'below', parentId: cluster } })
    expect([view.status, view.body['errors']]).toEqual([422, [{ pointer: '#/parentId', detail: 'A folder cannot lie directly under a cluster' }]])
    const whole = await api('POST /resources', { key, body: { type: 'folder', name: 'below', parent: { type: 'cluster', id: cluster } } })
    expect([whole.status, whole.body['errors']]).toEqual([422, [expect.objectContaining({ pointer: '#/parent' })]])
  })

  test('is not a cluster', async () => {
    const folder = await makeResource(org, 'folder')
    for (const call of [`GET /clusters/${folder}`, `DELETE /clusters/${folder}`]) expect((await api(call, { key })).status).toBe(404)
    expect((await api(`PATCH /clusters/${folder}`, { key, body: { name: 'x' } })).status).toBe(404)
    expect((await api(`POST /clusters/${folder}/move`, { key, body: {} })).status).toBe(404)
    expect((await api('POST /resources', { key, body: { type: 'folder', name: 'good', parent: { type: 'cluster', id: folder } } })).status).toBe(404)
    expect((await api(`GET /folders/${await makeResource(org, 'cluster')}/contents`, { key })).status).toBe(404)
  })

  test('is made once for an idempotency key', async () => {
    const call = { key, body: { name: 'once' }, headers: { 'idempotency-key': 'one' } }
    const [first, second] = [await api('POST /folders', call), await api('POST /folders', call)]
    expect([first.status, second.status, idOf(second)]).toEqual([201, 201, idOf(first)])
    expect((await api('POST /folders', { key, body: { name: 'Once' } })).body['type']).toMatch(/already-exists$/)
  })
})

describe('moving', () => {
  test('is tried first, then done, and answers with the new path', async () => {
    const [from, to] = [await makeResource(org, 'folder', org.id, 'from here'), await makeResource(org, 'folder', org.id, 'to there')]
    const cluster = await makeResource(org, 'cluster', from, 'orders')
    const tried = await api(`POST /resources/${cluster}/move?dryRun=true`, { key, body: { parent: { type: 'folder', id: to } } })
    expect([tried.status, tried.body['dryRun'], tried.body['resource']]).toEqual([200, true, expect.objectContaining({ parent: { type: 'folder', id: from } })])
    const moved = await api(`POST /clusters/${cluster}/move`, { key, body: { parentId: to } })
    expect(moved.body['resource']).toMatchObject({ parent: { type: 'folder', id: to }, path: [{ id: org.id }, { name: 'to there' }, { name: 'orders' }] })
    expect((await api(`PATCH /clusters/${cluster}`, { key, body: { parentId: 'root' } })).body['parent']).toEqual({ type: 'organization', id: org.id })
    expect((await api(`PATCH /resources/${cluster}`, { key, body: { parent: to } })).body['parent']).toEqual({ type: 'folder', id: to })
    expect((await api(`PATCH /resources/${cluster}`, { key, body: { parent: null } })).body['parent']).toEqual({ type: 'organization', id: org.id })
    expect((await api(`POST /resources/${to}/move`, { key, body: { parent: to } })).status).toBe(409)
  })

  test('names a missing permission of the model without our prefix', async () => {
    const cluster = await makeResource(org, 'cluster')
    const folder = await makeResource(org, 'folder')
    const member = await makeMember(org, ['resource:read', 'resource:write'])
    const reply = await api(`POST /resources/${cluster}/move`, { key: await makeKey(org, member), body: { parent: folder } })
    expect([reply.status, reply.body['permission'], reply.body['scope']]).toEqual([403, 'folder:move', cluster])
  })
})

describe('lists', () => {
  let other: TestOrganization
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    other = await makeOrganization('cockroachdb')
    key = await makeKey(other, other.admin)
    ids['prod'] = await makeResource(other, 'folder', other.id, 'prod')
    ids['europe'] = await makeResource(other, 'folder', ids['prod'], 'Europe')
    ids['test'] = await makeResource(other, 'folder', other.id, 'test')
    for (const name of ['c3', 'c1', 'C2']) ids[name] = await makeResource(other, 'cluster', ids['europe'], name)
    ids['root'] = await makeResource(other, 'cluster', other.id, 'alone')
    await db().resource.update({ where: { id: ids['c1'] ?? '' }, data: { externalId: 'crdb-7' } })
  })

  test('go through everything once, by name, page by page', async () => {
    const all = ['alone', 'c1', 'C2', 'c3', 'Europe', 'prod', 'test']
    for (const limit of [1, 2, 3, 200]) expect(await walk('/resources', limit)).toEqual(all)
    expect(await walk('/resources?sort=-name')).toEqual(all.toReversed())
    expect(await walk('/clusters', 2)).toEqual(['alone', 'c1', 'C2', 'c3'])
    expect(await walk('/folders', 1)).toEqual(['Europe', 'prod', 'test'])
    expect(await walk('/resources?type=cluster,folder&sort=-name', 3)).toEqual(all.toReversed())
  })

  test('of contents have folders first', async () => {
    for (const limit of [1, 2, 50]) {
      expect(await walk('/folders/root/contents', limit)).toEqual(['prod', 'test', 'alone'])
      expect(await walk(`/resources/${ids['europe']}/children`, limit)).toEqual(['c1', 'C2', 'c3'])
    }
    expect(await walk(`/resources/${other.id}/children?type=cluster`)).toEqual(['alone'])
    expect(await walk(`/resources?parent=${ids['europe']}&type=cluster`)).toEqual(['c1', 'C2', 'c3'])
    expect(await walk(`/clusters?parentId=root`)).toEqual(['alone'])
  })

  test.each([
    ['eur', ['Europe']], ['EUROPE', ['Europe']], ['prod/eur', ['Europe']], ['prod/', ['Europe']], ['/prod', ['prod']], ['/eur', []], ['od/ur/c', ['c1', 'C2', 'c3']],
    ['crdb-7', ['c1']], ['100%', []], ['_', []],
  ])('find %j', async (q, names) => {
    expect(await walk(`/resources?q=${encodeURIComponent(q)}`)).toEqual(names)
  })

  test('find by id, with its prefix or without', async () => {
    const id = ids['europe'] ?? ''
    expect([await walk(`/resources?q=${id}`), await walk(`/resources?q=${id.slice(4)}`)]).toEqual([['Europe'], ['Europe']])
  })

  test('tell what a resource lies in', async () => {
    expect(rowsOf(await api(`GET /resources/${ids['c1']}/ancestors`, { key })).map(({ id }) => id)).toEqual([other.id, ids['prod'], ids['europe']])
  })

  test.each([['limit=0', 'limit'], ['sort=age', 'sort'], ['cursor=x', 'cursor'], ['depth=2', 'depth']])('%s: 422', async (query, parameter) => {
    const reply = await api(`GET /resources?${query}`, { key })
    expect([reply.status, reply.body['errors']]).toEqual([422, [expect.objectContaining({ parameter })]])
  })

  test('of whoever may see a part show that part, and as their top its topmost', async () => {
    const member = await makeMember(other)
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: other.id, membershipId: member.id, roleId: await makeRole(other.id, ['resource:read']), scopeId: ids['europe'] ?? '' } })
    const reader = await makeKey(other, member)
    expect(namesOf(await api('GET /resources', { key: reader }))).toEqual(['c1', 'C2', 'c3', 'Europe'])
    expect(namesOf(await api('GET /folders/root/contents', { key: reader }))).toEqual(['Europe'])
    expect(namesOf(await api(`GET /resources?parent=${other.id}`, { key: reader }))).toEqual([])
    for (const id of [ids['prod'], ids['test'], ids['root']]) expect((await api(`GET /resources/${id}`, { key: reader })).status).toBe(404)
    expect((await api(`GET /resources?parent=${ids['prod']}`, { key: reader })).body['data']).toEqual([expect.objectContaining({ name: 'Europe' })])
    const shown = await api(`GET /resources/${ids['c1']}`, { key: reader })
    expect(shown.body['path']).toEqual([{ type: 'organization', id: other.id, name: other.name }, expect.objectContaining({ name: 'Europe' }), expect.objectContaining({ name: 'c1' })])
    expect((await api(`PATCH /resources/${ids['c1']}`, { key: reader, body: { name: 'x' } })).status).toBe(403)
  })
})

test('in a model without clusters there are none', async () => {
  const plain = await makeOrganization('rockset')
  const mine = await makeKey(plain, plain.admin)
  expect((await api('GET /clusters', { key: mine })).body).toEqual({ data: [], nextCursor: null })
  const refused = await api('POST /clusters', { key: mine, body: { name: 'c1' } })
  expect([refused.status, refused.body['detail']]).toEqual([422, '`type`: The Rockset model has no resources of type `cluster` to be made'])
})
