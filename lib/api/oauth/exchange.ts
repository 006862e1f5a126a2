import { exchangeOutsideToken } from '@/lib/features/trusted-issuers/exchange'
import { ServiceAccountId } from '@/lib/features/service-accounts/schema'
import { required, type Form } from './form'
import { OauthError } from './refusal'
import { answerToken, type TokenAnswer } from './token-answer'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const JWT_TYPES = ['urn:ietf:params:oauth:token-type:jwt', 'urn:ietf:params:oauth:token-type:id_token']

/** RFC 8693: a token of a trusted outside issuer for one of the service account that `audience` names. */
export async function exchangeToken(form: Form): Promise<TokenAnswer> {
  const type = required(form, 'subject_token_type')
  if (!JWT_TYPES.includes(type)) throw new OauthError('invalid_request', `\`subject_token_type\` is ${JWT_TYPES.join(' or ')}`)
  const wanted = form.get('requested_token_type')
  if (wanted !== undefined && wanted !== ACCESS_TOKEN) throw new OauthError('invalid_request', `\`requested_token_type\` can only be ${ACCESS_TOKEN}`)
  if (form.get('actor_token') !== undefined) throw new OauthError('invalid_request', 'acting on behalf of somebody is not possible here; leave out `actor_token`')
  const token = required(form, 'subject_token')
  const account = ServiceAccountId.safeParse(required(form, 'audience'))
  if (!account.success) throw new OauthError('invalid_target', '`audience` is the id of a service account, sva_...')
  const exchanged = await exchangeOutsideToken(account.data, token)
  if (!exchanged.ok) throw new OauthError(exchanged.because === 'target' ? 'invalid_target' : 'invalid_request', exchanged.message, 400, true)
  const { organizationId, issuerId, at } = exchanged
  return { ...answerToken(organizationId, { type: 'issuer', id: issuerId }, at, null), issued_token_type: ACCESS_TOKEN }
}
