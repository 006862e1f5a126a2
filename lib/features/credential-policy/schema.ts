import { z } from 'zod'
import { MAKERS, ON_LEAK, REQUESTS_MAX, REQUESTS_MIN } from './rules'

const DAYS_MAX = 3650
const days = (least: number) => z.number().int('Use whole days').min(least, `Use at least ${least} ${least === 1 ? 'day' : 'days'}`).max(DAYS_MAX, `Use at most ${DAYS_MAX} days`)
const Makers = z.enum(MAKERS, 'Choose holders, administrators or nobody')

/** Kept longest first, each once. */
const ReminderDays = z.array(z.number().int('Use whole days').min(1, 'Use at least 1 day').max(90, 'Use at most 90 days')).max(5, 'Give at most 5 reminders')
  .transform((list) => [...new Set(list)].sort((a, b) => b - a))

/** Whatever is left out stays as it is; null lifts a limit. */
export const UpdateCredentialPolicyInput = z.strictObject({
  maxLifetimeDays: days(1).nullish(),
  defaultLifetimeDays: days(1).nullish(),
  suspendUnusedDays: days(7).nullish(),
  requestsPerMinute: z.number().int('Use a whole number').min(REQUESTS_MIN, `Use at least ${REQUESTS_MIN} requests a minute`).max(REQUESTS_MAX, `Use at most ${REQUESTS_MAX} requests a minute`).nullish(),
  reminderDays: ReminderDays.optional(),
  onLeak: z.enum(ON_LEAK, 'Choose revoke, suspend or report').optional(),
  makers: z.strictObject({ apiKey: Makers.optional(), serviceAccountKey: Makers.optional(), token: Makers.optional() }).optional(),
})

/** Limits somebody thinks of; null: none. */
export const PolicyEffectsInput = z.strictObject({ maxLifetimeDays: days(1).nullable(), suspendUnusedDays: days(1).nullable() })
