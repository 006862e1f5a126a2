import { now } from '@/lib/clock'
import { authenticateClient } from './client'
import { exchangeToken } from './exchange'
import { required, type Form } from './form'
import { CLIENT_CREDENTIALS, TOKEN_EXCHANGE } from './metadata'
import { OauthError } from './refusal'
import { answerToken, type TokenAnswer } from './token-answer'

export type TokenRequest = { authorization: string | undefined; form: Form }
type Grant = (request: TokenRequest) => Promise<TokenAnswer>

/** RFC 6749 §4.4. What the token may do is what its source may at every moment, so nothing is noted but the use of the source. */
const clientCredentials: Grant = async ({ authorization, form }) => {
  const { credential, organizationId, expiresAt } = await authenticateClient(authorization, form)
  return answerToken(organizationId, { type: credential.type === 'token' ? 'token' : 'key', id: credential.id }, now(), expiresAt)
}

const GRANTS: ReadonlyMap<string, Grant> = new Map<string, Grant>([[CLIENT_CREDENTIALS, clientCredentials], [TOKEN_EXCHANGE, ({ form }) => exchangeToken(form)]])

/** Answers a token request. @throws OauthError, AppError */
export async function grantToken(request: TokenRequest): Promise<TokenAnswer> {
  const type = required(request.form, 'grant_type')
  const grant = GRANTS.get(type)
  if (!grant) throw new OauthError('unsupported_grant_type', `\`${type.slice(0, 80)}\` is no grant type here; ${[...GRANTS.keys()].join(' and ')} are`)
  // Giving more than was asked for would be worse than refusing.
  if (request.form.get('scope') !== undefined) throw new OauthError('invalid_scope', 'there are no scopes here: a token may do what its source may; narrow the source instead')
  return grant(request)
}
