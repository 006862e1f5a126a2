import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import type { NamedRef } from '@/lib/features/api-keys/queries'
import { AppError } from '@/lib/errors'
import type { Prisma } from '@/lib/generated/prisma/client'
import { isAccepted, judgeClaims, OPERATORS, type Condition, type Finding, type TrustStatus } from './rules'
import { verifyOutsideToken } from './outside-token'

export type TrustSummary = {
  id: string
  serviceAccountId: string
  name: string
  issuer: string
  audience: string
  conditions: Condition[]
  status: TrustStatus
  createdBy: NamedRef | null
  createdAt: Date
  lastUsedAt: Date | null
  lastUsedIp: string | null
}

const columns = {
  id: true, serviceAccountId: true, name: true, issuer: true, audience: true, conditions: true, status: true, createdById: true, createdByName: true,
  createdAt: true, lastUsedAt: true, lastUsedAddress: true,
} as const satisfies Prisma.TrustedIssuerSelect

const Stored = z.array(z.object({ claim: z.string(), operator: z.enum(OPERATORS), values: z.array(z.string()) }))

/** Conditions as they are stored. @throws ZodError when they are damaged: a trust must not open by that */
export const readConditions = (stored: unknown): Condition[] => Stored.min(1).parse(stored)

const summaryOf = ({ conditions, createdById, createdByName, lastUsedAddress, status, ...row }: Prisma.TrustedIssuerGetPayload<{ select: typeof columns }>): TrustSummary => ({
  ...row, conditions: readConditions(conditions), status: status === 'active' ? 'active' : 'suspended', lastUsedIp: lastUsedAddress,
  createdBy: createdById === null ? null : { id: createdById, name: createdByName },
})

const atOrganization = (ctx: Ctx): void => void requirePermission(ctx, 'service-account:read', ctx.orgId)

/** Trusts of a service account, oldest first; there are few. @throws AppError `not-found` */
export async function listTrustedIssuers(ctx: Ctx<'service-account:read'>, serviceAccountId: string): Promise<TrustSummary[]> {
  atOrganization(ctx)
  const account = await ctx.tx.serviceAccount.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: serviceAccountId } }, select: { id: true } })
  if (!account) throw new AppError('not-found', `no service account \`${serviceAccountId}\``)
  const rows = await ctx.tx.trustedIssuer.findMany({ where: { organizationId: ctx.orgId, serviceAccountId }, select: columns, orderBy: { id: 'asc' } })
  return rows.map(summaryOf)
}

/** One trust, for whoever has just made it. @throws AppError `not-found` */
export async function describeTrust(ctx: Ctx, { serviceAccountId, id }: { serviceAccountId: string; id: string }): Promise<TrustSummary> {
  const row = await ctx.tx.trustedIssuer.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: columns })
  if (!row || row.serviceAccountId !== serviceAccountId) throw new AppError('not-found', `no trusted issuer \`${id}\` of this service account`)
  return summaryOf(row)
}

/** One trust. @throws AppError `not-found` */
export async function findTrustedIssuer(ctx: Ctx<'service-account:read'>, ref: { serviceAccountId: string; id: string }): Promise<TrustSummary> {
  atOrganization(ctx)
  return describeTrust(ctx, ref)
}

/** Whether a token would be accepted, and if not, what is wrong: with the token itself, or which claim with what the trust asks for. */
export type Trial = { accepted: boolean; problem: string | null; findings: Finding[] }

/** Tries a token. It is neither stored nor exchanged. @throws AppError `not-found` */
export async function tryToken(ctx: Ctx<'service-account:write'>, { token, ...ref }: { serviceAccountId: string; id: string; token: string }): Promise<Trial> {
  requirePermission(ctx, 'service-account:write', ctx.orgId)
  const trust = await describeTrust(ctx, ref)
  const verified = await verifyOutsideToken(trust.issuer, token)
  if (!verified.ok) return { accepted: false, problem: verified.message, findings: [] }
  const findings = judgeClaims(trust, verified.claims)
  const problem = trust.status === 'active' ? null : 'the trust is suspended'
  return { accepted: problem === null && isAccepted(findings), problem, findings }
}
