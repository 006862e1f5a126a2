'use client'
import type { ReactNode } from 'react'
import { ServerTime } from '@/components/ui/server-time'

/** Gives relative times below it the server's clock, in milliseconds, so that they hydrate as they were rendered. */
export function PageClock({ now, children }: { now: number; children: ReactNode }) {
  return <ServerTime value={now}>{children}</ServerTime>
}
