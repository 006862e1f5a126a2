import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { makeSecret } from '@/lib/access/principals/api-key'
import type { Outcome } from '@/lib/boundary/operation'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { hintOf } from './rules'
import { CreateApiKeyInput, IssueApiKeyInput, RevokeApiKeyInput } from './schema'

export type NewApiKey = { id: string; secret: string }
type Wanted = { name: string; expiresAt?: Date | null | undefined }

async function insertApiKey(ctx: Ctx, owner: { id: string; email: string }, { name, expiresAt = null }: Wanted): Promise<Outcome<NewApiKey>> {
  if (expiresAt && expiresAt <= ctx.now) throw new AppError('invalid-input', '`expiresAt`: the end lies in the past', { fields: [{ path: 'expiresAt', message: 'Choose a time in the future' }] })
  const id = newId('key')
  const { publicId, secret, secretHash } = makeSecret('key')
  await ctx.tx.apiKey.create({
    data: { id, organizationId: ctx.orgId, membershipId: owner.id, name, publicId, secretHash, expiresAt, createdById: ctx.membership?.id ?? null, createdAt: ctx.now },
  })
  return {
    value: { id, secret },
    targets: [{ type: 'api_key', id, name }, { type: 'user', id: owner.id, name: owner.email }],
    after: { name, hint: hintOf(publicId), expiresAt: expiresAt?.toISOString() ?? null },
  }
}

/** A key of one's own: acts with one's rights of the moment. Its secret is in the answer and nowhere else. */
export const createApiKey = operation({
  event: 'api-key.create',
  permission: 'key:self',
  input: CreateApiKeyInput,
  run: async (ctx, input) => {
    if (ctx.membership === null) throw new AppError('forbidden', 'the local command has no keys of its own; issue one to a member')
    return insertApiKey(ctx, ctx.membership, input)
  },
})

/** A key of another member. Only for the local command: whoever else holds it would act as that person. */
export const issueApiKey = operation({
  event: 'api-key.issue',
  permission: 'key:others',
  input: IssueApiKeyInput,
  run: async (ctx, { email, ...wanted }) => {
    if (ctx.actor.type !== 'command') throw new AppError('forbidden', 'a key of somebody else can be issued with the local command only')
    const member = await ctx.tx.membership.findUnique({ where: { organizationId_email: { organizationId: ctx.orgId, email } }, select: { id: true, email: true, status: true } })
    if (member?.status !== 'active') throw new AppError('not-found', `no active user \`${email}\` in ${ctx.organization.name}`)
    return insertApiKey(ctx, member, wanted)
  },
})

/** Ends a key for good: the next request with it is refused. Others' keys need `key:others`. */
export const revokeApiKey = operation({
  event: 'api-key.revoke',
  permission: 'key:self',
  input: RevokeApiKeyInput,
  run: async (ctx, { id }) => {
    const where = { organizationId_id: { organizationId: ctx.orgId, id } }
    const key = await ctx.tx.apiKey.findUnique({ where, select: { name: true, status: true, membership: { select: { id: true, email: true } } } })
    if (!key) throw new AppError('not-found', `no API key \`${id}\``)
    if (key.membership.id !== ctx.membership?.id) requirePermission(ctx, 'key:others')
    if (key.status === 'revoked') return { value: { id }, events: [] }
    await ctx.tx.apiKey.update({ where, data: { status: 'revoked', revokedAt: ctx.now } })
    return {
      value: { id },
      targets: [{ type: 'api_key', id, name: key.name }, { type: 'user', id: key.membership.id, name: key.membership.email }],
      before: { status: key.status }, after: { status: 'revoked' },
    }
  },
})
