'use client'
import { useNow } from './server-time'
import { formatDate, formatExact, formatRelative } from './time-format'

type RelativeTimeProps = {
  /** An ISO time, or null for never. */
  at: string | null
  /** `date` shows the day only. */
  format?: 'relative' | 'date'
  /** Shown for null. */
  never?: string
}

/** How long ago, with the exact time on hover; in UTC until script knows the reader's zone. */
export function RelativeTime({ at, format = 'relative', never = '–' }: RelativeTimeProps) {
  const { now, isServer } = useNow()
  if (at === null) return never
  const time = Date.parse(at)
  return (
    <time dateTime={at} title={formatExact(time, isServer ? 'UTC' : undefined)}>
      {format === 'date' ? formatDate(time) : formatRelative(time, now)}
    </time>
  )
}
