import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'

/** Asks for a break-glass code; works without script. */
export function BreakGlassForm({ action, org }: { action: FormAction; org: string }) {
  return (
    <Form action={action} label="Use a break-glass code">
      <input type="hidden" name="org" value={org} />
      <TextField name="code" label="Break-glass code" className="mono" autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus />
      <SubmitButton size="wide">Open the SSO settings</SubmitButton>
    </Form>
  )
}
