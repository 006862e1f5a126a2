import { makeAccessToken, type TokenSource } from '@/lib/access/principals/access-token'
import { now } from '@/lib/clock'
import { authenticateClient } from './client'
import { required, type Form } from './form'
import { CLIENT_CREDENTIALS } from './metadata'
import { OauthError } from './refusal'

export type TokenRequest = { authorization: string | undefined; form: Form }
export type TokenAnswer = { access_token: string; token_type: 'Bearer'; expires_in: number; issued_token_type?: string }

type Grant = (request: TokenRequest) => Promise<TokenAnswer>

/** A new access token of a source, as it is answered. */
export function answerToken(organizationId: string, source: TokenSource, at: Date, sourceEndsAt: Date | null): TokenAnswer {
  const { token, expiresAt } = makeAccessToken(organizationId, source, at, sourceEndsAt)
  return { access_token: token, token_type: 'Bearer', expires_in: Math.floor(expiresAt.getTime() / 1000) - Math.floor(at.getTime() / 1000) }
}

/** RFC 6749 §4.4. What the token may do is what its source may at every moment, so nothing is noted but the use of the source. */
const clientCredentials: Grant = async ({ authorization, form }) => {
  const { credential, organizationId, expiresAt } = await authenticateClient(authorization, form)
  return answerToken(organizationId, { type: credential.type === 'token' ? 'token' : 'key', id: credential.id }, now(), expiresAt)
}

const GRANTS: ReadonlyMap<string, Grant> = new Map([[CLIENT_CREDENTIALS, clientCredentials]])

/** Answers a token request. @throws OauthError, AppError */
export async function grantToken(request: TokenRequest): Promise<TokenAnswer> {
  const type = required(request.form, 'grant_type')
  const grant = GRANTS.get(type)
  if (!grant) throw new OauthError('unsupported_grant_type', `\`${type.slice(0, 80)}\` is no grant type here; ${[...GRANTS.keys()].join(' and ')} are`)
  // Giving more than was asked for would be worse than refusing.
  if (request.form.get('scope') !== undefined) throw new OauthError('invalid_scope', 'there are no scopes here: a token may do what its source may; narrow the source instead')
  return grant(request)
}
