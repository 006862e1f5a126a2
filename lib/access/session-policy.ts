import { AppError } from '@/lib/errors'
import type { SessionActor } from './principals/actor'
import { isBreakGlass } from './way-in'

/** What an organization demands of sessions; read with the organization at every entrance, so that a change counts at once everywhere. */
export type SessionDemands = {
  name: string
  /** From when on a second factor is demanded; null: never. */
  secondFactorFrom: Date | null
  /** Whether what came through an identity provider counts as having shown one. */
  connectionsAreStrong: boolean
  sessionLifetimeMinutes: number | null
}

export const sessionDemandColumns = { secondFactorFrom: true, connectionsAreStrong: true, sessionLifetimeMinutes: true } as const

/** Whether a session counts as one with a second factor. Only the organization's own connections may stand for one. */
const isStrong = (actor: Pick<SessionActor, 'secondFactor' | 'through'>, connectionsAreStrong: boolean): boolean =>
  actor.secondFactor !== null || (connectionsAreStrong && (actor.through?.connectionId ?? null) !== null)

/** Of a session that has to be opened anew here. */
export const expired = (name: string, why: string): AppError => new AppError('unauthenticated', `your session in ${name} ${why}; sign in again`, { reason: 'session-expired' })

/**
 * Holds a session to what the organization demands. A session of a recovery code has shown what it could, and lives short.
 *
 * @throws AppError `unauthenticated` when it is too old, `second-factor-required`
 */
export function requireSessionDemands(actor: SessionActor, demands: SessionDemands, at: Date): void {
  if (isBreakGlass(actor)) return
  const { name, secondFactorFrom, connectionsAreStrong, sessionLifetimeMinutes: most } = demands
  if (most !== null && at.getTime() - actor.openedAt.getTime() > most * 60_000) throw expired(name, 'is older than the organization allows')
  if (secondFactorFrom === null || secondFactorFrom > at || isStrong(actor, connectionsAreStrong)) return
  throw new AppError('second-factor-required', actor.hasSecondFactor ? `${name} demands a second factor; show yours` : `${name} demands a second factor; set one up on the Security page of your account`)
}
