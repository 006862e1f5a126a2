import { addressSetOf, type AddressSet } from '@/lib/access/addresses/address-set'
import type { Narrowing } from '@/lib/access/engine/decide'
import type { AssignmentRow } from '@/lib/access/engine/rows'

/** A credential without its secret. Moments in epoch milliseconds. */
export type KnownCredential = {
  id: string
  type: 'api_key' | 'service_account_key' | 'token' | 'trusted_issuer'
  /** The part of the secret by which it is found; a trust in an issuer has none. */
  publicId: string | null
  /** Whose rights it has: a member, a service account, or the token itself. */
  principalId: string
  status: string
  expiresAt: number | null
  narrowing: Narrowing | null
  /** Where it may come from; null: anywhere. */
  addresses: AddressSet | null
  /** Access tokens made from it before this are refused. */
  tokensValidFrom: number | null
}

export type KeyRow = {
  id: string; publicId: string; membershipId: string | null; serviceAccountId: string | null; status: string; expiresAt: number | null
  roleId: string | null; scopeId: string | null; addresses: readonly string[] | null; tokensValidFrom: number | null
}
export type TokenCredentialRow = { id: string; publicId: string; status: string; expiresAt: number | null; roleId: string; scopeId: string; tokensValidFrom: number | null }
export type IssuerRow = { id: string; serviceAccountId: string; status: string; tokensValidFrom: number | null }

const narrowingOf = (roleId: string | null, scopeId: string | null): Narrowing | null =>
  roleId === null && scopeId === null ? null : { ...(roleId !== null && { roleId }), ...(scopeId !== null && { scopeId }) }

export const credentialOfKey = ({ id, publicId, membershipId, serviceAccountId, status, expiresAt, roleId, scopeId, addresses, tokensValidFrom }: KeyRow): KnownCredential => ({
  id, publicId, status, expiresAt, tokensValidFrom,
  type: membershipId === null ? 'service_account_key' : 'api_key', principalId: membershipId ?? serviceAccountId ?? '',
  narrowing: narrowingOf(roleId, scopeId), addresses: addresses && addresses.length > 0 ? addressSetOf(addresses) : null,
})

export const credentialOfToken = ({ id, publicId, status, expiresAt, tokensValidFrom }: TokenCredentialRow): KnownCredential =>
  ({ id, publicId, status, expiresAt, tokensValidFrom, type: 'token', principalId: id, narrowing: null, addresses: null })

export const credentialOfIssuer = ({ id, serviceAccountId, status, tokensValidFrom }: IssuerRow): KnownCredential =>
  ({ id, publicId: null, status, expiresAt: null, tokensValidFrom, type: 'trusted_issuer', principalId: serviceAccountId, narrowing: null, addresses: null })

/** The one role an application token holds; the assignment has the token's own id. */
export const assignmentOfToken = ({ id, roleId, scopeId, expiresAt }: TokenCredentialRow): AssignmentRow => ({ id, principalId: id, roleId, scopeId, expiresAt })

/** Whether a credential may still be used, as far as it goes itself. */
export const isCredentialGood = ({ status, expiresAt }: KnownCredential, at: number): boolean => status === 'active' && (expiresAt === null || expiresAt > at)
