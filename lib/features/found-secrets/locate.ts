import { readAccessToken, isAccessToken } from '@/lib/access/principals/access-token'
import { findIssuer, findKey, findToken, type CredentialRow } from '@/lib/access/principals/credential-row'
import { readSecret, secretMatches } from '@/lib/access/principals/secret-format'
import { db } from '@/lib/db'
import { keyIds, mac } from '@/lib/secrets'

export type LocatedType = 'api_key' | 'service_account_key' | 'token' | 'access_token'

/** A secret that is ours, whatever became of its credential. `table`: where the credential is, or what the access token was made from. */
export type Located = { organizationId: string; type: LocatedType; credentialId: string; table: 'ApiKey' | 'ApplicationToken' | 'TrustedIssuer' | null }

/** The keyed hash under which a found secret is kept. */
export const foundHash = (secret: string, keyId?: string): string => mac('credential', `found:${secret}`, keyId)

const TABLES = { key: 'ApiKey', token: 'ApplicationToken', issuer: 'TrustedIssuer' } as const
const FIND = { key: findKey, token: findToken, issuer: findIssuer } as const

async function locateAccessToken(token: string): Promise<Located | null> {
  const claims = readAccessToken(token)
  if (claims === null) return null
  const { type, id } = claims.source
  const row = await FIND[type]({ id })
  if (!row || row.organizationId !== claims.organizationId) return null
  return { organizationId: row.organizationId, type: 'access_token', credentialId: row.id, table: TABLES[type] }
}

const typeOf = ({ principalType }: CredentialRow): LocatedType => (principalType === 'token' ? 'token' : principalType === 'user' ? 'api_key' : 'service_account_key')

/** A credential that is gone by now, of which a secret was reported before. */
async function locateGone(secret: string): Promise<Located | null> {
  const hashes = keyIds().map((keyId) => foundHash(secret, keyId))
  const rows = await db().$queryRaw<{ organizationId: string; credentialType: LocatedType; credentialId: string }[]>`
    SELECT "organizationId", "credentialType", "credentialId" FROM "FoundSecret" WHERE "secretHash" = ANY(${hashes}) LIMIT 1`
  const [row] = rows
  return row ? { organizationId: row.organizationId, type: row.credentialType, credentialId: row.credentialId, table: null } : null
}

/** Whose secret it is, wholly right and not just its public part; null when it is none of ours. */
export async function locateSecret(secret: string): Promise<Located | null> {
  if (isAccessToken(secret)) return locateAccessToken(secret)
  const parts = readSecret(secret)
  if (!parts || parts.kind === 'scim') return null
  const table = parts.kind === 'tok' ? ('token' as const) : ('key' as const)
  const row = await FIND[table]({ publicId: parts.publicId })
  if (row && secretMatches(secret, row.secretHash)) return { organizationId: row.organizationId, type: typeOf(row), credentialId: row.id, table: TABLES[table] }
  return locateGone(secret)
}
