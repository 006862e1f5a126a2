import { expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performForAccount } from '@/lib/boundary/account-operation'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { renameAccount } from '@/lib/features/accounts/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, makeRole, makeSession, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, makeInvitation } from '@/lib/testing/people'
import { completeConnectionSignIn } from './completion'
import type { SignInConnection } from './judge'
import type { ProviderIdentity } from './rules'

testDatabase()

type Site = { org: TestOrganization; domain: string; connection: SignInConnection }

async function makeSite({ isAutoprovisioned = false, accessModel = 'standard', status = 'enabled' } = {}): Promise<Site> {
  const org = await makeOrganization(accessModel)
  const domain = `${org.slug}.example`
  await db().organization.update({ where: { id: org.id }, data: { isAutoprovisioned } })
  await db().verifiedDomain.create({ data: { id: newId('domain'), organizationId: org.id, domain, token: 't', verifiedAt: new Date() } })
  const row = await db().ssoConnection.create({ data: { id: newId('connection'), organizationId: org.id, kind: 'okta', name: 'Okta', status } })
  return { org, domain, connection: row }
}

const identity = (email: string, parts: Partial<ProviderIdentity> = {}): ProviderIdentity =>
  ({ subject: `sub-${email}`, email, emailVerified: true, name: 'Ada', groups: [], attributes: {}, ...parts })

async function map({ org, connection }: Site, group: string, roleId: string, priority = 1): Promise<void> {
  await db().groupMapping.create({ data: { id: newId('groupMapping'), organizationId: org.id, connectionId: connection.id, group, roleId, scopeId: org.id, priority } })
}

const rolesOf = async (organizationId: string, membershipId: string) =>
  (await db().roleAssignment.findMany({ where: { organizationId, membershipId }, select: { role: { select: { title: true } } } })).map(({ role }) => role.title).sort()

async function session(site: Site, who: ProviderIdentity) {
  const done = await completeConnectionSignIn(site.connection, who, null)
  if (!done.ok) throw new Error(`refused: ${done.reason}`)
  return done.session
}

const refusals = async (site: Site) => (await eventsOf(site.org.id, 'session.open')).filter(({ outcome }) => outcome === 'failed').map(({ detail }) => detail)

test('a member comes in, and the session opens this organization only and not the account', async () => {
  const site = await makeSite()
  const account = await makeAccount(`ada@${site.domain}`)
  const member = await makeMember(site.org, [], account)
  const elsewhere = await makeOrganization()
  await makeMember(elsewhere, [], account)
  const opened = await session(site, identity(account.email))
  expect(opened).toMatchObject({ accountId: account.id, membershipId: member.id, slug: site.org.slug })
  const actor = await actorOfSecret(opened.secret)
  if (!actor) throw new Error('no session')
  expect(actor).toMatchObject({ method: 'okta', through: { organizationId: site.org.id, connectionId: site.connection.id } })
  await expect(read(actor, site.org.slug, null, async () => 'in')).resolves.toBe('in')
  await expect(read(actor, elsewhere.slug, null, async () => 'in')).rejects.toMatchObject({ code: 'session-elsewhere' })
  await expect(performForAccount(renameAccount, actor, { name: 'Mallory' })).rejects.toMatchObject({ code: 'session-elsewhere' })
  expect(await eventsOf(site.org.id, 'session.open')).toMatchObject([{ outcome: 'success', actorId: account.id, detail: { method: 'okta', connection: 'Okta' } }])
})

test('a session this browser had ends', async () => {
  const site = await makeSite()
  const account = await makeAccount(`ada@${site.domain}`)
  await makeMember(site.org, [], account)
  const before = await makeSession(account)
  await completeConnectionSignIn(site.connection, identity(account.email), before)
  expect(await db().session.findUniqueOrThrow({ where: { id: before.sessionId } })).toMatchObject({ endReason: 'replaced' })
})

