'use client'
import { useHydrated } from '@/components/ui/use-hydrated'
import { localText, utcText } from './utc-time'

/** A time in UTC, the reader's own on hover; server and browser render the same text. */
export function EventTime({ at }: { at: string }) {
  const isHydrated = useHydrated()
  const time = Date.parse(at)
  return (
    <time dateTime={at} title={isHydrated ? localText(time) : undefined}>
      {utcText(time)}
    </time>
  )
}
