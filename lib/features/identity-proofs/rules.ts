/** How a person can prove who they are, the strongest first. */
export const PROOF_KINDS = ['passkey', 'totp', 'recovery-code', 'password'] as const
export type ProofKind = (typeof PROOF_KINDS)[number]

/** A way of proving oneself at the provider through which the session came. */
export type ProofProvider = { name: string; href: string }

/** Who has what to prove themselves with. */
export type ProofFacts = { hasPassword: boolean; hasTotp: boolean; passkeys: number; recoveryCodes: number }

/** Kinds of second factors somebody can show now. */
export function factorKinds({ hasTotp, passkeys, recoveryCodes }: ProofFacts): ProofKind[] {
  const factors: ProofKind[] = [...(passkeys > 0 ? ['passkey' as const] : []), ...(hasTotp ? ['totp' as const] : [])]
  return factors.length > 0 && recoveryCodes > 0 ? [...factors, 'recovery-code'] : factors
}

/**
 * What counts as a proof, by the strongest one has: a second factor where there is one, else the password. So a
 * stolen password and an open browser together do not undo a second factor.
 */
export function proofKinds(facts: ProofFacts): ProofKind[] {
  const factors = factorKinds(facts)
  if (factors.length > 0) return factors
  return facts.hasPassword ? ['password'] : []
}
