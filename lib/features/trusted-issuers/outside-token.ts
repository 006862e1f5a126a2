import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { now } from '@/lib/clock'
import { findIssuerKeys } from '@/lib/outgoing/issuer-keys'

export type Claims = Readonly<Record<string, unknown>>

/** `step` says how far a refused token came: no JWT at all, keys not to be had, or its signature or times are wrong. */
export type Verified = { ok: true; claims: Claims } | { ok: false; step: 'form' | 'keys' | 'signature' | 'time'; message: string }

/** Named one by one: neither `none` nor anything with a shared secret is among them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** Clocks of two houses differ. */
const SKEW_SECONDS = 60
const TOKEN_MAX = 16_384

/** What a token says of itself, before anything is believed; null when it is no JWT. */
export function readOutsideToken(token: string): { issuer: string; kid: string | undefined; algorithm: string } | null {
  if (token.length > TOKEN_MAX) return null
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    const { iss } = decodeJwt(token)
    return typeof iss === 'string' && typeof alg === 'string' ? { issuer: iss, kid: typeof kid === 'string' ? kid : undefined, algorithm: alg } : null
  } catch {
    return null
  }
}

const TIME_CLAIMS: Readonly<Record<string, string>> = { nbf: 'the token is not valid yet (`nbf`)', iat: 'the token says that it was made in the future (`iat`)', exp: 'the token has expired (`exp`)' }

function refusalOf(error: unknown): Verified {
  if (error instanceof errors.JWTExpired) return { ok: false, step: 'time', message: 'the token has expired (`exp`)' }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const message = error.reason === 'missing' ? `the token has no \`${error.claim}\`` : TIME_CLAIMS[error.claim]
    return { ok: false, step: 'time', message: message ?? `the token’s \`${error.claim}\` is not as it has to be` }
  }
  if (error instanceof errors.JWKSNoMatchingKey) return { ok: false, step: 'signature', message: 'the issuer has no key like the one that signed the token' }
  if (error instanceof errors.JWKSMultipleMatchingKeys) return { ok: false, step: 'signature', message: 'the token does not say which of the issuer’s keys signed it (`kid`)' }
  return { ok: false, step: 'signature', message: 'the signature is not the issuer’s' }
}

/**
 * Checks that a token comes from an issuer and holds now: signature by the issuer's published keys, `iss`, `exp`, `iat` and
 * `nbf`. Audience and other claims are the trust's matter. The same token may come again: some CI systems give a job one
 * token for its whole life.
 */
export async function verifyOutsideToken(issuer: string, token: string): Promise<Verified> {
  const read = readOutsideToken(token)
  if (read === null) return { ok: false, step: 'form', message: 'this is no signed JWT with an `iss`' }
  if (read.issuer !== issuer) return { ok: false, step: 'form', message: `the token’s \`iss\` is \`${read.issuer.slice(0, 200)}\`, not \`${issuer}\`` }
  if (!ALGORITHMS.includes(read.algorithm)) return { ok: false, step: 'signature', message: `tokens signed with \`${read.algorithm.slice(0, 20)}\` are not accepted` }
  const found = await findIssuerKeys(issuer, read.kid)
  if (!found.ok) return { ok: false, step: 'keys', message: `the keys of \`${issuer}\` cannot be had: ${found.message}` }
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(found.value), {
      issuer, algorithms: ALGORITHMS, clockTolerance: SKEW_SECONDS, currentDate: now(), requiredClaims: ['exp', 'iat'], maxTokenAge: '24h',
    })
    return { ok: true, claims: payload }
  } catch (error) {
    return refusalOf(error)
  }
}
