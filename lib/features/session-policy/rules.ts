import { AppError } from '@/lib/errors'

/** What an organization demands of sessions. `from` is a moment: from then on a second factor is demanded; null: never. */
export type SessionPolicy = { from: Date | null; connectionsCount: boolean; lifetimeMinutes: number | null; idleMinutes: number | null }

export type SessionPolicyChange = {
  secondFactor?: 'off' | 'required' | undefined
  graceDays?: number | undefined
  connectionsCount?: boolean | undefined
  lifetimeMinutes?: number | null | undefined
  idleMinutes?: number | null | undefined
}

const DAY_MS = 24 * 3600_000
const pick = <T>(wanted: T | undefined, present: T): T => (wanted === undefined ? present : wanted)

function nextFrom(present: Date | null, { secondFactor, graceDays }: SessionPolicyChange, now: Date): Date | null {
  if (secondFactor === 'off') return null
  const isOn = present !== null || secondFactor === 'required'
  if (!isOn) return null
  // Saying `required` again does not begin the grace anew; naming days does.
  return present !== null && graceDays === undefined ? present : new Date(now.getTime() + (graceDays ?? 0) * DAY_MS)
}

/** The policy after a change. @throws AppError `invalid-input` when idle time is longer than life */
export function changedPolicy(present: SessionPolicy, change: SessionPolicyChange, now: Date): SessionPolicy {
  const next = {
    from: nextFrom(present.from, change, now),
    connectionsCount: pick(change.connectionsCount, present.connectionsCount),
    lifetimeMinutes: pick(change.lifetimeMinutes, present.lifetimeMinutes),
    idleMinutes: pick(change.idleMinutes, present.idleMinutes),
  }
  if (next.lifetimeMinutes !== null && next.idleMinutes !== null && next.idleMinutes > next.lifetimeMinutes) {
    const message = `A session cannot lie unused for longer than it lives, which is ${next.lifetimeMinutes} minutes`
    throw new AppError('invalid-input', `\`idleMinutes\`: ${message}`, { fields: [{ path: 'idleMinutes', message }] })
  }
  return next
}
