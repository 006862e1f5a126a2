import { now } from '@/lib/clock'
import { processWide } from '@/lib/process-state'

export type Kept<T> = { ok: true; value: T } | { ok: false; message: string }

/** What is kept is asked for again after so long. */
const FRESH_MS = 10 * 60_000
/** A part nobody knows makes its source be asked again, but not more often than this: else strangers could make us ask. */
const AGAIN_MS = 30_000
/** A source that cannot be reached is believed on what it said last, so long. */
const STALE_MS = 24 * 3600_000
const KEPT_MAX = 500

type Entry<T> = { value: T | null; fetchedAt: number; triedAt: number; problem: string; pending: Promise<void> | null }

/**
 * Keeps what was fetched from elsewhere, such as public keys, by its address. Askers at the same time share one request.
 *
 * @param load fetches; what it throws says for people why not
 * @param has whether a value has the part that is asked for; if not, its source may have a new one
 */
export function keeper<T>(name: string, load: (address: string) => Promise<T>, has: (value: T, part: string | undefined) => boolean) {
  const entries = () => processWide(name, () => new Map<string, Entry<T>>())

  function entryOf(address: string): Entry<T> {
    const known = entries().get(address)
    if (known) return known
    if (entries().size >= KEPT_MAX) entries().clear()
    const entry: Entry<T> = { value: null, fetchedAt: -Infinity, triedAt: -Infinity, problem: '', pending: null }
    entries().set(address, entry)
    return entry
  }

  async function refresh(address: string, entry: Entry<T>): Promise<void> {
    entry.triedAt = now().getTime()
    try {
      entry.value = await load(address)
      entry.fetchedAt = entry.triedAt
      entry.problem = ''
    } catch (error) {
      entry.problem = error instanceof Error ? error.message : 'it cannot be read'
    } finally {
      entry.pending = null
    }
  }

  return {
    async find(address: string, part: string | undefined): Promise<Kept<T>> {
      const entry = entryOf(address)
      const at = now().getTime()
      const isGood = entry.value !== null && has(entry.value, part) && at - entry.fetchedAt < FRESH_MS
      if (!isGood && (entry.pending !== null || at - entry.triedAt >= AGAIN_MS)) await (entry.pending ??= refresh(address, entry))
      const { value, fetchedAt, problem } = entry
      if (value !== null && at - fetchedAt < STALE_MS) return { ok: true, value }
      return { ok: false, message: problem || 'it cannot be read' }
    },
    /** For tests: as after a start. */
    forget: (): void => entries().clear(),
  }
}
