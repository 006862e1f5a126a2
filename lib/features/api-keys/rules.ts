import { hintOf as hintOfKind, type SecretKind } from '@/lib/access/principals/secret-format'

export const KEY_STATUSES = ['active', 'suspended', 'expired', 'revoked'] as const
export type KeyStatus = (typeof KEY_STATUSES)[number]

/** How long the old secret goes on working after a rotation: now, an hour, a day, a week. */
export const OVERLAPS = [0, 1, 24, 168] as const

/** A key older than this should be rotated; one unused for this long may be superfluous. */
export const AGE_ADVISED_DAYS = 90
export const EXPIRES_SOON_DAYS = 7

const DAY_MS = 24 * 3600_000

type Stored = { status: 'active' | 'suspended' | 'revoked'; expiresAt: Date | null }

/** How a credential stands at a moment: one past its end is expired, unless it was revoked before. */
export function keyStatusOf(key: Stored, at: Date): KeyStatus {
  if (key.status === 'revoked') return 'revoked'
  return key.expiresAt !== null && key.expiresAt <= at ? 'expired' : key.status
}

export const KEY_MARKS = ['old', 'unused', 'expiring', 'narrowed'] as const
/** What somebody looking after keys wants pointed out. */
export type KeyMark = (typeof KEY_MARKS)[number]

type Marked = Stored & { createdAt: Date; lastUsedAt: Date | null; isNarrowed: boolean }

/** Marks of a credential that still counts; none once it is over. */
export function marksOf(key: Marked, at: Date): KeyMark[] {
  const status = keyStatusOf(key, at)
  if (status === 'expired' || status === 'revoked') return []
  const isOlder = (moment: Date, days: number): boolean => at.getTime() - moment.getTime() > days * DAY_MS
  return [
    ...(isOlder(key.createdAt, AGE_ADVISED_DAYS) ? ['old' as const] : []),
    ...(isOlder(key.lastUsedAt ?? key.createdAt, AGE_ADVISED_DAYS) ? ['unused' as const] : []),
    ...(key.expiresAt !== null && key.expiresAt.getTime() - at.getTime() <= EXPIRES_SOON_DAYS * DAY_MS ? ['expiring' as const] : []),
    ...(key.isNarrowed ? ['narrowed' as const] : []),
  ]
}

const isSecretKind = (text: string): text is SecretKind => ['key', 'sva', 'tok', 'scim'].includes(text)

/** The part of a secret by which people tell keys apart; nothing of it is secret. */
export const hintOf = (kind: string, publicId: string): string => hintOfKind(isSecretKind(kind) ? kind : 'key', publicId)

/** The end of the old secret when it is rotated: after the overlap, or its own when that comes first. */
export function overlapEnd(expiresAt: Date | null, overlapHours: number, at: Date): Date {
  const end = new Date(at.getTime() + overlapHours * 3600_000)
  return expiresAt !== null && expiresAt < end ? expiresAt : end
}
