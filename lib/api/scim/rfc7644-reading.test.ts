import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, scimWith, type ScimClient } from '@/lib/testing/scim'
import { createdUser, ENTERPRISE_URN, ERROR_URN, filters, LIST_URN, searchRequest, SEARCH_URN, USER_URN } from '@/lib/testing/scim-examples'

testDatabase()

let scim: ScimClient
const ids: Record<string, string> = {}

/** Five people and two groups that only reading tests see. */
beforeAll(async () => {
  scim = await scimClient(await makeOrganization())
  const people = [
    { userName: 'john', name: { familyName: 'Smith', givenName: 'John' }, displayName: 'Smith, John', title: 'Guide', userType: 'Employee', emails: [{ value: 'john@example.com', type: 'work', primary: true }, { value: 'j@home.test', type: 'home' }] },
    { userName: 'jane', name: { familyName: "O'Malley" }, title: 'Tour Guide', userType: 'Intern', emails: [{ value: 'jane@example.org', type: 'work' }], [ENTERPRISE_URN]: { department: 'Tours', employeeNumber: '7' } },
    { userName: 'bjensen', userType: 'Employee', active: false, emails: [{ value: 'b@home.test', type: 'home' }], ims: [{ value: 'b@foo.com', type: 'xmpp' }] },
    { userName: 'äda', title: 'Employee', displayName: 'smithers' },
  ]
  for (const body of people) ids[body.userName] = idIn(await scim('POST /Users', { body }))
  ids['Guides'] = idIn(await scim('POST /Groups', { body: { displayName: 'Guides', members: [{ value: ids['john'] }, { value: ids['jane'] }] } }))
  ids['Smiths'] = idIn(await scim('POST /Groups', { body: { displayName: 'Smiths' } }))
})

const nameOf = (each: unknown): string => {
  const fields = Object.fromEntries(Object.entries(typeof each === 'object' && each !== null ? each : {}))
  return String(fields['userName'] ?? fields['displayName'])
}
const namesIn = (body: Record<string, unknown>): string[] => (Array.isArray(body['Resources']) ? body['Resources'].map(nameOf) : [])

/** Who is found, the administrator left out. */
async function found(filter: string, path = '/Users'): Promise<string[]> {
  const { status, body } = await scim(`GET ${path}?filter=${encodeURIComponent(filter)}`)
  expect([filter, status, body['detail']]).toEqual([filter, 200, undefined])
  return namesIn(body).filter((name) => !name.includes('@')).sort()
}

test('RFC 7644 §2: without a good token nothing is answered but 401 with WWW-Authenticate', async () => {
  for (const secret of ['', 'nonsense', 'gh_scim_aaaaaaaa_bbbbbbbbbbbb']) {
    const { status, headers, body } = await scimWith(secret)('GET /Users')
    expect([status, body['schemas'], body['status']]).toEqual([401, [ERROR_URN], '401'])
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="gatehouse"/)
  }
  const none = await scimWith('')('GET /Users', { headers: { authorization: '' } })
  expect([none.status, none.headers.get('www-authenticate'), none.body['detail']]).toEqual([401, 'Bearer realm="gatehouse"', 'no credential was sent; send `Authorization: Bearer <SCIM token>`'])
})

