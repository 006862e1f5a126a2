'use client'
import { useServerSearch } from '@/components/ui/use-server-search'
import type { PaletteResult, PaletteSearch } from './navigation'

const TEXT_MIN = 2
const NONE: readonly PaletteResult[] = []

/** Results from the server for what is typed, from the second character on. */
export function usePaletteSearch(search: PaletteSearch | undefined) {
  const { found, pending, failed, ask, forget } = useServerSearch(NONE, search)
  return { results: found, pending, failed, ask: (text: string) => (text.trim().length < TEXT_MIN ? forget() : ask(text)) }
}
