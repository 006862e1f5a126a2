import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newBrowserSecret } from '@/lib/features/sso-connections/attempts'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { makeSamlConnection, makeVerifiedDomain } from '@/lib/testing/saml-connections'
import { asField, encrypted, makeTestIdp, signed, testAssertion, testResponse, type Given } from '@/lib/testing/saml-responses'
import { serviceAddresses } from '@/lib/sso/saml/service-provider'
import { beginSaml, finishSaml, receiveSaml } from './door'
import { publicCertificates } from './keys'
import { makeNextSamlKey, promoteSamlKey, setSamlRequirements } from './operations'
import { findSamlConnection, type SamlConnection } from './queries'

testDatabase()
const idp = await makeTestIdp()

type Site = { org: TestOrganization; domain: string; id: string }

async function makeSite(more: Parameters<typeof makeSamlConnection>[2] = {}): Promise<Site> {
  const org = await makeOrganization()
  await db().organization.update({ where: { id: org.id }, data: { isAutoprovisioned: true } })
  return { org, domain: await makeVerifiedDomain(org), id: await makeSamlConnection(org, idp, more) }
}

async function connectionOf({ id }: Site): Promise<SamlConnection> {
  const connection = await findSamlConnection(id)
  if (!connection) throw new Error('no connection')
  return connection
}

