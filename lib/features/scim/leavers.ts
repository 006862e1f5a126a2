import type { Ctx } from '@/lib/access/context'
import type { Handover } from '@/lib/features/members/life'
import { moveKeys } from '@/lib/features/service-accounts/handover'

type Inside = Ctx & { directoryId: string }

/**
 * What becomes of a leaver's keys: handed over to the service account an administrator chose, who held what it holds, or
 * revoked. An account that is gone or suspended takes none.
 */
export async function policyOfLeavers(ctx: Inside, membershipId: string): Promise<(() => Promise<Handover>) | null> {
  const { leaverKeys, handoverToId } = await ctx.tx.directory.findUniqueOrThrow({
    where: { organizationId_id: { organizationId: ctx.orgId, id: ctx.directoryId } }, select: { leaverKeys: true, handoverToId: true },
  })
  if (leaverKeys !== 'hand-over' || handoverToId === null) return null
  const account = await ctx.tx.serviceAccount.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: handoverToId } }, select: { id: true, name: true, isSuspended: true } })
  if (!account || account.isSuspended) return null
  return () => moveKeys(ctx, membershipId, { type: 'service_account', id: account.id, name: account.name })
}
