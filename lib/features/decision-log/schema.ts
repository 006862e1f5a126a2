import { z } from 'zod'

const Text = z.string().trim().min(1).max(200)

/** Which decisions: about one principal, about one permission. */
export const DecisionFilter = z.strictObject({ principal: Text.optional(), permission: Text.optional() })
export type DecisionFilter = z.output<typeof DecisionFilter>

const Moment = z.iso.datetime({ offset: true, error: 'expected a moment such as 2026-11-22T09:30:00Z' }).optional()

/** The same within a range of time; left out, the last hour. */
export const CountFilter = DecisionFilter.extend({ from: Moment, to: Moment })
export type CountFilter = z.output<typeof CountFilter>
