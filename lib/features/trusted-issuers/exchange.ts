import { noteUse } from '@/lib/access/principals/last-use'
import { writeAudit, type AuditActor, type AuditJson } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { readOutsideToken, verifyOutsideToken, type Claims } from './outside-token'
import { readConditions } from './queries'
import { isAccepted, judgeClaims, type TrustTerms } from './rules'

/** What an outside token was exchanged for: the trust that accepted it, from when its tokens count. */
export type Exchanged =
  | { ok: true; organizationId: string; issuerId: string; at: Date }
  /** `target`: the account cannot be meant; `token`: the token is not good enough. */
  | { ok: false; because: 'target' | 'token'; message: string }

type Trust = TrustTerms & { id: string; name: string; organizationId: string; accountName: string; tokensValidFrom: Date | null }

type Row = Omit<Trust, 'conditions'> & { conditions: unknown }

/** Trusts of an account in an issuer that may be used now. Found without an organization: the account's id names it. */
async function findTrusts(serviceAccountId: string, issuer: string): Promise<Trust[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i."id", i."name", i."organizationId", i."audience", i."conditions", i."tokensValidFrom", s."name" AS "accountName"
    FROM "TrustedIssuer" i JOIN "ServiceAccount" s ON s."organizationId" = i."organizationId" AND s."id" = i."serviceAccountId"
    WHERE i."serviceAccountId" = ${serviceAccountId} AND i."issuer" = ${issuer} AND i."status" = 'active' AND NOT s."isSuspended" ORDER BY i."id"`
  return rows.map((row) => ({ ...row, conditions: readConditions(row.conditions) }))
}

/** Text of a stranger as the log takes it. */
const short = (value: unknown): string => (typeof value === 'string' ? value.replace(/\0|\p{Surrogate}/gu, '').slice(0, 300) : '')

async function record(trust: Trust, serviceAccountId: string, outcome: 'success' | 'denied', detail: AuditJson): Promise<void> {
  const actor: AuditActor = { type: 'service_account', id: serviceAccountId, name: trust.accountName, credentialId: trust.id }
  const targets = [{ type: 'trusted_issuer', id: trust.id, name: trust.name }]
  await writeAudit(db(), [{ organizationId: trust.organizationId, event: 'access-token.exchange', outcome, actor, targets, detail }])
}

const detailOf = (issuer: string, { sub, jti }: Claims): AuditJson => ({ issuer, subject: short(sub), ...(jti !== undefined && { tokenId: short(jti) }) })

/** Seconds are what a token's times are told in: one made in the second of a change must not count as made before it. */
const notBefore = (at: Date, validFrom: Date | null): Date => (validFrom === null ? at : new Date(Math.max(at.getTime(), Math.ceil(validFrom.getTime() / 1000) * 1000)))

/**
 * Exchanges a token of an outside issuer for the right to a short-lived one of a service account (RFC 8693).
 *
 * A stranger learns nothing of trusts and conditions: all that differs is what is wrong with the token itself. The log
 * tells the organization of tokens that were the issuer's and met no conditions; of others it would tell what anybody
 * makes up.
 */
export async function exchangeOutsideToken(serviceAccountId: string, token: string): Promise<Exchanged> {
  const read = readOutsideToken(token)
  if (read === null) return { ok: false, because: 'token', message: 'the token is no signed JWT with an `iss`' }
  const trusts = await findTrusts(serviceAccountId, read.issuer)
  const [first] = trusts
  const refusal: Exchanged = { ok: false, because: 'target', message: 'no service account of this id accepts this token; the audit log of its organization may tell why' }
  if (!first) return refusal
  const verified = await verifyOutsideToken(read.issuer, token)
  if (!verified.ok) return { ok: false, because: 'token', message: verified.message }
  const judged = trusts.map((trust) => ({ trust, findings: judgeClaims(trust, verified.claims) }))
  const accepted = judged.find(({ findings }) => isAccepted(findings))?.trust
  if (!accepted) {
    const unmet = judged.map(({ trust, findings }) => `${trust.name}: ${findings.filter(({ isMet }) => !isMet).map(({ claim, found }) => `${claim} is ${found.map(short).join(', ') || 'missing'}`).join('; ')}`)
    await record(first, serviceAccountId, 'denied', { ...detailOf(read.issuer, verified.claims), unmet: unmet.map(short) })
    return refusal
  }
  noteUse('issuer', accepted.id, null)
  await record(accepted, serviceAccountId, 'success', detailOf(read.issuer, verified.claims))
  return { ok: true, organizationId: accepted.organizationId, issuerId: accepted.id, at: notBefore(now(), accepted.tokensValidFrom) }
}
