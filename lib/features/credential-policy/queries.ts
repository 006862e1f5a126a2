import type { Ctx } from '@/lib/access/context'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { DEFAULT_POLICY, MAKERS, ON_LEAK, makingProblem, type CredentialKind, type CredentialPolicy } from './rules'

const makersOf = (text: string) => MAKERS.find((known) => known === text) ?? 'nobody'

/** What the organization demands of credentials at this moment. */
export async function findCredentialPolicy(tx: Tx, organizationId: string): Promise<CredentialPolicy> {
  const row = await tx.credentialPolicy.findUnique({ where: { organizationId } })
  if (!row) return DEFAULT_POLICY
  const { maxLifetimeDays, defaultLifetimeDays, suspendUnusedDays, requestsPerMinute, reminderDays, onLeak, apiKeyMakers, serviceAccountKeyMakers, tokenMakers } = row
  return {
    maxLifetimeDays, defaultLifetimeDays, suspendUnusedDays, requestsPerMinute, reminderDays, onLeak: ON_LEAK.find((known) => known === onLeak) ?? 'revoke',
    makers: { apiKey: makersOf(apiKeyMakers), serviceAccountKey: makersOf(serviceAccountKeyMakers), token: makersOf(tokenMakers) },
  }
}

/**
 * The policy under which somebody makes a credential. The local command may always, for when nobody else can.
 *
 * @throws AppError `forbidden` when the policy lets them not
 */
export async function policyForMaking(ctx: Ctx, kind: CredentialKind): Promise<CredentialPolicy> {
  const policy = await findCredentialPolicy(ctx.tx, ctx.orgId)
  const problem = ctx.actor.type === 'command' ? null : makingProblem(policy, kind, ctx.rights)
  if (problem !== null) throw new AppError('forbidden', problem)
  return policy
}
