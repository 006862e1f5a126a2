'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { toRoute } from '@/components/ui/route'
import { askToConfirm } from './confirm'
import { useTraverseGuard } from './use-traverse-guard'

/** A link of this page that leads elsewhere in the same window. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const leads = link !== null && link.href !== '' && link.target === '' && !link.hasAttribute('download') && link.origin === location.origin
  return leads && (link.pathname !== location.pathname || link.search !== location.search) ? link : null
}

const ask = (goOn: () => void): void =>
  askToConfirm({
    title: 'Leave without saving?',
    description: 'What you changed on this page is lost.',
    confirmLabel: 'Leave page',
    onConfirm: () => Promise.resolve(),
    onDone: goOn,
  })

/** Asks before a page is left on which something was typed and not saved: closing it, reloading, following a link, going back. */
export function useUnsavedWarning(isUnsaved: boolean): void {
  const router = useRouter()
  useTraverseGuard(isUnsaved, ask)
  useEffect(() => {
    if (!isUnsaved) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const link = linkOf(event)
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      const href = link.pathname + link.search + link.hash
      ask(() => router.push(toRoute(href)))
    }
    window.addEventListener('beforeunload', onUnload)
    // Before the link's own handler, which would go there at once.
    document.addEventListener('click', onClick, true)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, true)
    }
  }, [isUnsaved, router])
}
