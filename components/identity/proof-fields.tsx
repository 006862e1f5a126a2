import { PasswordField } from '@/components/forms/password-field'
import { TextField } from '@/components/forms/text-field'
import type { ProofKind } from '@/lib/features/identity-proofs/rules'
import { PasskeyProof, type AskPasskey } from './passkey-proof'

type ProofFieldsProps = { kind: ProofKind; email: string; askPasskey: AskPasskey }

/** What is asked for one way of proving who one is; the form around it sends `kind` and `value`. */
export function ProofFields({ kind, email, askPasskey }: ProofFieldsProps) {
  return (
    <>
      <input type="hidden" name="kind" value={kind} />
      {controlFor(kind, email, askPasskey)}
    </>
  )
}

function controlFor(kind: ProofKind, email: string, askPasskey: AskPasskey) {
  switch (kind) {
    case 'passkey':
      return <PasskeyProof ask={askPasskey} />
    case 'totp':
      return <TextField name="value" label="Code" hint="Six digits, from your authenticator app. Each code works once." inputMode="numeric" autoComplete="one-time-code" maxLength={8} spellCheck={false} autoFocus />
    case 'recovery-code':
      return <TextField name="value" label="Recovery code" hint="One of the ten you kept. Each works once." autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} autoFocus />
    case 'password':
      return (
        <>
          {/* For password managers: which account the password is of. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField name="value" label="Your password" autoComplete="current-password" autoFocus />
        </>
      )
  }
}
