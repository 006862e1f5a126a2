'use client'
import { useEffect, useRef, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import type { ActionResult } from '@/lib/boundary/result'

type Answer<V> = { about: string; value: V | null; failure: string | null }

/**
 * The answer of a reading action, asked for when the component appears and whenever `about` changes; only the newest counts.
 *
 * @returns the value (null while it is on its way), the latest there was meanwhile, and what went wrong
 */
export function useAnswer<V>(ask: () => Promise<ActionResult<V>>, about: string): { value: V | null; latest: V | null; failure: string | null } {
  const [answer, setAnswer] = useState<Answer<V> | null>(null)
  const newest = useRef(ask)
  useEffect(() => {
    newest.current = ask
  })
  useEffect(() => {
    let isGone = false
    newest.current().then(
      (result) => !isGone && setAnswer(result.ok ? { about, value: result.value, failure: null } : { about, value: null, failure: refusalText(result.refusal) }),
      () => !isGone && setAnswer({ about, value: null, failure: 'The server did not answer. Close this and try again.' }),
    )
    return () => {
      isGone = true
    }
  }, [about])
  const latest = answer?.value ?? null
  return answer?.about === about ? { ...answer, latest } : { value: null, latest, failure: null }
}
