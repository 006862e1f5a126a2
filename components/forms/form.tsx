'use client'
import { startTransition, useActionState, useEffect, useId, useRef, type ReactNode, type SubmitEvent } from 'react'
import { askForIdentity } from '@/components/identity/ask'
import { FormContext } from './form-context'
import { FormOutcome } from './form-outcome'
import { idle, type FormAction } from './form-state'

type FormProps = {
  action: FormAction
  className?: string
  /** Accessible name, for a form without a heading of its own. */
  label?: string
  children: ReactNode
}

/**
 * A form that works before script arrives. Afterwards it keeps what was typed when something is wrong.
 * Fields inside find their errors by name. Where a proof of who one is was missing, it asks, and sends again what was typed. For a form that needs script anyway (in a dialog) take ActionForm.
 */
export function Form({ action, className = 'fields', label, children }: FormProps) {
  const [state, run, pending] = useActionState(action, idle)
  const prefix = useId()
  const sent = useRef<FormData | null>(null)

  useEffect(() => {
    if (state.status !== 'error' || state.code !== 'confirmation-required') return
    const data = sent.current
    if (data) void askForIdentity().then((isProven) => isProven && startTransition(() => run(data)))
  }, [state, run])

  // Sent by hand rather than by React's own submit, which would empty the fields even when the answer is a refusal.
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter)
    sent.current = data
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
