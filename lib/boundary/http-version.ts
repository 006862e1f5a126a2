import { createHash } from 'node:crypto'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Answer, Call } from './http-route'

/** Fields that change by mere use, or with other resources; they are no part of a resource's version. */
const VOLATILE = new Set(['lastUsedAt', 'lastUsedIp', 'lastSeenAt', 'holders'])

/** The strong entity tag of a representation (RFC 9110 §8.8.3). Fields of `VOLATILE` do not change it. */
export function etagOf(body: unknown): string {
  const text = JSON.stringify(body, (key, value: unknown) => (VOLATILE.has(key) ? undefined : value))
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
}

const tagsOf = (header: string): string[] => header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))

/** A single resource with its tag; 304 when the caller has this version already (`If-None-Match`). */
export function versioned(call: Call, status: 200 | 201, body: unknown, headers: Record<string, string> = {}): Answer {
  const etag = etagOf(body)
  const known = call.header('if-none-match')
  const isUnchanged = call.method === 'GET' && known !== undefined && (known.trim() === '*' || tagsOf(known).includes(etag))
  return isUnchanged ? { status: 304, headers: { etag } } : { status, headers: { ...headers, etag }, body }
}

/** Tables whose rows are resources with a version. */
export type VersionedTable = 'Membership' | 'Organization' | 'ApiKey' | 'Role' | 'RoleAssignment' | 'Group' | 'Policy' | 'Resource' | 'ServiceAccount' | 'ApplicationToken' | 'TrustedIssuer' | 'SsoConnection' | 'VerifiedDomain'

/** Holds the row until the transaction ends, so that of two writers with the same tag only one passes. */
async function lockRow({ tx, orgId }: Ctx, table: VersionedTable, id: string): Promise<void> {
  // What belongs to a group or a policy is changed while the organization is locked, so that is what is held.
  if (table === 'Group' || table === 'Policy') await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${orgId} FOR NO KEY UPDATE`
  else if (table === 'Organization') await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${orgId} FOR NO KEY UPDATE`
  else await tx.$queryRaw`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE "organizationId" = ${orgId} AND "id" = ${id} FOR NO KEY UPDATE`
}

/**
 * Honours `If-Match` inside the transaction of the change.
 *
 * @param current reads the present representation, or throws `not-found`
 * @throws AppError `precondition-failed` when the caller saw another version
 */
export async function checkIfMatch(ctx: Ctx, call: Call, row: { table: VersionedTable; id: string }, current: () => Promise<unknown>): Promise<void> {
  const wanted = call.header('if-match')
  if (wanted === undefined) return
  await lockRow(ctx, row.table, row.id)
  const etag = etagOf(await current())
  if (wanted.trim() === '*' || wanted.split(',').some((tag) => tag.trim() === etag)) return
  throw new AppError('precondition-failed', `the version is ${etag} by now; read it again, then repeat the change`)
}
