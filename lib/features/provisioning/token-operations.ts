import type { Ctx } from '@/lib/access/context'
import { makeSecret } from '@/lib/access/principals/secret-format'
import type { AuditEntry, Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { hintOf, overlapEnd } from '@/lib/features/api-keys/rules'
import { giverOf } from '@/lib/features/roles/insert'
import { newId } from '@/lib/ids'
import { requireDirectoryHeld } from './held'
import { CreateScimTokenInput, RotateScimTokenInput, ScimTokenInput, UpdateScimTokenInput } from './schema'

/** The secret is shown once, here. */
export type NewScimToken = { id: string; secret: string; directoryId: string }

const tokenTarget = ({ id, name }: { id: string; name: string }): Target => ({ type: 'scim_token', id, name })
export const directoryTarget = ({ id, name }: { id: string; name: string }): Target => ({ type: 'directory', id, name })
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export type LockedDirectory = { id: string; name: string; kind: string; leaverKeys: string; handoverToId: string | null; sendsInvitations: boolean }

/** A directory of this organization, row held. @throws AppError `not-found` */
export async function lockDirectory(ctx: Ctx, id: string): Promise<LockedDirectory> {
  const [row] = await ctx.tx.$queryRaw<LockedDirectory[]>`
    SELECT "id", "name", "kind", "leaverKeys", "handoverToId", "sendsInvitations" FROM "Directory" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!row) throw new AppError('not-found', `no directory \`${id}\``)
  return row
}

type Locked = { id: string; name: string; directoryId: string; createdAt: Date; expiresAt: Date | null; rehearses: boolean }

async function lockToken(ctx: Ctx, id: string): Promise<Locked> {
  const [row] = await ctx.tx.$queryRaw<Locked[]>`
    SELECT "id", "name", "directoryId", "createdAt", "expiresAt", "rehearses" FROM "ScimToken" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!row) throw new AppError('not-found', `no SCIM token \`${id}\``)
  return row
}

async function insertToken(ctx: Ctx, { name, directoryId, expiresAt, rehearses, rotatedFromId }: { name: string; directoryId: string; expiresAt: Date | null; rehearses: boolean; rotatedFromId?: string }): Promise<{ value: NewScimToken; hint: string }> {
  const id = newId('scimToken')
  const { publicId, secret, secretHash } = makeSecret('scim')
  const maker = giverOf(ctx)
  await ctx.tx.scimToken.create({
    data: {
      id, organizationId: ctx.orgId, directoryId, name, publicId, secretHash, expiresAt, rehearses, createdById: maker.id, createdByName: maker.name, createdAt: ctx.now,
      ...(rotatedFromId !== undefined && { rotatedFromId }),
    },
    select: { id: true },
  })
  return { value: { id, secret, directoryId }, hint: hintOf('scim', publicId) }
}

async function insertDirectory(ctx: Ctx, name: string, kind: string): Promise<LockedDirectory> {
  const id = newId('directory')
  const maker = giverOf(ctx)
  await ctx.tx.directory.create({ data: { id, organizationId: ctx.orgId, name, kind, createdById: maker.id, createdByName: maker.name, createdAt: ctx.now }, select: { id: true } })
  return { id, name, kind, leaverKeys: 'revoke', handoverToId: null, sendsInvitations: true }
}

/** What the name of a directory lets guess. */
const guessKind = (name: string): string => (/okta/i.test(name) ? 'okta' : /entra|azure|microsoft/i.test(name) ? 'entra' : 'other')

/** A token for `/scim/v2`, with a directory of its name unless it is for one there is. */
export const createScimToken = operation({
  event: 'scim-token.create',
  permission: 'provisioning:write',
  input: CreateScimTokenInput,
  run: async (ctx, { name, directoryId, kind, expiresAt, rehearses = false }) => {
    if (expiresAt && expiresAt <= ctx.now) throw new AppError('invalid-input', '`expiresAt`: the end lies in the past', { fields: [{ path: 'expiresAt', message: 'The end lies in the past' }] })
    const directory = directoryId === undefined ? await insertDirectory(ctx, name, kind ?? guessKind(name)) : await lockDirectory(ctx, directoryId)
    if (directoryId !== undefined) await requireDirectoryHeld(ctx, directoryId)
    const { value, hint } = await insertToken(ctx, { name, directoryId: directory.id, expiresAt: expiresAt ?? null, rehearses })
    return { value, targets: [tokenTarget({ id: value.id, name }), directoryTarget(directory)], after: { name, hint, directory: directory.name, expiresAt: iso(expiresAt ?? null), ...(rehearses && { rehearses }) } }
  },
})

/** Whether a token's changes count or are rehearsed. Letting them count is like making a token: it demands all that the directory gives. */
export const updateScimToken = operation({
  event: 'scim-token.update',
  permission: 'provisioning:write',
  input: UpdateScimTokenInput,
  run: async (ctx, { id, rehearses }) => {
    const token = await lockToken(ctx, id)
    if (token.rehearses === rehearses) return { value: { id }, events: [] }
    if (!rehearses) await requireDirectoryHeld(ctx, token.directoryId)
    await ctx.tx.scimToken.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { rehearses }, select: { id: true } })
    return { value: { id }, targets: [tokenTarget(token)], before: { rehearses: token.rehearses }, after: { rehearses } }
  },
})

/** Another token in place of this one, which works on for the overlap. What the directory made stays the directory's. */
export const rotateScimToken = operation({
  event: 'scim-token.rotate',
  permission: 'provisioning:write',
  input: RotateScimTokenInput,
  run: async (ctx, { id, overlapHours }) => {
    const token = await lockToken(ctx, id)
    const successor = await ctx.tx.scimToken.findUnique({ where: { rotatedFromId: id }, select: { id: true } })
    if (successor) throw new AppError('conflict', `the token was rotated already; \`${successor.id}\` took its place`)
    await requireDirectoryHeld(ctx, token.directoryId)
    const lifeMs = token.expiresAt === null ? null : Math.max(token.expiresAt.getTime() - token.createdAt.getTime(), 3600_000)
    const { value } = await insertToken(ctx, { ...token, expiresAt: lifeMs === null ? null : new Date(ctx.now.getTime() + lifeMs), rotatedFromId: id })
    const oldEnd = overlapEnd(token.expiresAt, overlapHours, ctx.now)
    await ctx.tx.scimToken.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { expiresAt: oldEnd }, select: { id: true } })
    return { value, targets: [tokenTarget(token), { type: 'scim_token', id: value.id, name: token.name }], after: { replacedBy: value.id, overlapHours, oldEndsAt: iso(oldEnd) } }
  },
})

/** Ends a token for good. What it brought stays, and stays the directory's. */
export const deleteScimToken = operation({
  event: 'scim-token.delete',
  permission: 'provisioning:write',
  input: ScimTokenInput,
  run: async (ctx, { id }) => {
    const token = await lockToken(ctx, id)
    await ctx.tx.scimToken.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
    const entry: Omit<AuditEntry, 'event'> = { targets: [tokenTarget(token)], before: { name: token.name, expiresAt: iso(token.expiresAt) } }
    return { value: { id }, ...entry }
  },
})
