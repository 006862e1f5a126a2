import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { makeKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, scimWith, type ScimClient, type ScimReply } from '@/lib/testing/scim'
import { ENTERPRISE_URN, ERROR_URN, PATCH_URN, SEARCH_URN } from '@/lib/testing/scim-examples'

testDatabase()
let org: TestOrganization
let scim: ScimClient
let id: string
let groupId: string

beforeAll(async () => {
  org = await makeOrganization()
  scim = await scimClient(org)
  id = idIn(await scim('POST /Users', { body: { userName: 'one', emails: [{ value: 'one@x.test', type: 'work' }] } }))
  groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: id }] } }))
})

/** A refusal in the words of SCIM; what is hostile is never a fault of ours. */
function expectRefusal({ status, body }: ScimReply, ...expected: [number, string?]): void {
  const [code, scimType] = expected
  expect([status, body]).toEqual([code, { schemas: [ERROR_URN], status: String(code), detail: expect.stringMatching(/\S/), ...(scimType !== undefined && { scimType }) }])
}

const search = (filter: unknown) => scim('POST /Users/.search', { body: { schemas: [SEARCH_URN], filter } })
const patch = (path: string, Operations: unknown) => scim(`PATCH ${path}`, { body: { schemas: [PATCH_URN], Operations } })
const nested = (depth: number, open: string, close: string, inner: string): string => open.repeat(depth) + inner + close.repeat(depth)

describe('filters', () => {
  test('over 16,384 characters, over 200 comparisons and over 40 parentheses within each other are refused, just that many are not', async () => {
    expectRefusal(await search(`userName eq "${'a'.repeat(16_384)}"`), 400, 'invalidFilter')
    expect((await search(`userName eq "${'a'.repeat(16_000)}"`)).status).toBe(200)
    expectRefusal(await search(Array.from({ length: 201 }, () => 'title pr').join(' or ')), 400, 'invalidFilter')
    expect((await search(Array.from({ length: 200 }, () => 'emails[type eq "work"]').join(' or ').slice(0, 16_000).replace(/ or [^\]]*$/, ''))).status).toBe(200)
    expectRefusal(await search(nested(41, '(', ')', 'title pr')), 400, 'invalidFilter')
    expectRefusal(await search(nested(41, 'not (', ')', 'title pr')), 400, 'invalidFilter')
    expectRefusal(await search(nested(8000, '(', '', '')), 400, 'invalidFilter')
    expect((await search(nested(20, 'not (', ')', 'title pr'))).status).toBe(200)
  })

  test.each(['userName eq "\\u0000"', 'userName eq "\u0000"', 'user\u0000Name pr', 'urn:a\u0000b:c eq "x"', 'userName co "\\ud800"', 'userName sw "\udc00"', 'urn:a\ud800:c pr'])('%j holds no text', async (filter) => {
    expectRefusal(await search(filter), 400, filter.includes('\\') ? 'invalidFilter' : 'invalidValue')
    expectRefusal(await scim(`GET /Users?filter=${encodeURIComponent(filter.replace(/[\ud800-\udfff]/g, '\0'))}`), 400, 'invalidFilter')
  })

  test.each(['__proto__ eq "x"', 'constructor pr', 'name.__proto__ pr', 'emails[constructor eq "x"]', 'toString eq "x"'])('%s names nothing a user has', async (filter) => expectRefusal(await search(filter), 400, 'invalidFilter'))

  test.each(['urn:x:y:constructor pr', 'urn:x:y:toString.length gt 0', 'urn:"quote:c eq "x"', 'urn:x:y:$ref eq "x"', "urn:'; DROP TABLE x; --:c pr", 'urn:^(a+)+$:c eq "x"', 'userName eq "\'; DELETE FROM \\"Membership\\"; --"', 'userName co "%_\\\\"', 'emails[value eq "]"]'])('%s is looked for and not found, or no filter', async (filter) => {
    const { status, body } = await search(filter)
    expect([filter, status === 200 ? body['totalResults'] : body['scimType']]).toEqual([filter, status === 200 ? 0 : 'invalidFilter'])
  })

  test.each([[12], [true], [{ a: 1 }], [['x', 'y']]])('%j is no filter', async (filter) => expectRefusal(await search(filter), 400, 'invalidFilter'))
})

