import { createHash } from 'node:crypto'
import type { CredentialActor } from '@/lib/access/principals/actor'
import { writeAudit, type AuditActor } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { transaction, type Tx } from '@/lib/db'
import { withoutSecrets } from '@/lib/features/audit-events/redaction'
import { findRecipients } from '@/lib/features/credential-notices/recipients'
import { findCredentialPolicy } from '@/lib/features/credential-policy/queries'
import { newId } from '@/lib/ids'
import { foundSubject } from '@/lib/mail/credential-letters'
import { enqueueMails } from '@/lib/mail/outbox'
import { foundHash, locateSecret, type Located } from './locate'
import { actOnLeak, holdCredential, type Deed, type Held } from './respond'
import type { FoundEntry } from './schema'

/** Who reports: a code host that signed, or a caller with a credential of some organization. */
export type Reporter = { type: 'scanner'; keyId: string } | { type: 'credential'; actor: CredentialActor }

/** What is answered of one secret (the feedback that code hosts take). */
export type Feedback = { token_hash: string; token_type: string; label: 'true_positive' | 'false_positive' }

const DETAIL_MAX = 500
/** Text of a stranger as log and mail take it: an address may itself hold the secret. */
const short = (text: string): string => withoutSecrets(text.replace(/\0|\p{Surrogate}/gu, '')).slice(0, DETAIL_MAX)

/** Who reported, as the log of this organization may name them: nobody of another organization is. */
function auditActorOf(reporter: Reporter, organizationId: string): AuditActor {
  if (reporter.type === 'scanner') return { type: 'system', id: 'secret-scanning', name: 'Secret scanning of a code host', credentialId: null }
  const { actor } = reporter
  if (actor.organizationId !== organizationId) return { type: 'system', id: 'secret-report', name: 'A report from outside', credentialId: null }
  const { principal, membership } = actor.entrance ?? {}
  return { type: actor.principal.type === 'user' ? 'api_key' : actor.principal.type, id: actor.principal.id, name: membership?.email ?? principal?.name ?? '', credentialId: actor.credential.id }
}

async function mailPeople(tx: Tx, located: Located, held: Held, action: 'revoked' | 'suspended' | 'reported', entry: FoundEntry, at: Date): Promise<void> {
  const { organizationId, type } = located
  const { organization, administrators } = await findRecipients(tx, organizationId)
  const { kind, name, owner, email } = held
  const params = {
    organization: organization.name, slug: organization.slug, kind, name, owner, isAccessToken: type === 'access_token', action, place: short(entry.url), foundAt: at.toISOString(),
  }
  const recipients = [...new Set([...(email === null ? [] : [email]), ...administrators])]
  await enqueueMails(tx, recipients.map((recipient) => ({ recipient, template: 'credential-found' as const, params, organizationId, subject: foundSubject(params) })))
}

/** Notes secret and place; false when they were reported before. */
async function note(tx: Tx, located: Located, entry: FoundEntry, at: Date): Promise<{ isNew: boolean; isFirst: boolean; id: string }> {
  const { organizationId, type, credentialId } = located
  const secretHash = foundHash(entry.token)
  const isFirst = (await tx.foundSecret.count({ where: { organizationId, secretHash } })) === 0
  const id = newId('foundSecret')
  const { count } = await tx.foundSecret.createMany({
    data: [{
      id, organizationId, secretHash, credentialType: type, credentialId, url: short(entry.url), source: short(entry.source), action: 'reported', foundAt: at,
      placeHash: createHash('sha256').update(`${entry.source}\n${entry.url}`).digest('base64url'),
    }],
    skipDuplicates: true,
  })
  return { isNew: count === 1, isFirst, id }
}

/** Acts on one secret of ours, its note, the log and the mails in one transaction. The same secret in the same place again does nothing. */
async function act(located: Located, entry: FoundEntry, reporter: Reporter): Promise<void> {
  const at = now()
  const { organizationId } = located
  await transaction(async (tx) => {
    const held = await holdCredential(tx, located)
    const { isNew, isFirst, id } = await note(tx, located, entry, at)
    if (!isNew) return
    const { onLeak } = await findCredentialPolicy(tx, organizationId)
    const deed: Deed = await actOnLeak(tx, located, held, onLeak, at)
    await tx.foundSecret.update({ where: { id }, data: { action: deed }, select: { id: true } })
    const type = located.type === 'token' ? 'token' : 'api_key'
    const targets = [{ type: held?.kind === 'token' ? 'token' : type, id: located.credentialId, name: held?.name ?? '' }, ...(held?.ownerTarget ? [held.ownerTarget] : [])]
    await writeAudit(tx, [{
      organizationId, event: 'credential.leak', outcome: 'success', actor: auditActorOf(reporter, organizationId), targets, ...(held && { before: { status: held.status } }),
      detail: { action: deed, credential: located.type, url: short(entry.url), source: short(entry.source), type: short(entry.type) },
    }])
    if (held && isFirst && deed !== 'none') await mailPeople(tx, located, held, deed, entry, at)
  })
}

/**
 * Takes found secrets in bulk. Each that is ours is acted on by its organization's policy, at once and once.
 *
 * What is answered: a code host that signed learns which were real, as its format has it. A caller with a credential
 * learns it of its own organization's; another's looks like one that never was.
 */
export async function reportFoundSecrets(entries: readonly FoundEntry[], reporter: Reporter): Promise<Feedback[]> {
  const answers: Feedback[] = []
  for (const entry of entries) {
    const located = await locateSecret(entry.token)
    if (located) await act(located, entry, reporter)
    const mayKnow = located !== null && (reporter.type === 'scanner' || reporter.actor.organizationId === located.organizationId)
    answers.push({ token_hash: createHash('sha256').update(entry.token).digest('base64'), token_type: entry.type, label: mayKnow ? 'true_positive' : 'false_positive' })
  }
  return answers
}
