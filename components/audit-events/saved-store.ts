'use client'

export type SavedFilter = { name: string; query: string }

/** Not part of a filter: the page of the list, and the opened event. */
const LEFT_OUT = ['after', 'before', 'last', 'limit', 'event', 'dialog']
const SAVED_MAX = 30
const NONE: readonly SavedFilter[] = []

const listeners = new Set<() => void>()
const cache = new Map<string, { text: string; value: readonly SavedFilter[] }>()
const keyOf = (org: string) => `gatehouse.audit.filters.${org}`

function isSaved(value: unknown): value is SavedFilter {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'query' in value && typeof value.query === 'string'
}

function parse(text: string): readonly SavedFilter[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter(isSaved) : NONE
  } catch {
    return NONE
  }
}

function textOf(org: string): string {
  try {
    return localStorage.getItem(keyOf(org)) ?? '[]'
  } catch {
    // A browser may forbid storage; then there is nothing saved.
    return '[]'
  }
}

/** Filters saved in this browser for an organization; null for none, as on the server. The same list until it changes. */
export function readSaved(org: string | null): readonly SavedFilter[] {
  if (org === null) return NONE
  const text = textOf(org)
  const known = cache.get(org)
  if (known?.text === text) return known.value
  const value = parse(text)
  cache.set(org, { text, value })
  return value
}

export function subscribeSaved(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function write(org: string, filters: readonly SavedFilter[]) {
  try {
    localStorage.setItem(keyOf(org), JSON.stringify(filters))
  } catch {
    // Full or forbidden: the list stays as it was.
  }
  for (const listener of listeners) listener()
}

/** Keeps the present filters under a name; the same name is replaced, the oldest of too many goes. */
export function saveFilter(org: string, name: string, params: URLSearchParams): void {
  const rest = new URLSearchParams([...params].filter(([key]) => !LEFT_OUT.includes(key)))
  const others = readSaved(org).filter((each) => each.name !== name)
  write(org, [...others, { name, query: rest.toString() }].slice(-SAVED_MAX))
}

export const removeFilter = (org: string, name: string): void => write(org, readSaved(org).filter((each) => each.name !== name))
