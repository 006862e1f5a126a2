import { now } from '@/lib/clock'
import { db, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { requestFacts } from '@/lib/request'
import { mac, randomSecret } from '@/lib/secrets'
import { IDLE_MINUTES_MIN } from '@/lib/access/session-limits'
import type { SessionActor } from './actor'
import { decodeSessionCookie, SESSION_DAYS } from './session-cookie'

const hashOf = (secret: string): string => mac('session', secret)
const SEEN_EVERY_MS = 60_000

/** What narrows a session to one organization: its connection, or with null a code for the day the provider is out of order. */
export type OpenedThrough = { organizationId: string; connectionId: string | null; lifetimeMs?: number }

/** Opens a session for an account. Returns the secret for the cookie; only its keyed hash is stored. */
export async function openSession(tx: Tx, accountId: string, method: string, secondFactor: string | null = null, through?: OpenedThrough): Promise<{ id: string; secret: string }> {
  const secret = randomSecret()
  const id = newId('session')
  const request = requestFacts()
  const at = now()
  await tx.session.create({
    data: {
      id, accountId, method, secondFactor, confirmedAt: at, secretHash: hashOf(secret), address: request.address, userAgent: request.userAgent.slice(0, 400),
      createdAt: at, lastSeenAt: at, expiresAt: new Date(at.getTime() + (through?.lifetimeMs ?? SESSION_DAYS * 24 * 3600_000)),
      ...(through && { organizationId: through.organizationId, connectionId: through.connectionId }),
    },
  })
  return { id, secret }
}

/** The actor behind a session cookie, or null when there is none, it ended or it ran out. */
export async function actorOfCookie(cookie: string | undefined): Promise<SessionActor | null> {
  const secret = cookie ? await decodeSessionCookie(cookie) : null
  return secret === null ? null : actorOfSecret(secret)
}

/** The actor behind a session's secret. Writes *last seen* at most once a minute, without waiting for it. */
export async function actorOfSecret(secret: string): Promise<SessionActor | null> {
  const session = await db().session.findUnique({
    where: { secretHash: hashOf(secret) },
    select: {
      id: true, method: true, endedAt: true, expiresAt: true, lastSeenAt: true, createdAt: true, confirmedAt: true, secondFactor: true, organizationId: true, connectionId: true,
      account: { select: { id: true, email: true, name: true, hasSecondFactor: true } },
    },
  })
  const at = now()
  if (!session || session.endedAt !== null || session.expiresAt <= at) return null
  const gap = at.getTime() - session.lastSeenAt.getTime()
  // Before anything else, since the next request would see a session that was used just now.
  if (gap > IDLE_MINUTES_MIN * 60_000) await closeWhereIdle(session.id, at)
  else if (gap > SEEN_EVERY_MS) void markSeen(session.id, at)
  const { account, organizationId, connectionId } = session
  return {
    type: 'session', accountId: account.id, email: account.email, name: account.name, sessionId: session.id, method: session.method,
    openedAt: session.createdAt, confirmedAt: session.confirmedAt, secondFactor: session.secondFactor, hasSecondFactor: account.hasSecondFactor,
    ...(organizationId !== null && { through: { organizationId, connectionId } }),
  }
}

/**
 * Notes a session as seen after a longer gap, and closes to it the organizations that allow no such gap: in one
 * statement, with the row held, so that of several requests at once none slips through.
 */
async function closeWhereIdle(sessionId: string, at: Date): Promise<void> {
  const { address } = requestFacts()
  await db().$executeRaw`
    WITH held AS (
      SELECT "id", "accountId", "lastSeenAt" FROM "Session" WHERE "id" = ${sessionId} FOR UPDATE
    ), closed AS (
      INSERT INTO "SessionExclusion" ("sessionId", "organizationId", "reason", "endedAt")
      SELECT held."id", o."id", 'idle', ${at} FROM held
        JOIN "Membership" m ON m."accountId" = held."accountId" JOIN "Organization" o ON o."id" = m."organizationId"
      WHERE o."sessionIdleMinutes" IS NOT NULL AND held."lastSeenAt" + o."sessionIdleMinutes" * interval '1 minute' < ${at}
      ON CONFLICT DO NOTHING
    )
    UPDATE "Session" s SET "lastSeenAt" = ${at}, "address" = coalesce(nullif(${address}, ''), s."address") FROM held WHERE s."id" = held."id"`
}

async function markSeen(sessionId: string, at: Date): Promise<void> {
  const { address } = requestFacts()
  // Last seen is a convenience; when it fails, the next request writes it again.
  await db().session.update({ where: { id: sessionId }, data: { lastSeenAt: at, ...(address && { address }) } }).catch(() => undefined)
}

/** Notes that a member came to an organization, at most once a minute, without waiting for it. */
export function noteVisit(membership: { id: string; organizationId: string; lastSeenAt: Date }, method: string, at: Date): void {
  if (at.getTime() - membership.lastSeenAt.getTime() <= SEEN_EVERY_MS) return
  const { id, organizationId } = membership
  void db().membership.updateMany({ where: { organizationId, id }, data: { lastSeenAt: at, lastMethod: method } }).catch(() => undefined)
}

/** Ends sessions of an account, all or one, and says how many. */
export async function endSessions(tx: Tx, accountId: string, reason: string, which: { only?: string; except?: string } = {}): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { accountId, endedAt: null, ...(which.only && { id: which.only }), ...(which.except && { id: { not: which.except } }) },
    data: { endedAt: now(), endReason: reason },
  })
  return count
}

/** Ends every session that was opened through a connection, and says how many. */
export async function endConnectionSessions(tx: Tx, organizationId: string, connectionId: string, reason: string): Promise<number> {
  const { count } = await tx.session.updateMany({ where: { organizationId, connectionId, endedAt: null }, data: { endedAt: now(), endReason: reason } })
  return count
}

/** Closes an organization to the sessions an account has now; other organizations stay open to them. */
export async function excludeSessions(tx: Tx, accountId: string, organizationId: string, only?: string): Promise<number> {
  const sessions = await tx.session.findMany({
    where: { accountId, endedAt: null, expiresAt: { gt: now() }, ...(only && { id: only }) },
    select: { id: true },
  })
  const { count } = await tx.sessionExclusion.createMany({
    data: sessions.map(({ id }) => ({ sessionId: id, organizationId })),
    skipDuplicates: true,
  })
  return count
}
