import { hash, randomBytes } from 'node:crypto'
import type { AddressSet } from '@/lib/access/addresses/address-set'
import type { Narrowing } from '@/lib/access/engine/decide'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import type { indexStore } from '@/lib/access/snapshots/index-store'
import { isCredentialGood, type KnownCredential } from '@/lib/access/snapshots/known-credentials'
import { sameSecret } from '@/lib/secrets'
import { isAccessToken, readAccessToken, type AccessClaims, type TokenSource } from './access-token'

type IndexStore = ReturnType<typeof indexStore>

/** Who asks, and the index of the organization the credential belongs to. */
export type Caller = {
  source: TokenSource
  principalId: string
  narrowing: Narrowing | null
  /** Where it may come from; null: anywhere. */
  addresses: AddressSet | null
  index: AccessIndex
}

const PUBLIC_ID_START = 'gh_key_'.length
const PUBLIC_ID_END = PUBLIC_ID_START + 16
const KEPT_MAX = 200_000

/**
 * Credentials whose secret was checked against the database. The digest is bound to the credential's entry in the index,
 * which every change replaces: what was checked before a change counts no more after it. No secret is kept, only a
 * digest under a salt of this process.
 */
const salt = randomBytes(16).toString('hex')
const organizations = new Map<string, string>()
const digests = new WeakMap<KnownCredential, string>()
/** What access tokens say whose seal was found to be ours, by digest. */
const claimsOf = new Map<string, AccessClaims>()

const publicIdOf = (secret: string): string => secret.slice(PUBLIC_ID_START, PUBLIC_ID_END)
const digestOf = (secret: string): string => hash('sha256', salt + secret)

type Entry = { index: AccessIndex; credential: KnownCredential }

const SOURCE_TYPES = { api_key: 'key', service_account_key: 'key', token: 'token', trusted_issuer: 'issuer' } as const

/** The credential's entry in the index as this process has it now; undefined while it does not know it or is not up to date. */
function entryOf(store: IndexStore, secret: string): Entry | undefined {
  const publicId = publicIdOf(secret)
  const organizationId = organizations.get(publicId)
  const index = organizationId === undefined ? null : store.current(organizationId)
  const credential = index?.directory.credentialByPublicId(publicId)
  return index && credential ? { index, credential } : undefined
}

/** The caller of a good credential of a principal that stands. */
export function callerOf({ index, credential }: Entry, at: number): Caller | null {
  if (!isCredentialGood(credential, at)) return null
  const { principals } = index.snapshot
  const principal = principals.ids.find(credential.principalId)
  if (principal < 0 || !principals.isActive(principal)) return null
  const { id, type, principalId, narrowing, addresses } = credential
  return { source: { type: SOURCE_TYPES[type], id }, principalId, narrowing, addresses, index }
}

/** Access tokens are not stored: the seal is checked once, then what it says about its source with every request. */
export function readClaims(token: string): AccessClaims | null {
  const digest = digestOf(token)
  const known = claimsOf.get(digest)
  if (known) return known
  const claims = readAccessToken(token)
  if (claims === null) return null
  if (claimsOf.size >= KEPT_MAX) claimsOf.clear()
  claimsOf.set(digest, claims)
  return claims
}

function callerOfAccessToken(store: IndexStore, token: string, at: number): Caller | null {
  const claims = readClaims(token)
  if (claims === null || claims.expiresAt.getTime() <= at) return null
  const index = store.current(claims.organizationId)
  const credential = index?.directory.credential(claims.source.id)
  if (!index || !credential || (credential.tokensValidFrom !== null && claims.issuedAt.getTime() < credential.tokensValidFrom)) return null
  return callerOf({ index, credential }, at)
}

/**
 * Who presents a secret, found in memory alone.
 *
 * @param at epoch milliseconds
 * @returns null when that takes the database: the credential is new to this process, has changed, or is no longer good
 */
export function callerAtOnce(store: IndexStore, secret: string, at: number): Caller | null {
  if (isAccessToken(secret)) return callerOfAccessToken(store, secret, at)
  const entry = entryOf(store, secret)
  const digest = entry && digests.get(entry.credential)
  return entry && digest !== undefined && sameSecret(digest, digestOf(secret)) ? callerOf(entry, at) : null
}

/**
 * Checks a secret against the database with `check`, and keeps the result when the credential's entry was known before the
 * check began: so nothing that changed meanwhile is taken for checked.
 */
export async function checkAndKeep<A extends { organizationId: string }>(store: IndexStore, secret: string, check: () => Promise<A>): Promise<A> {
  const before = entryOf(store, secret)
  const actor = await check()
  if (isAccessToken(secret)) return actor
  if (organizations.size >= KEPT_MAX) organizations.clear()
  organizations.set(publicIdOf(secret), actor.organizationId)
  if (before?.index.organizationId === actor.organizationId) digests.set(before.credential, digestOf(secret))
  return actor
}
