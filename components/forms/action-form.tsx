'use client'
import { useId, useState, useTransition, type ReactNode, type SubmitEvent } from 'react'
import type { FormState } from '@/lib/boundary/form-state'
import type { ActionResult } from '@/lib/boundary/result'
import { FormContext, NOTHING_SENT } from './form-context'
import { FormOutcome } from './form-outcome'

type ActionFormProps<V> = {
  /** Sends it: picks the fields and calls the action, `(data) => createRoleAction(org, { name: String(data.get('name')) })`. */
  run: (data: FormData) => Promise<ActionResult<V>>
  /** After success, with the action's value: close the dialog, show a toast. */
  onDone: (value: V) => void
  values?: FormState['values']
  className?: string
  label?: string
  /** Where what went wrong is said; in a dialog put FormOutcome into its body and set this to false. */
  outcome?: boolean
  children: ReactNode
}

/** A form for an action of a feature, inside dialogs and panels. Fields find their errors by name, as in Form. */
export function ActionForm<V>({ run, onDone, values, className, label, outcome = true, children }: ActionFormProps<V>) {
  const [state, setState] = useState<FormState>(values ? { ...NOTHING_SENT, values } : NOTHING_SENT)
  const [pending, startTransition] = useTransition()
  const prefix = useId()

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    // A form in a dialog is inside the form of its page for React, though not for the browser.
    event.stopPropagation()
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter)
    if (pending) return
    startTransition(async () => {
      const result = await run(data)
      setState((before) => ({ ...before, refusal: result.ok ? null : result.refusal }))
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
