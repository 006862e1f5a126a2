import { checksum, currentKeyId, keyIds, mac, randomBase62, sameSecret } from '@/lib/secrets'

/** `key`: of a member; `sva`: of a service account; `tok`: application token; `scim`: provisioning. */
export type SecretKind = 'key' | 'sva' | 'tok' | 'scim'

const SHAPE = /^gh_(key|sva|tok|scim)_([0-9A-Za-z]{16})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/
const PUBLIC_ID_LENGTH = 16
const SECRET_LENGTH = 43

export type NewSecret = { publicId: string; secret: string; secretHash: string }

/** A new secret `gh_<kind>_<public id>_<secret><check>`: 256 random bits, six digits of CRC32 at the end. */
export function makeSecret(kind: SecretKind): NewSecret {
  const publicId = randomBase62(PUBLIC_ID_LENGTH)
  const body = `gh_${kind}_${publicId}_${randomBase62(SECRET_LENGTH)}`
  const secret = body + checksum(body)
  return { publicId, secret, secretHash: `${currentKeyId()}:${mac('credential', secret)}` }
}

/** The parts of a presented secret, or null when its form or checksum is wrong (refused without a look-up). */
export function readSecret(secret: string): { kind: SecretKind; publicId: string } | null {
  const match = SHAPE.exec(secret)
  const [, kind, publicId] = match ?? []
  if (!kind || !publicId || checksum(secret.slice(0, -6)) !== secret.slice(-6)) return null
  return kind === 'key' || kind === 'sva' || kind === 'tok' || kind === 'scim' ? { kind, publicId } : null
}

/** Whether a presented secret is the one whose keyed hash is stored, under whichever configured key it was made. */
export function secretMatches(secret: string, stored: string): boolean {
  const [keyId, hash] = stored.split(':')
  return keyId !== undefined && hash !== undefined && keyIds().includes(keyId) && sameSecret(mac('credential', secret, keyId), hash)
}

/** The part of a secret by which people tell credentials apart; nothing of it is secret. */
export const hintOf = (kind: SecretKind, publicId: string): string => `gh_${kind}_${publicId.slice(0, 6)}…`

/** The public half of an application token; the token is the two halves joined. */
export const clientIdOf = (kind: SecretKind, publicId: string): string => `gh_${kind}_${publicId}`

/** The half of a whole secret that is secret. */
export const clientSecretOf = (secret: string): string => secret.slice(secret.lastIndexOf('_') + 1)

/** A client id and its secret as one secret; the id may come without its `gh_tok_`. */
export const joinSecret = (clientId: string, clientSecret: string): string => `${clientId.startsWith('gh_') ? clientId : `gh_tok_${clientId}`}_${clientSecret}`
