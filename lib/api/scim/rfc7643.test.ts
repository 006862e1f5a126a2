import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, type ScimClient } from '@/lib/testing/scim'
import { ENTERPRISE_URN, enterpriseUser, fullUser, GROUP_URN, groupOf, minimalUser, patches, USER_URN } from '@/lib/testing/scim-examples'

testDatabase()

/** Each test has an organization of its own, with its administrator as the only other user. */
const open = async (): Promise<ScimClient> => scimClient(await makeOrganization())

const member = (body: unknown, name: string): unknown => (typeof body === 'object' && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined)
const listIn = (body: unknown, name: string): unknown[] => {
  const value = member(body, name)
  return Array.isArray(value) ? value : []
}

test('RFC 7643 §2.1: names of attributes and of schemas are the same in any case', async () => {
  const scim = await open()
  const { status, body } = await scim('POST /Users', { body: { SCHEMAS: [USER_URN.toUpperCase()], USERNAME: 'One', Name: { GIVENNAME: 'Ada' }, [ENTERPRISE_URN.toLowerCase()]: { DEPARTMENT: 'A' } } })
  expect([status, body['userName'], body['name'], body[ENTERPRISE_URN]]).toEqual([201, 'One', { givenName: 'Ada' }, { department: 'A' }])
  expect((await scim('GET /Users?filter=NAME.GIVENNAME%20eq%20%22Ada%22&ATTRIBUTES=x')).body).toMatchObject({ totalResults: 1 })
})

test('RFC 7643 §2.2 and §7: what is not case exact is compared whatever the case, an id as it stands', async () => {
  const scim = await open()
  const id = idIn(await scim('POST /Users', { body: { userName: 'Ada', externalId: 'AbC' } }))
  const found = async (filter: string) => (await scim(`GET /Users?filter=${encodeURIComponent(filter)}`)).body['totalResults']
  expect([await found('userName eq "aDA"'), await found('externalId eq "AbC"'), await found('externalId eq "abc"'), await found(`id eq "${id}"`), await found(`id eq "${id.toUpperCase()}"`)]).toEqual([1, 1, 0, 1, 0])
  expect(await scim('POST /Users', { body: { userName: 'ADA' } })).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
})

