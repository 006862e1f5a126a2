'use client'
import { useEffect, useEffectEvent } from 'react'

/**
 * Asks before the browser's back and forward leave a page, where the browser lets pages ask (the Navigation API); elsewhere
 * they leave.
 *
 * @param ask puts the question, and goes on with what it is given when the answer is yes
 */
export function useTraverseGuard(isUnsaved: boolean, ask: (goOn: () => void) => void): void {
  const onNavigate = useEffectEvent((event: NavigateEvent, allow: () => void) => {
    const { destination } = event
    if (event.navigationType !== 'traverse' || !event.cancelable || destination.key === '' || new URL(destination.url).pathname === location.pathname) return
    event.preventDefault()
    ask(() => {
      allow()
      window.navigation.traverseTo(destination.key)
    })
  })
  useEffect(() => {
    if (!isUnsaved || !('navigation' in window)) return
    let isAllowed = false
    const listen = (event: NavigateEvent) => {
      if (!isAllowed) onNavigate(event, () => (isAllowed = true))
    }
    window.navigation.addEventListener('navigate', listen)
    return () => window.navigation.removeEventListener('navigate', listen)
  }, [isUnsaved])
}
