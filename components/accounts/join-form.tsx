import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'

/** An invited person without an account makes one. The address is the invited one and cannot be another. */
export function JoinForm({ action, token, email, passwordHint }: { action: FormAction; token: string; email: string; passwordHint: string }) {
  return (
    <Form action={action} label="Make your account">
      <input type="hidden" name="token" value={token} />
      {/* For password managers: which account the new password is of. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextField name="name" label="Your name" autoComplete="name" maxLength={80} autoFocus />
      <PasswordField name="password" label="Password" autoComplete="new-password" hint={passwordHint} />
      <SubmitButton size="wide">Accept invitation</SubmitButton>
    </Form>
  )
}
