import type { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { AGE_ADVISED_DAYS, EXPIRES_SOON_DAYS, hintOf, keyStatusOf, marksOf, type KeyMark, type KeyStatus } from './rules'
import type { ApiKeyFilter, KeyListFilter } from './schema'

export type NamedRef = { id: string; name: string }

/** A key as lists show it; its secret is nowhere. */
export type KeySummary = {
  id: string
  name: string
  purpose: string
  hint: string
  owner: { type: 'user' | 'service_account'; id: string; name: string; email: string | null }
  status: KeyStatus
  marks: KeyMark[]
  /** Narrowing to a role; its title is null when the role is gone, and then the key allows nothing. */
  role: { id: string; name: string | null; title: string | null } | null
  scope: { id: string; type: string | null; name: string | null } | null
  addresses: string[]
  createdBy: NamedRef | null
  createdAt: Date
  expiresAt: Date | null
  suspendedAt: Date | null
  /** `person`, `unused`, `leaked`. */
  suspendedReason: string | null
  revokedAt: Date | null
  /** `person`, `rotated`, `leaked`. */
  revokedReason: string | null
  /** The key whose secret this one replaces, and the one that replaces it. */
  rotatedFrom: string | null
  replacedBy: string | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
}

export type ApiKeySummary = KeySummary

export const keyColumns = {
  id: true, name: true, purpose: true, publicId: true, secretKind: true, status: true, roleId: true, scopeId: true, addresses: true, createdById: true,
  createdByName: true, createdAt: true, expiresAt: true, suspendedAt: true, suspendedReason: true, revokedAt: true, revokedReason: true, rotatedFromId: true,
  lastUsedAt: true, lastUsedAddress: true, serviceAccount: { select: { id: true, name: true } }, membership: { select: { id: true, name: true, email: true } },
} as const

export type KeyRecord = Prisma.ApiKeyGetPayload<{ select: typeof keyColumns }>

function ownerOf({ membership, serviceAccount }: KeyRecord): KeySummary['owner'] {
  if (membership) return { type: 'user', id: membership.id, name: membership.name || membership.email, email: membership.email }
  return { type: 'service_account', id: serviceAccount?.id ?? '', name: serviceAccount?.name ?? '', email: null }
}

const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null)

/** Rows with the names of what they refer to: one query for each kind, whatever the number of rows. */
export async function summariesOf(ctx: Ctx, rows: readonly KeyRecord[]): Promise<KeySummary[]> {
  const { tx, orgId: organizationId, now } = ctx
  const roleIds = [...new Set(present(rows.map(({ roleId }) => roleId)))]
  const scopeIds = [...new Set(present(rows.map(({ scopeId }) => scopeId)))]
  const roles = roleIds.length === 0 ? [] : await tx.role.findMany({ where: { organizationId, id: { in: roleIds } }, select: { id: true, name: true, title: true } })
  const scopes = scopeIds.length === 0 ? [] : await tx.resource.findMany({ where: { organizationId, id: { in: scopeIds } }, select: { id: true, type: true, name: true } })
  const successors = rows.length === 0 ? [] : await tx.apiKey.findMany({ where: { organizationId, rotatedFromId: { in: rows.map(({ id }) => id) } }, select: { id: true, rotatedFromId: true } })
  return rows.map((row) => {
    const { id, name, purpose, roleId, scopeId, addresses, createdById, createdByName, createdAt, expiresAt, suspendedAt, suspendedReason, revokedAt, revokedReason } = row
    const role = roleId === null ? null : (roles.find((each) => each.id === roleId) ?? { id: roleId, name: null, title: null })
    const scope = scopeId === null ? null : (scopes.find((each) => each.id === scopeId) ?? { id: scopeId, type: null, name: null })
    return {
      id, name, purpose, hint: hintOf(row.secretKind, row.publicId), owner: ownerOf(row), status: keyStatusOf(row, now),
      marks: marksOf({ ...row, isNarrowed: role !== null || scope !== null || addresses.length > 0 }, now), role, scope, addresses,
      createdBy: createdById === null ? null : { id: createdById, name: createdByName }, createdAt, expiresAt, suspendedAt, suspendedReason, revokedAt, revokedReason,
      rotatedFrom: row.rotatedFromId, replacedBy: successors.find(({ rotatedFromId }) => rotatedFromId === id)?.id ?? null,
      lastUsedAt: row.lastUsedAt, lastUsedIp: row.lastUsedAddress,
    }
  })
}

