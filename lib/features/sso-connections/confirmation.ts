import type { SessionActor } from '@/lib/access/principals/actor'
import { auditActorOfAccount, writeAudit, type AuditJson } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db, transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { findProofFacts } from '@/lib/features/identity-proofs/queries'
import { factorKinds, type ProofProvider } from '@/lib/features/identity-proofs/rules'
import type { Attempt } from './attempts'
import type { SignInConnection } from './judge'
import { beginPathOf } from './methods'
import type { SignInRefusal } from './refusals'
import type { ProviderIdentity } from './rules'

/** How far the identity provider's clock may be behind ours. */
const SKEW_MS = 30_000

/**
 * Where somebody proves once more who they are who came through a connection; null for sessions that came otherwise, and
 * for people with a second factor, which is asked for instead.
 */
export async function findProofProvider({ accountId, through }: SessionActor): Promise<ProofProvider | null> {
  const connectionId = through?.connectionId ?? null
  if (connectionId === null || factorKinds(await findProofFacts(accountId)).length > 0) return null
  const row = await db().ssoConnection.findUnique({ where: { id: connectionId }, select: { id: true, kind: true, name: true, status: true } })
  return row?.status === 'enabled' ? { name: row.name, href: `${beginPathOf(row)}?confirm=1` } : null
}

/** The session that may confirm itself through a connection: one that came through it. @throws AppError `not-found` */
export async function requireConfirmer(actor: SessionActor, { id }: { id: string }): Promise<SessionActor> {
  const provider = actor.through?.connectionId === id ? await findProofProvider(actor) : null
  if (provider === null) throw new AppError('not-found', 'this connection cannot confirm this session')
  return actor
}

/** Whether the provider has asked since this attempt began. @param authenticatedAt in its own signed words; null when it does not say */
export const wasAskedAgain = (authenticatedAt: Date | null, { beganAt }: Attempt): boolean => authenticatedAt !== null && authenticatedAt.getTime() >= beganAt.getTime() - SKEW_MS

async function refusalOf(connection: SignInConnection, subject: string, authenticatedAt: Date | null, attempt: Attempt, browser: SessionActor): Promise<SignInRefusal | null> {
  if (!wasAskedAgain(authenticatedAt, attempt)) return 'not-again'
  const key = { organizationId: connection.organizationId, connectionId: connection.id, subject }
  const linked = await db().connectionIdentity.findUnique({ where: { organizationId_connectionId_subject: key }, select: { membership: { select: { accountId: true } } } })
  return linked?.membership.accountId === browser.accountId ? null : 'other-person'
}

/**
 * The end of a step-up through a provider: it must have asked the same person again, after this browser began, for the
 * session that asked. For ten minutes that session may then do what is dangerous.
 *
 * @param authenticatedAt when the provider asked last, in its own signed words; null when it does not say
 * @returns null, or why it proves nothing
 */
export async function completeConfirmation(connection: SignInConnection, { subject, email }: ProviderIdentity, authenticatedAt: Date | null, attempt: Attempt, browser: SessionActor | null): Promise<SignInRefusal | null> {
  if (browser === null || browser.sessionId !== attempt.sessionId) return 'other-browser'
  const reason = await refusalOf(connection, subject, authenticatedAt, attempt, browser)
  const { id, name, kind, organizationId } = connection
  const detail: AuditJson = { method: kind, ...(reason !== null && { code: reason, email: email ?? '' }) }
  await transaction(async (tx) => {
    if (reason === null) await tx.session.update({ where: { id: browser.sessionId }, data: { confirmedAt: now() }, select: { id: true } })
    await writeAudit(tx, [{
      organizationId, event: 'session.confirm', outcome: reason === null ? 'success' : 'failed', actor: auditActorOfAccount(browser),
      targets: [{ type: 'session', id: browser.sessionId, name: browser.method }, { type: 'connection', id, name }], detail,
    }])
  })
  return reason
}
