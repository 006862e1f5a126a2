'use client'
import { createContext, use, useSyncExternalStore } from 'react'

/** The server's clock at the moment of rendering, in milliseconds; ConsoleProviders sets it. */
export const ServerTime = createContext(0)

const TICK_MS = 30_000
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  // Nobody looked at the clock until now, so it stands where the last one left it.
  if (listeners.size === 0) now = Date.now()
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/**
 * The current time, moving on every half minute with one timer for the whole page.
 * While hydrating it is the server's, so that both render the same text.
 */
export function useNow(): { now: number; isServer: boolean } {
  const server = use(ServerTime)
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    () => null,
  )
  return current === null ? { now: server || now, isServer: true } : { now: current, isServer: false }
}
