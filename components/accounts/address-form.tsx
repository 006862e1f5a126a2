import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { PlainLink } from './plain-link'

/** The first step of signing in: who comes. Which ways in there are follows from the address. */
export function AddressForm({ action, next }: { action: FormAction; next: string | null }) {
  return (
    <Form action={action} label="Sign in">
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField name="email" label="E-mail address" type="email" autoComplete="username" inputMode="email" autoCapitalize="none" spellCheck={false} autoFocus />
      <SubmitButton size="wide">Continue</SubmitButton>
      <p className="text-center">
        <PlainLink href="/forgot-password">Forgot password?</PlainLink>
      </p>
    </Form>
  )
}
