import type { Tx } from '@/lib/db'
import type { OnLeak } from '@/lib/features/credential-policy/rules'
import type { Located } from './locate'

/** What became of a credential. `none`: it had ended before. */
export type Deed = 'revoked' | 'suspended' | 'reported' | 'none'

/** The credential behind a found secret, row held. */
export type Held = { id: string; kind: 'api_key' | 'service_account_key' | 'token'; name: string; status: string; owner: string; email: string | null; ownerTarget: { type: string; id: string; name: string } | null }

/** Holds the credential, or what the access token was made from; undefined when it is gone. */
export async function holdCredential(tx: Tx, { organizationId, credentialId, table }: Located): Promise<Held | undefined> {
  if (table === 'ApiKey') {
    const [row] = await tx.$queryRaw<{ id: string; name: string; status: string; email: string | null; membershipId: string | null; serviceAccountId: string | null; accountName: string | null; ownerStatus: string | null }[]>`
      SELECT k."id", k."name", k."status"::text AS "status", m."email", k."membershipId", k."serviceAccountId", s."name" AS "accountName", m."status"::text AS "ownerStatus"
      FROM "ApiKey" k LEFT JOIN "Membership" m ON m."organizationId" = k."organizationId" AND m."id" = k."membershipId"
      LEFT JOIN "ServiceAccount" s ON s."organizationId" = k."organizationId" AND s."id" = k."serviceAccountId"
      WHERE k."organizationId" = ${organizationId} AND k."id" = ${credentialId} FOR UPDATE OF k`
    if (!row) return undefined
    const { id, name, status, email } = row
    return row.membershipId === null
      ? { id, kind: 'service_account_key', name, status, owner: row.accountName ?? '', email: null, ownerTarget: { type: 'service_account', id: row.serviceAccountId ?? '', name: row.accountName ?? '' } }
      : { id, kind: 'api_key', name, status, owner: email ?? '', email: row.ownerStatus === 'active' ? email : null, ownerTarget: { type: 'user', id: row.membershipId, name: email ?? '' } }
  }
  if (table === 'ApplicationToken') {
    const [row] = await tx.$queryRaw<{ id: string; name: string; status: string }[]>`
      SELECT "id", coalesce(nullif("description", ''), 'gh_tok_' || left("publicId", 6) || '…') AS "name", "status"::text AS "status"
      FROM "ApplicationToken" WHERE "organizationId" = ${organizationId} AND "id" = ${credentialId} FOR UPDATE`
    return row && { ...row, kind: 'token', owner: '', email: null, ownerTarget: null }
  }
  if (table === null) return undefined
  const [row] = await tx.$queryRaw<{ id: string; name: string; status: string; accountId: string; accountName: string }[]>`
    SELECT i."id", i."name", i."status"::text AS "status", s."id" AS "accountId", s."name" AS "accountName" FROM "TrustedIssuer" i
    JOIN "ServiceAccount" s ON s."organizationId" = i."organizationId" AND s."id" = i."serviceAccountId"
    WHERE i."organizationId" = ${organizationId} AND i."id" = ${credentialId} FOR UPDATE OF i`
  return row && { id: row.id, kind: 'service_account_key', name: row.name, status: row.status, owner: row.accountName, email: null, ownerTarget: { type: 'service_account', id: row.accountId, name: row.accountName } }
}

/** Ends all access tokens made so far; what they were made from was not found and works on. */
async function endAccessTokens(tx: Tx, { organizationId, credentialId: id, table }: Located, at: Date): Promise<void> {
  const where = { organizationId_id: { organizationId, id } }
  const data = { tokensValidFrom: at }
  if (table === 'ApiKey') await tx.apiKey.update({ where, data, select: { id: true } })
  else if (table === 'ApplicationToken') await tx.applicationToken.update({ where, data, select: { id: true } })
  else if (table === 'TrustedIssuer') await tx.trustedIssuer.update({ where, data, select: { id: true } })
}

async function endKey(tx: Tx, { organizationId, credentialId: id }: Located, onLeak: 'revoke' | 'suspend', at: Date): Promise<void> {
  const data = onLeak === 'revoke' ? { status: 'revoked' as const, revokedAt: at, revokedReason: 'leaked' } : { status: 'suspended' as const, suspendedAt: at, suspendedReason: 'leaked' }
  await tx.apiKey.update({ where: { organizationId_id: { organizationId, id } }, data, select: { id: true } })
}

/** Application tokens end by being deleted, as when a person ends one. */
async function endToken(tx: Tx, { organizationId, credentialId: id }: Located, onLeak: 'revoke' | 'suspend', at: Date): Promise<void> {
  const where = { organizationId_id: { organizationId, id } }
  if (onLeak === 'revoke') await tx.applicationToken.delete({ where, select: { id: true } })
  else await tx.applicationToken.update({ where, data: { status: 'suspended', suspendedAt: at, suspendedReason: 'leaked' }, select: { id: true } })
}

/** Does to a credential what the organization's policy says. */
export async function actOnLeak(tx: Tx, located: Located, held: Held | undefined, onLeak: OnLeak, at: Date): Promise<Deed> {
  if (!held || held.status === 'revoked') return 'none'
  if (onLeak === 'report') return 'reported'
  if (located.type === 'access_token') {
    await endAccessTokens(tx, located, at)
    return 'revoked'
  }
  if (onLeak === 'suspend' && held.status === 'suspended') return 'suspended'
  await (held.kind === 'token' ? endToken : endKey)(tx, located, onLeak, at)
  return onLeak === 'revoke' ? 'revoked' : 'suspended'
}
