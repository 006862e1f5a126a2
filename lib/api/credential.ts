import { actorOfApiKey, REFUSALS } from '@/lib/access/principals/api-key'
import type { ApiKeyActor } from '@/lib/access/principals/actor'
import { AppError } from '@/lib/errors'

/** Both schemes mean the same; `Bearer` is what clients send by default. */
const HEADER = /^(?:Bearer|ApiKey)\s+(\S+)\s*$/i

export const NO_CREDENTIAL = 'no credential was sent; send `Authorization: Bearer <API key>`'

/** The answer's `WWW-Authenticate` (RFC 9110 §11.6.1, RFC 6750 §3): which scheme, and why not. */
export function challenge(reason: string): string {
  const text = reason.replace(/[`"\\]/g, "'").replace(/[^\x20-\x7e]/g, '?')
  return reason === NO_CREDENTIAL
    ? 'Bearer realm="gatehouse", ApiKey realm="gatehouse"'
    : `Bearer realm="gatehouse", error="invalid_token", error_description="${text}", ApiKey realm="gatehouse"`
}

/** The secret in an `Authorization` header; undefined when the header has another form. */
export const secretIn = (authorization: string): string | undefined => HEADER.exec(authorization)?.[1]

/**
 * Who presents this `Authorization` header. Cookies are never looked at here, so no other site can
 * make a browser act.
 *
 * @throws AppError `unauthenticated` saying why
 */
export async function actorOfHeader(authorization: string | undefined): Promise<ApiKeyActor> {
  if (authorization === undefined || authorization.trim() === '') throw new AppError('unauthenticated', NO_CREDENTIAL)
  const secret = secretIn(authorization)
  if (secret === undefined) throw new AppError('unauthenticated', 'the `Authorization` header is neither `Bearer <API key>` nor `ApiKey <API key>`')
  const found = await actorOfApiKey(secret)
  if (typeof found === 'string') throw new AppError('unauthenticated', REFUSALS[found])
  return found
}
