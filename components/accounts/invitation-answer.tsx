import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { SubmitButton } from '@/components/forms/submit-button'

type InvitationAnswerProps = {
  /** The field that names the invitation: the link's token, or the id. */
  named: { field: 'token' | 'invitationId'; value: string }
  organization: string
  accept: FormAction
  decline: FormAction
  /** Where to go on after declining. */
  next?: string | undefined
}

/** Accept or decline, as two forms. */
export function InvitationAnswer({ named, organization, accept, decline, next }: InvitationAnswerProps) {
  const hidden = (
    <>
      <input type="hidden" name={named.field} value={named.value} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
    </>
  )
  return (
    <div className="grid gap-2">
      <Form action={accept} label={`Accept the invitation to ${organization}`}>
        {hidden}
        <SubmitButton size="wide">Accept invitation</SubmitButton>
      </Form>
      <Form action={decline} label={`Decline the invitation to ${organization}`}>
        {hidden}
        <SubmitButton size="wide" variant="secondary">
          Decline
        </SubmitButton>
      </Form>
    </div>
  )
}