test('RFC 7643 §2.3.5: times are xsd:dateTime', async () => {
  const { body } = await (await open())('POST /Users', { body: { userName: 'one' } })
  for (const name of ['created', 'lastModified']) expect(member(body['meta'], name)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('RFC 7643 §2.3.6: binary is base64', async () => {
  const scim = await open()
  expect(await scim('POST /Users', { body: { userName: 'one', x509Certificates: [{ value: 'no base64 <at all>' }] } })).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
  expect((await scim('POST /Users', { body: { userName: 'two', x509Certificates: [{ value: 'MIIDQzCC\r\nAqygAwIB\r\nAgI=' }] } })).status).toBe(201)
})

test('RFC 7643 §2.3.8: a complex attribute holds none that is complex itself', async () => {
  const { body } = await (await open())('GET /Schemas')
  const wrong = listIn(body, 'Resources').flatMap((schema) => listIn(schema, 'attributes')).flatMap((each) => listIn(each, 'subAttributes')).filter((each) => member(each, 'type') === 'complex')
  expect(wrong).toEqual([])
})

test('RFC 7643 §2.4: no more than one value of a list is primary', async () => {
  const emails = [{ value: 'a@x.test', primary: true }, { value: 'b@x.test', primary: true }]
  expect(await (await open())('POST /Users', { body: { userName: 'one', emails } })).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
})

test('RFC 7643 §2.5: null and an empty list are the same as nothing', async () => {
  const scim = await open()
  const { body } = await scim('POST /Users', { body: { userName: 'one', title: null, emails: [], name: { givenName: null } } })
  expect([body['title'], body['emails'], body['name']]).toEqual([undefined, undefined, undefined])
  const cleared = await scim(`PUT /Users/${String(body['id'])}`, { body: { userName: 'one', title: null } })
  expect([cleared.status, cleared.body['title']]).toEqual([200, undefined])
})

test('RFC 7643 §3: every resource names its schemas, each once, with those of its extensions', async () => {
  const scim = await open()
  const { body } = await scim('POST /Users', { body: { schemas: [USER_URN, USER_URN, ENTERPRISE_URN], userName: 'one', [ENTERPRISE_URN]: { department: 'A' } } })
  expect(body['schemas']).toEqual([USER_URN, ENTERPRISE_URN])
  expect((await scim('POST /Users', { body: { schemas: [USER_URN, ENTERPRISE_URN], userName: 'two' } })).body['schemas']).toEqual([USER_URN])
  expect((await scim('POST /Users', { body: { schemas: [GROUP_URN], userName: 'three' } })).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
  for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', '/Users', '/Groups', '/nowhere']) expect((await scim(`GET ${path}`)).body['schemas']).toHaveLength(1)
})

test('RFC 7643 §3.1: the id is ours, never changes and is never another’s; meta is ours', async () => {
  const scim = await open()
  const sent = { userName: 'one', id: 'mine', externalId: '701984', meta: { resourceType: 'Group', created: '1999-01-01T00:00:00Z', location: 'https://else.test', version: 'W/"x"' } }
  const created = await scim('POST /Users', { body: sent })
  const id = idIn(created)
  expect(id).toMatch(/^usr_/)
  expect(created.body['externalId']).toBe('701984')
  expect(created.body['meta']).toMatchObject({ resourceType: 'User', location: `http://localhost:3000/scim/v2/Users/${id}` })
  expect(JSON.stringify(created.body['meta'])).not.toMatch(/1999|else/)
  expect([member(created.body['meta'], 'location'), member(created.body['meta'], 'version')]).toEqual([created.headers.get('content-location'), created.headers.get('etag')])
  expect(idIn(await scim(`PUT /Users/${id}`, { body: sent }))).toBe(id)
  await scim(`DELETE /Users/${id}`)
  expect(idIn(await scim('POST /Users', { body: sent }))).not.toBe(id)
})

test('RFC 7643 §3.3: attributes of an extension stay in it, known and unknown', async () => {
  const scim = await open()
  const body = { userName: 'one', [ENTERPRISE_URN]: { costCenter: '7' }, 'urn:example:badge': { colour: 'red', shelf: { row: 4 }, tags: ['a', 'b'], isOn: false } }
  const reply = await scim('POST /Users', { body })
  expect([reply.status, reply.body[ENTERPRISE_URN], reply.body['urn:example:badge'], reply.body['costCenter']]).toEqual([201, { costCenter: '7' }, { colour: 'red', shelf: { row: 4 }, tags: ['a', 'b'], isOn: false }, undefined])
  const found = async (filter: string) => (await scim(`GET /Users?filter=${encodeURIComponent(filter)}`)).body['totalResults']
  expect([await found('urn:example:badge:colour eq "RED"'), await found('urn:example:badge:shelf.row eq 4'), await found('urn:example:badge:colour eq "blue"')]).toEqual([1, 1, 0])
})

test('RFC 7643 §4.1.1: a user has a user name that is not empty, and no other has it', async () => {
  const scim = await open()
  for (const userName of [undefined, null, '', '   ', [], {}]) expect((await scim('POST /Users', { body: { schemas: [USER_URN], userName } })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  expect((await scim('POST /Users', { body: { userName: 'one' } })).status).toBe(201)
  const id = idIn(await scim('POST /Users', { body: { userName: 'two' } }))
  expect((await scim(`PUT /Users/${id}`, { body: { userName: 'ONE' } })).body).toMatchObject({ status: '409', scimType: 'uniqueness' })
})

test('RFC 7643 §4.1.1 and §9.2: a password is never returned, kept or found by', async () => {
  const org = await makeOrganization()
  const scim = await scimClient(org)
  const reply = await scim('POST /Users?attributes=password,userName', { body: { userName: 'one', password: 't1meMa$heen' } })
  expect(reply.body).toEqual({ schemas: [USER_URN], id: expect.any(String), userName: 'one' })
  expect((await scim('GET /Users?filter=password%20pr')).body).toMatchObject({ status: '400', scimType: 'invalidFilter' })
  const kept = [await db().membership.findMany({ where: { organizationId: org.id } }), await db().auditEvent.findMany({ where: { organizationId: org.id } }), await db().provisioningRequest.findMany({ where: { organizationId: org.id } })]
  expect(JSON.stringify(kept, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('t1meMa')
})

test('RFC 7643 §4.1.2: groups of a user are told, and changed at the groups only', async () => {
  const scim = await open()
  const id = idIn(await scim('POST /Users', { body: { userName: 'one' } }))
  const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: id }] } }))
  const groups = [{ value: groupId, $ref: `http://localhost:3000/scim/v2/Groups/${groupId}`, display: 'All', type: 'direct' }]
  expect((await scim(`PUT /Users/${id}`, { body: { userName: 'one', groups: [] } })).body['groups']).toEqual(groups)
  expect((await scim(`PATCH /Users/${id}`, { body: { Operations: [{ op: 'remove', path: 'groups' }] } })).body).toMatchObject({ status: '400', scimType: 'mutability' })
})

test('RFC 7643 §4.2: a group has a name; its members are users that exist, named with kind and address', async () => {
  const scim = await open()
  const id = idIn(await scim('POST /Users', { body: { userName: 'one' } }))
  expect((await scim('POST /Groups', { body: { schemas: [GROUP_URN], members: [] } })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  expect((await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: 'nobody' }] } })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  expect((await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: id, type: 'Group' }] } })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  expect((await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: id }] } })).body['members']).toEqual([{ value: id, $ref: `http://localhost:3000/scim/v2/Users/${id}`, display: 'one', type: 'User' }])
})

