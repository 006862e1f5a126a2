import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { findRecipients } from '@/lib/features/credential-notices/recipients'
import { Prisma } from '@/lib/generated/prisma/client'
import { endingSubject, type CredentialNoun } from '@/lib/mail/credential-letters'
import { enqueueMails } from '@/lib/mail/outbox'

/** Credentials named in one mail. */
const NAMED_MAX = 30
/** Credentials of one organization that are looked at in one transaction. */
const BATCH = 500

type Due = { kind: CredentialNoun; id: string; name: string; owner: string; email: string | null; expiresAt: Date; notice: number }

/**
 * The shortest notice that is due: the credential ends within so many days, and was not made with a shorter life than
 * that, which its maker knew.
 */
const noticeOf = (alias: string, at: Date): Prisma.Sql => Prisma.sql`(
  SELECT min(d) FROM unnest(coalesce(p."reminderDays", ARRAY[14, 3])) d
  WHERE ${Prisma.raw(alias)}."expiresAt" <= ${at}::timestamptz + make_interval(days => d) AND ${Prisma.raw(alias)}."createdAt" < ${Prisma.raw(alias)}."expiresAt" - make_interval(days => d))`

/** In force, and of no notice as short as the one due. */
const isCandidate = (alias: string, at: Date): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(alias)}."status" = 'active' AND ${Prisma.raw(alias)}."expiresAt" > ${at} AND ${Prisma.raw(alias)}."expiresAt" <= ${at}::timestamptz + interval '90 days'`

const isFresh = (alias: string): Prisma.Sql => Prisma.sql`n."notice" IS NOT NULL AND (${Prisma.raw(alias)}."remindedDays" IS NULL OR n."notice" < ${Prisma.raw(alias)}."remindedDays")`

/** Keys that still allow something and were not replaced: neither narrowed to what is gone, nor of somebody suspended. */
const dueKeys = (at: Date, where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  FROM "ApiKey" k
  LEFT JOIN "CredentialPolicy" p ON p."organizationId" = k."organizationId"
  LEFT JOIN "Membership" m ON m."organizationId" = k."organizationId" AND m."id" = k."membershipId"
  LEFT JOIN "ServiceAccount" s ON s."organizationId" = k."organizationId" AND s."id" = k."serviceAccountId"
  CROSS JOIN LATERAL (SELECT ${noticeOf('k', at)} AS "notice") n
  WHERE ${where} AND ${isCandidate('k', at)} AND ${isFresh('k')} AND coalesce(m."status" = 'active', NOT s."isSuspended")
    AND NOT EXISTS (SELECT 1 FROM "ApiKey" later WHERE later."rotatedFromId" = k."id")
    AND (k."roleId" IS NULL OR EXISTS (SELECT 1 FROM "Role" r WHERE r."organizationId" = k."organizationId" AND r."id" = k."roleId"))
    AND (k."scopeId" IS NULL OR EXISTS (SELECT 1 FROM "Resource" r WHERE r."organizationId" = k."organizationId" AND r."id" = k."scopeId"))`

const dueTokens = (at: Date, where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  FROM "ApplicationToken" t
  LEFT JOIN "CredentialPolicy" p ON p."organizationId" = t."organizationId"
  CROSS JOIN LATERAL (SELECT ${noticeOf('t', at)} AS "notice") n
  WHERE ${where} AND ${isCandidate('t', at)} AND ${isFresh('t')} AND NOT EXISTS (SELECT 1 FROM "ApplicationToken" later WHERE later."rotatedFromId" = t."id")`

/** Takes what is due in an organization; rows that another process holds are left to it. */
async function takeDue(tx: Tx, organizationId: string, at: Date): Promise<Due[]> {
  const keys = await tx.$queryRaw<Due[]>(Prisma.sql`
    SELECT CASE WHEN k."membershipId" IS NULL THEN 'service_account_key' ELSE 'api_key' END AS kind, k."id", k."name", coalesce(m."email", s."name", '') AS owner, m."email",
      k."expiresAt", n."notice" ${dueKeys(at, Prisma.sql`k."organizationId" = ${organizationId}`)} ORDER BY k."expiresAt", k."id" LIMIT ${BATCH} FOR UPDATE OF k SKIP LOCKED`)
  const tokens = await tx.$queryRaw<Due[]>(Prisma.sql`
    SELECT 'token' AS kind, t."id", coalesce(nullif(t."description", ''), 'gh_tok_' || left(t."publicId", 6) || '…') AS name, '' AS owner, NULL AS email,
      t."expiresAt", n."notice" ${dueTokens(at, Prisma.sql`t."organizationId" = ${organizationId}`)} ORDER BY t."expiresAt", t."id" LIMIT ${BATCH} FOR UPDATE OF t SKIP LOCKED`)
  return [...keys, ...tokens].sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime())
}

/** Notes of which notice they were reminded, so that nobody is again. */
async function note(tx: Tx, organizationId: string, due: readonly Due[]): Promise<void> {
  for (const notice of new Set(due.map((each) => each.notice))) {
    const ids = (isToken: boolean) => due.filter((each) => each.notice === notice && (each.kind === 'token') === isToken).map(({ id }) => id)
    await tx.apiKey.updateMany({ where: { organizationId, id: { in: ids(false) } }, data: { remindedDays: notice } })
    await tx.applicationToken.updateMany({ where: { organizationId, id: { in: ids(true) } }, data: { remindedDays: notice } })
  }
}

/** Who is told of what: administrators of everything, an owner of their own. */
function byRecipient(due: readonly Due[], administrators: readonly string[]): Map<string, Due[]> {
  const mails = new Map<string, Due[]>(administrators.map((email) => [email, [...due]]))
  for (const each of due) {
    if (each.email === null || administrators.includes(each.email)) continue
    mails.set(each.email, [...(mails.get(each.email) ?? []), each])
  }
  return mails
}

/** Reminds the people of one organization, in one transaction with the note that they were. Returns of how many credentials. */
async function remindIn(organizationId: string, at: Date): Promise<number> {
  return transaction(async (tx) => {
    // Of two processes at once one does all of it, so that what belongs into one mail is not torn apart.
    const [lock] = await tx.$queryRaw<{ isOurs: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${`remind ${organizationId}`}, 0)) AS "isOurs"`
    if (!lock?.isOurs) return 0
    const due = await takeDue(tx, organizationId, at)
    if (due.length === 0) return 0
    const { organization, administrators } = await findRecipients(tx, organizationId)
    const mails = [...byRecipient(due, administrators)].map(([recipient, list]) => {
      const items = list.slice(0, NAMED_MAX).map(({ kind, name, owner, expiresAt }) => ({ kind, name, owner, endsAt: expiresAt.toISOString() }))
      const params = { organization: organization.name, slug: organization.slug, items, more: list.length - items.length }
      return { recipient, template: 'credentials-ending' as const, params, organizationId, subject: endingSubject(params) }
    })
    await note(tx, organizationId, due)
    await enqueueMails(tx, mails)
    return due.length
  })
}

/**
 * Reminds owners and administrators of credentials that end soon, once for each notice of the organization's policy. What
 * a process missed while it was down is found by the next: the notes stand with the credentials.
 */
export async function remindEnding(): Promise<void> {
  const at = now()
  const organizations = await db().$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT k."organizationId" AS id ${dueKeys(at, Prisma.sql`true`)} UNION SELECT t."organizationId" ${dueTokens(at, Prisma.sql`true`)}`)
  for (const { id } of organizations) {
    while ((await remindIn(id, at)) >= BATCH) {
      // More of them wait; each round is a transaction of its own.
    }
  }
}
