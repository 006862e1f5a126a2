'use client'
import { useRef, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/lib/boundary/result'
import type { PasskeyQuestion } from '@/lib/features/second-factors/passkeys'
import { passkeyProblem } from './passkey-problem'

export type AskPasskey = () => Promise<ActionResult<PasskeyQuestion>>

/** Asks the browser for a passkey and sends the form around it with the answer. */
export function PasskeyProof({ ask }: { ask: AskPasskey }) {
  const answer = useRef<HTMLInputElement>(null)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function prove(): Promise<string | null> {
    const asked = await ask()
    if (!asked.ok) return refusalText(asked.refusal)
    const { startAuthentication } = await import('@simplewebauthn/browser')
    const given = await startAuthentication({ optionsJSON: asked.value })
    if (answer.current) answer.current.value = JSON.stringify(given)
    answer.current?.form?.requestSubmit()
    return null
  }
  async function press() {
    setPending(true)
    setProblem(await prove().catch(passkeyProblem))
    setPending(false)
  }
  return (
    <>
      <input ref={answer} type="hidden" name="value" defaultValue="" />
      <Button variant="primary" size="wide" pending={pending} onClick={() => void press()} autoFocus>
        Use passkey
      </Button>
      {problem ? (
        <p role="alert" className="field-error">
          {problem}
        </p>
      ) : null}
      <noscript>
        <p>A passkey needs script. Choose another way.</p>
      </noscript>
    </>
  )
}
