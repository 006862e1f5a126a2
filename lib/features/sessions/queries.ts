import type { Ctx } from '@/lib/access/context'
import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { deviceInWords, methodInWords } from './device'
import type { SessionSummary } from './session-summary'

const MOST = 100
const columns = { id: true, method: true, address: true, userAgent: true, createdAt: true, lastSeenAt: true } as const

type Row = { id: string; method: string; address: string; userAgent: string; createdAt: Date; lastSeenAt: Date }

const summaryOf = (row: Row, currentId: string | null): SessionSummary => ({
  id: row.id, device: deviceInWords(row.userAgent), method: methodInWords(row.method), address: row.address,
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
  const sessions = rows.map((row) => summaryOf(row, actor.sessionId))
  return [...sessions.filter((session) => session.isCurrent), ...sessions.filter((session) => !session.isCurrent)]
}

/** Sessions of a member that open this organization, the last seen first; none for a pending invitation or an unknown id. At most a hundred. */
export async function listMemberSessions(ctx: Ctx<'session:others'>, userId: string): Promise<SessionSummary[]> {
  const member = await ctx.tx.membership.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: userId } }, select: { accountId: true } })
  if (!member?.accountId) return []
  const rows = await ctx.tx.session.findMany({
    where: { accountId: member.accountId, endedAt: null, expiresAt: { gt: ctx.now }, exclusions: { none: { organizationId: ctx.orgId } } },
    select: columns,
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const currentId = ctx.actor.type === 'session' ? ctx.actor.sessionId : null
  return rows.map((row) => summaryOf(row, currentId))
}
