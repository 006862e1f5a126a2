import type { Ctx } from '@/lib/access/context'
import { makeSecret } from '@/lib/access/principals/secret-format'
import type { AuditJson, Target } from '@/lib/boundary/audit'
import type { Outcome } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { endOf, type CredentialPolicy } from '@/lib/features/credential-policy/rules'
import { giverOf } from '@/lib/features/roles/insert'
import { newId } from '@/lib/ids'
import type { KeyLimits } from './narrowing'
import { hintOf, overlapEnd } from './rules'
import type { KeyChange } from './schema'

/** Whose key it is; `name` as the log tells it. */
export type KeyOwner = { type: 'user' | 'service_account'; id: string; name: string }

/** A key whose row is held until the transaction ends. */
export type LockedKey = {
  id: string
  name: string
  purpose: string
  secretKind: string
  status: 'active' | 'suspended' | 'revoked'
  roleId: string | null
  scopeId: string | null
  addresses: string[]
  createdAt: Date
  expiresAt: Date | null
  owner: KeyOwner
}

/** `owner`: id of whose it is. */
export type NewKey = { id: string; secret: string; owner: string }

type KeyParts = { name: string; purpose: string; expiresAt: Date | null; limits: KeyLimits; rotatedFromId?: string }

const noun = ({ type }: KeyOwner): string => (type === 'user' ? 'api-key' : 'service-account-key')

/** An owner as target: `{user}` or `{service_account}` in the log's sentences. */
export const targetsOf = ({ id, name, owner }: { id: string; name: string; owner: KeyOwner }): Target[] => [{ type: 'api_key', id, name }, { ...owner }]

const toldLimits = ({ roleId, scopeId, addresses }: KeyLimits): AuditJson => ({ ...(roleId && { roleId }), ...(scopeId && { scopeId }), ...(addresses.length > 0 && { addresses: [...addresses] }) })

/** A new key for an owner. Its secret is in the answer and nowhere else. */
export async function insertKey(ctx: Ctx, owner: KeyOwner, { name, purpose, expiresAt, limits, rotatedFromId }: KeyParts): Promise<Outcome<NewKey>> {
  const id = newId('key')
  const secretKind = owner.type === 'user' ? 'key' : 'sva'
  const { publicId, secret, secretHash } = makeSecret(secretKind)
  const maker = giverOf(ctx)
  await ctx.tx.apiKey.create({
    data: {
      id, organizationId: ctx.orgId, name, purpose, secretKind, publicId, secretHash, expiresAt, roleId: limits.roleId, scopeId: limits.scopeId, addresses: [...limits.addresses],
      createdById: maker.id, createdByName: maker.name, createdAt: ctx.now,
      ...(owner.type === 'user' ? { membershipId: owner.id } : { serviceAccountId: owner.id }), ...(rotatedFromId !== undefined && { rotatedFromId }),
    },
  })
  return {
    value: { id, secret, owner: owner.id },
    targets: targetsOf({ id, name, owner }),
    after: { name, hint: hintOf(secretKind, publicId), expiresAt: expiresAt?.toISOString() ?? null, ...toldLimits(limits) },
  }
}

type Row = Omit<LockedKey, 'owner'> & { membershipId: string | null; serviceAccountId: string | null; email: string | null; accountName: string | null }

/** A key of this organization, row held. @throws AppError `not-found` */
export async function lockKey(ctx: Ctx, id: string): Promise<LockedKey> {
  const [row] = await ctx.tx.$queryRaw<Row[]>`
    SELECT k."id", k."name", k."purpose", k."secretKind", k."status"::text AS "status", k."roleId", k."scopeId", k."addresses", k."createdAt", k."expiresAt",
      k."membershipId", k."serviceAccountId", m."email", s."name" AS "accountName"
    FROM "ApiKey" k LEFT JOIN "Membership" m ON m."organizationId" = k."organizationId" AND m."id" = k."membershipId"
    LEFT JOIN "ServiceAccount" s ON s."organizationId" = k."organizationId" AND s."id" = k."serviceAccountId"
    WHERE k."organizationId" = ${ctx.orgId} AND k."id" = ${id} FOR UPDATE OF k`
  if (!row) throw new AppError('not-found', `no API key \`${id}\``)
  const { membershipId, serviceAccountId, email, accountName, ...key } = row
  const owner: KeyOwner = membershipId === null ? { type: 'service_account', id: serviceAccountId ?? '', name: accountName ?? '' } : { type: 'user', id: membershipId, name: email ?? '' }
  return { ...key, owner }
}

