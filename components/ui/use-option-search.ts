'use client'
import { useRef, useState, useTransition } from 'react'
import type { Option } from './option'

const PAUSE_MS = 150

/** Asks the server for options (usually a server action); at most a few dozen come back. */
export type OptionSearch = (text: string) => Promise<readonly Option[]>

/**
 * Options from the server while one types; only the newest answer counts.
 *
 * @returns the options found, what to say meanwhile, and the handler of the input's text
 */
export function useOptionSearch(initial: readonly Option[], search: OptionSearch | undefined) {
  const [found, setFound] = useState<readonly Option[]>(initial)
  const [failed, setFailed] = useState(false)
  const [pending, startTransition] = useTransition()
  const newest = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  function onText(text: string) {
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
  const status = failed ? 'The search did not answer. Type again to retry.' : pending ? 'Searching' : null
  return { options: search ? found : initial, status, onText }
}
