import { z } from 'zod'
import { PROOF_KINDS } from './rules'

/** A proof of who one is. `value` is what was typed, or what the authenticator answered, as JSON. */
export const ProofInput = z.strictObject({
  kind: z.enum(PROOF_KINDS, 'Choose how to prove that it is you'),
  value: z.string().min(1, 'Fill this in').max(20_000, 'This is too long'),
})

export type Proof = z.infer<typeof ProofInput>
