import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { findCredentialPolicy, policyForMaking } from '@/lib/features/credential-policy/queries'
import { endOf } from '@/lib/features/credential-policy/rules'
import { changeKey, insertKey, lockKey, revokeKey, rotateKey, type LockedKey } from './life'
import { requireNotWider, resolveLimits } from './narrowing'
import { CreateApiKeyInput, IssueApiKeyInput, KeyPageFilter, RevokeApiKeyInput, RotateApiKeyInput, UpdateApiKeyInput } from './schema'

const isOwn = (ctx: Ctx, { owner }: LockedKey): boolean => owner.id === ctx.membership?.id

/** A person's key, row held; of others only with `key:others`. @throws AppError `not-found`, `forbidden` */
async function lockApiKey(ctx: Ctx<'key:self'>, id: string): Promise<LockedKey> {
  const key = await lockKey(ctx, id)
  if (key.owner.type !== 'user') throw new AppError('not-found', `no API key \`${id}\` of a person; keys of service accounts are found with their account`)
  if (!isOwn(ctx, key)) requirePermission(ctx, 'key:others', ctx.orgId)
  return key
}

/** A key of one's own: acts with one's rights of the moment, as far as it is not narrowed. Its secret is in the answer and nowhere else. */
export const createApiKey = operation({
  event: 'api-key.create',
  permission: 'key:self',
  recent: true,
  input: CreateApiKeyInput,
  run: async (ctx, { name, purpose, expiresAt: wanted, role, scope, addresses }) => {
    const { membership } = ctx
    if (membership === null) throw new AppError('forbidden', 'API keys are of people; service accounts have keys of their own, and the local command issues one to a member')
    const policy = await policyForMaking(ctx, 'apiKey')
    const expiresAt = endOf(policy, 'apiKey', wanted, { madeAt: ctx.now, now: ctx.now })
    const limits = await resolveLimits(ctx, { role, scope, addresses })
    await requireNotWider(ctx, limits)
    return insertKey(ctx, { type: 'user', id: membership.id, name: membership.email }, { name, purpose, expiresAt, limits })
  },
})

/** A key of another member. Only for the local command: whoever else holds it would act as that person. */
export const issueApiKey = operation({
  event: 'api-key.issue',
  permission: 'key:others',
  input: IssueApiKeyInput,
  run: async (ctx, { email, name, expiresAt: wanted }) => {
    if (ctx.actor.type !== 'command') throw new AppError('forbidden', 'a key of somebody else can be issued with the local command only')
    const member = await ctx.tx.membership.findUnique({ where: { organizationId_email: { organizationId: ctx.orgId, email } }, select: { id: true, email: true, status: true } })
    if (member?.status !== 'active') throw new AppError('not-found', `no active user \`${email}\` in ${ctx.organization.name}`)
    const expiresAt = endOf(await policyForMaking(ctx, 'apiKey'), 'apiKey', wanted, { madeAt: ctx.now, now: ctx.now })
    const made = await insertKey(ctx, { type: 'user', id: member.id, name: member.email }, { name, purpose: '', expiresAt, limits: { roleId: null, scopeId: null, addresses: [] } })
    return { ...made, value: { ...made.value, expiresAt } }
  },
})

/** Renames a key, changes its end, suspends or resumes it. Others' keys need `key:others`. */
export const updateApiKey = operation({
  event: 'api-key.update',
  permission: 'key:self',
  input: UpdateApiKeyInput,
  run: async (ctx, { id, ...change }) => changeKey(ctx, await lockApiKey(ctx, id), await findCredentialPolicy(ctx.tx, ctx.orgId), change),
})

/** A new secret for a key of one's own; the old one works on for the overlap. Nobody rotates others' keys: they would see the secret. */
export const rotateApiKey = operation({
  event: 'api-key.rotate',
  permission: 'key:self',
  recent: true,
  input: RotateApiKeyInput,
  run: async (ctx, { id, overlapHours }) => {
    const key = await lockApiKey(ctx, id)
    if (!isOwn(ctx, key)) throw new AppError('forbidden', 'only its owner can rotate a key, since the new secret is shown to whoever does')
    const policy = await policyForMaking(ctx, 'apiKey')
    await requireNotWider(ctx, key)
    return rotateKey(ctx, key, policy, overlapHours)
  },
})

/** Ends a key for good: the next request with it is refused. Others' keys need `key:others`. */
export const revokeApiKey = operation({
  event: 'api-key.revoke',
  permission: 'key:self',
  input: RevokeApiKeyInput,
  run: async (ctx, { id }) => revokeKey(ctx, await lockApiKey(ctx, id)),
})

/** Tells the log that the list was taken away; the rows themselves are streamed by their route. */
export const exportApiKeys = operation({
  event: 'api-key.export',
  permission: 'key:self',
  input: KeyPageFilter,
  run: (ctx, { sort, mark, ...filter }) => {
    if (filter.owner !== 'me') requirePermission(ctx, 'key:others', ctx.orgId)
    const target = { type: 'organization', id: ctx.orgId, name: ctx.organization.name }
    const asked = { ...filter, mark: mark ?? null, sort: `${sort.direction === 'desc' ? '-' : ''}${sort.column}` }
    return Promise.resolve({ value: null, targets: [target], detail: { filter: asked } })
  },
})
