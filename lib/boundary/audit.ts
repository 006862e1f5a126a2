import type { Entered } from '@/lib/access/context'
import type { SessionIdentity } from '@/lib/access/principals/actor'
import type { Tx } from '@/lib/db'
import { now } from '@/lib/clock'
import { newId } from '@/lib/ids'
import { requestFacts, type RequestFacts } from '@/lib/request'
import type { Prisma } from '@/lib/generated/prisma/client'
import { proofOf } from './audit-chain'

/** What an event was about: ids with the names they had then. */
export type Target = { type: string; id: string; name: string }
export type AuditJson = Prisma.InputJsonObject

/** What an operation says happened. Never put a secret into `before`, `after` or `detail`. */
export type AuditEntry = { event?: string; targets: readonly Target[]; before?: AuditJson; after?: AuditJson; detail?: AuditJson }

export type AuditActor = { type: string; id: string; name: string; credentialId: string | null }
export type AuditOutcome = 'success' | 'denied' | 'failed'

/** The actor as the log names it: the principal, and the session or credential it came with. */
export function auditActorOf({ actor, principal, membership }: Pick<Entered, 'actor' | 'principal' | 'membership'>): AuditActor {
  const { id, type } = principal
  const name = membership?.email ?? principal.name
  if (actor.type === 'session') return { type, id, name, credentialId: actor.sessionId }
  if (actor.type === 'command') return { type, id, name, credentialId: null }
  if (actor.type === 'directory') return { type, id, name, credentialId: actor.token.id }
  return { type: type === 'user' ? 'api_key' : type, id, name, credentialId: actor.credential.id }
}

/** An account acting outside any organization of which it is a member yet. */
export const auditActorOfAccount = (actor: SessionIdentity): AuditActor => ({
  type: 'account', id: actor.accountId, name: actor.email, credentialId: actor.sessionId,
})

/** An account as the log names it when nobody has proven to be it. */
export const auditActorOfUnproven = ({ id, email }: { id: string; email: string }): AuditActor => ({ type: 'account', id, name: email, credentialId: null })

export const SYSTEM_ACTOR: AuditActor = { type: 'system', id: 'system', name: 'Gatehouse', credentialId: null }

export type AuditRow = AuditEntry & { organizationId: string; event: string; outcome: AuditOutcome; actor: AuditActor }

/** The row of an event, with the proof that we wrote it. */
function rowOf(row: AuditRow, request: RequestFacts) {
  const record = {
    id: newId('event'),
    organizationId: row.organizationId,
    at: now(),
    event: row.event,
    outcome: row.outcome,
    source: row.actor.type === 'command' ? 'command' : request.source,
    actorType: row.actor.type,
    actorId: row.actor.id,
    actorName: row.actor.name,
    credentialId: row.actor.credentialId,
    targets: row.targets.map(({ type, id, name }) => ({ type, id, name })),
    targetIds: row.targets.map((target) => target.id),
    address: request.address,
    userAgent: request.userAgent.slice(0, 400),
    requestId: request.id,
  }
  const { before, after, detail } = row
  const json = { ...(before && { before }), ...(after && { after }), ...(detail && { detail }) }
  return { ...record, ...json, proof: proofOf({ ...record, before, after, detail }) }
}

/** Appends events, in the transaction of what they tell. A trigger queues them for sealing. */
export async function writeAudit(tx: Tx, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length === 0) return
  const request = requestFacts()
  await tx.auditEvent.createMany({ data: rows.map((row) => rowOf(row, request)) })
}
