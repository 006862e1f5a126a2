/** How long the old secret goes on working beside the new one. */
export const OVERLAPS = [
  { hours: 0, label: 'Now', detail: 'The old one stops at once: for a secret that has leaked' },
  { hours: 1, label: '1 hour', detail: 'For a program you restart yourself' },
  { hours: 24, label: '24 hours', detail: 'For programs that read their secrets daily' },
  { hours: 24 * 7, label: '7 days', detail: 'For secrets that others have to exchange' },
] as const

export const DEFAULT_OVERLAP_HOURS = 24

const MINUTE_MS = 60_000

/** "6 days 4 h", "3 h 20 min", "12 min": how long the old one still works. */
export function timeLeft(endsAt: string, now: number): string {
  const minutes = Math.floor((Date.parse(endsAt) - now) / MINUTE_MS)
  if (minutes < 1) return 'less than a minute'
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days > 0) return [days === 1 ? '1 day' : `${days} days`, ...(hours > 0 ? [`${hours} h`] : [])].join(' ')
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ')
}
