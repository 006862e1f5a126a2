import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { PlainLink } from './plain-link'

/** Signing in with address and password. The browser remembers the address, not a cookie of ours. */
export function PasswordSignIn({ action, next }: { action: FormAction; next: string | null }) {
  return (
    <Form action={action} label="Sign in">
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField name="email" label="E-mail address" type="email" autoComplete="username" inputMode="email" autoCapitalize="none" spellCheck={false} autoFocus />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <SubmitButton size="wide">Sign in</SubmitButton>
      <p className="text-center">
        <PlainLink href="/forgot-password">Forgot password?</PlainLink>
      </p>
    </Form>
  )
}
