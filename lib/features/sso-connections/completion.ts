import type { Ctx } from '@/lib/access/context'
import { asMember, enter } from '@/lib/access/enter'
import type { SessionActor } from '@/lib/access/principals/actor'
import { endSessions, openSession } from '@/lib/access/principals/session'
import { auditActorOfAccount, writeAudit, type AuditActor, type AuditEntry, type AuditJson } from '@/lib/boundary/audit'
import { transaction, type Tx } from '@/lib/db'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { newId } from '@/lib/ids'
import { judgeIdentity, type Judgement, type SignInConnection } from './judge'
import { keepRolesInStep, planRoles } from './mapped-roles'
import type { SignInRefusal } from './refusals'
import type { ProviderIdentity } from './rules'

export type ConnectionSession = { accountId: string; membershipId: string; sessionId: string; secret: string; slug: string }
export type SignInCompletion = { ok: true; session: ConnectionSession } | { ok: false; reason: SignInRefusal }

/** Groups of a person that are kept for previews. */
const GROUPS_MAX = 500

type Account = { id: string; email: string }

/** What single sign-on does inside an organization, it does by the organization's own settings. */
const SINGLE_SIGN_ON = { type: 'command', name: 'single sign-on' } as const

/** The organization of a connection, with the rights of its settings. */
export const insideOf = async (tx: Tx, organizationId: string): Promise<Ctx> => asMember(await enter(tx, SINGLE_SIGN_ON, organizationId))

const detailOf = (connection: SignInConnection): AuditJson => ({ method: connection.kind, connection: connection.name })

const connectionTarget = ({ id, name }: SignInConnection) => ({ type: 'connection', id, name })

/** Tells the log of a refused sign-in. Whom it names, a provider has claimed and nobody has proven. */
export async function recordRefusedSignIn(tx: Tx, connection: SignInConnection, reason: SignInRefusal, claimed: { email?: string | null; member?: { id: string; email: string } | null; detail?: AuditJson } = {}): Promise<void> {
  const { email = null, member = null, detail } = claimed
  const actor: AuditActor = { type: 'connection', id: connection.id, name: email ?? connection.name, credentialId: null }
  const targets = [connectionTarget(connection), ...(member ? [{ type: 'user', id: member.id, name: member.email }] : [])]
  await writeAudit(tx, [{
    organizationId: connection.organizationId, event: 'session.open', outcome: 'failed', actor, targets, detail: { ...detailOf(connection), ...detail, code: reason, ...(email && { email }) },
  }])
}

/** The account of an address; made, without password, where there is none. What is there is not changed. */
async function accountOf(ctx: Ctx, email: string, name: string): Promise<Account> {
  const known = await ctx.tx.account.findUnique({ where: { email }, select: { id: true, email: true } })
  if (known) return known
  const account = { id: newId('account'), email }
  const shown = name.replace(/\p{Cc}/gu, ' ').trim().slice(0, 80)
  await ctx.tx.account.create({ data: { ...account, name: shown, emailVerifiedAt: ctx.now, createdAt: ctx.now } })
  return account
}

type LetIn = Extract<Judgement, { isLetIn: true }>
type Joined = { account: Account; membershipId: string; isProvisioned: boolean; entries: AuditEntry[] }

/** The account and its active membership, made or accepted where they were not. */
async function join(ctx: Ctx, connection: SignInConnection, judgement: LetIn, name: string): Promise<Joined> {
  const { member, email } = judgement
  if (member?.accountId) {
    const account = await ctx.tx.account.findUniqueOrThrow({ where: { id: member.accountId }, select: { id: true, email: true } })
    return { account, membershipId: member.id, isProvisioned: member.source === 'sso', entries: [] }
  }
  const account = await accountOf(ctx, email, name)
  const active = { accountId: account.id, status: 'active' as const, joinedAt: ctx.now }
  const target = (id: string) => [{ type: 'user', id, name: email }, connectionTarget(connection)]
  if (member) {
    await ctx.tx.membership.update({ where: { organizationId_id: { organizationId: ctx.orgId, id: member.id } }, data: active, select: { id: true } })
    return { account, membershipId: member.id, isProvisioned: false, entries: [{ event: 'invitation.accept', targets: target(member.id), detail: detailOf(connection) }] }
  }
  const id = newId('user')
  await ctx.tx.membership.create({ data: { ...active, id, organizationId: ctx.orgId, email, source: 'sso', createdAt: ctx.now }, select: { id: true } })
  return { account, membershipId: id, isProvisioned: true, entries: [{ event: 'member.provision', targets: target(id), detail: detailOf(connection) }] }
}

