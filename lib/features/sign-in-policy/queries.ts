import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'

export type SignInPolicy = { ssoOnly: boolean; autoprovision: boolean; defaultRole: { id: string; title: string } | null }

/** How people of the organization sign in. */
export async function findSignInPolicy(ctx: Ctx): Promise<SignInPolicy> {
  const { isSsoOnly, isAutoprovisioned, autoprovisionRole } = await ctx.tx.organization.findUniqueOrThrow({
    where: { id: ctx.orgId }, select: { isSsoOnly: true, isAutoprovisioned: true, autoprovisionRole: { select: { id: true, title: true } } },
  })
  return { ssoOnly: isSsoOnly, autoprovision: isAutoprovisioned, defaultRole: autoprovisionRole }
}

/** People, counted, and the first of them by address. */
export type People = { count: number; first: string[] }

const SHOWN = 20

const asPeople = (rows: readonly { email: string; count: bigint }[]): People => ({ count: Number(rows[0]?.count ?? 0), first: rows.map(({ email }) => email) })

/** What SSO-only would do, and to whom. */
export type SsoOnlyEffects = {
  /** Members with a session now that did not come through one of the organization's connections. */
  signedOut: People
  /** Active members whose address no enabled connection speaks for. */
  withoutConnection: People
  /** The connection through which this browser has shown that the asker comes in; null: none, so that it cannot be enabled here. */
  testedHere: { id: string; name: string; kind: string } | null
}

/** Domains that enabled connections speak for; a connection without domains of its own speaks for all. */
async function coveredDomains(ctx: Ctx): Promise<string[]> {
  const verified = await ctx.tx.verifiedDomain.findMany({ where: { organizationId: ctx.orgId, verifiedAt: { not: null } }, select: { domain: true } })
  const connections = await ctx.tx.ssoConnection.findMany({ where: { organizationId: ctx.orgId, status: 'enabled' }, select: { allowedDomains: true } })
  return verified.map(({ domain }) => domain).filter((domain) => connections.some(({ allowedDomains }) => allowedDomains.length === 0 || allowedDomains.includes(domain)))
}

export async function findSsoOnlyEffects(ctx: Ctx): Promise<SsoOnlyEffects> {
  const { tx, orgId, now: at, actor } = ctx
  const signedOut = await tx.$queryRaw<{ email: string; count: bigint }[]>(Prisma.sql`
    SELECT m."email", count(*) OVER () AS "count" FROM "Membership" m
    WHERE m."organizationId" = ${orgId} AND m."status" = 'active' AND EXISTS (
      SELECT 1 FROM "Session" s WHERE s."accountId" = m."accountId" AND s."endedAt" IS NULL AND s."expiresAt" > ${at} AND s."organizationId" IS NULL
        AND NOT EXISTS (SELECT 1 FROM "SessionExclusion" x WHERE x."sessionId" = s."id" AND x."organizationId" = ${orgId})
        ${actor.type === 'session' ? Prisma.sql`AND s."id" <> ${actor.sessionId}` : Prisma.empty})
    ORDER BY m."email" LIMIT ${SHOWN}`)
  const domains = await coveredDomains(ctx)
  const without = await tx.$queryRaw<{ email: string; count: bigint }[]>(Prisma.sql`
    SELECT m."email", count(*) OVER () AS "count" FROM "Membership" m
    WHERE m."organizationId" = ${orgId} AND m."status" = 'active' AND NOT (split_part(m."email", '@', 2) = ANY(${domains}))
    ORDER BY m."email" LIMIT ${SHOWN}`)
  const tested = actor.type !== 'session' ? null : await tx.ssoConnection.findFirst({
    where: { organizationId: orgId, status: 'enabled', testedSessionId: actor.sessionId, isTestedAsSelf: true }, select: { id: true, name: true, kind: true }, orderBy: { testedAt: 'desc' },
  })
  return { signedOut: asPeople(signedOut), withoutConnection: asPeople(without), testedHere: tested }
}
