import type { Ctx, Entered } from '@/lib/access/context'
import { tokenName } from '@/lib/access/principals/credential-row'
import { clientIdOf, clientSecretOf, makeSecret } from '@/lib/access/principals/secret-format'
import type { Target } from '@/lib/boundary/audit'
import { operation, type Outcome } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { requireNotWider, resolveRole } from '@/lib/features/api-keys/narrowing'
import { hintOf, overlapEnd } from '@/lib/features/api-keys/rules'
import { findCredentialPolicy, policyForMaking } from '@/lib/features/credential-policy/queries'
import { endOf } from '@/lib/features/credential-policy/rules'
import { giverOf } from '@/lib/features/roles/insert'
import { assignmentInWords, requireHeld, type ResolvedAssignment } from '@/lib/features/roles/rules'
import { newId } from '@/lib/ids'
import { requireScopeOfToken } from './queries'
import { CreateTokenInput, RotateTokenInput, TokenInput, UpdateTokenInput } from './schema'

/** The three values shown once. The token is client id and client secret joined. */
export type NewToken = { id: string; clientId: string; clientSecret: string; token: string }

type Locked = {
  id: string; description: string; publicId: string; status: 'active' | 'suspended' | 'revoked'; roleId: string; scopeId: string; createdAt: Date; expiresAt: Date | null
}

const targetOf = (token: { id: string; description: string; publicId: string }): Target => ({ type: 'token', id: token.id, name: tokenName(token) })
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A token of this organization, row held. @throws AppError `not-found` */
async function lockToken(ctx: Ctx, id: string): Promise<Locked> {
  const [row] = await ctx.tx.$queryRaw<Locked[]>`
    SELECT "id", "description", "publicId", "status"::text AS "status", "roleId", "scopeId", "createdAt", "expiresAt"
    FROM "ApplicationToken" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!row) throw new AppError('not-found', `no application token \`${id}\``)
  return row
}

const scopeOfToken = ({ id }: { id: string }, entered: Entered): Promise<string> => requireScopeOfToken(entered, id)

/** A credential bound to addresses makes no token, which could be used from anywhere; what it may hold, its rights say. */
const withoutAddresses = (ctx: Ctx): Promise<void> =>
  ctx.actor.type === 'credential' && ctx.actor.addresses.length > 0 ? requireNotWider(ctx, { roleId: null, scopeId: null, addresses: [] }) : Promise.resolve()

async function insertToken(ctx: Ctx, held: ResolvedAssignment, { description, expiresAt, rotatedFromId }: { description: string; expiresAt: Date | null; rotatedFromId?: string }): Promise<Outcome<NewToken>> {
  const id = newId('token')
  const { publicId, secret, secretHash } = makeSecret('tok')
  const maker = giverOf(ctx)
  await ctx.tx.applicationToken.create({
    data: {
      id, organizationId: ctx.orgId, description, publicId, secretHash, roleId: held.roleId, scopeId: held.scopeId, expiresAt,
      createdById: maker.id, createdByName: maker.name, createdAt: ctx.now, ...(rotatedFromId !== undefined && { rotatedFromId }),
    },
  })
  return {
    value: { id, clientId: clientIdOf('tok', publicId), clientSecret: clientSecretOf(secret), token: secret },
    targets: [targetOf({ id, description, publicId })],
    after: { description, hint: hintOf('tok', publicId), role: assignmentInWords(held), roleId: held.roleId, scopeId: held.scopeId, expiresAt: iso(expiresAt) },
  }
}

/** A principal of its own that holds exactly one role; its maker holds wholly what it permits. Without an end unless asked for one. */
export const createToken = operation({
  event: 'token.create',
  permission: 'token:write',
  recent: true,
  input: CreateTokenInput,
  scope: ({ scope }) => scope,
  run: async (ctx, { role, scope, description, expiresAt: wanted }) => {
    const policy = await policyForMaking(ctx, 'token')
    await withoutAddresses(ctx)
    const held = await resolveRole(ctx, { role, scope })
    requireHeld(ctx.rights, [held])
    return insertToken(ctx, held, { description, expiresAt: endOf(policy, 'token', wanted, { madeAt: ctx.now, now: ctx.now }) })
  },
})

