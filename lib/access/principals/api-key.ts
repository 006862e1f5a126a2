import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { checksum, currentKeyId, keyIds, mac, randomBase62, sameSecret } from '@/lib/secrets'
import { processWide } from '@/lib/process-state'
import { requestFacts } from '@/lib/request'
import type { ApiKeyActor } from './actor'

export type CredentialKind = 'key' | 'sva' | 'tok' | 'scim'

const SHAPE = /^gh_(key|sva|tok|scim)_([0-9A-Za-z]{16})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/
const PUBLIC_ID_LENGTH = 16
const SECRET_LENGTH = 43

export type NewSecret = { publicId: string; secret: string; secretHash: string }

/** A new secret `gh_<kind>_<public id>_<secret><check>`: 256 random bits, six digits of CRC32 at the end. */
export function makeSecret(kind: CredentialKind): NewSecret {
  const publicId = randomBase62(PUBLIC_ID_LENGTH)
  const body = `gh_${kind}_${publicId}_${randomBase62(SECRET_LENGTH)}`
  const secret = body + checksum(body)
  return { publicId, secret, secretHash: `${currentKeyId()}:${mac('credential', secret)}` }
}

/** The parts of a presented secret, or null when its form or checksum is wrong (refused without a look-up). */
export function readSecret(secret: string): { kind: CredentialKind; publicId: string } | null {
  const match = SHAPE.exec(secret)
  const [, kind, publicId] = match ?? []
  if (!kind || !publicId || checksum(secret.slice(0, -6)) !== secret.slice(-6)) return null
  return kind === 'key' || kind === 'sva' || kind === 'tok' || kind === 'scim' ? { kind, publicId } : null
}

export function secretMatches(secret: string, stored: string): boolean {
  const [keyId, hash] = stored.split(':')
  return keyId !== undefined && hash !== undefined && keyIds().includes(keyId) && sameSecret(mac('credential', secret, keyId), hash)
}

export type CredentialRefusal = 'malformed' | 'unknown' | 'suspended' | 'revoked' | 'expired' | 'owner-inactive'

/** Why a key is refused, as a sentence for the caller. */
export const REFUSALS: Record<CredentialRefusal, string> = {
  malformed: 'the credential is not well formed (a character may be missing or changed)',
  unknown: 'the credential is not known',
  suspended: 'the key is suspended',
  revoked: 'the key was revoked',
  expired: 'the key has expired',
  'owner-inactive': 'the owner of the key is suspended',
}

type Row = {
  id: string
  name: string
  secretHash: string
  status: 'active' | 'suspended' | 'revoked'
  expiresAt: Date | null
  lastUsedAt: Date | null
  memberId: string
  email: string
  memberName: string
  memberStatus: string
  organizationId: string
  slug: string
  organizationName: string
  accessModel: string
  memberLimit: number | null
  accessVersion: bigint
}

/** Key, owner and organization in one statement: this is on the path of every machine request. */
async function findKey(publicId: string): Promise<Row | undefined> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT k."id", k."name", k."secretHash", k."status"::text AS "status", k."expiresAt", k."lastUsedAt",
      m."id" AS "memberId", m."email", m."name" AS "memberName", m."status"::text AS "memberStatus",
      o."id" AS "organizationId", o."slug", o."name" AS "organizationName", o."accessModel", o."memberLimit", o."accessVersion"
    FROM "ApiKey" k
    JOIN "Membership" m ON m."organizationId" = k."organizationId" AND m."id" = k."membershipId"
    JOIN "Organization" o ON o."id" = k."organizationId"
    WHERE k."publicId" = ${publicId}`
  return row
}

function actorOf(key: Row): ApiKeyActor {
  const { organizationId, slug, organizationName, accessModel, memberLimit, accessVersion, memberId, email, memberName } = key
  return {
    type: 'api-key', keyId: key.id, keyName: key.name, organizationId, membershipId: memberId,
    entrance: {
      organization: { id: organizationId, slug, name: organizationName, accessModel, memberLimit, accessVersion },
      membership: { id: memberId, email, name: memberName },
    },
  }
}

/** The actor behind an API key, or why it is refused. Unknown and wrong secrets get the same answer. */
export async function actorOfApiKey(secret: string): Promise<ApiKeyActor | CredentialRefusal> {
  const parts = readSecret(secret)
  if (parts?.kind !== 'key') return 'malformed'
  const key = await findKey(parts.publicId)
  if (!key || !secretMatches(secret, key.secretHash)) return 'unknown'
  if (key.status !== 'active') return key.status
  if (key.expiresAt && key.expiresAt <= now()) return 'expired'
  if (key.memberStatus !== 'active') return 'owner-inactive'
  noteUse(key.id, key.lastUsedAt)
  return actorOf(key)
}

const noted = () => processWide('key-use', () => new Map<string, number>())

/** Writes *last used* at most once a minute a key, without the request waiting for it. */
export function noteUse(keyId: string, lastUsedAt: Date | null): void {
  const at = now()
  const latest = Math.max(noted().get(keyId) ?? 0, lastUsedAt?.getTime() ?? 0)
  if (at.getTime() - latest < 60_000) return
  noted().set(keyId, at.getTime())
  const { address } = requestFacts()
  db().apiKey.update({ where: { id: keyId }, data: { lastUsedAt: at, lastUsedAddress: address } }).catch(() => noted().delete(keyId))
}
