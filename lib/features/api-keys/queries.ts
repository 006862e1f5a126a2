import { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { findCredentials, inOrder, type CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { listFingerprint, type Page } from '@/lib/pagination'
import type { KeySort } from './page-rules'
import { hintOf, keyStatusOf, marksOf, type KeyMark, type KeyStatus } from './rules'
import { NEWEST_FIRST, type ApiKeyFilter, type KeyListFilter } from './schema'

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

/** Text that begins like a secret finds the key by its public part; of other text, the name or the owner's. For the few that are shown while somebody types. */
export function searchWhere(q: string): Prisma.ApiKeyWhereInput {
  const publicPart = /^gh_[a-z]+_([0-9A-Za-z]{1,16})/.exec(q)?.[1]
  return publicPart === undefined ? { searchText: { contains: q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`) } } : { publicId: { startsWith: publicPart } }
}

/** Whose keys: those of people, of one of them (null: of nobody), or of one service account. */
export type KeyOwners = { type: 'people' } | { type: 'user'; id: string | null } | { type: 'service_account'; id: string }

/** What narrows a list; no status stands for all but revoked. */
export type KeyListing = { owners: KeyOwners; status: readonly KeyStatus[]; mark: KeyMark | undefined; q: string; sort: KeySort }

/** `counted`: how many there are, to one more than 1,000. */
export type FoundKeys = Page<KeySummary> & { counted: number }

function ownersSql(owners: KeyOwners): Prisma.Sql {
  if (owners.type === 'people') return Prisma.sql`k."membershipId" IS NOT NULL`
  if (owners.type === 'service_account') return Prisma.sql`k."serviceAccountId" = ${owners.id}`
  return owners.id === null ? Prisma.sql`FALSE` : Prisma.sql`k."membershipId" = ${owners.id}`
}

/**
 * A page of keys in any order, whoever owns them.
 *
 * @param fingerprint of the list, which its cursors carry
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function findKeys(ctx: Ctx, { owners, ...list }: KeyListing, page: CredentialPageRequest, fingerprint: string): Promise<FoundKeys> {
  const { rows: ids, ...found } = await findCredentials(ctx, { ...list, table: 'ApiKey', further: [ownersSql(owners)] }, page, fingerprint)
  const records = await ctx.tx.apiKey.findMany({ where: { organizationId: ctx.orgId, id: { in: ids } }, select: keyColumns })
  return { ...found, rows: await summariesOf(ctx, inOrder(ids, records)) }
}

/** Keys of these owners, newest first; revoked ones only when asked for. */
export const listKeys = (ctx: Ctx, owners: KeyOwners, list: string, { status, mark, q, limit, cursor }: KeyListFilter): Promise<Page<KeySummary>> =>
  findKeys(ctx, { owners, mark, q, status: status === undefined ? [] : [status], sort: NEWEST_FIRST }, { limit, after: cursor }, listFingerprint({ list, status, mark, q }))

/** A key, whoever its owner is. @throws AppError `not-found` */
export async function findKeySummary(ctx: Ctx, id: string): Promise<KeySummary> {
  const row = await ctx.tx.apiKey.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: keyColumns })
  const [summary] = row ? await summariesOf(ctx, [row]) : []
  if (!summary) throw new AppError('not-found', `no API key \`${id}\``)
  return summary
}

/** Whose keys: one's own, or with `key:others` anybody's. @throws AppError `forbidden` */
export function ownersFor(ctx: Ctx, owner: string): KeyOwners {
  const own = ctx.membership?.id
  if (own !== undefined && (owner === 'me' || owner === own)) return { type: 'user', id: own }
  if (owner === 'me' && ctx.principal.type !== 'command') return { type: 'user', id: null }
  requirePermission(ctx, 'key:others', ctx.orgId)
  return owner === 'all' || owner === 'me' ? { type: 'people' } : { type: 'user', id: owner }
}

/** Keys of people by the filter, newest first. @throws AppError `forbidden` for others' keys without `key:others` */
export const listApiKeys = async (ctx: Ctx<'key:self'>, { owner, ...filter }: ApiKeyFilter): Promise<Page<ApiKeySummary>> =>
  listKeys(ctx, ownersFor(ctx, owner), `api-keys ${owner}`, filter)

/** One key of a person. @throws AppError `not-found`, or `forbidden` for another's without `key:others` */
export async function findApiKey(ctx: Ctx<'key:self'>, id: string): Promise<ApiKeySummary> {
  const key = await findKeySummary(ctx, id)
  if (key.owner.type !== 'user') throw new AppError('not-found', `no API key \`${id}\` of a person`)
  ownersFor(ctx, key.owner.id)
  return key
}