describe('bodies', () => {
  test('over 1 MiB, nested beyond 50, with more than 1,000 operations or 20,000 members are refused', async () => {
    expectRefusal(await scim('POST /Users', { body: { userName: 'big', title: 'x'.repeat(1024 * 1024) } }), 413)
    for (const text of [nested(60, '{"a":', '}', '1'), nested(20_000, '[', ']', ''), nested(20_000, '{"urn:x:y":', '}', '1')]) {
      for (const path of ['/Users', '/Groups', '/.search']) expectRefusal(await scim(`POST ${path}`, { body: `{"userName":"deep","displayName":"deep","urn:x:y":${text}}`, headers: { 'content-type': 'application/scim+json' } }), 400, 'invalidSyntax')
    }
    expectRefusal(await patch(`/Users/${id}`, Array.from({ length: 1001 }, () => ({ op: 'add', path: 'title', value: 'x' }))), 413, 'tooMany')
    expect((await patch(`/Users/${id}`, Array.from({ length: 1000 }, (_each, at) => ({ op: 'add', path: 'title', value: `title ${at}` })))).body['title']).toBe('title 999')
    expectRefusal(await patch(`/Groups/${groupId}`, [{ op: 'add', path: 'members', value: Array.from({ length: 20_001 }, (_each, at) => ({ value: `u${at}` })) }]), 413, 'tooMany')
    expectRefusal(await patch(`/Groups/${groupId}`, Array.from({ length: 51 }, () => ({ op: 'remove', path: 'members[display co "nobody"]' }))), 413, 'tooMany')
  })

  test('a resource that grows beyond 64 KiB or lists beyond 200 values are refused, at once or step by step', async () => {
    expectRefusal(await scim('POST /Users', { body: { userName: 'big', 'urn:x:y': Object.fromEntries(Array.from({ length: 10 }, (_each, at) => [`n${at}`, 'x'.repeat(8000)])) } }), 413, 'tooMany')
    expectRefusal(await patch(`/Users/${id}`, Array.from({ length: 10 }, (_each, at) => ({ op: 'add', value: { 'urn:x:y': { [`n${at}`]: 'x'.repeat(8000) } } }))), 413, 'tooMany')
    expectRefusal(await scim('POST /Users', { body: { userName: 'many', emails: Array.from({ length: 201 }, (_each, at) => ({ value: `a${at}@x.test` })) } }), 400, 'invalidValue')
    expectRefusal(await patch(`/Users/${id}`, Array.from({ length: 3 }, (_each, turn) => ({ op: 'add', path: 'phoneNumbers', value: Array.from({ length: 90 }, (_one, at) => ({ value: `${turn}-${at}` })) }))), 400, 'invalidValue')
    expectRefusal(await scim('POST /Users', { body: { userName: 'long', title: 'x'.repeat(20_001) } }), 400, 'invalidValue')
  })

  test.each(['\u0000', '\ud800', 'a\udc00b'])('text that is none (%j) is refused wherever it stands', async (bad) => {
    for (const body of [{ userName: bad }, { userName: 'x', title: bad }, { userName: 'x', 'urn:x:y': { a: [bad] } }, { userName: 'x', externalId: bad }, { userName: 'x', emails: [{ value: bad }] }]) expectRefusal(await scim('POST /Users', { body }), 400, 'invalidValue')
    for (const body of [{ userName: 'x', [`urn:x:${bad}`]: { a: 1 } }, { userName: 'x', 'urn:x:y': { [bad]: 1 } }]) expectRefusal(await scim('POST /Users', { body }), 400, 'invalidSyntax')
    expectRefusal(await scim('POST /Groups', { body: { displayName: 'x', members: [{ value: bad }] } }), 400, 'invalidValue')
    expectRefusal(await patch(`/Users/${id}`, [{ op: 'add', path: `urn:x:y:${bad}`, value: 1 }]), 400, 'invalidValue')
    expectRefusal(await scim(`GET /Users/${encodeURIComponent(bad.replace(/[\ud800-\udfff]/g, '\0'))}`), 404)
  })

  test('names of prototypes are names like others, and change nothing but the resource', async () => {
    const sent = '{"userName":"proto","__proto__":{"active":false,"isAdmin":true},"constructor":{"prototype":{"x":1}},"urn:x:y":{"__proto__":{"polluted":true},"constructor":"c","toString":"t"}}'
    const reply = await scim('POST /Users', { body: sent, headers: { 'content-type': 'application/scim+json' } })
    expect([reply.status, reply.body['active'], reply.body['isAdmin'], 'polluted' in {}]).toEqual([201, true, undefined, false])
    expect(JSON.stringify(reply.body['urn:x:y'])).toBe('{"toString":"t","constructor":"c"}')
    const one = await patch(`/Users/${idIn(reply)}`, [{ op: 'add', path: 'urn:x:y:constructor.prototype', value: 1 }, { op: 'add', path: 'title', value: 'x' }])
    expect([one.status, one.body['title'], JSON.stringify(one.body['urn:x:y'])]).toEqual([200, 'x', expect.stringContaining('"constructor":{"prototype":1}')])
    for (const path of ['__proto__', 'constructor', '__proto__.x', 'name.constructor', 'urn:x:y:__proto__']) expectRefusal(await patch(`/Users/${idIn(reply)}`, [{ op: 'add', path, value: 'x' }]), 400, 'invalidPath')
  })

  test('names that are script are kept and returned as text', async () => {
    const name = '<script>alert(1)</script>"\'`${x}{{y}}'
    const user = await scim('POST /Users', { body: { userName: name, displayName: name, title: name, 'urn:x:y': { [name]: name } } })
    expect([user.status, user.body['userName'], user.body['displayName'], user.body['title'], user.body['urn:x:y'], user.headers.get('content-type')]).toEqual([201, name, name, name, { [name]: name }, 'application/scim+json; charset=utf-8'])
    expect((await scim('POST /Groups', { body: { displayName: name } })).body['displayName']).toBe(name)
    expect((await search(`userName eq ${JSON.stringify(name)}`)).body['totalResults']).toBe(1)
  })

  test.each<[string, object]>([
    ['userName', { userName: { a: 1 } }], ['userName', { userName: ['a', 'b'] }], ['name', { userName: 'x', name: 'text' }], ['name', { userName: 'x', name: [1, 2] }], ['emails', { userName: 'x', emails: [[1]] }], ['emails', { userName: 'x', emails: { value: { a: 1 } } }],
    ['active', { userName: 'x', active: 'perhaps' }], ['active', { userName: 'x', active: 3 }], ['title', { userName: 'x', title: ['a', 'b'] }], ['externalId', { userName: 'x', externalId: { a: 1 } }], [ENTERPRISE_URN, { userName: 'x', [ENTERPRISE_URN]: 'text' }], [ENTERPRISE_URN, { userName: 'x', [ENTERPRISE_URN]: { manager: [1, 2] } }],
    ['userName', { userName: 'a\nb' }], ['userName', { userName: 'a'.repeat(321) }], ['externalId', { userName: 'x', externalId: 'a'.repeat(256) }],
  ])('a wrong type or length of %s is invalidValue', async (_name, body) => expectRefusal(await scim('POST /Users', { body }), 400, 'invalidValue'))

  test.each<[object, string]>([
    [{ op: 'add', path: 12, value: 'x' }, 'invalidPath'], [{ op: 'add', path: ['title'], value: 'x' }, 'invalidPath'], [{ op: 1, path: 'title', value: 'x' }, 'invalidSyntax'], [{ op: 'add', path: 'title' }, 'invalidValue'], [{ op: 'add', value: 'x' }, 'invalidValue'], [{ op: 'replace', value: [1] }, 'invalidValue'],
    [{ op: 'replace', path: 'emails[type eq "work"]', value: [[1]] }, 'invalidValue'], [{ op: 'replace', path: 'active', value: {} }, 'invalidValue'], [{ op: 'add', path: `emails[${'('.repeat(50)}`, value: 'x' }, 'invalidPath'], [{ op: 'add', path: `emails[${'('.repeat(50)}]`, value: 'x' }, 'invalidFilter'],
  ])('PATCH %j is refused', async (operation, scimType) => expectRefusal(await patch(`/Users/${id}`, [operation]), 400, scimType))

  test.each([{ members: 'x' }, { members: [1] }, { members: [{ value: 7 }] }, { members: [{}] }, { members: [[]] }, { members: { value: { a: 1 } } }])('members %j are refused', async (body) => {
    expectRefusal(await scim('POST /Groups', { body: { displayName: 'wrong', ...body } }), 400, 'invalidValue')
    expectRefusal(await patch(`/Groups/${groupId}`, [{ op: 'add', value: body }]), 400, 'invalidValue')
  })

  test.each(['startIndex=1e9', 'startIndex=x', 'count=1.5', 'count=99999999999999999999', 'startIndex=1&startIndex=2'])('%s is no page', async (query) => expectRefusal(await scim(`GET /Users?${query}`), 400, 'invalidValue'))

  test('more than 100 attributes named are refused; a page far beyond the end is empty', async () => {
    expectRefusal(await scim(`GET /Users?attributes=${Array.from({ length: 101 }, () => 'title').join(',')}`), 400, 'invalidValue')
    expect((await scim('GET /Users?startIndex=999999999999')).body).toMatchObject({ itemsPerPage: 0, Resources: [] })
  })
})

test('an API key is told that SCIM takes the token of a directory', async () => {
  const key = await makeKey(org, org.admin)
  const { status, headers, body } = await scimWith(key.secret)('GET /Users')
  expect([status, body['detail']]).toEqual([401, 'SCIM takes a token of a directory (`gh_scim_…`), made under Settings, Provisioning; this is an API key'])
  expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="gatehouse", error="invalid_token"/)
})

test('whatever came is in the log of requests, where an administrator looks for the reason', async () => {
  const one = await makeOrganization()
  const other = await scimClient(one)
  const sent = ['{"userName":"\\u0000"}', '{"userName":"a\\\\u0000b \\ud800"}', `{"userName":"x","title":"${'😀'.repeat(9000)}"}`, nested(20_000, '[', ']', ''), '{"__proto__":1,"urn:\\u0000":1}', '{']
  for (const body of sent) await other('POST /Users', { body, headers: { 'content-type': 'application/scim+json' } })
  await other('GET /Users?filter=%00%F0%9F')
  expect(await db().provisioningRequest.count({ where: { organizationId: one.id } })).toBe(sent.length + 1)
})