/** Describes a token anew, changes its end, suspends or resumes it. Its role is for good. */
export const updateToken = operation({
  event: 'token.update',
  permission: 'token:write',
  input: UpdateTokenInput,
  scope: scopeOfToken,
  run: async (ctx, { id, status, ...change }) => {
    const token = await lockToken(ctx, id)
    const policy = await findCredentialPolicy(ctx.tx, ctx.orgId)
    const description = change.description ?? token.description
    const expiresAt = change.expiresAt === undefined ? token.expiresAt : endOf(policy, 'token', change.expiresAt, { madeAt: token.createdAt, now: ctx.now })
    const before = { description: token.description, expiresAt: iso(token.expiresAt) }
    const after = { description, expiresAt: iso(expiresAt) }
    const isChanged = JSON.stringify(before) !== JSON.stringify(after)
    const turns = status !== undefined && status !== token.status ? status : null
    if (!isChanged && turns === null) return { value: { id }, events: [] }
    const turned = turns === 'suspended' ? { status: turns, suspendedAt: ctx.now, suspendedReason: 'person' } : { status: 'active' as const, suspendedAt: null, suspendedReason: null, resumedAt: ctx.now }
    await ctx.tx.applicationToken.update({
      where: { organizationId_id: { organizationId: ctx.orgId, id } },
      data: { description, expiresAt, ...(after.expiresAt !== before.expiresAt && { remindedDays: null }), ...(turns && turned) }, select: { id: true },
    })
    const targets = [targetOf({ ...token, description })]
    return {
      value: { id },
      events: [
        ...(isChanged ? [{ targets, before, after }] : []),
        ...(turns ? [{ event: turns === 'suspended' ? 'token.suspend' : 'token.resume', targets, before: { status: token.status }, after: { status: turns } }] : []),
      ],
    }
  },
})

/** Another token of the same role in place of this one, which works on for the overlap. Whoever rotates sees the secret, so the role must be theirs. */
export const rotateToken = operation({
  event: 'token.rotate',
  permission: 'token:write',
  recent: true,
  input: RotateTokenInput,
  scope: scopeOfToken,
  run: async (ctx, { id, overlapHours }) => {
    const token = await lockToken(ctx, id)
    const policy = await policyForMaking(ctx, 'token')
    await withoutAddresses(ctx)
    const successor = await ctx.tx.applicationToken.findUnique({ where: { rotatedFromId: id }, select: { id: true } })
    if (successor) throw new AppError('conflict', `the token was rotated already; \`${successor.id}\` took its place`)
    const held = await resolveRole(ctx, { role: token.roleId, scope: token.scopeId })
    requireHeld(ctx.rights, [held])
    const lifeMs = token.expiresAt === null ? null : Math.max(token.expiresAt.getTime() - token.createdAt.getTime(), 3600_000)
    const mostMs = policy.maxLifetimeDays === null ? Infinity : policy.maxLifetimeDays * 24 * 3600_000
    const wanted = lifeMs === null ? undefined : new Date(ctx.now.getTime() + Math.min(lifeMs, mostMs))
    const made = await insertToken(ctx, held, { description: token.description, expiresAt: endOf(policy, 'token', wanted, { madeAt: ctx.now, now: ctx.now }), rotatedFromId: id })
    const oldEnd = overlapEnd(token.expiresAt, overlapHours, ctx.now)
    await ctx.tx.applicationToken.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { expiresAt: oldEnd }, select: { id: true } })
    return { value: made.value, targets: [targetOf(token), { type: 'token', id: made.value.id, name: token.description }], after: { replacedBy: made.value.id, overlapHours, oldEndsAt: iso(oldEnd) } }
  },
})

/** Ends a token for good. */
export const deleteToken = operation({
  event: 'token.delete',
  permission: 'token:write',
  input: TokenInput,
  scope: scopeOfToken,
  run: async (ctx, { id }) => {
    const token = await lockToken(ctx, id)
    await ctx.tx.applicationToken.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } } })
    return { value: { id }, targets: [targetOf(token)], before: { description: token.description, roleId: token.roleId, scopeId: token.scopeId, expiresAt: iso(token.expiresAt) } }
  },
})