/** Notes whose subject this is from now on. A member whose subject changed at the provider keeps the new one only. */
async function linkSubject(ctx: Ctx, connection: SignInConnection, { subject, groups }: ProviderIdentity, membershipId: string): Promise<boolean> {
  const key = { organizationId: ctx.orgId, connectionId: connection.id }
  const { count } = await ctx.tx.connectionIdentity.deleteMany({ where: { ...key, membershipId, subject: { not: subject } } })
  const seen = { groups: groups.slice(0, GROUPS_MAX), groupsAt: ctx.now, lastSignInAt: ctx.now }
  await ctx.tx.connectionIdentity.upsert({
    where: { organizationId_connectionId_subject: { ...key, subject } },
    create: { ...key, subject, membershipId, createdAt: ctx.now, ...seen }, update: seen,
  })
  return count > 0
}

async function letIn(ctx: Ctx, connection: SignInConnection, identity: ProviderIdentity, judgement: LetIn, browser: SessionActor | null): Promise<ConnectionSession> {
  const { account, membershipId, isProvisioned, entries } = await join(ctx, connection, judgement, identity.name)
  const isRelinked = await linkSubject(ctx, connection, identity, membershipId)
  const plan = await planRoles(ctx, { connectionId: connection.id, membershipId, groups: identity.groups, isProvisioned })
  const roles = await keepRolesInStep(ctx, connection, membershipId, plan)
  const { id: sessionId, secret } = await openSession(ctx.tx, account.id, connection.kind, null, { organizationId: ctx.orgId, connectionId: connection.id })
  if (browser) await endSessions(ctx.tx, browser.accountId, 'replaced', { only: browser.sessionId })
  await ctx.tx.ssoConnection.update({ where: { organizationId_id: { organizationId: ctx.orgId, id: connection.id } }, data: { lastSignInAt: ctx.now }, select: { id: true } })
  const user = { type: 'user', id: membershipId, name: account.email }
  const told: AuditEntry[] = [
    ...entries,
    ...(roles ? [{ event: 'member.map-roles', targets: [user, connectionTarget(connection)], ...roles }] : []),
    {
      event: 'session.open', targets: [{ type: 'session', id: sessionId, name: connection.kind }, user, connectionTarget(connection)],
      detail: { ...detailOf(connection), ...(isRelinked && { subject: 'changed' }) },
    },
  ]
  const actor = auditActorOfAccount({ type: 'session', accountId: account.id, email: account.email, name: identity.name, sessionId, method: connection.kind })
  await writeAudit(ctx.tx, told.map((entry) => ({ ...entry, organizationId: ctx.orgId, event: entry.event ?? 'session.open', outcome: 'success' as const, actor })))
  return { accountId: account.id, membershipId, sessionId, secret, slug: ctx.organization.slug }
}

/**
 * The end of every sign-in through an organization's connection, whatever its protocol: links or makes account and
 * membership, keeps mapped roles in step, opens a session that opens this organization only, and tells the log; or
 * refuses with a reason, and tells the log. The caller has checked that the provider said this, to this browser, now.
 *
 * @param browser who this browser is signed in as already; that session ends
 */
export function completeConnectionSignIn(connection: SignInConnection, identity: ProviderIdentity, browser: SessionActor | null): Promise<SignInCompletion> {
  return transaction(async (tx) => {
    await lockOrganization(tx, connection.organizationId)
    const ctx = await insideOf(tx, connection.organizationId)
    const judgement = await judgeIdentity(ctx, connection, identity)
    if (judgement.isLetIn) return { ok: true, session: await letIn(ctx, connection, identity, judgement, browser) }
    await recordRefusedSignIn(tx, connection, judgement.reason, { email: judgement.email, member: judgement.member })
    return { ok: false, reason: judgement.reason }
  })
}
