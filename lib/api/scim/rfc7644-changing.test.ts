import { describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { idIn, scimClient, type ScimClient } from '@/lib/testing/scim'
import { createdUser, ENTERPRISE_URN, PATCH_URN, patches, replacedUser, USER_URN } from '@/lib/testing/scim-examples'

testDatabase()

const open = async (): Promise<ScimClient> => scimClient(await makeOrganization())
const patch = (...Operations: object[]) => ({ body: { schemas: [PATCH_URN], Operations } })
const create = async (scim: ScimClient, more: object = {}): Promise<string> => idIn(await scim('POST /Users', { body: { schemas: [USER_URN], userName: 'one', ...more } }))
const membersOf = async (scim: ScimClient, id: string): Promise<unknown> => {
  const members = (await scim(`GET /Groups/${id}`)).body['members']
  return Array.isArray(members) ? members.map((each: unknown) => (typeof each === 'object' && each !== null && 'value' in each ? each.value : each)) : []
}

describe('RFC 7644 §3.3: creating', () => {
  test('the example answers 201 with the resource, its place in header and body, and its tag', async () => {
    const scim = await open()
    const { status, headers, body } = await scim('POST /Users', { body: createdUser })
    const location = `http://localhost:3000/scim/v2/Users/${String(body['id'])}`
    expect([status, headers.get('location'), body]).toEqual([201, location, { ...createdUser, id: expect.any(String), active: true, meta: { resourceType: 'User', created: expect.any(String), lastModified: expect.any(String), location, version: headers.get('etag') } }])
    expect((await scim(`GET /Users/${String(body['id'])}`)).body).toEqual(body)
  })

  test('what is there already is 409 uniqueness, however often it is sent', async () => {
    const scim = await open()
    await scim('POST /Users', { body: createdUser })
    for (let turn = 0; turn < 2; turn++) expect((await scim('POST /Users', { body: createdUser })).body).toMatchObject({ status: '409', scimType: 'uniqueness', detail: 'another user has the user name `bjensen`' })
    expect((await scim('POST /Users', { body: { userName: 'else', externalId: 'bjensen' } })).body).toMatchObject({ status: '409', scimType: 'uniqueness' })
  })
})

describe('RFC 7644 §3.5.1: replacing', () => {
  test('the example replaces, read-only attributes ignored, what is not named gone', async () => {
    const scim = await open()
    const id = await create(scim, { ...createdUser, title: 'Guide', emails: [{ value: 'old@example.com' }] })
    const { status, headers, body } = await scim(`PUT /Users/${id}`, { body: replacedUser })
    const { roles: _roles, ...rest } = replacedUser
    expect([status, body]).toEqual([200, { ...rest, id, active: true, meta: expect.objectContaining({ version: headers.get('etag') }) }])
  })

  test('it makes nothing that is not there, and needs what is required', async () => {
    const scim = await open()
    expect((await scim('PUT /Users/2819c223-7f76-453a-919d-413861904646', { body: replacedUser })).status).toBe(404)
    const id = await create(scim)
    expect((await scim(`PUT /Users/${id}`, { body: { schemas: [USER_URN], title: 'x' } })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  })
})

describe('RFC 7644 §3.5.2: changing by PATCH', () => {
  test('needs the schema of PatchOp and operations that are known', async () => {
    const scim = await open()
    const id = await create(scim)
    for (const body of [{ schemas: [USER_URN], Operations: [{ op: 'add', path: 'title', value: 'x' }] }, { schemas: [PATCH_URN] }, { schemas: [PATCH_URN], Operations: [] }, { schemas: [PATCH_URN], Operations: [{ op: 'move', path: 'title' }] }, { schemas: [PATCH_URN], Operations: ['add'] }]) {
      expect((await scim(`PATCH /Users/${id}`, { body })).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
    }
  })

  test('is done whole or not at all', async () => {
    const scim = await open()
    const id = await create(scim, { title: 'before' })
    const before = await scim(`GET /Users/${id}`)
    expect((await scim(`PATCH /Users/${id}`, patch({ op: 'replace', path: 'title', value: 'after' }, { op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }))).body).toMatchObject({ status: '400', scimType: 'noTarget' })
    expect((await scim(`GET /Users/${id}`)).body).toEqual(before.body)
    const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All' } }))
    expect((await scim(`PATCH /Groups/${groupId}`, patch({ op: 'replace', path: 'displayName', value: 'Else' }, { op: 'add', path: 'members', value: [{ value: id }, { value: 'nobody' }] }))).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect((await scim(`GET /Groups/${groupId}`)).body).toMatchObject({ displayName: 'All' })
    expect(await membersOf(scim, groupId)).toEqual([])
  })

  test('answers 200 with the whole of it, or 204; with `attributes` always 200', async () => {
    const scim = await open()
    const id = await create(scim)
    const reply = await scim(`PATCH /Users/${id}`, patch({ op: 'add', path: 'title', value: 'x' }))
    expect([reply.status, reply.body['userName'], reply.headers.get('etag')]).toEqual([200, 'one', (await scim(`GET /Users/${id}`)).headers.get('etag')])
    const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All' } }))
    const quiet = await scim(`PATCH /Groups/${groupId}`, { body: patches.addMember(id) })
    expect([quiet.status, quiet.body, quiet.headers.get('etag')]).toEqual([204, {}, (await scim(`GET /Groups/${groupId}`)).headers.get('etag')])
    expect(await scim(`PATCH /Groups/${groupId}?attributes=displayName`, patch({ op: 'replace', path: 'displayName', value: 'Else' }))).toMatchObject({ status: 200, body: { displayName: 'Else' } })
  })

  test.each<[string, object]>([
    ['id', { op: 'replace', path: 'id', value: 'x' }], ['meta', { op: 'replace', path: 'meta.created', value: '2020-01-01T00:00:00Z' }], ['schemas', { op: 'add', path: 'schemas', value: ['urn:x'] }], ['groups', { op: 'add', path: 'groups', value: [{ value: 'x' }] }],
    ['userName, which is required', { op: 'remove', path: 'userName' }], ['userName, which is required', { op: 'replace', path: 'userName', value: null }],
  ])('refuses to change %s by mutability', async (_what, operation) => {
    const scim = await open()
    expect((await scim(`PATCH /Users/${await create(scim)}`, patch(operation))).body).toMatchObject({ status: '400', scimType: 'mutability' })
  })

  test('a group’s name cannot be taken away, nor a member be made another', async () => {
    const scim = await open()
    const id = await create(scim)
    const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: id }] } }))
    for (const operation of [{ op: 'remove', path: 'displayName' }, { op: 'replace', path: `members[value eq "${id}"].value`, value: 'x' }, { op: 'replace', path: `members[value eq "${id}"]`, value: { value: 'x' } }]) {
      expect((await scim(`PATCH /Groups/${groupId}`, patch(operation))).body).toMatchObject({ status: '400', scimType: 'mutability' })
    }
  })

  test('§3.5.2: values of lists in extensions that are not known here are chosen by a filter as well', async () => {
    const scim = await open()
    const urn = 'urn:example:params:custom:2.0:User'
    const id = await create(scim, { [urn]: { badges: [{ kind: 'door', level: 1, isLost: false }, { kind: 'car', level: 3 }], shelf: { row: 4 }, tags: ['a', 'b'] } })
    const after = async (...Operations: object[]) => {
      const { status, body } = await scim(`PATCH /Users/${id}`, patch(...Operations))
      const extension = body[urn]
      return typeof extension === 'object' && extension !== null && 'badges' in extension ? [status, extension.badges] : [status, body['scimType']]
    }
    expect(await after({ op: 'replace', path: `${urn}:badges[kind eq "DOOR"].level`, value: 2 })).toEqual([200, [{ kind: 'door', level: 2, isLost: false }, { kind: 'car', level: 3 }]])
    expect(await after({ op: 'replace', path: `${urn}:badges[kind eq "car" and level gt 2 and not (kind co "oo")]`, value: { level: 5 } })).toEqual([200, [{ kind: 'door', level: 2, isLost: false }, { kind: 'car', level: 5 }]])
    expect(await after({ op: 'add', path: `${urn}:badges[kind eq "bike"].level`, value: 1 })).toEqual([200, [{ kind: 'door', level: 2, isLost: false }, { kind: 'car', level: 5 }, { kind: 'bike', level: 1 }]])
    expect(await after({ op: 'remove', path: `${urn}:badges[isLost eq false].LEVEL` }, { op: 'Remove', path: `${urn}:badges[kind eq "car" or kind eq "bike"]` })).toEqual([200, [{ kind: 'door', isLost: false }]])
    expect(await after({ op: 'replace', path: `${urn}:badges[kind eq "boat"].level`, value: 1 })).toEqual([400, 'noTarget'])
    for (const [path, type] of [[`${urn}:shelf[row eq 4]`, 'invalidPath'], [`${urn}:tags[value eq "a"]`, 'invalidPath'], [`${urn}[kind eq "door"]`, 'invalidPath'], [`${urn}:badges[kind eq]`, 'invalidFilter']])
      expect([path, await after({ op: 'add', path, value: { level: 1 } })]).toEqual([path, [400, type]])
    expect(await after({ op: 'replace', path: `${urn}:badges[kind eq "door"]`, value: 'lost' })).toEqual([400, 'invalidValue'])
    expect(await after({ op: 'remove', path: `${urn}:badges[kind eq "door"]` })).toEqual([200, undefined])
    expect((await scim(`GET /Users/${id}`)).body[urn]).toEqual({ shelf: { row: 4 }, tags: ['a', 'b'] })
  })

  test.each(['nothing', 'name.nothing', 'a b', 'emails[type eq "work"', 'title[type eq "x"]', '[type eq "x"]', 'name.givenName.x', 'emails[type eq "work"].nothing', 'a'.repeat(5000)])('path %s is refused in words', async (path) => {
    const scim = await open()
    expect((await scim(`PATCH /Users/${await create(scim, { emails: [{ type: 'work', value: 'a@x.test' }] })}`, patch({ op: 'add', path, value: 'x' }))).body).toMatchObject({ status: '400', scimType: expect.stringMatching(/^(invalidPath|invalidFilter)$/) })
  })

  describe('§3.5.2.1: add', () => {
    test('the examples: a member to a group, and attributes without path', async () => {
      const scim = await open()
      const id = await create(scim)
      const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'Tour Guides' } }))
      expect((await scim(`PATCH /Groups/${groupId}`, { body: patches.addMember(id) })).status).toBe(204)
      expect(await membersOf(scim, groupId)).toEqual([id])
      expect((await scim(`PATCH /Users/${id}`, { body: patches.addWithoutPath })).body).toMatchObject({ emails: [{ value: 'babs@jensen.org', type: 'home' }], nickName: 'Babs' })
    })

    test('a list gets the new value beside its own, a single value is replaced, parts join a complex one', async () => {
      const scim = await open()
      const id = await create(scim, { title: 'a', emails: [{ value: 'a@x.test', type: 'work' }], name: { givenName: 'A' } })
      const { body } = await scim(`PATCH /Users/${id}`, patch({ op: 'add', path: 'emails', value: { value: 'b@x.test', type: 'home' } }, { op: 'add', path: 'title', value: 'b' }, { op: 'add', path: 'name', value: { familyName: 'B' } }, { op: 'add', path: 'nickName', value: 'N' }))
      expect(body).toMatchObject({ emails: [{ value: 'a@x.test', type: 'work' }, { value: 'b@x.test', type: 'home' }], title: 'b', name: { givenName: 'A', familyName: 'B' }, nickName: 'N' })
    })

    test('what is there already changes nothing, not even the time', async () => {
      const org = await makeOrganization()
      const scim = await scimClient(org)
      const id = await create(scim, { emails: [{ value: 'a@x.test', type: 'work' }] })
      const before = await scim(`GET /Users/${id}`)
      const events = await db().auditEvent.count({ where: { organizationId: org.id } })
      expect((await scim(`PATCH /Users/${id}`, patch({ op: 'add', path: 'emails', value: [{ value: 'a@x.test', type: 'work' }] }))).body).toEqual(before.body)
      expect(await db().auditEvent.count({ where: { organizationId: org.id } })).toBe(events)
    })

    test('a new primary value takes it from the old one', async () => {
      const scim = await open()
      const id = await create(scim, { emails: [{ value: 'a@x.test', primary: true }, { value: 'b@x.test' }] })
      expect((await scim(`PATCH /Users/${id}`, patch({ op: 'add', path: 'emails', value: { value: 'c@x.test', primary: true } }))).body['emails']).toEqual([{ value: 'a@x.test', primary: false }, { value: 'b@x.test' }, { value: 'c@x.test', primary: true }])
      expect((await scim(`PATCH /Users/${id}`, patch({ op: 'replace', path: 'emails[value eq "b@x.test"].primary', value: true }))).body['emails']).toEqual([{ value: 'a@x.test', primary: false }, { value: 'b@x.test', primary: true }, { value: 'c@x.test', primary: false }])
    })
  })

  describe('§3.5.2.2: remove', () => {
    test('without path is noTarget', async () => {
      const scim = await open()
      expect((await scim(`PATCH /Users/${await create(scim)}`, patch({ op: 'remove' }))).body).toMatchObject({ status: '400', scimType: 'noTarget' })
    })

    test('the examples: one member, all members, chosen e-mail addresses, one for another, all for others', async () => {
      const scim = await open()
      const [one, two, three] = [await create(scim), await create(scim, { userName: 'two' }), await create(scim, { userName: 'three', emails: [{ value: 'a@example.com', type: 'work' }, { value: 'a@example.com', type: 'home' }, { value: 'b@x.test', type: 'work' }] })]
      const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: one }, { value: two }] } }))
      const after = async (body: object) => {
        expect((await scim(`PATCH /Groups/${groupId}`, { body })).status).toBe(204)
        return membersOf(scim, groupId)
      }
      expect(await after(patches.removeMember(one))).toEqual([two])
      expect(await after(patches.exchangeMember(two, one))).toEqual([one])
      expect(await after(patches.exchangeMembers(two, three))).toEqual([two, three])
      expect(await after(patches.removeMembers)).toEqual([])
      expect((await scim(`PATCH /Users/${three}`, { body: patches.removeChosenEmails })).body['emails']).toEqual([{ value: 'a@example.com', type: 'home' }, { value: 'b@x.test', type: 'work' }])
    })

    test('a single value, a part, a list, and a part of chosen values go; what is not there is no error', async () => {
      const scim = await open()
      const id = await create(scim, { title: 'x', name: { givenName: 'A', familyName: 'B' }, emails: [{ value: 'a@x.test' }], phoneNumbers: [{ value: '1', type: 'work', display: 'd' }, { value: '2', type: 'home' }], [ENTERPRISE_URN]: { department: 'D', costCenter: '7' } })
      const { body } = await scim(`PATCH /Users/${id}`, patch({ op: 'remove', path: 'title' }, { op: 'remove', path: 'name.givenName' }, { op: 'remove', path: 'emails' }, { op: 'remove', path: 'phoneNumbers[type eq "work"].display' }, { op: 'remove', path: `${ENTERPRISE_URN}:department` }, { op: 'remove', path: 'nickName' }))
      expect([body['title'], body['name'], body['emails'], body['phoneNumbers'], body[ENTERPRISE_URN]]).toEqual([undefined, { familyName: 'B' }, undefined, [{ value: '1', type: 'work' }, { value: '2', type: 'home' }], { costCenter: '7' }])
      expect((await scim(`PATCH /Users/${id}`, patch({ op: 'remove', path: ENTERPRISE_URN }))).body['schemas']).toEqual([USER_URN])
    })
  })

  describe('§3.5.2.3: replace', () => {
    const work = { type: 'work', streetAddress: '100 Universal City Plaza', locality: 'Hollywood', region: 'CA', postalCode: '91608', country: 'USA', formatted: 'x', primary: true }

    test('the examples: all members, an address, a street, and attributes without path', async () => {
      const scim = await open()
      const id = await create(scim, { addresses: [work, { type: 'home', locality: 'Else' }], emails: [{ value: 'old@x.test', type: 'work' }] })
      const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All', members: [{ value: await create(scim, { userName: 'two' }) }] } }))
      expect((await scim(`PATCH /Groups/${groupId}`, { body: patches.replaceMembers(id) })).status).toBe(204)
      expect(await membersOf(scim, groupId)).toEqual([id])
      const moved = patches.replaceAddress.Operations[0]
      expect((await scim(`PATCH /Users/${id}`, { body: patches.replaceAddress })).body['addresses']).toEqual([moved && 'value' in moved ? moved.value : null, { type: 'home', locality: 'Else' }])
      expect((await scim(`PATCH /Users/${id}`, { body: patches.replaceStreet })).body['addresses']).toMatchObject([{ type: 'work', streetAddress: '1010 Broadway Ave', locality: 'Hollywood' }, { locality: 'Else' }])
      expect((await scim(`PATCH /Users/${id}`, { body: patches.replaceWithoutPath })).body).toMatchObject({ nickName: 'Babs', emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }, { value: 'babs@jensen.org', type: 'home' }] })
    })

    test('values that a filter chooses are replaced whole; they stay what they were chosen by unless said otherwise', async () => {
      const scim = await open()
      const id = await create(scim, { addresses: [work, { type: 'home', locality: 'Else' }] })
      expect((await scim(`PATCH /Users/${id}`, patch({ op: 'replace', path: 'addresses[type eq "work"]', value: { locality: 'New' } }))).body['addresses']).toEqual([{ type: 'work', locality: 'New' }, { type: 'home', locality: 'Else' }])
      expect((await scim(`PATCH /Users/${id}`, patch({ op: 'replace', path: 'addresses[type eq "work"]', value: { type: 'other', locality: 'New' } }))).body['addresses']).toEqual([{ type: 'other', locality: 'New' }, { type: 'home', locality: 'Else' }])
    })

    test('a list without filter is replaced whole, a complex value keeps the parts not named, what is not there is added', async () => {
      const scim = await open()
      const id = await create(scim, { emails: [{ value: 'a@x.test' }], name: { givenName: 'A', familyName: 'B' } })
      const { body } = await scim(`PATCH /Users/${id}`, patch({ op: 'replace', path: 'emails', value: [{ value: 'b@x.test' }] }, { op: 'replace', path: 'name', value: { givenName: 'C' } }, { op: 'replace', path: 'title', value: 'T' }, { op: 'replace', path: `${ENTERPRISE_URN}:manager.value`, value: 'boss' }))
      expect(body).toMatchObject({ emails: [{ value: 'b@x.test' }], name: { givenName: 'C', familyName: 'B' }, title: 'T', [ENTERPRISE_URN]: { manager: { value: 'boss' } } })
    })

    test('a filter that chooses nothing is noTarget', async () => {
      const scim = await open()
      for (const path of ['emails[type eq "work"]', 'emails[type eq "work"].value']) expect((await scim(`PATCH /Users/${await create(scim, { userName: path.slice(0, 30) })}`, patch({ op: 'replace', path, value: path.endsWith(']') ? { value: 'x' } : 'x' }))).body).toMatchObject({ status: '400', scimType: 'noTarget' })
    })
  })
})

