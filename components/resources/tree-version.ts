/**
 * The version of the organization's access that the page was made from. The frame around a page may be an older one,
 * kept from page to page; what is in it learns here that something has changed since.
 */
let latest: string | null = null
const listeners = new Set<() => void>()

export const treeVersion = (): string | null => latest

/** For TreeVersion. */
export function tellTreeVersion(version: string): void {
  if (version === latest) return
  latest = version
  for (const listener of listeners) listener()
}

export function onTreeVersion(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
