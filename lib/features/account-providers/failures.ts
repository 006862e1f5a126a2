import { requestFacts, type RequestFacts } from '@/lib/request'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'

// NextAuth answers every failure with the same word and tells its logger, which is one for the whole process; so what it
// told is kept by the request in which it did.
const told = new WeakMap<RequestFacts, string>()

const messageOf = (value: unknown): string => {
  if (value instanceof Error) return value.message
  return typeof value === 'object' && value !== null && 'error' in value ? messageOf(value.error) : ''
}

/** Keeps what NextAuth told its logger of this request. */
export const keepFailure = (metadata: unknown): void => void told.set(requestFacts(), messageOf(metadata))

/** What it told, in the words of the library below it. */
export const failureOfRequest = (): string => told.get(requestFacts()) ?? ''

/** Messages of openid-client 5 and NextAuth, and what each means here. */
const MEANINGS: readonly [RegExp, SignInRefusal][] = [
  [/cookie was (missing|created)|value could not be parsed/i, 'state-unknown'],
  [/^state |state mismatch|state missing/i, 'state-unknown'],
  [/nonce/i, 'nonce-mismatch'],
  [/\biss\b|issuer/i, 'issuer-mismatch'],
  [/\baud\b|\bazp\b|audience/i, 'wrong-audience'],
  [/expired|not active yet|issued in the future|\bexp\b|\biat\b|too much time/i, 'token-expired'],
  [/signature|JWT alg|no (valid|matching) key|key found/i, 'signature-invalid'],
  [/invalid_grant/i, 'code-refused'],
  [/access_denied|interaction_required|login_required|consent_required/i, 'provider-refused'],
  [/id_token|JWT|sub /i, 'token-invalid'],
]

/** Why a sign-in through NextAuth failed, as a reason of ours. */
export const refusalOfFailure = (message: string): SignInRefusal => MEANINGS.find(([pattern]) => pattern.test(message))?.[1] ?? 'provider-unreachable'
