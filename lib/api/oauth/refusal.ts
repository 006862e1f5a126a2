import { refusalOf } from '@/lib/boundary/report'
import { isAppError } from '@/lib/errors'
import { challenge } from '../credential'

/** Codes of RFC 6749 §5.2, RFC 6750 §3.1 and RFC 8693 §2.2.2; the last two for what no OAuth specification has a code for. */
export type OauthCode =
  | 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope' | 'invalid_target'
  | 'invalid_token' | 'insufficient_scope' | 'access_denied' | 'temporarily_unavailable' | 'server_error'

/** A refusal in OAuth's own words. `message` is for developers, without anything a stranger must not know. */
export class OauthError extends Error {
  /** @param isGuess it counts against the address it came from */
  constructor(readonly code: OauthCode, message: string, readonly status = 400, readonly isGuess = code === 'invalid_client') {
    super(message)
    this.name = 'OauthError'
  }
}

/** How a refused request is answered. */
export type OauthRefusal = { status: number; headers: Record<string, string>; body: { error: OauthCode; error_description: string } }

const BY_STATUS: Readonly<Record<number, OauthCode>> = { 400: 'invalid_request', 403: 'access_denied', 413: 'invalid_request', 429: 'temporarily_unavailable', 503: 'temporarily_unavailable' }

/** RFC 6749 allows no quotation mark, backslash or character outside ASCII in a description. */
const plain = (text: string): string => text.replace(/[`"\\]/g, "'").replaceAll('’', "'").replace(/[^\x20-\x7e]/g, '?')

const refusal = (status: number, error: OauthCode, message: string, headers: Record<string, string> = {}): OauthRefusal =>
  ({ status, headers, body: { error, error_description: plain(message) } })

/**
 * Any caught value as an OAuth error. What nobody expected is logged, and only its id told.
 *
 * @param asBearer the caller presented, or should have presented, a token rather than client id and secret
 */
export function oauthRefusalOf(caught: unknown, asBearer: boolean): OauthRefusal {
  if (caught instanceof OauthError) {
    return refusal(caught.status, caught.code, caught.message, caught.status === 401 ? { 'www-authenticate': `Basic realm="gatehouse"` } : {})
  }
  const { status, message, retryAfterSeconds, requestId } = refusalOf(caught)
  const wait: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  if (isAppError(caught) && caught.code === 'unauthenticated') {
    return asBearer
      ? refusal(401, 'invalid_token', message, { 'www-authenticate': `${challenge(message)}, Basic realm="gatehouse"` })
      : refusal(401, 'invalid_client', message, { 'www-authenticate': 'Basic realm="gatehouse"' })
  }
  return refusal(status, BY_STATUS[status] ?? 'server_error', status === 500 ? `${message} (${requestId})` : message, wait)
}
