import { hash, randomBytes } from 'node:crypto'
import { isKeyGood } from '@/lib/access/named-things'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import type { indexStore } from '@/lib/access/snapshots/index-store'
import type { KnownKey } from '@/lib/access/snapshots/rows-from-database'
import { sameSecret } from '@/lib/secrets'

type IndexStore = ReturnType<typeof indexStore>

/** Who asks, and the index of the organization the credential belongs to. */
export type Caller = { keyId: string; membershipId: string; index: AccessIndex }

const PREFIX = 'gh_key_'
const PUBLIC_ID_END = PREFIX.length + 16
const ORGANIZATIONS_MAX = 200_000

/**
 * Keys whose secret was checked against the database. The digest is bound to the key's entry in the index, which every
 * change of the key replaces: what was checked before a change counts no more after it. No secret is kept, only a digest
 * under a salt of this process.
 */
const salt = randomBytes(16).toString('hex')
const organizations = new Map<string, string>()
const digests = new WeakMap<KnownKey, string>()

const publicIdOf = (secret: string): string => secret.slice(PREFIX.length, PUBLIC_ID_END)

/** The key's entry in the index as this process has it now; undefined while it does not know the key or is not up to date. */
function entryOf(store: IndexStore, secret: string): { index: AccessIndex; key: KnownKey } | undefined {
  const publicId = publicIdOf(secret)
  const organizationId = organizations.get(publicId)
  const index = organizationId === undefined ? null : store.current(organizationId)
  const key = index?.directory.keyByPublicId(publicId)
  return index && key ? { index, key } : undefined
}

/**
 * Who presents a secret, found in memory alone.
 *
 * @param at epoch milliseconds
 * @returns null when that takes the database: the key is new to this process, has changed, or is no longer good
 */
export function callerAtOnce(store: IndexStore, secret: string, at: number): Caller | null {
  const entry = entryOf(store, secret)
  if (!entry || !isKeyGood(entry.key, at)) return null
  const digest = digests.get(entry.key)
  if (digest === undefined || !sameSecret(digest, hash('sha256', salt + secret))) return null
  const { index, key: { id, membershipId } } = entry
  const { principals } = index.snapshot
  const owner = principals.ids.find(membershipId)
  return owner >= 0 && principals.isActive(owner) ? { keyId: id, membershipId, index } : null
}

/**
 * Checks a secret against the database with `check`, and keeps the result when the key's entry was known before the check
 * began: so nothing that changed meanwhile is taken for checked.
 */
export async function checkAndKeep<A extends { organizationId: string }>(store: IndexStore, secret: string, check: () => Promise<A>): Promise<A> {
  const before = entryOf(store, secret)
  const actor = await check()
  if (organizations.size >= ORGANIZATIONS_MAX) organizations.clear()
  organizations.set(publicIdOf(secret), actor.organizationId)
  if (before?.index.organizationId === actor.organizationId) digests.set(before.key, hash('sha256', salt + secret))
  return actor
}
