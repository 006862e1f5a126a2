import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { hintOf } from '@/lib/features/api-keys/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { asKind, asLeaverKeys, asMatch, type WhichRequests, type DirectoryRow, type MappingRow, type RequestDetail, type RequestRow, type TokenRow } from './rules'
import { StoredRehearsal } from './schema'

type Reading = Ctx<'provisioning:write'>

const tokenColumns = {
  id: true, name: true, directoryId: true, publicId: true, createdByName: true, createdAt: true, expiresAt: true, rotatedFromId: true, lastUsedAt: true, lastUsedAddress: true, rehearses: true,
} as const satisfies Prisma.ScimTokenSelect
type StoredToken = Prisma.ScimTokenGetPayload<{ select: typeof tokenColumns }>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const toTokenRow = (token: StoredToken, all: readonly StoredToken[], at: Date): TokenRow => ({
  id: token.id, name: token.name, hint: hintOf('scim', token.publicId), status: token.expiresAt !== null && token.expiresAt <= at ? 'expired' : 'active', rehearses: token.rehearses, createdBy: token.createdByName,
  createdAt: token.createdAt.toISOString(), expiresAt: iso(token.expiresAt), rotatedFrom: token.rotatedFromId, replacedBy: all.find((each) => each.rotatedFromId === token.id)?.id ?? null,
  lastUsedAt: iso(token.lastUsedAt), lastUsedIp: token.lastUsedAddress,
})

export type TokenDetail = TokenRow & { directory: { id: string; name: string } }

/** All tokens, newest first; there are few. */
export async function listScimTokens({ tx, orgId, now }: Reading): Promise<TokenDetail[]> {
  const tokens = await tx.scimToken.findMany({ where: { organizationId: orgId }, select: { ...tokenColumns, directory: { select: { id: true, name: true } } }, orderBy: { id: 'desc' } })
  return tokens.map((token) => ({ ...toTokenRow(token, tokens, now), directory: token.directory }))
}

/** One token. @throws AppError `not-found` */
export async function findScimToken(ctx: Reading, id: string): Promise<TokenDetail> {
  const token = (await listScimTokens(ctx)).find((each) => each.id === id)
  if (!token) throw new AppError('not-found', `no SCIM token \`${id}\``)
  return token
}

const countBy = (rows: readonly { directoryId: string | null; _count: number }[], id: string): number => rows.find(({ directoryId }) => directoryId === id)?._count ?? 0

const toRefused = (row: { at: Date; status: number; detail: string } | undefined): DirectoryRow['lastRefused'] => (row ? { at: row.at.toISOString(), status: row.status, detail: row.detail } : null)

/** Every directory with its tokens and how much it decides about. */
export async function listDirectories({ tx, orgId, now }: Reading): Promise<DirectoryRow[]> {
  const where = { organizationId: orgId }
  const directories = await tx.directory.findMany({ where, orderBy: { id: 'asc' } })
  const tokens = await tx.scimToken.findMany({ where, select: tokenColumns, orderBy: { id: 'desc' } })
  const managed = { organizationId: orgId, directoryId: { in: directories.map(({ id }) => id) } }
  const users = await tx.membership.groupBy({ by: ['directoryId'], where: managed, _count: true })
  const groups = await tx.group.groupBy({ by: ['directoryId'], where: managed, _count: true })
  const accounts = await tx.serviceAccount.findMany({ where: { organizationId: orgId, id: { in: directories.flatMap(({ handoverToId }) => handoverToId ?? []) } }, select: { id: true, name: true } })
  const refused = await tx.$queryRaw<{ directoryId: string; at: Date; status: number; detail: string }[]>`
    SELECT DISTINCT ON ("directoryId") "directoryId", "at", "status", "detail" FROM "ProvisioningRequest" WHERE "organizationId" = ${orgId} AND "status" >= 400 AND "rehearsal" IS NULL ORDER BY "directoryId", "id" DESC`
  return directories.map((directory) => ({
    id: directory.id, name: directory.name, kind: asKind(directory.kind), leaverKeys: asLeaverKeys(directory.leaverKeys), sendsInvitations: directory.sendsInvitations,
    handoverTo: accounts.find(({ id }) => id === directory.handoverToId) ?? null, users: countBy(users, directory.id), groups: countBy(groups, directory.id),
    tokens: tokens.filter(({ directoryId }) => directoryId === directory.id).map((token) => toTokenRow(token, tokens, now)),
    createdAt: directory.createdAt.toISOString(), lastRequestAt: iso(directory.lastRequestAt), lastChangeAt: iso(directory.lastChangeAt),
    lastRefused: toRefused(refused.find(({ directoryId }) => directoryId === directory.id)),
  }))
}

