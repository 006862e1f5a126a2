import { SYSTEM_ACTOR, writeAudit } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { findSignInWriters } from '@/lib/features/sign-in-policy/recipients'
import { findTexts } from '@/lib/features/verified-domains/lookup'
import { recordName, recordValue } from '@/lib/features/verified-domains/rules'
import { domainMissingSubject } from '@/lib/mail/sign-in-letters'
import { enqueueMails } from '@/lib/mail/outbox'

const HOUR_MS = 3600_000
/** So long a record may be missing before people are told: it may be about to be moved. */
const PATIENCE_MS = 24 * HOUR_MS
/** Domains looked at in one run. */
const BATCH = 200

type Row = { id: string; organizationId: string; domain: string; token: string; missingSince: Date | null; missingToldAt: Date | null }

/** Verified domains that were not looked at for a day; those whose record is missing, for an hour. */
const findDue = (at: Date): Promise<Row[]> => db().$queryRaw<Row[]>`
  SELECT "id", "organizationId", "domain", "token", "missingSince", "missingToldAt" FROM "VerifiedDomain"
  WHERE "verifiedAt" IS NOT NULL AND coalesce("checkedAt", "verifiedAt") <= ${at}::timestamptz - CASE WHEN "missingSince" IS NULL THEN interval '24 hours' ELSE interval '1 hour' END
  ORDER BY coalesce("checkedAt", "verifiedAt"), "id" LIMIT ${BATCH}`

async function tell(tx: Tx, { organizationId, domain, token }: Row, since: Date): Promise<void> {
  const { organization, emails } = await findSignInWriters(tx, organizationId)
  const params = { organization: organization.name, slug: organization.slug, domain, recordName: recordName(domain), recordValue: recordValue(token), since: since.toISOString() }
  await enqueueMails(tx, emails.map((recipient) => ({ recipient, template: 'domain-record-missing' as const, params, organizationId, subject: domainMissingSubject(params) })))
}

/** Notes what was found. Of two processes that looked at once the second finds the row changed and leaves it. */
async function note(row: Row, isFound: boolean, at: Date): Promise<void> {
  const { id, organizationId, domain, missingSince, missingToldAt } = row
  const since = isFound ? null : (missingSince ?? at)
  const isToTell = since !== null && missingToldAt === null && at.getTime() - since.getTime() >= PATIENCE_MS
  await transaction(async (tx) => {
    const { count } = await tx.verifiedDomain.updateMany({
      where: { organizationId, id, missingSince, missingToldAt, verifiedAt: { not: null } }, data: { checkedAt: at, missingSince: since, missingToldAt: isFound ? null : isToTell ? at : missingToldAt },
    })
    if (count === 0) return
    if (isFound !== (missingSince === null)) {
      const event = isFound ? 'domain.record-found' : 'domain.record-missing'
      await writeAudit(tx, [{ organizationId, event, outcome: 'success', actor: SYSTEM_ACTOR, targets: [{ type: 'domain', id, name: domain }], detail: { record: recordName(domain) } }])
    }
    if (isToTell) await tell(tx, row, since)
  })
}

/**
 * Looks again for the records of verified domains. One that is gone is noted, and after a day told to whoever may change how
 * people sign in. The domain stays verified: a mistake in the DNS must not lock out an organization that is entered by single
 * sign-on only, and whether the domain was lost people know better. No answer of a resolver says nothing.
 */
export async function recheckDomains(): Promise<void> {
  const at = now()
  for (const row of await findDue(at)) {
    const texts = await findTexts(recordName(row.domain))
    if (texts !== null) await note(row, texts.includes(recordValue(row.token)), at)
  }
}