const DAY_MS = 24 * 3600_000
const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS)

export function statusWhere(status: KeyStatus | undefined, at: Date): Prisma.ApiKeyWhereInput {
  const running = { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] }
  if (status === undefined) return { status: { not: 'revoked' } }
  if (status === 'revoked') return { status }
  return status === 'expired' ? { status: { not: 'revoked' }, expiresAt: { lte: at } } : { status, ...running }
}

export function markWhere(mark: KeyMark | undefined, at: Date): Prisma.ApiKeyWhereInput {
  if (mark === undefined) return {}
  const running: Prisma.ApiKeyWhereInput = { status: { not: 'revoked' }, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] }
  const old = daysBefore(at, AGE_ADVISED_DAYS)
  switch (mark) {
    case 'old': return { AND: [running, { createdAt: { lt: old } }] }
    case 'unused': return { AND: [running, { createdAt: { lt: old }, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: old } }] }] }
    case 'expiring': return { status: { not: 'revoked' }, expiresAt: { gt: at, lte: new Date(at.getTime() + EXPIRES_SOON_DAYS * DAY_MS) } }
    case 'narrowed': return { AND: [running, { OR: [{ roleId: { not: null } }, { scopeId: { not: null } }, { addresses: { isEmpty: false } }] }] }
  }
}

/** Text that begins like a secret finds the key by its public part, which is no secret; other text is part of the name. */
export function searchWhere(q: string): Prisma.ApiKeyWhereInput {
  if (q === '') return {}
  const publicPart = /^gh_[a-z]+_([0-9A-Za-z]{1,16})/.exec(q)?.[1]
  return publicPart === undefined ? { name: { contains: q.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' } } : { publicId: { startsWith: publicPart } }
}

/** Keys of these owners, newest first; revoked ones only when asked for. */
export async function listKeys(ctx: Ctx, owners: Prisma.ApiKeyWhereInput, list: string, { status, mark, q, limit, cursor }: KeyListFilter): Promise<Page<KeySummary>> {
  const fingerprint = listFingerprint({ list, status, mark, q })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.apiKey.findMany({
    where: {
      organizationId: ctx.orgId, AND: [owners, statusWhere(status, ctx.now), markWhere(mark, ctx.now), searchWhere(q)],
      ...(after?.[0] !== undefined && { id: { lt: after[0] } }),
    },
    select: keyColumns,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: await summariesOf(ctx, page.rows) }
}

/** A key, whoever its owner is. @throws AppError `not-found` */
export async function findKeySummary(ctx: Ctx, id: string): Promise<KeySummary> {
  const row = await ctx.tx.apiKey.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: keyColumns })
  const [summary] = row ? await summariesOf(ctx, [row]) : []
  if (!summary) throw new AppError('not-found', `no API key \`${id}\``)
  return summary
}

/** Whose keys: one's own, or with `key:others` anybody's. @throws AppError `forbidden` */
export function ownerWhere(ctx: Ctx, owner: string): Prisma.ApiKeyWhereInput {
  const own = ctx.membership?.id
  if (own !== undefined && (owner === 'me' || owner === own)) return { membershipId: own }
  if (owner === 'me' && ctx.principal.type !== 'command') return { membershipId: '' }
  requirePermission(ctx, 'key:others', ctx.orgId)
  return owner === 'all' || owner === 'me' ? { membershipId: { not: null } } : { membershipId: owner }
}

/** Keys of people by the filter, newest first. @throws AppError `forbidden` for others' keys without `key:others` */
export const listApiKeys = async (ctx: Ctx<'key:self'>, { owner, ...filter }: ApiKeyFilter): Promise<Page<ApiKeySummary>> =>
  listKeys(ctx, ownerWhere(ctx, owner), `api-keys ${owner}`, filter)

/** One key of a person. @throws AppError `not-found`, or `forbidden` for another's without `key:others` */
export async function findApiKey(ctx: Ctx<'key:self'>, id: string): Promise<ApiKeySummary> {
  const key = await findKeySummary(ctx, id)
  if (key.owner.type !== 'user') throw new AppError('not-found', `no API key \`${id}\` of a person`)
  ownerWhere(ctx, key.owner.id)
  return key
}
