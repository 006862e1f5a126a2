import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { changeKey, insertKey, lockKey, revokeKey, rotateKey, type LockedKey } from '@/lib/features/api-keys/life'
import { requireNotWider, resolveLimits } from '@/lib/features/api-keys/narrowing'
import { findCredentialPolicy, policyForMaking } from '@/lib/features/credential-policy/queries'
import { endOf } from '@/lib/features/credential-policy/rules'
import { lockAccount } from './operations'
import { requireAccountHeld } from './queries'
import { CreateAccountKeyInput, RevokeAccountKeyInput, RotateAccountKeyInput, UpdateAccountKeyInput } from './schema'

type Ref = { serviceAccountId: string; id: string }

/** A key of this account, row held. @throws AppError `not-found` */
async function lockAccountKey(ctx: Ctx, { serviceAccountId, id }: Ref): Promise<LockedKey> {
  const key = await lockKey(ctx, id)
  if (key.owner.type !== 'service_account' || key.owner.id !== serviceAccountId) throw new AppError('not-found', `no key \`${id}\` of this service account`)
  return key
}

/** A key that acts with the account's rights. Since its maker sees the secret, those must be the maker's own too. */
export const createAccountKey = operation({
  event: 'service-account-key.create',
  permission: 'service-account:write',
  recent: true,
  input: CreateAccountKeyInput,
  run: async (ctx, { serviceAccountId, name, purpose, expiresAt: wanted, role, scope, addresses }) => {
    const account = await lockAccount(ctx, serviceAccountId)
    const policy = await policyForMaking(ctx, 'serviceAccountKey')
    await requireAccountHeld(ctx, serviceAccountId)
    const expiresAt = endOf(policy, 'serviceAccountKey', wanted, { madeAt: ctx.now, now: ctx.now })
    const limits = await resolveLimits(ctx, { role, scope, addresses })
    await requireNotWider(ctx, limits)
    return insertKey(ctx, { type: 'service_account', id: account.id, name: account.name }, { name, purpose, expiresAt, limits })
  },
})

/** Renames a key of an account, changes its end, suspends or resumes it. */
export const updateAccountKey = operation({
  event: 'service-account-key.update',
  permission: 'service-account:write',
  input: UpdateAccountKeyInput,
  run: async (ctx, { serviceAccountId, id, ...change }) =>
    changeKey(ctx, await lockAccountKey(ctx, { serviceAccountId, id }), await findCredentialPolicy(ctx.tx, ctx.orgId), change),
})

/** A new secret for a key of an account; the old one works on for the overlap. */
export const rotateAccountKey = operation({
  event: 'service-account-key.rotate',
  permission: 'service-account:write',
  recent: true,
  input: RotateAccountKeyInput,
  run: async (ctx, { overlapHours, ...ref }) => {
    const key = await lockAccountKey(ctx, ref)
    const policy = await policyForMaking(ctx, 'serviceAccountKey')
    await requireAccountHeld(ctx, ref.serviceAccountId)
    await requireNotWider(ctx, key)
    return rotateKey(ctx, key, policy, overlapHours)
  },
})

/** Ends a key of an account for good. */
export const revokeAccountKey = operation({
  event: 'service-account-key.revoke',
  permission: 'service-account:write',
  input: RevokeAccountKeyInput,
  run: async (ctx, ref) => revokeKey(ctx, await lockAccountKey(ctx, ref)),
})