const gone = ({ status }: LockedKey): void => {
  if (status === 'revoked') throw new AppError('conflict', 'the key was revoked, which is for good; make a new one')
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const update = (ctx: Ctx, id: string, data: Parameters<Ctx['tx']['apiKey']['update']>[0]['data']) =>
  ctx.tx.apiKey.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data, select: { id: true } })

/** Renames a key, changes its end, suspends or resumes it. What stays as it is, is not told. @throws AppError */
export async function changeKey(ctx: Ctx, key: LockedKey, policy: CredentialPolicy, change: KeyChange): Promise<Outcome<{ id: string }>> {
  gone(key)
  const { id } = key
  const expiresAt = change.expiresAt === undefined ? key.expiresAt : endOf(policy, key.owner.type === 'user' ? 'apiKey' : 'serviceAccountKey', change.expiresAt, { madeAt: key.createdAt, now: ctx.now })
  const wanted = { name: change.name ?? key.name, purpose: change.purpose ?? key.purpose, expiresAt: iso(expiresAt) }
  const before = { name: key.name, purpose: key.purpose, expiresAt: iso(key.expiresAt) }
  const isChanged = JSON.stringify(before) !== JSON.stringify(wanted)
  const turns = change.status !== undefined && change.status !== key.status ? change.status : null
  if (!isChanged && turns === null) return { value: { id }, events: [] }
  const turned = turns === 'suspended' ? { status: turns, suspendedAt: ctx.now, suspendedReason: 'person' } : { status: 'active' as const, suspendedAt: null, suspendedReason: null, resumedAt: ctx.now }
  await update(ctx, id, { name: wanted.name, purpose: wanted.purpose, expiresAt, ...(wanted.expiresAt !== before.expiresAt && { remindedDays: null }), ...(turns && turned) })
  const targets = targetsOf({ ...key, name: wanted.name })
  return {
    value: { id },
    events: [
      ...(isChanged ? [{ event: `${noun(key.owner)}.update`, targets, before, after: wanted }] : []),
      ...(turns ? [{ event: `${noun(key.owner)}.${turns === 'suspended' ? 'suspend' : 'resume'}`, targets, before: { status: key.status }, after: { status: turns } }] : []),
    ],
  }
}

/** A new secret in place of a key's: the old one works on for the overlap, then never more. @throws AppError `conflict` */
export async function rotateKey(ctx: Ctx, key: LockedKey, policy: CredentialPolicy, overlapHours: number): Promise<Outcome<NewKey>> {
  gone(key)
  const successor = await ctx.tx.apiKey.findUnique({ where: { rotatedFromId: key.id }, select: { id: true } })
  if (successor) throw new AppError('conflict', `the key was rotated already; \`${successor.id}\` took its place`)
  const life = key.expiresAt === null ? undefined : new Date(ctx.now.getTime() + Math.max(key.expiresAt.getTime() - key.createdAt.getTime(), 3600_000))
  const expiresAt = endOf(policy, key.owner.type === 'user' ? 'apiKey' : 'serviceAccountKey', shorten(life, policy, ctx.now), { madeAt: ctx.now, now: ctx.now })
  const made = await insertKey(ctx, key.owner, { ...key, expiresAt, limits: key, rotatedFromId: key.id })
  const oldEnd = overlapEnd(key.expiresAt, overlapHours, ctx.now)
  await update(ctx, key.id, overlapHours === 0 ? { status: 'revoked', revokedAt: ctx.now, revokedReason: 'rotated' } : { expiresAt: oldEnd })
  const after = { replacedBy: made.value.id, overlapHours, oldEndsAt: iso(oldEnd), expiresAt: iso(expiresAt) }
  return { value: made.value, targets: [...targetsOf(key), { type: 'api_key', id: made.value.id, name: key.name }], before: { expiresAt: iso(key.expiresAt) }, after }
}

const DAY_MS = 24 * 3600_000

/** The same life again, cut to what the policy allows by now. */
function shorten(end: Date | undefined, { maxLifetimeDays }: CredentialPolicy, now: Date): Date | undefined {
  if (end === undefined || maxLifetimeDays === null) return end
  return new Date(Math.min(end.getTime(), now.getTime() + maxLifetimeDays * DAY_MS))
}

/** Ends a key for good. Doing it again changes nothing. */
export async function revokeKey(ctx: Ctx, key: LockedKey): Promise<Outcome<{ id: string }>> {
  if (key.status === 'revoked') return { value: { id: key.id }, events: [] }
  await update(ctx, key.id, { status: 'revoked', revokedAt: ctx.now, revokedReason: 'person' })
  return { value: { id: key.id }, targets: targetsOf(key), before: { status: key.status }, after: { status: 'revoked' } }
}