test.each<[string, (site: Site) => Partial<ProviderIdentity>, string]>([
  ['an address that is not verified', () => ({ emailVerified: false }), 'email-unverified'],
  ['no address', () => ({ email: null }), 'email-missing'],
  ['what is no address', () => ({ email: 'ada' }), 'email-missing'],
  ['an address outside the verified domains', () => ({ email: 'ada@elsewhere.example' }), 'domain-unverified'],
  ['an address below a verified domain', ({ domain }) => ({ email: `ada@mail.${domain}` }), 'domain-unverified'],
  ['no subject', () => ({ subject: '' }), 'subject-missing'],
])('%s never links to an account', async (_what, parts, reason) => {
  const site = await makeSite({ isAutoprovisioned: true })
  const account = await makeAccount(`ada@${site.domain}`)
  await makeMember(site.org, [], account)
  expect(await completeConnectionSignIn(site.connection, identity(account.email, parts(site)), null)).toEqual({ ok: false, reason })
  expect(await db().session.count({ where: { accountId: account.id, method: 'okta' } })).toBe(0)
  expect(await refusals(site)).toMatchObject([{ code: reason, connection: 'Okta' }])
})

test('a verified domain the connection does not serve is refused', async () => {
  const site = await makeSite({ isAutoprovisioned: true })
  const connection = { ...site.connection, allowedDomains: ['other.example'] }
  expect(await completeConnectionSignIn(connection, identity(`ada@${site.domain}`), null)).toEqual({ ok: false, reason: 'domain-not-allowed' })
})

test('without autoprovision only invited people get in', async () => {
  const site = await makeSite()
  const email = `new@${site.domain}`
  expect(await completeConnectionSignIn(site.connection, identity(email), null)).toEqual({ ok: false, reason: 'not-a-member' })
  expect(await db().account.findUnique({ where: { email } })).toBeNull()
  const { membershipId } = await makeInvitation(site.org.id, email)
  expect(await session(site, identity(email))).toMatchObject({ membershipId })
  expect(await db().account.findUniqueOrThrow({ where: { email } })).toMatchObject({ passwordHash: null, name: 'Ada' })
  const late = `late@${site.domain}`
  await makeInvitation(site.org.id, late, new Date(Date.now() - 1000))
  expect(await completeConnectionSignIn(site.connection, identity(late), null)).toEqual({ ok: false, reason: 'invitation-expired' })
})

test('autoprovision makes account and membership with the default role, once', async () => {
  const site = await makeSite({ isAutoprovisioned: true })
  await db().organization.update({ where: { id: site.org.id }, data: { autoprovisionRoleId: site.org.roleIds.get('viewer') ?? '' } })
  const email = `new@${site.domain}`
  const opened = await session(site, identity(email))
  expect(await session(site, identity(email))).toMatchObject({ membershipId: opened.membershipId })
  expect(await rolesOf(site.org.id, opened.membershipId)).toEqual(['Viewer'])
  expect(await eventsOf(site.org.id, 'member.provision')).toHaveLength(1)
})

test('a full organization takes nobody more', async () => {
  const site = await makeSite({ isAutoprovisioned: true })
  await db().organization.update({ where: { id: site.org.id }, data: { memberLimit: 1 } })
  expect(await completeConnectionSignIn(site.connection, identity(`new@${site.domain}`), null)).toEqual({ ok: false, reason: 'member-limit' })
})

test('mapped roles follow the groups at each sign-in, those given by hand stay', async () => {
  const site = await makeSite({ isAutoprovisioned: true })
  await map(site, 'ops', site.org.roleIds.get('billing-viewer') ?? '')
  await map(site, 'all', site.org.roleIds.get('viewer') ?? '', 2)
  const email = `ada@${site.domain}`
  const { membershipId } = await session(site, identity(email, { groups: ['ops', 'all', 'unknown'] }))
  expect(await rolesOf(site.org.id, membershipId)).toEqual(['Billing viewer', 'Viewer'])
  const manual = await makeRole(site.org.id, ['audit:read'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: site.org.id, membershipId, roleId: manual, scopeId: site.org.id } })
  await session(site, identity(email, { groups: ['all'] }))
  const { title } = await db().role.findUniqueOrThrow({ where: { id: manual } })
  expect(await rolesOf(site.org.id, membershipId)).toEqual(['Viewer', title].sort())
  await session(site, identity(email, { groups: [] }))
  expect(await rolesOf(site.org.id, membershipId)).toEqual([title])
  expect((await eventsOf(site.org.id, 'member.map-roles')).map(({ after }) => after)).toEqual([
    { roles: ['Billing viewer', 'Viewer'] }, { roles: ['Viewer', title].sort() }, { roles: [title] },
  ])
})

