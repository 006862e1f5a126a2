import type { SessionActor } from '@/lib/access/principals/actor'
import { db } from '@/lib/db'
import { passwordMatches } from '@/lib/passwords'
import { countAttempt, forgetAttempts } from '@/lib/rate-limit'
import { fieldProblem } from './rules'

/**
 * Demands the password once more before something that could take the account away. Attempts count
 * like those at the sign-in page, so an open browser is no way to guess it.
 *
 * @param path the form's field
 * @throws AppError `invalid-input` at that field, `too-many-requests`
 */
export async function requirePassword(actor: SessionActor, password: string, path: string): Promise<void> {
  await countAttempt('sign-in-account', actor.email)
  const account = await db().account.findUnique({ where: { id: actor.accountId }, select: { passwordHash: true } })
  if (account?.passwordHash === null) throw fieldProblem(path, 'You have no password yet; set one through “Forgot password?” on the sign-in page')
  if (!(await passwordMatches(account?.passwordHash ?? null, password))) throw fieldProblem(path, 'This is not your current password')
  await forgetAttempts('sign-in-account', actor.email)
}
