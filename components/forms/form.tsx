'use client'
import { startTransition, useActionState, useId, type ReactNode, type SubmitEvent } from 'react'
import type { FormState } from '@/lib/boundary/form-state'
import { FormContext, NOTHING_SENT } from './form-context'
import { FormOutcome } from './form-outcome'

type FormProps = {
  /** A server action, as submitForm and submitInPlace make them. */
  action: (before: FormState, data: FormData) => Promise<FormState>
  /** Values to begin with, by name of the field. */
  values?: FormState['values']
  className?: string
  /** Accessible name, for a form without a heading of its own. */
  label?: string
  children: ReactNode
}

/**
 * A form that works before script arrives. Afterwards it keeps what was typed when something is wrong.
 * Fields inside find their values and errors by name. For a form that needs script anyway (in a dialog) take ActionForm.
 */
export function Form({ action, values, className = 'fields', label, children }: FormProps) {
  const [state, run, pending] = useActionState(action, values ? { ...NOTHING_SENT, values } : NOTHING_SENT)
  const prefix = useId()

  // Sent by hand rather than by React's own submit, which would empty the fields even when the answer is a refusal.
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter)
    if (!pending) startTransition(() => run(data))
  }
  return (
    <FormContext value={{ state, pending, prefix }}>
      <form action={run} onSubmit={submit} className={className} aria-label={label} noValidate>
        <FormOutcome />
        {children}
      </form>
    </FormContext>
  )
}
