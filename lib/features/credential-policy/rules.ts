import type { Rights } from '@/lib/access/rights'
import { AppError } from '@/lib/errors'

export const MAKERS = ['holders', 'administrators', 'nobody'] as const
/** Who may make a kind of credential: whoever holds the permission, of those only administrators, or nobody. */
export type Makers = (typeof MAKERS)[number]

export type CredentialKind = 'apiKey' | 'serviceAccountKey' | 'token'

export const ON_LEAK = ['revoke', 'suspend', 'report'] as const
/** What happens to a credential whose secret was found where it must not be; `report`: its people are told, and no more. */
export type OnLeak = (typeof ON_LEAK)[number]

/** What an organization demands of its credentials; null: no such demand. `requestsPerMinute` only lowers what the installation allows. */
export type CredentialPolicy = {
  maxLifetimeDays: number | null
  defaultLifetimeDays: number | null
  suspendUnusedDays: number | null
  requestsPerMinute: number | null
  /** Days before the end at which its people are reminded, longest first; none: never. */
  reminderDays: readonly number[]
  onLeak: OnLeak
  makers: Readonly<Record<CredentialKind, Makers>>
}

/** In force until an organization says otherwise. */
export const DEFAULT_POLICY: CredentialPolicy = {
  maxLifetimeDays: null, defaultLifetimeDays: null, suspendUnusedDays: null, requestsPerMinute: null, reminderDays: [14, 3], onLeak: 'revoke',
  makers: { apiKey: 'holders', serviceAccountKey: 'holders', token: 'holders' },
}

/** The fewest and most requests a minute an organization may allow its credentials; the most is what the installation allows. */
export const REQUESTS_MIN = 60
export const REQUESTS_MAX = 60_000

const DAY_MS = 24 * 3600_000
const after = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS)

const tooLong = (days: number): AppError => {
  const message = `The organization allows at most ${days} ${days === 1 ? 'day' : 'days'}; choose an earlier end`
  return new AppError('invalid-input', `\`expiresAt\`: ${message}`, { fields: [{ path: 'expiresAt', message }] })
}

/**
 * When a credential ends: as asked, else as the policy says for keys. An application token gets an end only when it has to.
 *
 * @param wanted undefined: not asked; null: never
 * @param madeAt from when its life is counted
 * @throws AppError `invalid-input` when the end has passed or its life would be too long
 */
export function endOf(policy: CredentialPolicy, kind: CredentialKind, wanted: Date | null | undefined, { madeAt, now }: { madeAt: Date; now: Date }): Date | null {
  const { maxLifetimeDays: most, defaultLifetimeDays: usual } = policy
  if (wanted === undefined) {
    const days = kind === 'token' ? most : (usual ?? most)
    return days === null ? null : after(madeAt, most === null ? days : Math.min(days, most))
  }
  if (wanted !== null && wanted <= now) {
    const message = 'Choose a time in the future'
    throw new AppError('invalid-input', '`expiresAt`: the end lies in the past', { fields: [{ path: 'expiresAt', message }] })
  }
  if (most !== null && (wanted === null || wanted > after(madeAt, most))) throw tooLong(most)
  return wanted
}

const TITLES: Record<CredentialKind, string> = { apiKey: 'API keys', serviceAccountKey: 'keys of service accounts', token: 'application tokens' }

/** Why somebody may not make a kind of credential, though they hold the permission; null when they may. */
export function makingProblem(policy: CredentialPolicy, kind: CredentialKind, rights: Rights): string | null {
  const makers = policy.makers[kind]
  if (makers === 'holders') return null
  if (makers === 'nobody') return `the organization’s credential policy lets nobody make ${TITLES[kind]}`
  return rights.holds('member:write') && rights.holds('assignment:write') ? null : `the organization’s credential policy lets only administrators make ${TITLES[kind]}`
}
