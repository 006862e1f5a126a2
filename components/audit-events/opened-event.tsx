'use client'
import { lazy, Suspense } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { OpenedEvent as Event } from '@/lib/features/audit-events/page-rows'

const LazyPanel = lazy(() => import('./event-panel').then((module) => ({ default: module.EventPanel })))

/** The panel of the event in the address; its script comes with the first one opened. */
export function OpenedEvent({ event, org }: { event: Event; org: string }) {
  if (!useHydrated()) return null
  return (
    <Suspense>
      <LazyPanel key={event.id} event={event} org={org} />
    </Suspense>
  )
}