/** A browser that has begun: its secret, and the id of its request. */
async function begin(site: Site, next: string | null = null) {
  const browserSecret = newBrowserSecret()
  const begun = await beginSaml(await connectionOf(site), { browserSecret, purpose: 'sign-in', next })
  if (begun.kind !== 'redirect') throw new Error('expected a redirect')
  const xml = inflateRawSync(Buffer.from(new URL(begun.url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  return { browserSecret, requestId: / ID="([^"]+)"/.exec(xml)?.[1] ?? '' }
}

/** A good answer to a request. */
function answer(site: Site, inResponseTo: string | null, more: Partial<Given> = {}, open = (assertion: string) => assertion): string {
  const { entityId: audience, acsUrl } = serviceAddresses(site.id)
  const email = `robin@${site.domain}`
  const all: Given = { idp, audience, acsUrl, inResponseTo, nameId: email, attributes: { email: [email], displayName: ['Robin Reed'], groups: ['Operators'] }, ...more }
  return asField(testResponse(all, open(signed(testAssertion(all), 'Assertion', idp))))
}

const receive = async (site: Site, field: string, relayState?: string) => receiveSaml(await connectionOf(site), field, relayState)
const failures = async ({ org }: Site) => (await eventsOf(org.id, 'session.open')).filter(({ outcome }) => outcome === 'failed').map(({ detail }) => (typeof detail === 'object' && detail !== null && 'code' in detail ? detail.code : null))

async function ticketOf(site: Site, field: string): Promise<string> {
  const received = await receive(site, field)
  if (received.kind !== 'ticket') throw new Error(`no ticket: ${JSON.stringify(received)}`)
  return received.ticket
}

test('a first sign-in makes the person, with the roles of their groups, and goes where they wanted', async () => {
  const site = await makeSite()
  const roleId = await makeRole(site.org.id, ['audit:read'])
  await db().groupMapping.create({ data: { id: newId('groupMapping'), organizationId: site.org.id, connectionId: site.id, group: 'Operators', roleId, scopeId: site.org.id, priority: 1 } })
  const { browserSecret, requestId } = await begin(site, `/${site.org.slug}/audit`)
  const ticket = await ticketOf(site, answer(site, requestId))
  const finished = await finishSaml(await connectionOf(site), ticket, browserSecret, null)
  if (finished.kind !== 'signed-in') throw new Error(JSON.stringify(finished))
  expect(finished.next).toBe(`/${site.org.slug}/audit`)
  expect(await actorOfSecret(finished.session.secret)).toMatchObject({ email: `robin@${site.domain}`, name: 'Robin Reed', method: 'saml', through: { connectionId: site.id } })
  expect(await db().roleAssignment.findMany({ where: { organizationId: site.org.id, membershipId: finished.session.membershipId }, select: { roleId: true } })).toEqual([{ roleId }])
  // What the assertion said is forgotten, that it came is not.
  expect(await db().samlArrival.findMany({ where: { organizationId: site.org.id }, select: { sealed: true } })).toEqual([{ sealed: '' }])
})

describe('one answer, one request, one browser', () => {
  test('the same response again is refused, and so is another answer to the same request', async () => {
    const site = await makeSite()
    const { requestId } = await begin(site)
    const field = answer(site, requestId)
    await ticketOf(site, field)
    expect(await receive(site, field)).toEqual({ kind: 'refused', reason: 'saml-replayed' })
    expect(await receive(site, answer(site, requestId))).toEqual({ kind: 'refused', reason: 'saml-replayed' })
    expect(await failures(site)).toEqual(['saml-replayed', 'saml-replayed'])
  })

  test('of two that come at once one is accepted', async () => {
    const site = await makeSite()
    const { requestId } = await begin(site)
    const field = answer(site, requestId)
    const outcomes = await Promise.all([receive(site, field), receive(site, field), receive(site, field)])
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['refused', 'refused', 'ticket'])
  })

  test('another browser than the one that began is not signed in, and does not spoil it for that one', async () => {
    const site = await makeSite()
    const attacker = await begin(site)
    const victim = await begin(site)
    const connection = await connectionOf(site)
    const ticket = await ticketOf(site, answer(site, attacker.requestId))
    expect(await finishSaml(connection, ticket, victim.browserSecret, null)).toEqual({ kind: 'refused', reason: 'other-browser' })
    expect(await finishSaml(connection, ticket, undefined, null)).toEqual({ kind: 'refused', reason: 'other-browser' })
    expect(await finishSaml(connection, ticket, attacker.browserSecret, null)).toMatchObject({ kind: 'signed-in' })
    expect(await finishSaml(connection, ticket, attacker.browserSecret, null)).toEqual({ kind: 'refused', reason: 'state-unknown' })
  })

  test('a request of another connection is not known, and an assertion for it is for another audience', async () => {
    const [one, other] = [await makeSite(), await makeSite()]
    const { requestId } = await begin(other)
    expect(await receive(one, answer(one, requestId))).toEqual({ kind: 'refused', reason: 'saml-unknown-request' })
    expect(await receive(one, answer(other, requestId))).toEqual({ kind: 'refused', reason: 'saml-wrong-destination' })
    const mine = await begin(one)
    const ticket = await ticketOf(one, answer(one, mine.requestId))
    expect(await finishSaml(await connectionOf(other), ticket, mine.browserSecret, null)).toEqual({ kind: 'refused', reason: 'state-unknown' })
  })
})

describe('a sign-in that begins at the identity provider', () => {
  test('is refused by default, and the log says why', async () => {
    const site = await makeSite()
    expect(await receive(site, answer(site, null))).toEqual({ kind: 'refused', reason: 'saml-unsolicited' })
    expect(await failures(site)).toEqual(['saml-unsolicited'])
  })

  test('where allowed, it begins here after all; where it leads to is one of our own pages', async () => {
    const site = await makeSite({ isIdpInitiated: true })
    expect(await receive(site, answer(site, null), `/${site.org.slug}/users`)).toEqual({ kind: 'begin', next: `/${site.org.slug}/users` })
    for (const evil of ['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)']) expect(await receive(site, answer(site, null), evil)).toEqual({ kind: 'begin', next: null })
    const field = answer(site, null)
    await receive(site, field)
    expect(await receive(site, field)).toEqual({ kind: 'refused', reason: 'saml-replayed' })
  })
})

describe('who may not come in', () => {
  test('somebody of a domain that is not verified, and nobody through a connection that is off', async () => {
    const site = await makeSite()
    const { browserSecret, requestId } = await begin(site)
    const ticket = await ticketOf(site, answer(site, requestId, { nameId: 'x', attributes: { email: ['robin@elsewhere.example'] } }))
    expect(await finishSaml(await connectionOf(site), ticket, browserSecret, null)).toEqual({ kind: 'refused', reason: 'domain-unverified' })
    await db().ssoConnection.update({ where: { id: site.id }, data: { status: 'disabled' } })
    expect(await beginSaml(await connectionOf(site), { browserSecret, purpose: 'sign-in', next: null })).toEqual({ kind: 'refused', reason: 'connection-off' })
  })

  test('the log names what was found, never the response', async () => {
    const site = await makeSite()
    const { requestId } = await begin(site)
    await receive(site, answer(site, requestId, { audience: 'https://other.example.test' }))
    expect(await eventsOf(site.org.id, 'session.open')).toMatchObject([{ outcome: 'failed', actorType: 'connection', actorId: site.id, detail: { method: 'saml', code: 'saml-wrong-audience', found: 'https://other.example.test' } }])
  })
})

test('our next certificate is published, opens what is encrypted for it, and takes over', async () => {
  const site = await makeSite()
  const connection = await connectionOf(site)
  const [first] = await publicCertificates(connection)
  await perform(makeNextSamlKey, site.org.admin.actor, site.org.id, { id: site.id })
  const [present, next = ''] = await publicCertificates(connection)
  expect(present).toBe(first)
  for (const certificate of [present ?? '', next]) {
    const { requestId } = await begin(site)
    await ticketOf(site, answer(site, requestId, {}, (assertion) => encrypted(assertion, certificate)))
  }
  await perform(promoteSamlKey, site.org.admin.actor, site.org.id, { id: site.id })
  expect(await publicCertificates(connection)).toEqual([next])
  const { requestId } = await begin(site)
  expect(await receive(site, answer(site, requestId, {}, (assertion) => encrypted(assertion, first ?? '')))).toEqual({ kind: 'refused', reason: 'saml-not-decryptable' })
})

test('a test shows what came to the session that asked, and lets nobody in', async () => {
  const site = await makeSite({ status: 'draft' })
  const tester = site.org.admin.actor
  const connection = await connectionOf(site)
  const test = async (browser: typeof tester | null) => {
    const browserSecret = newBrowserSecret()
    const begun = await beginSaml(connection, { browserSecret, purpose: 'test', sessionId: tester.sessionId, next: null })
    if (begun.kind !== 'redirect') throw new Error('expected a redirect')
    const xml = inflateRawSync(Buffer.from(new URL(begun.url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
    return finishSaml(connection, await ticketOf(site, answer(site, / ID="([^"]+)"/.exec(xml)?.[1] ?? '')), browserSecret, browser)
  }
  expect(await test((await makeMember(site.org)).actor)).toEqual({ kind: 'refused', reason: 'other-browser' })
  expect(await test(tester)).toEqual({ kind: 'tested' })
  expect(await db().ssoConnection.findUnique({ where: { id: site.id } })).toMatchObject({
    status: 'tested', testedByName: site.org.admin.email, isTestedAsSelf: false,
    testResult: { email: `robin@${site.domain}`, name: 'Robin Reed', groups: ['Operators'], isLetIn: true, how: 'provision', attributes: { NameID: `robin@${site.domain}`, displayName: ['Robin Reed'] } },
  })
  expect(await db().membership.count({ where: { organizationId: site.org.id, email: `robin@${site.domain}` } })).toBe(0)
  await perform(setSamlRequirements, tester, site.org.id, { id: site.id, wantsEncryption: true })
  expect(await db().ssoConnection.findUnique({ where: { id: site.id } })).toMatchObject({ testedAt: null })
})