test('RFC 7644 §3.6: what is deleted is 404 for everything, found no more, and in nobody’s way', async () => {
  const scim = await open()
  const id = await create(scim, { externalId: 'x1' })
  const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All', externalId: 'g1', members: [{ value: id }] } }))
  expect(await scim(`DELETE /Users/${id}`)).toMatchObject({ status: 204, body: {} })
  expect(await scim(`DELETE /Groups/${groupId}`)).toMatchObject({ status: 204, body: {} })
  for (const path of [`/Users/${id}`, `/Groups/${groupId}`]) {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) expect((await scim(`${method} ${path}`, method === 'PATCH' ? patch({ op: 'add', path: 'externalId', value: 'x' }) : method === 'PUT' ? { body: { userName: 'one', displayName: 'All' } } : {})).status).toBe(404)
  }
  expect((await scim('GET /Users?filter=userName%20eq%20%22one%22')).body).toMatchObject({ totalResults: 0 })
  expect((await scim('POST /Users', { body: { userName: 'one', externalId: 'x1' } })).status).toBe(201)
  expect((await scim('POST /Groups', { body: { displayName: 'All', externalId: 'g1' } })).status).toBe(201)
})

describe('RFC 7644 §3.14: versions', () => {
  test('another version than If-Match names is 412 and changes nothing; the right one, several and * are taken', async () => {
    const scim = await open()
    const id = await create(scim)
    const groupId = idIn(await scim('POST /Groups', { body: { displayName: 'All' } }))
    for (const [path, body] of [[`/Users/${id}`, { userName: 'two' }], [`/Groups/${groupId}`, { displayName: 'Else' }]] as const) {
      const before = await scim(`GET ${path}`)
      const stale = { headers: { 'if-match': 'W/"stale"' } }
      const change = patch({ op: 'replace', path: 'externalId', value: 'x' })
      expect([(await scim(`PUT ${path}`, { body, ...stale })).status, (await scim(`PATCH ${path}`, { ...change, ...stale })).status, (await scim(`DELETE ${path}`, stale)).status]).toEqual([412, 412, 412])
      expect((await scim(`GET ${path}`)).body).toEqual(before.body)
      const changed = await scim(`PUT ${path}`, { body, headers: { 'if-match': `W/"else", ${before.headers.get('etag') ?? ''}` } })
      expect([changed.status, changed.headers.get('etag') === before.headers.get('etag')]).toEqual([200, false])
      expect((await scim(`PUT ${path}`, { body, headers: { 'if-match': before.headers.get('etag') ?? '' } })).status).toBe(412)
      expect((await scim(`DELETE ${path}`, { headers: { 'if-match': '*' } })).status).toBe(204)
    }
  })
})
