import { AppError } from '@/lib/errors'
import { isSignInRefusal, refusalSentence } from '@/lib/features/sso-connections/refusals'

const ANY_ORIGIN = 'http://gatehouse.invalid'

/** Addresses below the site that nobody should be sent to after signing in. */
const NOT_A_PLACE = /^\/(?:api|sign-in|sign-out|_next)(?:[/?#]|$)/

/**
 * Where to go after signing in, when somebody asked for a place.
 *
 * @param asked `next` as the address bar had it: anybody may have written it
 * @returns a path of this site with its query, or null when it leads anywhere else
 */
export function safeNextPath(asked: string | undefined): string | null {
  if (asked === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked) || !URL.canParse(asked, ANY_ORIGIN)) return null
  const url = new URL(asked, ANY_ORIGIN)
  if (url.origin !== ANY_ORIGIN || url.pathname.startsWith('//') || NOT_A_PLACE.test(url.pathname)) return null
  return `${url.pathname}${url.search}${url.hash}`
}

export type SignInReason = 'session-ended' | 'suspended' | 'signed-out' | 'password-changed' | 'second-step-over' | 'session-expired'

const REASONS: Readonly<Record<SignInReason, string>> = {
  'session-ended': 'Your session has ended. Sign in again to go on.',
  suspended: 'Your membership in that organization is suspended. Ask one of its administrators, or sign in with another account.',
  'signed-out': 'You are signed out.',
  'second-step-over': 'That took too long. Sign in again from the beginning.',
  'session-expired': 'The organization limits how long a session lives or may lie unused. Sign in again to go on.',
  'password-changed': 'Your password is changed and every session was ended. Sign in with the new one.',
}

/** Refusals that NextAuth hands to the page as `?error=`. */
const NEXT_AUTH_ERRORS: Readonly<Record<string, string>> = {
  CredentialsSignin: 'The e-mail address or the password is wrong.',
  SecondFactor: 'This account has a second factor. Sign in here, so that you can show it.',
  TooManyAttempts: 'There were too many attempts. Wait a few minutes and try again.',
}

export const isSignInReason = (word: string | undefined): word is SignInReason => word !== undefined && Object.hasOwn(REASONS, word)

/** Why somebody finds themselves at the sign-in page, in a sentence, or null. */
export function signInNotice(reason: string | undefined, error: string | undefined, reference?: string): { tone: 'neutral' | 'bad'; text: string } | null {
  if (isSignInRefusal(error)) return { tone: 'bad', text: `Signing in did not work. ${refusalSentence(error)}${reference && /^[\w.-]{8,80}$/.test(reference) ? ` Reference: ${reference}` : ''}` }
  if (error !== undefined) return { tone: 'bad', text: NEXT_AUTH_ERRORS[error] ?? 'Signing in did not work. Try again.' }
  if (!isSignInReason(reason)) return null
  return { tone: reason === 'suspended' ? 'bad' : 'neutral', text: REASONS[reason] }
}

/** A refusal that belongs to one field. */
export const fieldProblem = (path: string, message: string): AppError => new AppError('invalid-input', `\`${path}\`: ${message}`, { fields: [{ path, message }] })
