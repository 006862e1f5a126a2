import { AppError } from '@/lib/errors'
import { addressKey, makeSharedCounter, type Limit, type Standing } from '@/lib/shared-counter'

export type LimitedBy = 'credential' | 'address' | 'failures'
export type RequestLimits = Readonly<Record<LimitedBy, Limit>>

/**
 * For programs, not people: high enough for a busy one, low enough to stop a loop gone wrong. Of an address everything
 * counts, and apart from that (`failures`) what came without a good credential: that refuses further bad ones only, so
 * that nobody is shut out by a neighbour behind the same address.
 */
export const DEFAULT_LIMITS: RequestLimits = {
  credential: { count: 60_000, windowSeconds: 60 },
  address: { count: 120_000, windowSeconds: 60 },
  failures: { count: 600, windowSeconds: 60 },
}

/** Headers of draft-ietf-httpapi-ratelimit-headers: the policies, and of each what is left and the seconds until it begins again. */
export type RateHeaders = { 'ratelimit-policy'?: string; ratelimit?: string }

const WHAT: Record<LimitedBy, string> = { credential: 'of this credential', address: 'from this address', failures: 'without a good credential from this address' }

/** The counting of one request: each limit is counted when it is known whom it concerns. */
export type Tally = {
  /** @throws AppError `too-many-requests` naming the limit, with the seconds to wait */
  count: (by: LimitedBy, key: string, limit?: Limit) => Promise<void>
  /** What was counted so far, for answers and refusals alike. */
  headers: () => RateHeaders
}

/**
 * Limits of machine requests, the same for all processes on one database. Every door makes one guard and begins a tally
 * for each request; counting by address and credential is the same wherever a request comes in.
 */
export function makeRequestGuard(given: Partial<RequestLimits> = {}) {
  const limits = { ...DEFAULT_LIMITS, ...given }
  const counters = { credential: makeSharedCounter('api-credential'), address: makeSharedCounter('api-address'), failures: makeSharedCounter('api-failures') }

  return {
    limits,
    begin(): Tally {
      const counted: { by: LimitedBy; limit: Limit; standing: Standing }[] = []
      return {
        count: async (by, key, limit = limits[by]) => {
          const standing = await counters[by].count(by === 'credential' ? key : addressKey(key), limit)
          counted.push({ by, limit, standing })
          const { isOver, seconds } = standing
          if (!isOver) return
          const message = `more than ${limit.count} requests ${WHAT[by]} in ${limit.windowSeconds} seconds; go on in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
          throw new AppError('too-many-requests', message, { retryAfterSeconds: seconds, violatedPolicies: [by] })
        },
        headers: () => {
          if (counted.length === 0) return {}
          return {
            'ratelimit-policy': counted.map(({ by, limit }) => `"${by}";q=${limit.count};w=${limit.windowSeconds}`).join(', '),
            ratelimit: counted.map(({ by, standing }) => `"${by}";r=${standing.remaining};t=${standing.seconds}`).join(', '),
          }
        },
      }
    },
  }
}

export type RequestGuard = ReturnType<typeof makeRequestGuard>
