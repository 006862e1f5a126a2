import type { AuditJson } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { findSessionPolicy } from './queries'
import { changedPolicy, type SessionPolicy } from './rules'
import { UpdateSessionPolicyInput } from './schema'

const told = ({ from, ...rest }: SessionPolicy): AuditJson => ({ ...rest, secondFactorFrom: from?.toISOString() ?? null })

/** Sets what the organization demands of sessions. The gate reads it with every request, so it counts at once in every process. */
export const updateSessionPolicy = operation({
  event: 'session-policy.update',
  permission: 'sign-in:write',
  input: UpdateSessionPolicyInput,
  recent: true,
  run: async (ctx, change) => {
    await ctx.tx.$executeRaw`SELECT 1 FROM "Organization" WHERE "id" = ${ctx.orgId} FOR NO KEY UPDATE`
    const before = await findSessionPolicy(ctx.tx, ctx.orgId)
    const policy = changedPolicy(before, change, ctx.now)
    if (JSON.stringify(policy) === JSON.stringify(before)) return { value: policy, events: [] }
    await ctx.tx.organization.update({
      where: { id: ctx.orgId }, select: { id: true },
      data: { secondFactorFrom: policy.from, connectionsAreStrong: policy.connectionsCount, sessionLifetimeMinutes: policy.lifetimeMinutes, sessionIdleMinutes: policy.idleMinutes },
    })
    return { value: policy, targets: [{ type: 'organization', id: ctx.orgId, name: ctx.organization.name }], before: told(before), after: told(policy) }
  },
})
