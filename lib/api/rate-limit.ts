import { AppError } from '@/lib/errors'

/** So many requests within a window. */
export type RequestLimit = { requests: number; windowSeconds: number }

export type RequestLimits = { credential: RequestLimit; failures: RequestLimit }

/**
 * For programs, not people: high enough for a busy one, low enough to stop a loop gone wrong. `failures` counts
 * requests of one address without a good credential.
 */
export const DEFAULT_LIMITS: RequestLimits = {
  credential: { requests: 60_000, windowSeconds: 60 },
  failures: { requests: 600, windowSeconds: 60 },
}

const KEEP_MAX = 10_000

type Window = { used: number; endsAt: number }

/** Headers of draft-ietf-httpapi-ratelimit-headers: the policy, what is left of it, and seconds until it begins again. */
export type RateHeaders = { 'ratelimit-policy': string; ratelimit: string }

/**
 * Counts requests by name in fixed windows, in this process: with several processes each counts for itself, so
 * together they allow as many times the limit as there are processes.
 */
export function makeCounter(name: string, { requests, windowSeconds }: RequestLimit) {
  const windows = new Map<string, Window>()
  const policy = `"${name}";q=${requests};w=${windowSeconds}`

  function windowOf(key: string, at: number): Window {
    const known = windows.get(key)
    if (known && known.endsAt > at) return known
    if (windows.size >= KEEP_MAX) for (const [other, { endsAt }] of windows) if (endsAt <= at) windows.delete(other)
    if (windows.size >= KEEP_MAX) windows.clear()
    const fresh = { used: 0, endsAt: at + windowSeconds * 1000 }
    windows.set(key, fresh)
    return fresh
  }

  return {
    /**
     * Counts one request.
     *
     * @returns the headers that announce the limit
     * @throws AppError `too-many-requests` with the seconds to wait
     */
    count(key: string): RateHeaders {
      const at = Date.now()
      const window = windowOf(key, at)
      const seconds = Math.max(1, Math.ceil((window.endsAt - at) / 1000))
      window.used += 1
      if (window.used > requests) throw new AppError('too-many-requests', `more than ${requests} requests in ${windowSeconds} seconds; go on in ${seconds} seconds`, { retryAfterSeconds: seconds })
      return { 'ratelimit-policy': policy, ratelimit: `"${name}";r=${requests - window.used};t=${seconds}` }
    },
    /** The headers of a key that has used everything up. */
    spent: (seconds: number): RateHeaders => ({ 'ratelimit-policy': policy, ratelimit: `"${name}";r=0;t=${seconds}` }),
  }
}

export type RequestCounter = ReturnType<typeof makeCounter>
