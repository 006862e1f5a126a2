import type { ProofKind } from '@/lib/features/identity-proofs/rules'

/** Ways of proving who one is, as people read them. */
export const WAYS: Readonly<Record<ProofKind, string>> = {
  passkey: 'Use a passkey', totp: 'Enter a code from the authenticator app', 'recovery-code': 'Enter a recovery code', password: 'Enter your password',
}
