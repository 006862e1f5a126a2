'use client'
import { use, useEffect, useRef } from 'react'
import { PlainLink } from '@/components/accounts/plain-link'
import { Banner } from '@/components/ui/banner'
import { FormContext } from './form-context'
import { sentence } from './sentence'

/**
 * What became of the form around it: the words of success, or the summary of errors with links to the fields,
 * which takes the focus when it appears. Form shows it first; in a dialog put it at the top of the body.
 */
export function FormOutcome() {
  const { state, prefix } = use(FormContext)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.status === 'error') box.current?.focus()
  }, [state])
  if (state.status === 'done' && state.message)
    return (
      <Banner tone="ok" live>
        {sentence(state.message)}
      </Banner>
    )
  if (state.status !== 'error') return null
  const fields = Object.entries(state.fields ?? {})
  return (
    <div ref={box} role="alert" tabIndex={-1} className="error-summary">
      <p className="font-semibold">{sentence(state.message)}</p>
      {state.code === 'confirmation-required' ? (
        <p>
          <PlainLink href="/confirm">Confirm it here</PlainLink>, then send this again.
        </p>
      ) : null}
      {fields.length > 0 ? (
        <ul>
          {fields.map(([name, message]) => (
            <li key={name}>
              <a href={`#${prefix}-${name}`}>{sentence(message)}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
