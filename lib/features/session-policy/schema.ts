import { z } from 'zod'
import { IDLE_MINUTES_MIN } from '@/lib/access/session-limits'

/** No session lives longer than this anyway. */
export const SESSION_MINUTES_MAX = 30 * 24 * 60
export const LIFETIME_MINUTES_MIN = 15
export const GRACE_DAYS_MAX = 60

const minutes = (least: number) =>
  z.number().int('Use whole minutes').min(least, `Use at least ${least} minutes`).max(SESSION_MINUTES_MAX, `Use at most ${SESSION_MINUTES_MAX} minutes, which are 30 days`)

/** Whatever is left out stays as it is; null lifts a limit. */
export const UpdateSessionPolicyInput = z.strictObject({
  secondFactor: z.enum(['off', 'required'], 'Choose off or required').optional(),
  /** Days until it is demanded, for those who have none yet. Counts when it is switched on. */
  graceDays: z.number().int('Use whole days').min(0, 'Use 0 or more days').max(GRACE_DAYS_MAX, `Use at most ${GRACE_DAYS_MAX} days`).optional(),
  connectionsCount: z.boolean().optional(),
  lifetimeMinutes: minutes(LIFETIME_MINUTES_MIN).nullish(),
  idleMinutes: minutes(IDLE_MINUTES_MIN).nullish(),
})