test('RFC 7643 §5: ServiceProviderConfig says what can be done here', async () => {
  const { status, body } = await (await open())('GET /ServiceProviderConfig')
  expect(status).toBe(200)
  expect(body).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'], documentationUri: 'http://localhost:3000/docs/api',
    patch: { supported: true }, bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 }, filter: { supported: true, maxResults: 200 }, changePassword: { supported: false }, sort: { supported: false }, etag: { supported: true },
    authenticationSchemes: [{ type: 'oauthbearertoken', name: expect.any(String), description: expect.any(String), specUri: 'https://www.rfc-editor.org/info/rfc6750', primary: true }],
    meta: { resourceType: 'ServiceProviderConfig', location: 'http://localhost:3000/scim/v2/ServiceProviderConfig' },
  })
})

test('RFC 7643 §6: each type of resource is told with name, place and schemas', async () => {
  const scim = await open()
  expect(listIn((await scim('GET /ResourceTypes')).body, 'Resources')).toMatchObject([
    { id: 'User', name: 'User', endpoint: '/Users', schema: USER_URN, schemaExtensions: [{ schema: ENTERPRISE_URN, required: false }] },
    { id: 'Group', name: 'Group', endpoint: '/Groups', schema: GROUP_URN },
  ])
  expect((await scim('GET /ResourceTypes/User')).body).toMatchObject({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], name: 'User', meta: { resourceType: 'ResourceType', location: 'http://localhost:3000/scim/v2/ResourceTypes/User' } })
})

test('RFC 7643 §7: each schema tells of every attribute what it is', async () => {
  const scim = await open()
  const all = listIn((await scim('GET /Schemas')).body, 'Resources')
  expect(all.map((each) => member(each, 'id'))).toEqual([USER_URN, ENTERPRISE_URN, GROUP_URN])
  const attributes = all.flatMap((schema) => listIn(schema, 'attributes')).flatMap((each) => [each, ...listIn(each, 'subAttributes')])
  expect(attributes.length).toBeGreaterThan(60)
  for (const each of attributes) {
    expect(each).toMatchObject({
      name: expect.stringMatching(/^\$?[A-Za-z][\w$-]*$/), type: expect.stringMatching(/^(string|boolean|decimal|integer|dateTime|binary|reference|complex)$/), multiValued: expect.any(Boolean), required: expect.any(Boolean), caseExact: expect.any(Boolean),
      description: expect.stringMatching(/\S/), mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/), returned: expect.stringMatching(/^(always|never|default|request)$/), uniqueness: expect.stringMatching(/^(none|server|global)$/),
    })
    if (member(each, 'type') === 'complex') expect(listIn(each, 'subAttributes').length).toBeGreaterThan(0)
    if (member(each, 'type') === 'reference') expect(listIn(each, 'referenceTypes').length).toBeGreaterThan(0)
  }
  expect((await scim(`GET /Schemas/${encodeURIComponent(ENTERPRISE_URN)}`)).body).toMatchObject({ id: ENTERPRISE_URN, meta: { resourceType: 'Schema' } })
})

/** What of an example comes back: not the RFC's id and meta, not the password, not the groups, which are not here. */
function comesBack(example: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(example).filter(([name]) => !['id', 'meta', 'password', 'groups'].includes(name)))
}

test.each([['§8.1', 'minimal', minimalUser], ['§8.2', 'full', fullUser], ['§8.3', 'enterprise', enterpriseUser]])('RFC 7643 %s: the %s user of the example is taken and comes back whole', async (_section, _name, example) => {
  const scim = await open()
  const created = await scim('POST /Users', { body: example })
  expect(created.status).toBe(201)
  expect(comesBack(created.body)).toEqual({ active: true, ...comesBack(example) })
  const again = await scim(`GET /Users/${idIn(created)}`)
  expect(again.body).toEqual(created.body)
  expect((await scim(`PUT /Users/${idIn(created)}`, { body: example })).headers.get('etag')).toBe(created.headers.get('etag'))
})

test('RFC 7643 §8.4: the group of the example is taken, its people exchanged for people here', async () => {
  const scim = await open()
  const people = [{ value: idIn(await scim('POST /Users', { body: { userName: 'babs', displayName: 'Babs Jensen' } })), display: 'Babs Jensen' }, { value: idIn(await scim('POST /Users', { body: { userName: 'mandy', displayName: 'Mandy Pepperidge' } })), display: 'Mandy Pepperidge' }]
  const created = await scim('POST /Groups', { body: groupOf(...people) })
  expect([created.status, created.body['displayName']]).toEqual([201, 'Tour Guides'])
  expect(created.body['members']).toMatchObject(people)
  expect((await scim(`PATCH /Groups/${idIn(created)}?attributes=members`, { body: patches.removeMember(people[0]?.value ?? '') })).body['members']).toMatchObject(people.slice(1))
})
