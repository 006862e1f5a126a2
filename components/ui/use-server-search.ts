'use client'
import { useEffect, useRef, useState, useTransition } from 'react'

const PAUSE_MS = 140

/**
 * Asks the server while one types, after a short pause; only the newest answer counts.
 *
 * @returns `found` (`none` before the first answer and after a failure), whether an answer is on its way or failed,
 *   `ask` for a new text, and `forget` to go back to `none`
 */
export function useServerSearch<T>(none: readonly T[], search: ((text: string) => Promise<readonly T[]>) | undefined) {
  const [found, setFound] = useState<readonly T[]>(none)
  const [failed, setFailed] = useState(false)
  const [pending, startTransition] = useTransition()
  const newest = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function forget() {
    newest.current++
    clearTimeout(timer.current)
    setFound(none)
  }
  function ask(text: string) {
    if (!search) return
    const mine = ++newest.current
    clearTimeout(timer.current)
    timer.current = setTimeout(
      () =>
        startTransition(async () => {
          const answer = await search(text.trim()).catch(() => null)
          if (mine !== newest.current) return
          setFailed(answer === null)
          setFound(answer ?? [])
        }),
      PAUSE_MS,
    )
  }
  return { found, failed, pending, ask, forget }
}
