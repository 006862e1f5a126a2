import { AppError } from '@/lib/errors'
import type { Actor, SessionActor } from './actor'

/** For so long a proof of who one is counts as recent. */
export const RECENT_MINUTES = 10

/** Whether whoever sits at the browser has proven not long ago that it is them. */
export const isRecentlyProven = ({ confirmedAt }: Pick<SessionActor, 'confirmedAt'>, at: Date): boolean => at.getTime() - confirmedAt.getTime() <= RECENT_MINUTES * 60_000

/**
 * Step-up: before something dangerous, whoever sits at the browser must have proven not long ago that it is them.
 * Credentials and the local command are not asked: nobody is there to answer, and making a credential is itself
 * something for which a person is asked.
 *
 * @throws AppError `confirmation-required`
 */
export function requireRecentAuthentication(actor: Actor, at: Date): void {
  if (actor.type !== 'session' || isRecentlyProven(actor, at)) return
  throw new AppError('confirmation-required', `this needs a proof that it is you, not older than ${RECENT_MINUTES} minutes`)
}
