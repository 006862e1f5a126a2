export type CredentialRefusal = 'malformed' | 'unknown' | 'suspended' | 'revoked' | 'expired' | 'owner-inactive' | 'wrong-address'

type Refused = 'key' | 'token' | 'access token'

const SAYS: Record<Exclude<CredentialRefusal, 'malformed' | 'unknown' | 'wrong-address'>, string> = {
  suspended: 'is suspended', revoked: 'was revoked', expired: 'has expired', 'owner-inactive': 'belongs to somebody who is suspended',
}

/** Why a credential is refused, as a sentence for whoever presented it. Unknown and wrong secrets get the same. */
export function refusalText(refusal: Exclude<CredentialRefusal, 'wrong-address'>, what: Refused = 'key'): string {
  if (refusal === 'malformed') return 'the credential is not well formed (a character may be missing or changed)'
  if (refusal === 'unknown') return 'the credential is not known'
  if (refusal === 'owner-inactive' && what === 'key') return 'the owner of the key is suspended'
  if (what === 'access token' && refusal !== 'expired') return `what the access token was made from ${SAYS[refusal]}`
  return `the ${what} ${SAYS[refusal]}`
}

/** A credential that is refused, and why. */
export type Refusal = { refused: CredentialRefusal; message: string }

export const refuse = (refused: Exclude<CredentialRefusal, 'wrong-address'>, what?: Refused): Refusal => ({ refused, message: refusalText(refused, what) })

/** A credential that is good, but not from there: 403, where everything else is 401. */
export const refuseAddress = (address: string): Refusal => ({ refused: 'wrong-address', message: `this credential may not be used from \`${address}\`` })
