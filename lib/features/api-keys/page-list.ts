import type { Ctx } from '@/lib/access/context'
import { isAppError } from '@/lib/errors'
import type { CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { COUNT_MAX, listFingerprint, type Page } from '@/lib/pagination'
import { toKeyRow, type KeyDetails, type KeyRow } from './page-rules'
import { findApiKey, findKeys, findKeySummary, keyColumns, ownersFor, summariesOf, type KeyOwners, type KeySummary } from './queries'
import type { KeyPageFilter } from './schema'

/** `count` is exact to 1,000; beyond that `isCountExact` is false. */
export type KeyPage = Page<KeyRow> & { count: number; isCountExact: boolean }

/**
 * A page of keys in any order, whoever owns them.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function listKeysBy(ctx: Ctx, owners: KeyOwners, filter: Omit<KeyPageFilter, 'owner'>, page: CredentialPageRequest, list: unknown): Promise<KeyPage> {
  const { q, status, mark, sort } = filter
  const { rows, counted, ...cursors } = await findKeys(ctx, { owners, q, status, mark, sort }, page, listFingerprint(['keys', ctx.orgId, list, filter]))
  const ownId = ctx.membership?.id ?? null
  return { ...cursors, rows: rows.map((key) => toKeyRow(key, ownId)), count: Math.min(counted, COUNT_MAX), isCountExact: counted <= COUNT_MAX }
}

/** Keys of people: one's own, or with `key:others` anybody's. @throws AppError `forbidden`, `invalid-input` */
export const listKeyPage = (ctx: Ctx<'key:self'>, { owner, ...filter }: KeyPageFilter, page: CredentialPageRequest): Promise<KeyPage> =>
  listKeysBy(ctx, ownersFor(ctx, owner), filter, page, owner)

/** Both halves of a rotation, or a key alone. */
export async function detailsOf(ctx: Ctx, key: KeySummary): Promise<KeyDetails> {
  const ownId = ctx.membership?.id ?? null
  const partnerId = key.replacedBy ?? key.rotatedFrom
  const partner = partnerId === null ? null : await findKeySummary(ctx, partnerId).catch(unlessNotFound)
  return { key: toKeyRow(key, ownId), partner: partner && toKeyRow(partner, ownId) }
}

/** What a key took the place of may be long gone. */
function unlessNotFound(error: unknown): null {
  if (isAppError(error) && error.code === 'not-found') return null
  throw error
}

/** One key of a person with all that its panel shows. @throws AppError `not-found`, `forbidden` */
export const findApiKeyDetails = async (ctx: Ctx<'key:self'>, id: string): Promise<KeyDetails> => detailsOf(ctx, await findApiKey(ctx, id))

/** Who is meant by the owner in an address; null for `me`, `all` and whoever is not here. */
export const findKeyOwner = (ctx: Ctx<'key:self'>, owner: string): Promise<{ id: string; email: string } | null> =>
  owner.startsWith('usr_') ? ctx.tx.membership.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: owner } }, select: { id: true, email: true } }) : Promise.resolve(null)

/** A person's page shows so many of their keys. */
export const MEMBER_KEYS_SHOWN = 10

/** The newest keys of a person that are not revoked, and one more when there are more than are shown. */
export async function listMemberKeys(ctx: Ctx<'key:others'>, membershipId: string): Promise<KeyRow[]> {
  const records = await ctx.tx.apiKey.findMany({
    where: { organizationId: ctx.orgId, membershipId, status: { not: 'revoked' } }, select: keyColumns, orderBy: { id: 'desc' }, take: MEMBER_KEYS_SHOWN + 1,
  })
  const summaries = await summariesOf(ctx, records)
  return summaries.map((key) => toKeyRow(key, ctx.membership?.id ?? null))
}
