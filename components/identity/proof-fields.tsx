import { PasswordField } from '@/components/forms/password-field'
import type { ProofKind } from '@/lib/features/identity-proofs/rules'

type ProofFieldsProps = { kind: ProofKind; kinds: readonly ProofKind[]; email: string; onChoose: (kind: ProofKind) => void }

/** What is asked for one way of proving who one is, and the other ways there are. */
export function ProofFields({ email }: ProofFieldsProps) {
  return (
    <>
      {/* For password managers: which account the password is of. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField name="value" label="Your password" autoComplete="current-password" />
    </>
  )
}
