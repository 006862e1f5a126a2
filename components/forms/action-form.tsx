'use client'
import { useId, useState, useTransition, type ReactNode, type SubmitEvent } from 'react'
import { withIdentity } from '@/components/identity/ask'
import type { ActionResult } from '@/lib/boundary/result'
import { FormContext } from './form-context'
import { FormOutcome } from './form-outcome'
import { idle, type FormState } from './form-state'
import { refusalState } from './refusal-state'

type ActionFormProps<V> = {
  /** Sends it: picks the fields and calls the action, `(data) => createRoleAction(org, { name: String(data.get('name')) })`. */
  run: (data: FormData) => Promise<ActionResult<V>>
  /** After success, with the action's value: close the dialog, show a toast. */
  onDone: (value: V) => void
  className?: string
  label?: string
  /** False when FormOutcome stands elsewhere inside, as at the top of a dialog's body. */
  outcome?: boolean
  children: ReactNode
}

/**
 * A form for an action of a feature, inside dialogs and panels. Fields find their errors by name, as in Form. Where the
 * action needs a proof of who one is, it asks and goes on.
 */
export function ActionForm<V>({ run, onDone, className, label, outcome = true, children }: ActionFormProps<V>) {
  const [state, setState] = useState<FormState>(idle)
  const [pending, startTransition] = useTransition()
  const prefix = useId()

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    // A form in a dialog is inside the form of its page for React, though not for the browser.
    event.stopPropagation()
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter)
    if (pending) return
    startTransition(async () => {
      const result = await withIdentity(() => run(data))
      setState(result.ok ? idle : refusalState(result.refusal))
      if (result.ok) onDone(result.value)
    })
  }
  return (
    <FormContext value={{ state, pending, prefix }}>
      <form onSubmit={submit} className={className} aria-label={label} method="post" noValidate>
        {outcome ? <FormOutcome /> : null}
        {children}
      </form>
    </FormContext>
  )
}
