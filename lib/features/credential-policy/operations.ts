import type { AuditJson } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { findCredentialPolicy } from './queries'
import type { CredentialPolicy } from './rules'
import { UpdateCredentialPolicyInput } from './schema'

const told = (policy: CredentialPolicy): AuditJson => ({ ...policy, reminderDays: [...policy.reminderDays], makers: { ...policy.makers } })

function requireConsistent({ maxLifetimeDays: most, defaultLifetimeDays: usual }: CredentialPolicy): void {
  if (most === null || usual === null || usual <= most) return
  const message = `The default cannot be longer than the longest life, which is ${most} days`
  throw new AppError('invalid-input', `\`defaultLifetimeDays\`: ${message}`, { fields: [{ path: 'defaultLifetimeDays', message }] })
}

/** Sets what the organization demands of credentials. It counts for those made or changed from now on; disuse counts for all. */
export const updateCredentialPolicy = operation({
  event: 'credential-policy.update',
  permission: 'credential-policy:write',
  input: UpdateCredentialPolicyInput,
  run: async (ctx, change) => {
    await ctx.tx.$executeRaw`SELECT 1 FROM "Organization" WHERE "id" = ${ctx.orgId} FOR NO KEY UPDATE`
    const before = await findCredentialPolicy(ctx.tx, ctx.orgId)
    const pick = <T>(wanted: T | undefined, present: T): T => (wanted === undefined ? present : wanted)
    const policy: CredentialPolicy = {
      maxLifetimeDays: pick(change.maxLifetimeDays, before.maxLifetimeDays),
      defaultLifetimeDays: pick(change.defaultLifetimeDays, before.defaultLifetimeDays),
      suspendUnusedDays: pick(change.suspendUnusedDays, before.suspendUnusedDays),
      requestsPerMinute: pick(change.requestsPerMinute, before.requestsPerMinute),
      reminderDays: pick(change.reminderDays, before.reminderDays),
      onLeak: pick(change.onLeak, before.onLeak),
      makers: {
        apiKey: change.makers?.apiKey ?? before.makers.apiKey, serviceAccountKey: change.makers?.serviceAccountKey ?? before.makers.serviceAccountKey,
        token: change.makers?.token ?? before.makers.token,
      },
    }
    requireConsistent(policy)
    if (JSON.stringify(policy) === JSON.stringify(before)) return { value: null, events: [] }
    const { makers, reminderDays, ...rest } = policy
    const data = {
      ...rest, reminderDays: [...reminderDays], apiKeyMakers: makers.apiKey, serviceAccountKeyMakers: makers.serviceAccountKey, tokenMakers: makers.token,
      updatedAt: ctx.now, updatedByName: ctx.principal.name,
    }
    await ctx.tx.credentialPolicy.upsert({ where: { organizationId: ctx.orgId }, create: { organizationId: ctx.orgId, ...data }, update: data })
    return { value: null, targets: [{ type: 'organization', id: ctx.orgId, name: ctx.organization.name }], before: told(before), after: told(policy) }
  },
})
