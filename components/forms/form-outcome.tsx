'use client'
import { use, useEffect, useRef } from 'react'
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
  const { refusal, done } = state
  useEffect(() => {
    if (refusal) box.current?.focus()
  }, [refusal])
  if (!refusal)
    return done ? (
      <Banner tone="ok" live>
        {sentence(done)}
      </Banner>
    ) : null
  return (
    <div ref={box} role="alert" tabIndex={-1} className="error-summary">
      <h2>{refusal.title}</h2>
      {refusal.fields.length > 0 ? (
        <ul>
          {refusal.fields.map((field) => (
            <li key={field.path}>
              <a href={`#${prefix}-${field.path}`}>{sentence(field.message)}</a>
            </li>
          ))}
        </ul>
      ) : (
        <p>{sentence(refusal.message)}</p>
      )}
      {refusal.code === 'internal' ? <p className="mono">Request {refusal.requestId}</p> : null}
    </div>
  )
}