test('where everybody holds one role the first priority wins, and one given by hand stays', async () => {
  const site = await makeSite({ isAutoprovisioned: true, accessModel: 'rockset' })
  await map(site, 'readers', site.org.roleIds.get('Read-Only') ?? '', 2)
  await map(site, 'makers', site.org.roleIds.get('Member') ?? '', 1)
  const { membershipId } = await session(site, identity(`ada@${site.domain}`, { groups: ['readers', 'makers'] }))
  expect(await rolesOf(site.org.id, membershipId)).toEqual(['Member'])
  await session(site, identity(`ada@${site.domain}`, { groups: [] }))
  expect(await rolesOf(site.org.id, membershipId)).toEqual(['Read-Only'])
})

test('the last administrator keeps what makes them one', async () => {
  const site = await makeSite({ isAutoprovisioned: true })
  await map(site, 'owners', site.org.roleIds.get('owner') ?? [...site.org.roleIds.values()][0] ?? '')
  const email = `boss@${site.domain}`
  const { membershipId } = await session(site, identity(email, { groups: ['owners'] }))
  const held = await rolesOf(site.org.id, membershipId)
  await db().membership.update({ where: { organizationId_id: { organizationId: site.org.id, id: site.org.admin.id } }, data: { status: 'suspended' } })
  await session(site, identity(email, { groups: [] }))
  expect(await rolesOf(site.org.id, membershipId)).toEqual(held)
  expect((await eventsOf(site.org.id, 'member.map-roles')).at(-1)).toMatchObject({ detail: { kept: 'last-administrator' } })
})

test('a suspended member, a connection that is off, and a subject of somebody else are refused', async () => {
  const site = await makeSite()
  const [ada, bob] = [await makeAccount(`ada@${site.domain}`), await makeAccount(`bob@${site.domain}`)]
  const member = await makeMember(site.org, [], ada)
  await makeMember(site.org, [], bob)
  await session(site, identity(ada.email))
  expect(await completeConnectionSignIn(site.connection, identity(bob.email, { subject: `sub-${ada.email}` }), null)).toEqual({ ok: false, reason: 'identity-conflict' })
  expect(await completeConnectionSignIn({ ...site.connection, status: 'disabled' }, identity(bob.email), null)).toEqual({ ok: false, reason: 'connection-off' })
  await db().membership.update({ where: { organizationId_id: { organizationId: site.org.id, id: member.id } }, data: { status: 'suspended' } })
  expect(await completeConnectionSignIn(site.connection, identity(ada.email), null)).toEqual({ ok: false, reason: 'suspended' })
})

test('an address that changed at the provider stays the same person', async () => {
  const site = await makeSite()
  const ada = await makeAccount(`ada@${site.domain}`)
  const member = await makeMember(site.org, [], ada)
  await session(site, identity(ada.email))
  expect(await session(site, identity(`lovelace@${site.domain}`, { subject: `sub-${ada.email}` }))).toMatchObject({ membershipId: member.id, accountId: ada.id })
})

test('SSO-only lets in only sessions of the organization’s connections', async () => {
  const site = await makeSite()
  const ada = await makeAccount(`ada@${site.domain}`)
  await makeMember(site.org, [], ada)
  const byPassword = await makeSession(ada)
  const { secret } = await session(site, identity(ada.email))
  await db().organization.update({ where: { id: site.org.id }, data: { isSsoOnly: true } })
  await expect(read(byPassword, site.org.slug, null, async () => 'in')).rejects.toMatchObject({ code: 'sso-required' })
  const actor = await actorOfSecret(secret)
  if (!actor) throw new Error('no session')
  await expect(read(actor, site.org.slug, null, async () => 'in')).resolves.toBe('in')
})
