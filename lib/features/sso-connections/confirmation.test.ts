import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SessionActor } from '@/lib/access/principals/actor'
import { actorOfSecret } from '@/lib/access/principals/session'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { createGroup, deleteGroup } from '@/lib/features/groups/operations'
import { beginSaml, finishSaml, receiveSaml } from '@/lib/features/saml-connections/door'
import { findSamlConnection } from '@/lib/features/saml-connections/queries'
import { newId } from '@/lib/ids'
import { seal } from '@/lib/secrets'
import { serviceAddresses } from '@/lib/sso/saml/service-provider'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { makeFactor } from '@/lib/testing/factors'
import { startTestProvider, type TestProvider } from '@/lib/testing/openid-provider'
import { eventsOf } from '@/lib/testing/people'
import { makeSamlConnection, makeVerifiedDomain } from '@/lib/testing/saml-connections'
import { asField, makeTestIdp, signed, testAssertion, testResponse, type Given } from '@/lib/testing/saml-responses'
import { newBrowserSecret } from './attempts'
import { completeConnectionSignIn } from './completion'
import { findProofProvider, requireConfirmer } from './confirmation'
import { beginOidc, finishOidc } from './oidc-door'
import { findOidcConnection } from './queries'

testDatabase()

let provider: TestProvider
const idp = await makeTestIdp()

beforeAll(async () => {
  process.env['GATEHOUSE_ALLOW_PRIVATE_IDP'] = '1'
  forgetEnv()
  provider = await startTestProvider()
})
afterAll(() => provider.close())

type Site = { org: TestOrganization; id: string; email: string; actor: SessionActor; now: () => Promise<SessionActor> }

async function makeSite(kind: 'okta' | 'saml'): Promise<Site> {
  const org = await makeOrganization()
  const email = `ada@${await makeVerifiedDomain(org)}`
  await makeMember(org, ['group:read', 'group:write'], await makeAccount(email))
  const id = kind === 'saml' ? await makeSamlConnection(org, idp) : newId('connection')
  if (kind === 'okta') await db().ssoConnection.create({ data: { id, organizationId: org.id, kind, name: 'Okta', status: 'enabled', settings: { issuer: provider.issuer, clientId: 'gatehouse' }, clientSecret: seal('s') } })
  const connection = await db().ssoConnection.findUniqueOrThrow({ where: { id } })
  const done = await completeConnectionSignIn(connection, { subject: email, email, emailVerified: true, name: '', groups: [], attributes: {} }, null)
  if (!done.ok) throw new Error(done.reason)
  await db().session.update({ where: { id: done.session.sessionId }, data: { confirmedAt: new Date(Date.now() - 11 * 60_000) } })
  const now = async () => {
    const actor = await actorOfSecret(done.session.secret)
    if (!actor) throw new Error('no session')
    return actor
  }
  return { org, id, email, actor: await now(), now }
}

const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds

async function confirmByOidc({ id, email, actor }: Site, claims: Record<string, unknown>, browser: SessionActor = actor) {
  const connection = await findOidcConnection(id)
  if (!connection) throw new Error('no connection')
  const browserSecret = newBrowserSecret()
  const begun = await beginOidc(connection, { browserSecret, purpose: 'confirm', sessionId: actor.sessionId, next: '/somewhere' })
  if (begun.kind === 'refused') throw new Error(begun.reason)
  expect(Object.fromEntries(new URL(begun.url).searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
  return finishOidc(connection, provider.authorize(begun.url, { sub: email, email, email_verified: true, ...claims }), browserSecret, browser)
}

async function confirmBySaml({ id, email, actor }: Site, more: Partial<Given>) {
  const connection = await findSamlConnection(id)
  if (!connection) throw new Error('no connection')
  const browserSecret = newBrowserSecret()
  const begun = await beginSaml(connection, { browserSecret, purpose: 'confirm', sessionId: actor.sessionId, next: '/somewhere' })
  if (begun.kind !== 'redirect') throw new Error('no redirect')
  const xml = inflateRawSync(Buffer.from(new URL(begun.url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  expect(xml).toContain('ForceAuthn="true"')
  const { entityId: audience, acsUrl } = serviceAddresses(id)
  const given: Given = { idp, audience, acsUrl, inResponseTo: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', nameId: email, attributes: { email: [email] }, ...more }
  const received = await receiveSaml(connection, asField(testResponse(given, signed(testAssertion(given), 'Assertion', idp))), undefined)
  if (received.kind !== 'ticket') throw new Error(JSON.stringify(received))
  return finishSaml(connection, received.ticket, browserSecret, actor)
}

test('somebody without password or factor proves themselves at their provider, and may do what is dangerous', async () => {
  const site = await makeSite('okta')
  expect(await findProofProvider(site.actor)).toEqual({ name: 'Okta', href: `/sso/oidc/${site.id}/begin?confirm=1` })
  const { id } = await perform(createGroup, site.actor, site.org.id, { name: 'Night watch' })
  await expect(perform(deleteGroup, site.actor, site.org.id, { id })).rejects.toMatchObject({ code: 'confirmation-required' })
  expect(await confirmByOidc(site, { auth_time: secondsAgo(0) })).toEqual({ kind: 'confirmed', next: '/somewhere' })
  await perform(deleteGroup, await site.now(), site.org.id, { id })
  expect(await eventsOf(site.org.id, 'session.confirm')).toMatchObject([{ outcome: 'success', actorName: site.email, detail: { method: 'okta' } }])
})

test.each<[string, Record<string, unknown>, string]>([
  ['a provider that let them through as known', { auth_time: secondsAgo(120) }, 'not-again'],
  ['a provider that does not say when it asked', {}, 'not-again'],
  ['somebody else', { auth_time: secondsAgo(0), sub: 'somebody else' }, 'other-person'],
])('%s proves nothing, and the log says why', async (_what, claims, reason) => {
  const site = await makeSite('okta')
  expect(await confirmByOidc(site, claims)).toMatchObject({ kind: 'refused', reason, purpose: 'confirm', next: '/somewhere' })
  expect((await site.now()).confirmedAt).toEqual(site.actor.confirmedAt)
  expect(await eventsOf(site.org.id, 'session.confirm')).toMatchObject([{ outcome: 'failed', detail: { code: reason } }])
})

test('a proof counts for the session that asked for it only', async () => {
  const [site, other] = [await makeSite('okta'), await makeSite('okta')]
  expect(await confirmByOidc(site, { auth_time: secondsAgo(0) }, other.actor)).toMatchObject({ reason: 'other-browser' })
  await expect(requireConfirmer(other.actor, { id: site.id })).rejects.toMatchObject({ code: 'not-found' })
  await expect(requireConfirmer(site.org.admin.actor, { id: site.id })).rejects.toMatchObject({ code: 'not-found' })
})

test('whoever has a second factor shows that instead', async () => {
  const site = await makeSite('okta')
  await makeFactor(site.actor.accountId)
  expect(await findProofProvider(site.actor)).toBeNull()
})

test('the same through SAML, by the time of the authentication', async () => {
  const site = await makeSite('saml')
  expect(await confirmBySaml(site, {})).toEqual({ kind: 'confirmed', next: '/somewhere' })
  expect((await site.now()).confirmedAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
  const second = await makeSite('saml')
  expect(await confirmBySaml(second, { authenticatedAt: new Date(Date.now() - 120_000) })).toMatchObject({ kind: 'refused', reason: 'not-again' })
  expect(await confirmBySaml(second, { authenticatedAt: null })).toMatchObject({ kind: 'refused', reason: 'not-again' })
})
