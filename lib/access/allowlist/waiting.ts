import type { Mode } from './surfaces'

/** So long a change that could lock people out waits to be confirmed. */
export const CONFIRM_MS = 5 * 60_000

/** The settings as stored. Moments in epoch milliseconds. */
export type Settings = {
  mode: Mode
  coversData: boolean
  /** While a change waits to be confirmed: when it counts as taken back, and what is in force from then on. */
  waiting: { revertAt: number; mode: Mode; coversData: boolean } | null
}

export const NO_ALLOWLIST: Settings = { mode: 'off', coversData: false, waiting: null }

/** How a change that waits to be confirmed touched an entry. */
export type Pending = 'added' | 'changed' | 'removed'

/** What of an entry a change may touch. */
export type Terms<Surfaces> = { surfaces: Surfaces; expiresAt: number | null }

/** Whether a change was taken back because nobody confirmed it in time. Computed whenever somebody looks. */
export const hasLapsed = ({ waiting }: Settings, at: number): boolean => waiting !== null && waiting.revertAt <= at

/** What is in force at a moment. */
export function inForce(settings: Settings, at: number): { mode: Mode; coversData: boolean } {
  return settings.waiting !== null && hasLapsed(settings, at) ? settings.waiting : settings
}

/** What counts of an entry; null: nothing. `lapsed` says that the change that touched it was taken back. */
export function termsOf<S>(entry: Terms<S> & { pending: Pending | null; previous: Terms<S> | null }, lapsed: boolean): Terms<S> | null {
  if (entry.pending === 'added') return lapsed ? null : entry
  if (entry.pending === 'removed') return lapsed ? entry : null
  return lapsed && entry.previous !== null ? entry.previous : entry
}
