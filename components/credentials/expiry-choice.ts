/** What an organization demands of the life of its credentials, in days; null: no limit, no end. */
export type LifetimePolicy = { maxLifetimeDays: number | null; defaultLifetimeDays: number | null }

export const EXPIRY_PRESETS = [7, 30, 90] as const

/** A number of days from now, a day (`YYYY-MM-DD`), or no end. */
export type ExpiryChoice = { kind: 'days'; days: number } | { kind: 'date'; date: string } | { kind: 'none' }

const DAY_MS = 24 * 3600_000

/** The choice a form begins with: the organization's default, as far as its limit allows. */
export function firstExpiry({ maxLifetimeDays, defaultLifetimeDays }: LifetimePolicy): ExpiryChoice {
  if (defaultLifetimeDays !== null) return { kind: 'days', days: Math.min(defaultLifetimeDays, maxLifetimeDays ?? defaultLifetimeDays) }
  return maxLifetimeDays === null ? { kind: 'none' } : { kind: 'days', days: maxLifetimeDays }
}

/** Presets within the limit, the limit itself and the default, shortest first. */
export function offeredDays({ maxLifetimeDays, defaultLifetimeDays }: LifetimePolicy): number[] {
  const limit = maxLifetimeDays ?? Number.POSITIVE_INFINITY
  const days = [...EXPIRY_PRESETS, ...(defaultLifetimeDays === null ? [] : [defaultLifetimeDays]), ...(maxLifetimeDays === null ? [] : [maxLifetimeDays])]
  return [...new Set(days.filter((each) => each <= limit))].sort((a, b) => a - b)
}

/** A browser's clock may be ahead of the server's: the longest life allowed is asked for with this much less. */
const CLOCK_MS = 5 * 60_000

/** The moment of the end, RFC 3339; null for none. A day ends at its last second in UTC. */
export function expiresAtOf(choice: ExpiryChoice, now: number, { maxLifetimeDays }: Pick<LifetimePolicy, 'maxLifetimeDays'>): string | null {
  if (choice.kind === 'none') return null
  if (choice.kind === 'date') return `${choice.date}T23:59:59.000Z`
  return new Date(now + choice.days * DAY_MS - (choice.days === maxLifetimeDays ? CLOCK_MS : 0)).toISOString()
}

/** The first and the last day that can be chosen. */
export function dateBounds({ maxLifetimeDays }: LifetimePolicy, now: number): { min: string; max: string | undefined } {
  const day = (days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10)
  // The limit counts to the second, a day ends at its last: the day before it is the last that surely fits.
  return { min: day(0), max: maxLifetimeDays === null ? undefined : day(Math.max(0, maxLifetimeDays - 1)) }
}

/** What is wrong with the choice, or null. */
export function expiryProblem(choice: ExpiryChoice, policy: LifetimePolicy, now: number): string | null {
  if (choice.kind === 'none') return policy.maxLifetimeDays === null ? null : `This organization wants an end within ${policy.maxLifetimeDays} days`
  if (choice.kind === 'days') return null
  if (!/^\d{4}-\d\d-\d\d$/.test(choice.date) || Number.isNaN(Date.parse(choice.date))) return 'Choose the day it ends'
  const { min, max } = dateBounds(policy, now)
  if (choice.date < min) return 'Choose a day that has not passed'
  return max !== undefined && choice.date > max ? `This organization wants an end within ${policy.maxLifetimeDays} days` : null
}
