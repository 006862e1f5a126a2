import { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { deviceInWords } from './device'

/** A signed-in browser of a member, as machines read it. */
export type OrganizationSession = {
  id: string
  user: { id: string; name: string; email: string }
  method: string
  /** The connection it came through, and the second factor it has shown. */
  connection: { id: string; name: string } | null
  secondFactor: string | null
  device: string
  userAgent: string
  address: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

type Row = { id: string; memberId: string; name: string; email: string; method: string; connectionId: string | null; connectionName: string | null; secondFactor: string | null; userAgent: string; address: string; createdAt: Date; lastSeenAt: Date; expiresAt: Date }

export type SessionsAsked = { userId?: string | undefined; limit: number; cursor?: string | undefined }

async function requireMember(ctx: Ctx, id: string): Promise<void> {
  const member = await ctx.tx.membership.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
  if (!member) throw new AppError('not-found', `no user \`${id}\``)
}

const sessionOf = ({ memberId, name, email, connectionId, connectionName, ...row }: Row): OrganizationSession => ({
  ...row, connection: connectionId === null ? null : { id: connectionId, name: connectionName ?? '' }, user: { id: memberId, name: name || email, email }, device: deviceInWords(row.userAgent),
})

/**
 * Open sessions that reach the organization, the newest first: all, or those of one member.
 *
 * @throws AppError `not-found` when there is no such member, `invalid-input` for a cursor of another list
 */
export async function listSessions(ctx: Ctx<'session:others'>, { userId, limit, cursor }: SessionsAsked): Promise<Page<OrganizationSession>> {
  if (userId !== undefined) await requireMember(ctx, userId)
  const fingerprint = listFingerprint(['sessions', ctx.orgId, userId])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const ofUser = userId === undefined ? Prisma.empty : Prisma.sql` AND m."id" = ${userId}`
  const beyond = after?.[0] === undefined ? Prisma.empty : Prisma.sql` AND s."id" < ${after[0]}`
  const rows = await ctx.tx.$queryRaw<Row[]>`
    SELECT s."id", m."id" AS "memberId", m."name", m."email", s."method", s."connectionId", c."name" AS "connectionName", s."secondFactor", s."userAgent", s."address", s."createdAt", s."lastSeenAt", s."expiresAt"
    FROM "Session" s JOIN "Membership" m ON m."accountId" = s."accountId" JOIN "Organization" o ON o."id" = m."organizationId"
      LEFT JOIN "SsoConnection" c ON c."organizationId" = m."organizationId" AND c."id" = s."connectionId"
    WHERE m."organizationId" = ${ctx.orgId} AND m."status" = 'active'${ofUser} AND s."endedAt" IS NULL AND s."expiresAt" > ${ctx.now}${beyond}
      AND (s."organizationId" IS NULL OR s."organizationId" = m."organizationId")
      AND (o."sessionLifetimeMinutes" IS NULL OR s."createdAt" + o."sessionLifetimeMinutes" * interval '1 minute' >= ${ctx.now})
      AND (o."sessionIdleMinutes" IS NULL OR s."lastSeenAt" + o."sessionIdleMinutes" * interval '1 minute' >= ${ctx.now})
      AND NOT EXISTS (SELECT 1 FROM "SessionExclusion" x WHERE x."sessionId" = s."id" AND x."organizationId" = ${ctx.orgId})
    ORDER BY s."id" DESC LIMIT ${limit + 1}`
  return toPage(rows.map(sessionOf), { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
}
