import { isAccessToken } from '@/lib/access/principals/access-token'
import { actorOfCredential, isActor } from '@/lib/access/principals/credential'
import type { CredentialActor } from '@/lib/access/principals/actor'
import { joinSecret } from '@/lib/access/principals/secret-format'
import { AppError } from '@/lib/errors'
import { secretIn } from '../credential'
import type { Form } from './form'
import { OauthError } from './refusal'

/** Client id and secret in the body, as one secret (RFC 6749 §2.3.1); undefined when they are not there. */
export function secretInForm(form: Form): string | undefined {
  const [id, secret] = [form.get('client_id'), form.get('client_secret')]
  if (secret === undefined) return undefined
  if (id === undefined) throw new OauthError('invalid_request', '`client_id` is missing')
  return id === 'token' ? secret : joinSecret(id, secret)
}

/**
 * The secret a client authenticates with, by HTTP Basic or in the body, not both.
 *
 * @throws OauthError `invalid_request`, `invalid_client`
 */
function clientSecret(authorization: string | undefined, form: Form): string {
  const inForm = secretInForm(form)
  if (authorization === undefined) {
    if (inForm === undefined) throw new OauthError('invalid_client', 'the client did not authenticate; send client id and secret by HTTP Basic or as `client_id` and `client_secret`', 401)
    return inForm
  }
  if (inForm !== undefined) throw new OauthError('invalid_request', 'authenticate by HTTP Basic or in the body, not both')
  const inHeader = /^Basic\s/i.test(authorization) ? secretIn(authorization) : undefined
  if (inHeader === undefined) throw new OauthError('invalid_client', 'the `Authorization` header is not HTTP Basic with client id and secret', 401)
  return inHeader
}

/**
 * The client of a token request: an application token or a key, as client id and secret. An access token is none, or it
 * could prolong itself for ever.
 *
 * @throws OauthError; AppError `unauthenticated` or `forbidden` saying why
 */
export async function authenticateClient(authorization: string | undefined, form: Form): Promise<CredentialActor> {
  const secret = clientSecret(authorization, form)
  if (isAccessToken(secret)) throw new OauthError('invalid_client', 'an access token makes no further ones', 401)
  const found = await actorOfCredential(secret)
  if (isActor(found)) return found
  throw new AppError(found.refused === 'wrong-address' ? 'forbidden' : 'unauthenticated', found.message)
}