test.each([
  [undefined, 'application/scim+json'], ['application/scim+json', 'application/scim+json'], ['*/*', 'application/scim+json'], ['application/json', 'application/json'], ['application/json, application/scim+json', 'application/scim+json'],
])('RFC 7644 §3.1 and §8.1: for Accept: %s the answer is %s in UTF-8', async (accept, type) => {
  const { headers } = await scim('GET /Users?count=1', accept === undefined ? {} : { headers: { accept } })
  expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`)
})

test.each(['application/scim+json', 'application/json', 'Application/SCIM+JSON; charset=utf-8', 'application/json;charset=UTF-8'])('RFC 7644 §3.1: a body may be %s', async (type) => {
  expect((await scim('POST /.search', { body: { schemas: [SEARCH_URN], count: 0 }, headers: { 'content-type': type } })).status).toBe(200)
})

test('RFC 7644 §3.1: a body of another kind is 415', async () => {
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) expect((await scim('POST /Users', { body: createdUser, headers: { 'content-type': type } })).status).toBe(415)
})

describe('RFC 7644 §3.4.1: one resource', () => {
  test('is answered with its place and tag', async () => {
    const { status, headers, body } = await scim(`GET /Users/${ids['john']}`)
    expect([status, body['userName'], headers.get('location'), headers.get('content-location')]).toEqual([200, 'john', `http://localhost:3000/scim/v2/Users/${ids['john']}`, `http://localhost:3000/scim/v2/Users/${ids['john']}`])
    expect(headers.get('etag')).toMatch(/^W\/"[\w-]+"$/)
  })

  test.each(['/Users/nobody', '/Users/grp_01a217dc-5c1d-7030-88f7-34d4f5c8d0b6', '/Groups/nothing', '/Nothing', '/Users/a/b'])('%s is 404', async (path) => {
    expect((await scim(`GET ${path}`)).body).toMatchObject({ schemas: [ERROR_URN], status: '404', detail: expect.stringMatching(/\S/) })
  })
})