/** One directory. @throws AppError `not-found` */
export async function findDirectory(ctx: Reading, id: string): Promise<DirectoryRow> {
  const directory = (await listDirectories(ctx)).find((each) => each.id === id)
  if (!directory) throw new AppError('not-found', `no directory \`${id}\``)
  return directory
}

/** Groups of a directory that a mapping is about. */
export async function findMatchingGroups({ tx, orgId }: Ctx, { directoryId, matchBy, value }: { directoryId: string; matchBy: string; value: string }): Promise<{ id: string; name: string }[]> {
  const where = { organizationId: orgId, directoryId }
  const match = matchBy === 'external-id' ? { externalId: value } : { name: { equals: value.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' as const } }
  return tx.group.findMany({ where: { ...where, ...match }, select: { id: true, name: true }, orderBy: { id: 'asc' } })
}

/** Mappings of a directory in the order in which they count, with the groups they are about now. */
export async function listMappings({ tx, orgId }: Reading, directoryId: string): Promise<MappingRow[]> {
  const rows = await tx.provisioningMapping.findMany({
    where: { organizationId: orgId, directoryId }, orderBy: [{ priority: 'asc' }, { id: 'asc' }],
    select: { id: true, matchBy: true, value: true, priority: true, createdByName: true, createdAt: true, role: { select: { id: true, name: true, title: true } }, scope: { select: { id: true, type: true, name: true } } },
  })
  const groups = await tx.group.findMany({ where: { organizationId: orgId, directoryId }, select: { id: true, name: true, externalId: true, _count: { select: { members: true } } }, orderBy: { id: 'asc' } })
  return rows.map(({ matchBy, value, createdByName, createdAt, ...row }) => ({
    ...row, matchBy: asMatch(matchBy), value, createdBy: createdByName, createdAt: createdAt.toISOString(),
    groups: groups.filter(({ name, externalId }) => (matchBy === 'name' ? name.toLowerCase() === value.toLowerCase() : externalId === value)).map(({ id, name, _count }) => ({ id, name, members: _count.members })),
  }))
}

const requestColumns = { id: true, at: true, method: true, path: true, status: true, scimType: true, detail: true, milliseconds: true, requestId: true, rehearsal: true } as const

const toRequestRow = ({ at, rehearsal, ...row }: Prisma.ProvisioningRequestGetPayload<{ select: typeof requestColumns }>): RequestRow =>
  ({ ...row, at: at.toISOString(), rehearsal: rehearsal === null ? null : (StoredRehearsal.safeParse(rehearsal).data ?? null) })

/** Of all that were answered with an error, those that a rehearsal did not bring about. */
const refusedOnly = { status: { gte: 400 }, rehearsal: { equals: Prisma.DbNull } }

export type RequestFilter = { directoryId: string; onlyErrors: boolean; limit: number; cursor?: string | undefined }

/** The latest requests of a directory, newest first. @throws AppError `not-found`, `invalid-input` for a cursor of another list */
export async function listRequests(ctx: Reading, { directoryId, onlyErrors, limit, cursor }: RequestFilter): Promise<Page<RequestRow>> {
  await findDirectory(ctx, directoryId)
  const fingerprint = listFingerprint({ list: 'provisioning-requests', directoryId, onlyErrors })
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.provisioningRequest.findMany({
    where: { organizationId: ctx.orgId, directoryId, ...(onlyErrors && refusedOnly), ...(after?.[0] !== undefined && { id: { lt: after[0] } }) },
    select: requestColumns, orderBy: { id: 'desc' }, take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [row.id])
  return { ...page, rows: page.rows.map(toRequestRow) }
}

/** One request with what was sent and answered. @throws AppError `not-found` */
export async function findRequest({ tx, orgId }: Reading, directoryId: string, id: string): Promise<RequestDetail> {
  const row = await tx.provisioningRequest.findFirst({ where: { organizationId: orgId, directoryId, id }, select: { ...requestColumns, request: true, answer: true } })
  if (!row) throw new AppError('not-found', `no request \`${id}\``)
  const { request, answer, ...rest } = row
  return { ...toRequestRow(rest), request, answer }
}

const LATEST = 20

/** The latest requests of a directory with their bodies, for its page: all, those that were refused, or those that would have changed something. */
export async function findLatestRequests({ tx, orgId }: Reading, { directoryId, which }: { directoryId: string; which: WhichRequests }): Promise<RequestDetail[]> {
  const rows = await tx.provisioningRequest.findMany({
    where: { organizationId: orgId, directoryId, ...(which === 'refused' && refusedOnly), ...(which === 'rehearsed' && { rehearsal: { not: Prisma.DbNull } }) }, select: { ...requestColumns, request: true, answer: true }, orderBy: { id: 'desc' }, take: LATEST,
  })
  return rows.map(({ request, answer, ...row }) => ({ ...toRequestRow(row), request, answer }))
}
