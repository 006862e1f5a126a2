import type { CredentialActor } from '@/lib/access/principals/actor'
import { actorOfCredential, isActor } from '@/lib/access/principals/credential'
import { joinSecret } from '@/lib/access/principals/secret-format'
import { AppError } from '@/lib/errors'

/** Both schemes mean the same; `Bearer` is what clients send by default. */
const HEADER = /^(?:Bearer|ApiKey)\s+(\S+)\s*$/i

const MISSING = 'no credential was sent'

/** Nothing was sent; `what` says what should have been. */
export const noCredential = (what: string): AppError => new AppError('unauthenticated', `${MISSING}; send \`Authorization: Bearer <${what}>\``)

/** The answer's `WWW-Authenticate` (RFC 9110 §11.6.1, RFC 6750 §3): which scheme, and why not. */
export function challenge(reason: string): string {
  const text = reason.replace(/[`"\\]/g, "'").replace(/[^\x20-\x7e]/g, '?')
  return reason.startsWith(MISSING)
    ? 'Bearer realm="gatehouse", ApiKey realm="gatehouse"'
    : `Bearer realm="gatehouse", error="invalid_token", error_description="${text}", ApiKey realm="gatehouse"`
}

const BASIC = /^Basic\s+([A-Za-z0-9+/=]{1,400})\s*$/i

/** Client id and secret of HTTP Basic as one secret (RFC 7617); the name `token` stands before a whole token. */
function secretInBasic(authorization: string): string | undefined {
  const encoded = BASIC.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const [name, password] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)]
  return name === 'token' || name === '' ? password : joinSecret(name, password)
}

/** The secret in an `Authorization` header; undefined when the header has another form. */
export const secretIn = (authorization: string): string | undefined => HEADER.exec(authorization)?.[1] ?? secretInBasic(authorization)

/**
 * Who presents this `Authorization` header. Cookies are never looked at here, so no other site can
 * make a browser act.
 *
 * @throws AppError `unauthenticated` saying why, or `forbidden` when it may not be used from there
 */
export async function actorOfHeader(authorization: string | undefined): Promise<CredentialActor> {
  if (authorization === undefined || authorization.trim() === '') throw noCredential('API key')
  const secret = secretIn(authorization)
  if (secret === undefined) throw new AppError('unauthenticated', 'the `Authorization` header is neither `Bearer <API key>` nor `ApiKey <API key>` nor `Basic`')
  const found = await actorOfCredential(secret)
  if (!isActor(found)) throw new AppError(found.refused === 'wrong-address' ? 'forbidden' : 'unauthenticated', found.message)
  return found
}
