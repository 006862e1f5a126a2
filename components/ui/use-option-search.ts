'use client'
import type { Option } from './option'
import { useServerSearch } from './use-server-search'

/** Asks the server for options (usually a server action); at most a few dozen come back. */
export type OptionSearch = (text: string) => Promise<readonly Option[]>

/**
 * Options from the server while one types.
 *
 * @returns the options found, what to say meanwhile, and the handlers of the input's text and of the list's opening
 */
export function useOptionSearch(initial: readonly Option[], search: OptionSearch | undefined) {
  const { found, pending, failed, ask } = useServerSearch(initial, search)
  const status = failed ? 'The search did not answer. Type again to retry.' : pending ? 'Searching' : null
  // where nothing is shown before typing, the first options come when the list opens
  const onOpen = () => {
    if (initial.length === 0 && found.length === 0) ask('')
  }
  return { options: search ? found : initial, status, onText: ask, onOpen }
}
