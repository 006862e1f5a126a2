import type { Ctx } from '@/lib/access/context'
import type { AuditJson, Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { absoluteUrl } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { requireNotWider } from '@/lib/features/api-keys/narrowing'
import { policyForMaking } from '@/lib/features/credential-policy/queries'
import { giverOf } from '@/lib/features/roles/insert'
import { accountTarget, lockAccount } from '@/lib/features/service-accounts/operations'
import { requireAccountHeld } from '@/lib/features/service-accounts/queries'
import { newId } from '@/lib/ids'
import { addressProblem } from '@/lib/outgoing/guarded-fetch'
import { describeTrust, type TrustSummary } from './queries'
import { conditionInWords, type TrustTerms } from './rules'
import { CreateTrustedIssuerInput, TrustedIssuerInput, UpdateTrustedIssuerInput } from './schema'

const TRUSTS_MAX = 20

type Terms = TrustTerms & { name: string; issuer: string }

const told = ({ name, issuer, audience, conditions }: Terms): AuditJson => ({ name, issuer, audience, conditions: conditions.map(conditionInWords) })
const targetsOf = (trust: { id: string; name: string }, account: { id: string; name: string }): Target[] => [{ type: 'trusted_issuer', id: trust.id, name: trust.name }, accountTarget(account)]
/** What its tokens should be made for: us. */
const ownAudience = (): string => absoluteUrl('/').replace(/\/$/, '')

/** @throws AppError `invalid-input` for an address that is never asked */
function requireReachable(issuer: string): void {
  const problem = addressProblem(issuer)
  if (problem !== null) throw new AppError('invalid-input', `\`issuer\`: ${problem}`, { fields: [{ path: 'issuer', message: `The address is not asked: ${problem.replaceAll('`', '')}` }] })
}

/**
 * Whoever says which tokens are believed can act as the account: so all that it may do must be theirs to do, as when they
 * make a key of it. A limited credential makes no trust, which has no such limits.
 */
async function requireMayTrust(ctx: Ctx, serviceAccountId: string): Promise<void> {
  await policyForMaking(ctx, 'serviceAccountKey')
  await requireAccountHeld(ctx, serviceAccountId)
  await requireNotWider(ctx, { roleId: null, scopeId: null, addresses: [] })
}

/** A trust of this account, row held. @throws AppError `not-found` */
async function lockTrust(ctx: Ctx, ref: { serviceAccountId: string; id: string }): Promise<TrustSummary> {
  await ctx.tx.$queryRaw`SELECT 1 FROM "TrustedIssuer" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${ref.id} FOR UPDATE`
  return describeTrust(ctx, ref)
}

const stored = ({ name, issuer, audience, conditions }: Terms) => ({ name, issuer, audience, conditions: conditions.map(({ claim, operator, values }) => ({ claim, operator, values: [...values] })) })

/** Lets an outside issuer's tokens be exchanged for short-lived ones of the account. */
export const createTrustedIssuer = operation({
  event: 'trusted-issuer.create',
  permission: 'service-account:write',
  recent: true,
  input: CreateTrustedIssuerInput,
  run: async (ctx, { serviceAccountId, audience = ownAudience(), ...input }) => {
    const account = await lockAccount(ctx, serviceAccountId)
    await requireMayTrust(ctx, serviceAccountId)
    requireReachable(input.issuer)
    const count = await ctx.tx.trustedIssuer.count({ where: { organizationId: ctx.orgId, serviceAccountId } })
    if (count >= TRUSTS_MAX) throw new AppError('limit-reached', `a service account trusts at most ${TRUSTS_MAX} issuers`)
    const terms: Terms = { ...input, audience }
    const id = newId('trustedIssuer')
    const maker = giverOf(ctx)
    await ctx.tx.trustedIssuer.create({ data: { id, organizationId: ctx.orgId, serviceAccountId, ...stored(terms), createdById: maker.id, createdByName: maker.name, createdAt: ctx.now }, select: { id: true } })
    return { value: { serviceAccountId, id }, targets: targetsOf({ id, name: terms.name }, account), after: told(terms) }
  },
})

/** Renames a trust, changes what it believes, suspends or resumes it. Whatever was exchanged under other terms ends. */
export const updateTrustedIssuer = operation({
  event: 'trusted-issuer.update',
  permission: 'service-account:write',
  recent: ({ issuer, audience, conditions }) => issuer !== undefined || audience !== undefined || conditions !== undefined,
  input: UpdateTrustedIssuerInput,
  run: async (ctx, { serviceAccountId, id, status, ...change }) => {
    const account = await lockAccount(ctx, serviceAccountId)
    const trust = await lockTrust(ctx, { serviceAccountId, id })
    const terms: Terms = { name: change.name ?? trust.name, issuer: change.issuer ?? trust.issuer, audience: change.audience ?? trust.audience, conditions: change.conditions ?? trust.conditions }
    const [before, after] = [told(trust), told(terms)]
    const isOther = JSON.stringify({ ...before, name: '' }) !== JSON.stringify({ ...after, name: '' })
    const isChanged = isOther || terms.name !== trust.name
    const turns = status !== undefined && status !== trust.status ? status : null
    if (isOther || turns === 'active') await requireMayTrust(ctx, serviceAccountId)
    if (terms.issuer !== trust.issuer) requireReachable(terms.issuer)
    if (isChanged || turns !== null) {
      const data = { ...stored(terms), ...(isOther && { tokensValidFrom: ctx.now }), ...(turns && { status: turns }) }
      await ctx.tx.trustedIssuer.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data, select: { id: true } })
    }
    const targets = targetsOf({ id, name: terms.name }, account)
    return {
      value: { serviceAccountId, id },
      events: [
        ...(isChanged ? [{ targets, before, after }] : []),
        ...(turns ? [{ event: turns === 'suspended' ? 'trusted-issuer.suspend' : 'trusted-issuer.resume', targets, before: { status: trust.status }, after: { status: turns } }] : []),
      ],
    }
  },
})

/** Ends a trust for good; what was exchanged under it ends at once. */
export const deleteTrustedIssuer = operation({
  event: 'trusted-issuer.delete',
  permission: 'service-account:write',
  input: TrustedIssuerInput,
  run: async (ctx, ref) => {
    const account = await lockAccount(ctx, ref.serviceAccountId)
    const trust = await lockTrust(ctx, ref)
    await ctx.tx.trustedIssuer.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id: ref.id } } })
    return { value: ref, targets: targetsOf(trust, account), before: told(trust) }
  },
})
