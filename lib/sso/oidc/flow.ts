import * as openid from 'openid-client'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { asksAgain } from './asks-again'
import { discover, type OidcProvider } from './client'

/** What must be found again when the answer comes. */
export type OidcRequest = { url: string; state: string; data: { nonce: string; verifier: string; issuer: string } }

const SCOPE = 'openid email profile'

/** Whether a provider hands out groups only when asked for this scope. */
const scopeFor = (configuration: openid.Configuration): string => (configuration.serverMetadata().scopes_supported?.includes('groups') ? `${SCOPE} groups` : SCOPE)

/**
 * A request for a code, with PKCE, state and nonce.
 *
 * @param isAgain the provider is to ask who it is though it knows already, and to say when it did
 * @throws whatever discovery does
 */
export async function makeOidcRequest(provider: OidcProvider, redirectUri: string, isAgain = false): Promise<OidcRequest> {
  const configuration = await discover(provider)
  const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()]
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri, scope: scopeFor(configuration), state, nonce, code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    ...(isAgain && asksAgain(provider.issuer)),
  })
  return { url: url.href, state, data: { nonce, verifier, issuer: configuration.serverMetadata().issuer } }
}

export type OidcAnswer = { ok: true; claims: Readonly<Record<string, unknown>> } | { ok: false; reason: SignInRefusal; found: string }

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** The claim is named in the cause of a failed comparison, or in the cause of that. */
function claimOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (typeof cause === 'object' && cause !== null && 'claim' in cause) return String(cause.claim)
  return cause instanceof Error ? claimOf(cause) : ''
}

const CLAIMS: Readonly<Record<string, SignInRefusal>> = { aud: 'wrong-audience', azp: 'wrong-audience', nonce: 'nonce-mismatch', iss: 'issuer-mismatch' }

/** Why openid-client refused, as a reason of ours. */
function reasonOf(error: unknown): SignInRefusal {
  if (error instanceof openid.AuthorizationResponseError) return 'provider-refused'
  if (error instanceof openid.ResponseBodyError) return error.error === 'invalid_grant' ? 'code-refused' : 'provider-unreachable'
  const message = error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : ''
  switch (codeOf(error)) {
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED': return 'token-expired'
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED': return CLAIMS[claimOf(error)] ?? 'token-invalid'
    case 'OAUTH_KEY_SELECTION_FAILED': return 'signature-invalid'
    case 'OAUTH_UNSUPPORTED_OPERATION': return 'signature-invalid'
    case 'OAUTH_INVALID_RESPONSE': {
      if (/"alg"|signature/i.test(message)) return 'signature-invalid'
      if (/"nonce"/.test(message)) return 'nonce-mismatch'
      if (/"aud"|"azp"/.test(message)) return 'wrong-audience'
      return /"iss"/.test(message) ? 'issuer-mismatch' : 'token-invalid'
    }
    case 'OAUTH_PARSE_ERROR': return 'token-invalid'
    case 'OAUTH_JWT_USERINFO_EXPECTED': return 'token-invalid'
    default: return 'provider-unreachable'
  }
}

/** The provider's own words for its refusal, short and without what could be anything else. */
const foundOf = (error: unknown): string =>
  (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError ? `${error.error} ${error.error_description ?? ''}` : error instanceof Error ? error.message : '')
    .replace(/[^\p{L}\p{N} .,:;'"()_-]/gu, ' ').trim().slice(0, 200)

/** Claims that the token may leave to the other door: address and groups. */
async function withUserInfo(configuration: openid.Configuration, accessToken: string, claims: Readonly<Record<string, unknown>>, wanted: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const isComplete = wanted.every((name) => Object.hasOwn(claims, name))
  if (isComplete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims
  const more = await openid.fetchUserInfo(configuration, accessToken, String(claims['sub'] ?? ''))
  return { ...more, ...claims }
}

/**
 * Judges an answer: state, issuer, code with its verifier, and the token's signature, issuer, audience, nonce and times.
 *
 * @param address the whole address that the browser was sent to
 * @param wanted claims to look for at the other door when the token lacks them
 */
export async function checkOidcAnswer(provider: OidcProvider, address: URL, request: { state: string; nonce: string; verifier: string; issuer: string }, wanted: readonly string[]): Promise<OidcAnswer> {
  try {
    const told = address.searchParams.get('iss')
    if (told !== null && told !== request.issuer) return { ok: false, reason: 'issuer-mismatch', found: told.slice(0, 200) }
    const configuration = await discover(provider)
    if (configuration.serverMetadata().issuer !== request.issuer) return { ok: false, reason: 'issuer-mismatch', found: configuration.serverMetadata().issuer }
    const tokens = await openid.authorizationCodeGrant(configuration, address, { expectedState: request.state, expectedNonce: request.nonce, pkceCodeVerifier: request.verifier, idTokenExpected: true })
    const claims = tokens.claims()
    if (!claims) return { ok: false, reason: 'token-invalid', found: '' }
    return { ok: true, claims: await withUserInfo(configuration, tokens.access_token, claims, wanted) }
  } catch (error) {
    return { ok: false, reason: reasonOf(error), found: foundOf(error) }
  }
}
