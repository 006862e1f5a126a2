import { addressSetOf } from '@/lib/access/addresses/address-set'
import { passGateOf } from '@/lib/access/gate'
import { now } from '@/lib/clock'
import { requestFacts } from '@/lib/request'
import { isAccessToken, readAccessToken, type AccessClaims, type TokenSource } from './access-token'
import type { CredentialActor, CredentialType } from './actor'
import { findIssuer, findKey, findToken, type CredentialRow } from './credential-row'
import { noteRefusedAddress } from './refused-addresses'
import { refuse, refuseAddress, type Refusal } from './refusals'
import { readSecret, secretMatches, type SecretKind } from './secret-format'
import { noteUse } from './last-use'

const SOURCES = { key: findKey, token: findToken, issuer: findIssuer } as const
const whatOf = (kind: SecretKind) => (kind === 'tok' ? ('token' as const) : ('key' as const))

function typeOf({ principalType }: CredentialRow): Exclude<CredentialType, 'access_token'> {
  if (principalType === 'token') return 'token'
  return principalType === 'user' ? 'api_key' : 'service_account_key'
}

function actorOf({ row, source, type, expiresAt }: GoodCredential): CredentialActor {
  const { organizationId, slug, organizationName, accessModel, memberLimit, accessVersion, principalType, principalId, principalName, email, roleId, scopeId, requestsPerMinute } = row
  const narrowing = roleId === null && scopeId === null ? null : { ...(roleId !== null && { roleId }), ...(scopeId !== null && { scopeId }) }
  return {
    type: 'credential', organizationId,
    credential: { type, id: row.id, name: row.name, ...(type === 'access_token' && { madeFrom: source === 'issuer' ? 'trusted_issuer' : typeOf(row) }) },
    principal: { type: principalType, id: principalId }, narrowing, addresses: row.addresses, expiresAt, requestsPerMinute,
    entrance: {
      organization: { id: organizationId, slug, name: organizationName, accessModel, memberLimit, accessVersion },
      principal: { type: principalType, id: principalId, name: principalName || (email ?? '') },
      membership: email === null ? null : { id: principalId, email, name: principalName },
    },
  }
}

/** The first reason not to let a credential in, when its secret is right. */
function reasonOf(row: CredentialRow, at: Date): 'suspended' | 'revoked' | 'expired' | 'owner-inactive' | null {
  if (row.status !== 'active') return row.status
  if (row.expiresAt !== null && row.expiresAt <= at) return 'expired'
  return row.isPrincipalActive ? null : 'owner-inactive'
}

/** A credential whose secret is right and which has not ended, before it is asked where it comes from. */
export type GoodCredential = { row: CredentialRow; source: TokenSource['type']; type: CredentialType; expiresAt: Date | null }

/** The last question: whether it may come from where it does, for itself and for its organization. @throws AppError `address-not-allowed` */
async function enterFrom(good: GoodCredential): Promise<CredentialActor | Refusal> {
  const { row, source } = good
  const { address } = requestFacts()
  if (row.addresses.length > 0 && !addressSetOf(row.addresses).has(address)) {
    noteRefusedAddress(row.organizationId, row.id)
    return refuseAddress(address)
  }
  const { organizationId, accessVersion, principalType, principalId, principalName, email } = row
  await passGateOf(organizationId, Number(accessVersion), () =>
    ({ type: principalType === 'user' ? 'api_key' : principalType, id: principalId, name: email ?? principalName, credentialId: row.id }))
  noteUse(source, row.id, row.lastUsedAt)
  return actorOf(good)
}

async function inspectAccessToken(claims: AccessClaims | null, at: Date): Promise<GoodCredential | Refusal> {
  if (claims === null) return refuse('malformed')
  if (claims.expiresAt <= at) return refuse('expired', 'access token')
  const { type: source, id } = claims.source
  const row = await SOURCES[source]({ id })
  if (!row || row.organizationId !== claims.organizationId) return refuse('unknown')
  const reason = reasonOf(row, at)
  if (reason !== null) return refuse(reason === 'expired' ? 'revoked' : reason, 'access token')
  if (row.tokensValidFrom !== null && claims.issuedAt < row.tokensValidFrom) return refuse('revoked', 'token')
  return { row, source, type: 'access_token', expiresAt: claims.expiresAt }
}

/** What is behind a secret of any kind, or why it is refused, wherever it comes from. Unknown and wrong secrets get the same answer. */
export async function inspectCredential(secret: string): Promise<GoodCredential | Refusal> {
  const at = now()
  if (isAccessToken(secret)) return inspectAccessToken(readAccessToken(secret), at)
  const parts = readSecret(secret)
  if (!parts || parts.kind === 'scim') return refuse('malformed')
  const source = parts.kind === 'tok' ? 'token' : 'key'
  const row = await SOURCES[source]({ publicId: parts.publicId })
  if (!row || !secretMatches(secret, row.secretHash)) return refuse('unknown')
  const reason = reasonOf(row, at)
  if (reason !== null) return refuse(reason, whatOf(parts.kind))
  return { row, source, type: typeOf(row), expiresAt: row.expiresAt }
}

/** The actor behind a secret of any kind, or why it is refused. @throws AppError `address-not-allowed` */
export async function actorOfCredential(secret: string): Promise<CredentialActor | Refusal> {
  const found = await inspectCredential(secret)
  return 'refused' in found ? found : enterFrom(found)
}

/** Whether a credential was found, and not refused. */
export const isActor = (found: CredentialActor | Refusal): found is CredentialActor => 'type' in found
