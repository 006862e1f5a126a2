import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { storedSettings } from '@/lib/features/saml-connections/queries'
import { findSignInWriters } from '@/lib/features/sign-in-policy/recipients'
import { certificatesSubject } from '@/lib/mail/sign-in-letters'
import { enqueueMails } from '@/lib/mail/outbox'
import { readCertificate, type CertificateFacts } from '@/lib/sso/saml/certificate'

/** So many days before its end people are told of a certificate, once each. */
const NOTICE_DAYS = [30, 7, 1]
const DAY_MS = 24 * 3600_000

type Watched = { connectionId: string; connection: string; whose: 'provider' | 'ours'; facts: CertificateFacts }
type Due = Watched & { days: number }

const factsOf = (pem: string): CertificateFacts[] => {
  const read = readCertificate(pem)
  return read.ok ? [read.facts] : []
}

/** Of the identity provider the certificate that ends last, since the next one is in the metadata already where there is one. */
const lastOf = (facts: readonly CertificateFacts[]): CertificateFacts[] => [...facts].sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime()).slice(0, 1)

async function findWatched(tx: Tx, organizationId: string): Promise<Watched[]> {
  const rows = await tx.ssoConnection.findMany({
    where: { organizationId, kind: 'saml', status: 'enabled' }, select: { id: true, name: true, settings: true, samlKeys: { where: { role: 'present' }, select: { certificate: true } } }, orderBy: { id: 'asc' },
  })
  return rows.flatMap(({ id: connectionId, name: connection, settings, samlKeys }) => [
    ...lastOf((storedSettings(settings)?.certificates ?? []).flatMap(factsOf)).map((facts) => ({ connectionId, connection, whose: 'provider' as const, facts })),
    ...samlKeys.flatMap(({ certificate }) => factsOf(certificate)).map((facts) => ({ connectionId, connection, whose: 'ours' as const, facts })),
  ])
}

/** The shortest notice that is due, unless people were told at that one or a shorter one. */
async function dueOf(tx: Tx, organizationId: string, watched: Watched, at: Date): Promise<Due[]> {
  const leftMs = watched.facts.notAfter.getTime() - at.getTime()
  const days = Math.min(...NOTICE_DAYS.filter((notice) => leftMs <= notice * DAY_MS))
  if (leftMs <= 0 || !Number.isFinite(days)) return []
  const { connectionId, facts: { fingerprint } } = watched
  const told = await tx.certificateNotice.findUnique({ where: { organizationId_connectionId_fingerprint: { organizationId, connectionId, fingerprint } }, select: { days: true } })
  return told && told.days <= days ? [] : [{ ...watched, days }]
}

async function note(tx: Tx, organizationId: string, { connectionId, facts: { fingerprint }, days }: Due, at: Date): Promise<void> {
  const key = { organizationId, connectionId, fingerprint }
  await tx.certificateNotice.upsert({ where: { organizationId_connectionId_fingerprint: key }, create: { ...key, days, at }, update: { days, at } })
}

async function remindIn(organizationId: string, at: Date): Promise<void> {
  await transaction(async (tx) => {
    // Of two processes at once one does all of it.
    const [lock] = await tx.$queryRaw<{ isOurs: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${`certificates ${organizationId}`}, 0)) AS "isOurs"`
    if (!lock?.isOurs) return
    const due: Due[] = []
    for (const watched of await findWatched(tx, organizationId)) due.push(...(await dueOf(tx, organizationId, watched, at)))
    if (due.length === 0) return
    const { organization, emails } = await findSignInWriters(tx, organizationId)
    const items = due.map(({ connectionId, connection, whose, facts, days }) => ({ connectionId, connection, whose, endsAt: facts.notAfter.toISOString(), days }))
    const params = { organization: organization.name, slug: organization.slug, items }
    for (const each of due) await note(tx, organizationId, each, at)
    await enqueueMails(tx, emails.map((recipient) => ({ recipient, template: 'certificates-ending' as const, params, organizationId, subject: certificatesSubject(params) })))
  })
}

/**
 * Tells whoever may change how people sign in of certificates of SAML connections that end soon, once for each notice. What
 * a process missed while it was down is found by the next.
 */
export async function remindCertificates(): Promise<void> {
  const at = now()
  const organizations = await db().$queryRaw<{ id: string }[]>`SELECT DISTINCT "organizationId" AS id FROM "SsoConnection" WHERE "kind" = 'saml' AND "status" = 'enabled'`
  for (const { id } of organizations) await remindIn(id, at)
}
