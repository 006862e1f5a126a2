'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent } from 'react'
import { askToConfirm } from '@/components/forms/confirm'
import { useTraverseGuard } from '@/components/forms/use-traverse-guard'
import { toRoute } from '@/components/ui/route'

/** The address of a plain press on a link that leads away from this page; null for anything else. */
function leavingTo(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download') || link.origin !== location.origin) return null
  return link.pathname === location.pathname ? null : link.pathname + link.search
}

/** Asks before a page with unsaved changes is left by a link or by going back, or closed. */
export function useLeaveGuard(isDirty: boolean, what: string): void {
  const router = useRouter()
  const ask = (goOn: () => void) =>
    askToConfirm({
      title: `Leave without saving?`,
      description: `${what} has changes that are not saved. They stay in this browser tab, and are offered when you come back.`,
      confirmLabel: 'Leave',
      onConfirm: () => Promise.resolve(),
      onDone: goOn,
    })
  const onClick = useEffectEvent((event: MouseEvent) => {
    const address = leavingTo(event)
    if (address === null) return
    event.preventDefault()
    event.stopPropagation()
    ask(() => router.push(toRoute(address)))
  })
  useTraverseGuard(isDirty, ask)
  useEffect(() => {
    if (!isDirty) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const listen = (event: MouseEvent) => onClick(event)
    window.addEventListener('beforeunload', onUnload)
    document.addEventListener('click', listen, true)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', listen, true)
    }
  }, [isDirty])
}
