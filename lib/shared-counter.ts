import { isIPv6 } from 'node:net'
import { Prisma } from '@/lib/generated/prisma/client'
import { now } from './clock'
import { db } from './db'
import { mac } from './secrets'

/** So much within a window. */
export type Limit = { count: number; windowSeconds: number }

/** What the database knows about a key: everything all processes told in the window under way. */
export type Told = { count: number; endsAt: number }

/** Names no address or e-mail, only its keyed hash. */
export const limitKey = (name: string, by: string): string => `${name}:${mac('link', `limit:${by}`).slice(0, 32)}`

/** A whole IPv6 network of 64 bits counts as one address, since one customer has at least that many. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const missing = 8 - groups(head).length - groups(tail).length
  const all = tail === undefined ? groups(head) : [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)]
  return `${all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** Adds to a count that all processes share, in one statement of its own; a window begins with what is counted first. */
export async function tellDatabase(name: string, by: string, weight: number, windowSeconds: number): Promise<Told> {
  const at = now()
  const ends = new Date(at.getTime() + windowSeconds * 1000)
  const [row] = await db().$queryRaw<{ count: number; windowEndAt: Date }[]>(Prisma.sql`
    INSERT INTO "RateLimit" ("key", "count", "windowEndAt") VALUES (${limitKey(name, by)}, ${weight}, ${ends})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "RateLimit"."windowEndAt" <= ${at} THEN ${weight} ELSE "RateLimit"."count" + ${weight} END,
      "windowEndAt" = CASE WHEN "RateLimit"."windowEndAt" <= ${at} THEN ${ends} ELSE "RateLimit"."windowEndAt" END
    RETURNING "count", "windowEndAt"`)
  return { count: row?.count ?? weight, endsAt: row?.windowEndAt.getTime() ?? ends.getTime() }
}

/** What is left of a limit, and the seconds until it begins again. */
export type Standing = { isOver: boolean; remaining: number; seconds: number }

/** Counts that are told together. Whoever is in it has a place, in the order of counting. */
type Batch = { size: number; told: Promise<Told> | null }
type Window = { endsAt: number; told: number; open: Batch; flying: Batch | null }

const KEPT_MAX = 10_000
/** A process tells what it has counted whenever that is an eightieth of the limit. */
const SHARES = 80

const emptyBatch = (): Batch => ({ size: 0, told: null })
const usedIn = ({ told, open, flying }: Window): number => told + open.size + (flying?.size ?? 0)

function standingIn(window: Window, limit: Limit, isOver: boolean): Standing {
  const seconds = Math.max(1, Math.ceil((window.endsAt - now().getTime()) / 1000))
  return { isOver, remaining: isOver ? 0 : Math.max(0, limit.count - usedIn(window)), seconds }
}

/**
 * Counts by key in memory, and tells the database only when a process has counted an eightieth of the limit since it last did:
 * at most eighty statements a window, however many requests, and none for whoever asks little or is refused. What a process
 * does not know of another is at most two eightieths; whoever comes while that much is untold waits for the answer.
 */
export function makeSharedCounter(name: string, tell: typeof tellDatabase = tellDatabase) {
  const windows = new Map<string, Window>()

  function windowOf(key: string, at: number, seconds: number): Window {
    const known = windows.get(key)
    if (known && known.endsAt > at) return known
    if (windows.size >= KEPT_MAX) makeRoom(at)
    const fresh: Window = { endsAt: at + seconds * 1000, told: 0, open: emptyBatch(), flying: null }
    windows.set(key, fresh)
    return fresh
  }

  /** Ended windows go; if that is not enough, the tenth that came first, whose limits then begin anew in this process. */
  function makeRoom(at: number): void {
    for (const [key, { endsAt }] of windows) if (endsAt <= at) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size < KEPT_MAX * 0.9) return
      windows.delete(key)
    }
  }

  async function send(key: string, window: Window, seconds: number): Promise<Told> {
    const batch = window.open
    window.flying = batch
    window.open = emptyBatch()
    try {
      const told = await tell(name, key, batch.size, seconds)
      window.told = told.count
      window.endsAt = told.endsAt
      return told
    } catch (error) {
      window.open.size += batch.size
      throw error
    } finally {
      window.flying = null
    }
  }

  /** The open batch goes as soon as the one before is through, with all that comes until then. */
  function flush(key: string, window: Window, seconds: number): Promise<Told> {
    const { open, flying } = window
    open.told ??= Promise.resolve(flying?.told).catch(() => undefined).then(() => send(key, window, seconds))
    // A failure concerns those who wait for it; the others are told with the next batch.
    open.told.catch(() => undefined)
    return open.told
  }

  return {
    /**
     * Counts one, unless the limit is reached: then nothing is counted or told.
     *
     * @returns at once, or when too much is untold a promise
     * @throws (as promise) what the database throws when its answer is waited for
     */
    count(key: string, limit: Limit): Standing | Promise<Standing> {
      const window = windowOf(key, now().getTime(), limit.windowSeconds)
      if (usedIn(window) >= limit.count) return standingIn(window, limit, true)
      const batch = window.open
      const place = (batch.size += 1)
      const share = Math.floor(limit.count / SHARES)
      if (place < share) return standingIn(window, limit, false)
      const told = flush(key, window, limit.windowSeconds)
      if (usedIn(window) - window.told < 2 * share) return standingIn(window, limit, false)
      return told.then(({ count }) => standingIn(window, limit, count - batch.size + place > limit.count))
    },
  }
}

export type SharedCounter = ReturnType<typeof makeSharedCounter>