describe('RFC 7644 §3.4.2: lists', () => {
  test('are a ListResponse, also when nothing is found', async () => {
    expect((await scim('GET /Users?filter=userName%20eq%20%22nobody%22')).body).toEqual({ schemas: [LIST_URN], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] })
    expect((await scim('GET /Groups')).body).toMatchObject({ schemas: [LIST_URN], totalResults: 2, startIndex: 1, itemsPerPage: 2 })
  })

  test('RFC 7644 §3.4.2.1: at the root people and groups together, what one of them does not have counting as without value', async () => {
    expect(namesIn((await scim('GET /')).body)).toHaveLength(7)
    expect(await found('userName eq "john" or displayName eq "Guides"', '/')).toEqual(['Guides', 'john'])
    expect(await found('not (userName pr)', '/')).toEqual(['Guides', 'Smiths'])
    expect(await found('not (members pr)', '/')).toEqual(['Smiths', 'bjensen', 'jane', 'john', 'äda'])
    expect(await found('members[value pr] or ims[type eq "xmpp"]', '/')).toEqual(['Guides', 'bjensen'])
    expect(await found('meta.resourceType eq "Group"', '/')).toEqual(['Guides', 'Smiths'])
    expect((await scim('GET /?filter=nothing%20pr')).body).toMatchObject({ status: '400', scimType: 'invalidFilter' })
    expect(namesIn((await scim('GET /?startIndex=5&count=2')).body)).toEqual(['äda', 'Guides'])
  })

  test.each(filters)('RFC 7644 §3.4.2.2: the example %s is understood', async (filter) => {
    expect((await scim(`GET /Users?filter=${encodeURIComponent(filter)}`)).status).toBe(200)
    expect((await scim('POST /Users/.search', { body: { schemas: [SEARCH_URN], filter } })).status).toBe(200)
  })

  test.each<[string, string[]]>([
    ['userName Eq "JOHN"', ['john']], ['userName ne "john"', ['bjensen', 'jane', 'äda']], ['userName co "EN"', ['bjensen']], ['userName sw "j"', ['jane', 'john']], ['userName ew "N"', ['bjensen', 'john']],
    ['userName gt "jane"', ['john', 'äda']], ['userName ge "jane"', ['jane', 'john', 'äda']], ['userName lt "jane"', ['bjensen']], ['userName le "jane"', ['bjensen', 'jane']], ['title pr', ['jane', 'john', 'äda']],
    ['name.familyName co "O\'Malley"', ['jane']], ['title pr and userType eq "Employee"', ['john']], ['title pr or userType eq "Employee"', ['bjensen', 'jane', 'john', 'äda']], ['active eq false', ['bjensen']], ['active eq "False"', ['bjensen']],
    ['emails eq "j@home.test"', ['john']], ['emails.value co "example"', ['jane', 'john']], ['emails.type eq "home"', ['bjensen', 'john']], ['emails[type eq "work" and value co "@example.com"]', ['john']], ['emails[type eq "home" and value co "@example.com"]', []],
    ['emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]', ['bjensen', 'john']], ['emails[not (type eq "work")]', ['bjensen', 'john']], ['emails[primary eq true]', ['john']],
    ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', ['äda']], [`schemas eq "${ENTERPRISE_URN}"`, ['jane']], [`${ENTERPRISE_URN}:department eq "tours"`, ['jane']], [`${USER_URN}:userName sw "J"`, ['jane', 'john']],
    ['groups.display eq "guides"', ['jane', 'john']], ['not (groups pr)', ['bjensen', 'äda']], ['title eq null', ['bjensen']], ['title ne null', ['jane', 'john', 'äda']], ['userName eq "\\u00e4da"', ['äda']], ['userName eq "ÄDA"', ['äda']],
    ['userName eq "john" or userName eq "jane" and title eq "nothing"', ['john']], ['(userName eq "john" or userName eq "jane") and title eq "Guide"', ['john']], ['not (userName eq "john") and title co "Guide"', ['jane']], ['not(userName eq "john")and(title co "Guide")', ['jane']],
  ])('RFC 7644 §3.4.2.2: %s finds %j', async (filter, who) => {
    expect(await found(filter)).toEqual(who)
  })

  test.each([
    'userName', 'userName eq', 'userName xx "a"', 'userName eq john', 'userName eq "john', 'eq "john"', '(userName eq "a"', 'userName eq "a")', 'userName eq "a" userName eq "b"', 'nothing eq "a"', 'name.nothing eq "a"', 'name eq "a"', 'emails[type eq "work"', 'title[type eq "x"]',
    'active gt true', 'active co "t"', 'active eq "perhaps"', 'meta.created eq "yesterday"', 'meta.created co "2011"', 'not userName eq "a"', 'userName eq "\\x"', 'emails[phoneNumbers[type eq "x"]]', 'title gt null',
  ])('RFC 7644 §3.4.2.2: %s is invalidFilter, with its place', async (filter) => {
    expect((await scim(`GET /Users?filter=${encodeURIComponent(filter)}`)).body).toMatchObject({ status: '400', scimType: 'invalidFilter', detail: expect.stringMatching(/character \d+ of the filter/) })
  })

  test.each<[string, object]>([
    ['sortBy=userName&sortOrder=descending', { totalResults: 5, itemsPerPage: 5 }],
  ])('RFC 7644 §3.4.2.3: sorting is announced as not supported, and asking for it does no harm (%s)', async (query, expected) => {
    expect((await scim(`GET /Users?${query}`)).body).toMatchObject(expected)
  })

  test.each<[string, object]>([
    ['startIndex=1&count=2', { totalResults: 5, startIndex: 1, itemsPerPage: 2 }], ['startIndex=5&count=2', { totalResults: 5, startIndex: 5, itemsPerPage: 1 }], ['startIndex=0&count=1', { startIndex: 1, itemsPerPage: 1 }],
    ['startIndex=-7&count=1', { startIndex: 1, itemsPerPage: 1 }], ['count=0', { totalResults: 5, itemsPerPage: 0, Resources: [] }], ['count=-1', { totalResults: 5, itemsPerPage: 0, Resources: [] }], ['startIndex=6', { totalResults: 5, startIndex: 6, itemsPerPage: 0, Resources: [] }],
  ])('RFC 7644 §3.4.2.4: %s', async (query, expected) => {
    expect((await scim(`GET /Users?${query}`)).body).toMatchObject(expected)
  })

  test('RFC 7644 §3.4.2.4: pages put together are everything, each once', async () => {
    const pages = await Promise.all([1, 3, 5].map(async (startIndex) => namesIn((await scim(`GET /Users?startIndex=${startIndex}&count=2`)).body)))
    expect(pages.flat()).toEqual(namesIn((await scim('GET /Users')).body))
  })

  test('RFC 7644 §3.4.2.5 and §3.9: attributes and excludedAttributes choose what is shown; id and schemas always are', async () => {
    const one = async (query: string) => (await scim(`GET /Users/${ids['john']}?${query}`)).body
    expect(await one('attributes=userName,emails.value')).toEqual({ schemas: [USER_URN], id: ids['john'], userName: 'john', emails: [{ value: 'john@example.com' }, { value: 'j@home.test' }] })
    expect(Object.keys(await one('excludedAttributes=id,schemas,name,emails,meta,groups,active,title,userType'))).toEqual(['schemas', 'id', 'userName', 'displayName'])
    expect(await one(`attributes=${USER_URN}:title`)).toEqual({ schemas: [USER_URN], id: ids['john'], title: 'Guide' })
    expect((await scim(`GET /Groups?attributes=displayName&filter=displayName%20eq%20%22guides%22`)).body['Resources']).toEqual([{ schemas: [expect.any(String)], id: ids['Guides'], displayName: 'Guides' }])
    expect((await scim(`GET /Groups/${ids['Guides']}?excludedAttributes=members`)).body['members']).toBeUndefined()
  })
})

