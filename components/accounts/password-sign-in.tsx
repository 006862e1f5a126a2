import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { PlainLink } from './plain-link'

/** Signing in with a password, once the address is known. The address stands in the form for password managers. */
export function PasswordSignIn({ action, email, next }: { action: FormAction; email: string; next: string | null }) {
  return (
    <Form action={action} label="Sign in">
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <PasswordField name="password" label="Password" autoComplete="current-password" autoFocus />
      <SubmitButton size="wide">Sign in</SubmitButton>
      <p className="text-center">
        <PlainLink href="/forgot-password">Forgot password?</PlainLink>
      </p>
    </Form>
  )
}
