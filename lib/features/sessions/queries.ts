import type { Ctx } from '@/lib/access/context'
import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { db, type Tx } from '@/lib/db'
import { findSessionPolicy } from '@/lib/features/session-policy/queries'
import { deviceInWords, methodInWords } from './device'
import type { SessionSummary } from './session-summary'

const MOST = 100
const columns = { id: true, method: true, address: true, userAgent: true, createdAt: true, lastSeenAt: true, secondFactor: true, organizationId: true, connectionId: true } as const

type Row = { id: string; method: string; address: string; userAgent: string; createdAt: Date; lastSeenAt: Date; secondFactor: string | null; organizationId: string | null; connectionId: string | null }

const minutesBefore = (at: Date, minutes: number): Date => new Date(at.getTime() - minutes * 60_000)

type Names = ReadonlyMap<string, string>

/** What the connections that sessions came through are called, by id. */
async function connectionNames(tx: Tx, rows: readonly Row[]): Promise<Names> {
  const [organizations, ids] = [rows.flatMap((row) => row.organizationId ?? []), rows.flatMap((row) => row.connectionId ?? [])]
  if (ids.length === 0) return new Map()
  const found = await tx.ssoConnection.findMany({ where: { organizationId: { in: organizations }, id: { in: ids } }, select: { id: true, name: true } })
  return new Map(found.map(({ id, name }) => [id, name]))
}

function methodOf({ method, secondFactor, connectionId }: Row, names: Names): string {
  const name = connectionId === null ? undefined : names.get(connectionId)
  return name === undefined ? methodInWords(method, secondFactor) : `${name} (${methodInWords(method, secondFactor)})`
}

const summaryOf = (row: Row, currentId: string | null, names: Names): SessionSummary => ({
  id: row.id, device: deviceInWords(row.userAgent), method: methodOf(row, names), address: row.address,
  createdAt: row.createdAt.toISOString(), lastSeenAt: row.lastSeenAt.toISOString(), isCurrent: row.id === currentId,
})

/** Open sessions of the signed-in person, this one first, then the last seen; at most a hundred. */
export async function listOwnSessions(actor: SessionActor): Promise<SessionSummary[]> {
  const rows = await db().session.findMany({
    where: { accountId: actor.accountId, endedAt: null, expiresAt: { gt: now() }, ...(actor.through && { id: actor.sessionId }) },
    select: columns,
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const names = await connectionNames(db(), rows)
  const sessions = rows.map((row) => summaryOf(row, actor.sessionId, names))
  return [...sessions.filter((session) => session.isCurrent), ...sessions.filter((session) => !session.isCurrent)]
}

/** Sessions of a member that open this organization, the last seen first; none for a pending invitation or an unknown id. At most a hundred. */
export async function listMemberSessions(ctx: Ctx<'session:others'>, userId: string): Promise<SessionSummary[]> {
  const member = await ctx.tx.membership.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: userId } }, select: { accountId: true } })
  if (!member?.accountId) return []
  const { lifetimeMinutes, idleMinutes } = await findSessionPolicy(ctx.tx, ctx.orgId)
  const rows = await ctx.tx.session.findMany({
    where: {
      accountId: member.accountId, endedAt: null, expiresAt: { gt: ctx.now }, exclusions: { none: { organizationId: ctx.orgId } },
      OR: [{ organizationId: null }, { organizationId: ctx.orgId }],
      ...(lifetimeMinutes !== null && { createdAt: { gte: minutesBefore(ctx.now, lifetimeMinutes) } }),
      ...(idleMinutes !== null && { lastSeenAt: { gte: minutesBefore(ctx.now, idleMinutes) } }),
    },
    select: columns,
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const currentId = ctx.actor.type === 'session' ? ctx.actor.sessionId : null
  const names = await connectionNames(ctx.tx, rows)
  return rows.map((row) => summaryOf(row, currentId, names))
}
