import { randomBytes } from 'node:crypto'
import { checksum, fromBase62, keyIds, mac, sameSecret, toBase62 } from '@/lib/secrets'

/** What an access token is made from: a key, an application token, or the trust in an outside issuer. */
export type TokenSource = { type: 'key' | 'token' | 'issuer'; id: string }

/** What an access token says. It is not stored: it is ours because of its seal, and good only as long as its source is. */
export type AccessClaims = { organizationId: string; source: TokenSource; issuedAt: Date; expiresAt: Date }

export const ACCESS_TOKEN_SECONDS = 3600

const PREFIXES = { key: 'key_', token: 'tok_', issuer: 'tru_' } as const
const TYPES = ['key', 'token', 'issuer'] as const

const SHAPE = /^gh_at_([0-9A-Za-z]{61})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/
/** One byte of type, two UUIDs, two times in seconds, four bytes of chance. */
const BYTES = 45

export const isAccessToken = (secret: string): boolean => secret.startsWith('gh_at_')

const uuidBytes = (id: string): Buffer => Buffer.from(id.slice(4).replaceAll('-', ''), 'hex')

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const sealOf = (body: string, keyId?: string): string =>
  toBase62(Buffer.from(mac('access-token', body, keyId), 'hex'), 43)

/**
 * A token of one hour for the source's principal.
 *
 * @param sourceEndsAt when the source ends by itself; the token ends no later
 */
export function makeAccessToken(organizationId: string, source: TokenSource, at: Date, sourceEndsAt: Date | null = null): { token: string; expiresAt: Date } {
  const issued = Math.floor(at.getTime() / 1000)
  const ends = Math.min(issued + ACCESS_TOKEN_SECONDS, sourceEndsAt === null ? Infinity : Math.floor(sourceEndsAt.getTime() / 1000))
  const times = Buffer.alloc(8)
  times.writeUInt32BE(issued, 0)
  times.writeUInt32BE(ends, 4)
  const payload = Buffer.concat([Buffer.from([TYPES.indexOf(source.type)]), uuidBytes(organizationId), uuidBytes(source.id), times, randomBytes(4)])
  const body = `gh_at_${toBase62(payload, 61)}`
  const sealed = `${body}_${sealOf(body)}`
  return { token: sealed + checksum(sealed), expiresAt: new Date(ends * 1000) }
}

/** What a presented token says, or null when we did not make it. Whether its time is over, the caller looks. */
export function readAccessToken(token: string): AccessClaims | null {
  const [, payload, seal] = SHAPE.exec(token) ?? []
  if (!payload || !seal || checksum(token.slice(0, -6)) !== token.slice(-6)) return null
  const body = `gh_at_${payload}`
  if (!keyIds().some((keyId) => sameSecret(sealOf(body, keyId), seal))) return null
  const bytes = fromBase62(payload, BYTES)
  const type = bytes && TYPES[bytes.readUInt8(0)]
  if (!bytes || !type) return null
  return {
    organizationId: `org_${uuidText(bytes.subarray(1, 17))}`,
    source: { type, id: PREFIXES[type] + uuidText(bytes.subarray(17, 33)) },
    issuedAt: new Date(bytes.readUInt32BE(33) * 1000), expiresAt: new Date(bytes.readUInt32BE(37) * 1000),
  }
}
