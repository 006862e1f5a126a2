import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import type { Target } from '@/lib/boundary/audit'
import { accountTarget, lockAccount } from './operations'
import { requireAccountHeld } from './queries'

/**
 * Makes a leaving person's keys those of a service account: their secrets go on working, with the account's rights from now
 * on, as narrowed as they were. Whoever does so gives the account's rights away, so they must be their own.
 *
 * @throws AppError `not-found`, `forbidden`
 */
export async function handOverKeys(ctx: Ctx, membershipId: string, serviceAccountId: string): Promise<{ account: Target; keys: Target[] }> {
  requirePermission(ctx, 'service-account:write', ctx.orgId)
  const account = await lockAccount(ctx, serviceAccountId)
  await requireAccountHeld(ctx, serviceAccountId)
  return moveKeys(ctx, membershipId, accountTarget(account))
}

/** Moves the keys. Whether they may be, was checked before. */
export async function moveKeys(ctx: Ctx, membershipId: string, account: Target): Promise<{ account: Target; keys: Target[] }> {
  const where = { organizationId: ctx.orgId, membershipId, status: { not: 'revoked' as const } }
  const keys = await ctx.tx.apiKey.findMany({ where, select: { id: true, name: true } })
  await ctx.tx.apiKey.updateMany({ where, data: { membershipId: null, serviceAccountId: account.id } })
  return { account, keys: keys.map((key) => ({ type: 'api_key', ...key })) }
}
