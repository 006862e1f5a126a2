import { Prisma } from '@/lib/generated/prisma/client'
import { now } from './clock'
import { db } from './db'
import { AppError } from './errors'
import { mac } from './secrets'

/** So many attempts within a window. */
export type Limit = { count: number; windowSeconds: number }

/** Shared by all processes. The names of keys hold no address or e-mail, only their keyed hash. */
export const LIMITS = {
  'sign-in-address': { count: 50, windowSeconds: 300 },
  'sign-in-account': { count: 10, windowSeconds: 300 },
  'reset-address': { count: 20, windowSeconds: 3600 },
  'reset-account': { count: 5, windowSeconds: 3600 },
  'link-address': { count: 60, windowSeconds: 300 },
  'invite-organization': { count: 2000, windowSeconds: 3600 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS

/**
 * Counts one attempt, in one statement of its own (so that a refused attempt stays counted).
 *
 * @param by what is limited: an address, an account
 * @throws AppError `too-many-requests` with the seconds to wait
 */
export async function countAttempt(name: LimitName, by: string, weight = 1): Promise<void> {
  const limit = LIMITS[name]
  const at = now()
  const key = `${name}:${mac('link', `limit:${by}`).slice(0, 32)}`
  const ends = new Date(at.getTime() + limit.windowSeconds * 1000)
  const [row] = await db().$queryRaw<{ count: number; windowEndAt: Date }[]>(Prisma.sql`
    INSERT INTO "RateLimit" ("key", "count", "windowEndAt") VALUES (${key}, ${weight}, ${ends})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "RateLimit"."windowEndAt" <= ${at} THEN ${weight} ELSE "RateLimit"."count" + ${weight} END,
      "windowEndAt" = CASE WHEN "RateLimit"."windowEndAt" <= ${at} THEN ${ends} ELSE "RateLimit"."windowEndAt" END
    RETURNING "count", "windowEndAt"`)
  if (row && row.count > limit.count) {
    const seconds = Math.max(1, Math.ceil((row.windowEndAt.getTime() - at.getTime()) / 1000))
    throw new AppError('too-many-requests', `too many attempts; try again in ${seconds} seconds`, { retryAfterSeconds: seconds })
  }
}

/** After success the account's own counter starts again. */
export async function forgetAttempts(name: LimitName, by: string): Promise<void> {
  await db().rateLimit.deleteMany({ where: { key: `${name}:${mac('link', `limit:${by}`).slice(0, 32)}` } })
}