test('RFC 7644 §3.4.3: the search of the example, over people and at the root', async () => {
  const users = await scim('POST /Users/.search', { body: searchRequest })
  expect([users.status, users.body]).toEqual([200, expect.objectContaining({ schemas: [LIST_URN], totalResults: 2, startIndex: 1, itemsPerPage: 2 })])
  expect(users.body['Resources']).toContainEqual({ schemas: [USER_URN], id: ids['john'], displayName: 'Smith, John', userName: 'john' })
  const root = await scim('POST /.search', { body: searchRequest })
  expect(root.body).toMatchObject({ totalResults: 3 })
  expect((await scim('POST /.search', { body: { ...searchRequest, schemas: [LIST_URN] } })).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
})

describe('RFC 7644 §3.12: errors', () => {
  test.each([
    ['GET /Users/nobody', 404], ['POST /ServiceProviderConfig', 405], ['DELETE /Users', 405], ['PUT /Users', 405], ['PATCH /Groups', 405], ['POST /Schemas', 405], ['DELETE /ResourceTypes/User', 405], ['POST /Bulk', 501], ['GET /Me', 501], ['GET /Users?filter=x', 400], ['GET /Users?count=many', 400], ['GET /nothing', 404],
  ])('%s is %i in the words of SCIM', async (request, status) => {
    const reply = await scim(request, request.startsWith('GET') || request.startsWith('DELETE') ? {} : { body: {} })
    expect([reply.status, reply.body]).toEqual([status, { schemas: [ERROR_URN], status: String(status), detail: expect.stringMatching(/\S/), ...(status === 400 && { scimType: expect.stringMatching(/^invalid/) }) }])
    expect(reply.headers.get('content-type')).toBe('application/scim+json; charset=utf-8')
    if (status === 405) expect(reply.headers.get('allow')).toMatch(/[A-Z]{3,}/)
  })

  test.each(['', '{', 'nothing', '[]', '"text"', '12', 'null'])('a body that is %j is invalidSyntax', async (body) => {
    for (const path of ['/Users', '/Groups', '/.search', '/Users/.search']) expect((await scim(`POST ${path}`, { body, headers: { 'content-type': 'application/scim+json' } })).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
  })
})

test('RFC 7644 §3.14: who has this version already is told so, and sent nothing', async () => {
  const { headers } = await scim(`GET /Users/${ids['john']}`)
  const again = await scim(`GET /Users/${ids['john']}`, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, {}, headers.get('etag')])
  expect((await scim(`GET /Users/${ids['john']}`, { headers: { 'if-none-match': 'W/"else"' } })).status).toBe(200)
})

test('RFC 7644 §4: what describes the service can be read, is not filtered, and cannot be changed', async () => {
  for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', '/ResourceTypes/Group', `/Schemas/${USER_URN}`]) {
    expect((await scim(`GET ${path}?attributes=x&sortBy=y&count=0`)).status).toBe(200)
    expect((await scim(`GET ${path}?filter=${encodeURIComponent('name eq "x"')}`)).status).toBe(403)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await scim(`${method} ${path}`, method === 'DELETE' ? {} : { body: {} })).status).toBe(405)
  }
  expect([(await scim('GET /Schemas/nothing')).status, (await scim('GET /ResourceTypes/Nothing')).status]).toEqual([404, 404])
})
