export const KEY_STATUSES = ['active', 'suspended', 'expired', 'revoked'] as const
export type KeyStatus = (typeof KEY_STATUSES)[number]

/** How a key stands at a moment: one past its end is expired, unless it was revoked before. */
export function keyStatusOf(key: { status: 'active' | 'suspended' | 'revoked'; expiresAt: Date | null }, at: Date): KeyStatus {
  if (key.status === 'revoked') return 'revoked'
  return key.expiresAt !== null && key.expiresAt <= at ? 'expired' : key.status
}

/** The part of a secret by which people tell keys apart; nothing of it is secret. */
export const hintOf = (publicId: string): string => `gh_key_${publicId.slice(0, 6)}…`
