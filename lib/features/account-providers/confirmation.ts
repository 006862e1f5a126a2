import type { SessionActor } from '@/lib/access/principals/actor'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { auditActorOfAccount, writeAudit, type AuditJson } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db, transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { findProofFacts } from '@/lib/features/identity-proofs/queries'
import { factorKinds, type ProofProvider } from '@/lib/features/identity-proofs/rules'
import type { Attempt } from '@/lib/features/sso-connections/attempts'
import { wasAskedAgain } from '@/lib/features/sso-connections/confirmation'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { beginPath } from './rules'
import type { ProviderIdentity } from './schema'
import { findAccountProvider } from './settings'

/**
 * Where somebody proves once more who they are who signed in through a provider of the whole installation; null for sessions
 * that came otherwise, and for people with a second factor, which is asked for instead.
 */
export async function findAccountProof({ accountId, method, through }: SessionActor): Promise<ProofProvider | null> {
  const provider = through ? undefined : findAccountProvider(method)
  if (!provider || factorKinds(await findProofFacts(accountId)).length > 0) return null
  const own = await db().accountIdentity.findUnique({ where: { accountId_issuer: { accountId, issuer: provider.issuer }, unlinkedAt: null }, select: { issuer: true } })
  return own && { name: provider.title, href: `${beginPath(provider.id)}?confirm=1` }
}

/** The session that may confirm itself through a provider: one that came through it. @throws AppError `not-found` */
export async function requireConfirmerAt(actor: SessionActor, provider: string): Promise<SessionActor> {
  const proof = actor.method === provider ? await findAccountProof(actor) : null
  if (proof === null) throw new AppError('not-found', 'this provider cannot confirm this session')
  return actor
}

async function refusalOf({ issuer, subject }: ProviderIdentity, authenticatedAt: Date | null, attempt: Attempt, browser: SessionActor): Promise<SignInRefusal | null> {
  if (!wasAskedAgain(authenticatedAt, attempt)) return 'not-again'
  const own = subject === '' ? null : await db().accountIdentity.findUnique({ where: { issuer_subject: { issuer, subject }, unlinkedAt: null }, select: { accountId: true } })
  return own?.accountId === browser.accountId ? null : 'other-person'
}

/**
 * The end of a step-up through a provider of the installation, by the same rules as through a connection: it must have asked
 * the same person again, after this browser began, for the session that asked.
 *
 * @returns null, or why it proves nothing
 */
export async function completeAccountConfirmation(identity: ProviderIdentity, authenticatedAt: Date | null, attempt: Attempt, browser: SessionActor | null): Promise<SignInRefusal | null> {
  if (browser === null || browser.sessionId !== attempt.sessionId) return 'other-browser'
  const reason = await refusalOf(identity, authenticatedAt, attempt, browser)
  const detail: AuditJson = { method: identity.provider, ...(reason !== null && { code: reason, email: identity.email ?? '' }) }
  await transaction(async (tx) => {
    if (reason === null) await tx.session.update({ where: { id: browser.sessionId }, data: { confirmedAt: now() }, select: { id: true } })
    const entries = await eventsOfMemberships(tx, browser.accountId, { event: 'session.confirm', targets: [{ type: 'session', id: browser.sessionId, name: browser.method }], detail })
    await writeAudit(tx, entries.map((entry) => ({ ...entry, event: 'session.confirm', outcome: reason === null ? 'success' as const : 'failed' as const, actor: auditActorOfAccount(browser) })))
  })
  return reason
}
