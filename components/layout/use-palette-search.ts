'use client'
import { useEffect, useRef, useState, useTransition } from 'react'
import type { PaletteResult, PaletteSearch } from './navigation'

const PAUSE_MS = 140
const TEXT_MIN = 2

/** Results from the server for what is typed; only the newest answer counts, and an error is said in words. */
export function usePaletteSearch(search: PaletteSearch | undefined) {
  const [results, setResults] = useState<readonly PaletteResult[]>([])
  const [failed, setFailed] = useState(false)
  const [pending, startTransition] = useTransition()
  const newest = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function ask(text: string) {
    const mine = ++newest.current
    clearTimeout(timer.current)
    if (!search || text.trim().length < TEXT_MIN) return setResults([])
    timer.current = setTimeout(
      () =>
        startTransition(async () => {
          const answer = await search(text.trim()).catch(() => null)
          if (mine !== newest.current) return
          setFailed(answer === null)
          setResults(answer ?? [])
        }),
      PAUSE_MS,
    )
  }
  return { results, pending, failed, ask }
}
