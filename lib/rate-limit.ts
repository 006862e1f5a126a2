import { now } from './clock'
import { db } from './db'
import { AppError } from './errors'
import { addressKey, limitKey, tellDatabase, type Limit } from './shared-counter'

/** Shared by all processes: each attempt is told before it is made, since these limits are small. */
export const LIMITS = {
  'sign-in-address': { count: 50, windowSeconds: 300 },
  // A person's way through a provider costs two or three of them, begun and ended; an office shares an address.
  'saml-address': { count: 300, windowSeconds: 300 },
  'oidc-address': { count: 300, windowSeconds: 300 },
  'provider-address': { count: 300, windowSeconds: 300 },
  'sign-in-account': { count: 10, windowSeconds: 300 },
  'second-factor-address': { count: 50, windowSeconds: 300 },
  'second-factor-account': { count: 6, windowSeconds: 300 },
  'second-factor-day': { count: 60, windowSeconds: 24 * 3600 },
  'break-glass-account': { count: 6, windowSeconds: 3600 },
  'reset-address': { count: 20, windowSeconds: 3600 },
  'reset-account': { count: 5, windowSeconds: 3600 },
  'link-address': { count: 60, windowSeconds: 300 },
  'invite-organization': { count: 2000, windowSeconds: 3600 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS

/** By what an attempt is counted: what is limited, an address as the network it is part of. */
const counted = (name: LimitName, by: string): string => (name.endsWith('-address') ? addressKey(by) : by)

/**
 * Counts one attempt, in one statement of its own (so that a refused attempt stays counted).
 *
 * @param by what is limited: an address, an account
 * @throws AppError `too-many-requests` with the seconds to wait
 */
export async function countAttempt(name: LimitName, by: string, weight = 1): Promise<void> {
  const limit = LIMITS[name]
  const { count, endsAt } = await tellDatabase(name, counted(name, by), weight, limit.windowSeconds)
  if (count <= limit.count) return
  const seconds = Math.max(1, Math.ceil((endsAt - now().getTime()) / 1000))
  throw new AppError('too-many-requests', `too many attempts; try again in ${seconds} seconds`, { retryAfterSeconds: seconds })
}

/** After success the account's own counter starts again. */
export async function forgetAttempts(name: LimitName, by: string): Promise<void> {
  await db().rateLimit.deleteMany({ where: { key: limitKey(name, counted(name, by)) } })
}
